"""备份与恢复: what there is, one more, back to one of them, onto a stick, and the drill."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.progress import Progress
from app.services.backups import Backup
from app.services.desk import Desk
from app.services.drills import DrillResult
from app.services.paper import Paper
from app.services.stick_backups import Stick
from app.ui.backups.dialogs import SecretDialog, StickDialog
from app.ui.backups.drill_dialog import DrillDialog
from app.ui.dialogs import ask
from app.ui.dialogs.files import documents
from app.ui.forms import backup_words
from app.ui.icons import icon
from app.ui.pdf_document import PdfDocument
from app.ui.tables.text_table import Line, TextTable
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.words import label

HEADINGS = ("时间", "为什么做", "人数", "大小", "核对")
WIDTHS = (168, 148, 96, 104, 120)
STATE = 4
SIDE_WIDTH, BAR_WIDTH = 380, 14
TONES = {backup_words.SOUND: "leaf", backup_words.DOUBTFUL: "dusk", backup_words.HURT: "seal"}
EMPTY = "还没有备份。关闭程序时、每工作半小时、导入和批量删除之前，都会自动备份一份；也可以现在就做。"
ALONE = "备份都在这台电脑里，电脑坏了会一起丢。认一个 U 盘，以后插上它，程序会自动把最新的备份拷进去。"
WHEN = (
    "关闭程序时、每工作半小时、导入和批量删除之前，有改动就自动备份。"
    "留最近两天的，再留 7 天、4 周、12 个月各一份，更早的自动清掉。"
)
NOT_ADMIN = "恢复由管理员来做。"
TRIED = "把最新的备份恢复到临时文件夹，逐项和在用数据比对，出一页记录。在用数据不动，一分钟就好。"


class BackupsPage(QWidget):
    said = Signal(str)
    changed = Signal()
    """There is another backup, or another stick, or a drill was made."""
    restore_wanted = Signal(object, object)
    """A Backup, and its Keys where they are not those of today; the user has agreed."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.banner = Banner()
        self.table = TextTable(HEADINGS, WIDTHS)
        self.table.setAccessibleName("备份")
        self.held = label("", "quiet", wrap=True)
        self.make = push_button("立即备份", self.make_one, "primary")
        self.back = push_button("恢复到这一份…", self.ask_to_restore)
        self.empty = EmptyState(EMPTY, "立即备份", icon("save", "leaf"))
        self.stick_told = label("", wrap=True)
        self.name_stick = push_button("认一个 U 盘…", self.ask_for_stick)
        self.fetch = push_button("从 U 盘或别处恢复…", self.ask_where)
        self.drill_told = label("", wrap=True)
        self.try_it = push_button("恢复演练", self.drill)
        self._list = Card("备份")
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        """Reads the folder again; whoever looks at a backup stays there."""
        now, before = clock.now().replace(tzinfo=None), self.chosen
        backups = self._desk.backups.list()
        rows = [backup_words.row(backup, now) for backup in backups]
        self.table.show_lines(
            [Line(backup, row, {STATE: TONES[row[STATE]]}) for backup, row in zip(backups, rows, strict=True)]
        )
        if before in backups:
            self.table.go_to(backups.index(before))
        self._list.set_title("备份", backup_words.total(backups))
        self._places.setCurrentIndex(0 if backups else 1)
        self._show_chosen()
        self._show_stick()
        self._show_drill()

    @property
    def chosen(self) -> Backup | None:
        backup: Backup | None = self.table.key
        return backup

    def make_one(self) -> None:
        def done(made: Backup) -> None:
            self.banner.say("ok", f"备份好了，已核对：{made.content.people:,} 人。")
            self._tell()

        self.make.setEnabled(False)
        self._tasks.start(
            "正在备份",
            lambda report: self._desk.backups.make(progress=report),
            done,
            ended=lambda: self.make.setEnabled(True),
        )

    def ask_to_restore(self) -> None:
        if self.chosen:
            self._ask_for(self.chosen)

    def ask_where(self) -> QFileDialog:
        """Begins on the stick that is plugged in: that is how a new computer gets its data."""
        drives = self._desk.stick_backups.drives()
        dialog = QFileDialog(self, "备份在哪个文件夹", str(drives[0].path) if drives else documents())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.take_from(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take_from(self, folder: Path) -> None:
        """The newest there, or the one that was pointed at."""
        try:
            backup = self._desk.restores.newest_in(folder)
        except UserError as error:
            self.banner.say("error", str(error))
            return
        self._ask_for(backup)

    def _ask_for(self, backup: Backup) -> None:
        """Where the keys are others, its own password first."""
        if self._desk.restores.needs_secret(backup):
            dialog = SecretDialog(self, self._tasks, backup)
            dialog.opened.connect(lambda keys: self._confirm(backup, keys))
            dialog.open()
        else:
            self._confirm(backup, None)

    def ask_for_stick(self) -> StickDialog:
        dialog = StickDialog(self, self._tasks, self._desk.stick_backups)
        dialog.named.connect(self._take_stick)
        dialog.open()
        return dialog

    def drill(self) -> None:
        self.try_it.setEnabled(False)
        self._tasks.start(
            "正在演练恢复", self._try, self._show_record, ended=lambda: self.try_it.setEnabled(True)
        )

    def act(self, way: str) -> None:
        """What a reminder elsewhere leads to."""
        acts = {"make": self.make_one, "stick": self.ask_for_stick, "drill": self.drill}
        if way == "stick" and self._desk.stick_backups.sticks:
            return
        acts[way]()

    def _confirm(self, backup: Backup, keys: object) -> None:
        told = backup_words.when(backup.made_at, clock.now().replace(tzinfo=None))
        ask.confirm(
            self,
            f"恢复到“{told}”的备份？",
            "恢复到这一份",
            lambda: self.restore_wanted.emit(backup, keys),
            details=backup_words.compared(backup, self._desk.cadres.count()),
        )

    def _try(self, report: Progress) -> tuple[DrillResult, Paper, PdfDocument]:
        result = self._desk.drills.run(report)
        paper = self._desk.drills.record(result)
        return result, paper, PdfDocument(paper.content)

    def _show_record(self, made: tuple[DrillResult, Paper, PdfDocument]) -> None:
        result, paper, document = made
        self._tell()
        DrillDialog(self, self._tasks, self._desk.drills, paper, document, passed=result.passed).open()

    def _take_stick(self, stick: Stick) -> None:
        self.banner.say("ok", f"认下了 U 盘“{stick.label}”。先别拔，马上把最新的备份拷进去。")
        self._tell()

    def _tell(self) -> None:
        self.renew()
        self.changed.emit()

    def _show_chosen(self) -> None:
        backup = self.chosen
        may = self._desk.may("manage")
        self.held.setText("" if backup is None else "；".join([*backup.doubts, backup_words.held(backup)]))
        self.back.setEnabled(may and backup is not None)
        self.fetch.setEnabled(may)
        for button in (self.back, self.fetch):
            button.setToolTip("" if may else NOT_ADMIN)

    def _show_stick(self) -> None:
        now, sticks = clock.now().replace(tzinfo=None), self._desk.stick_backups
        if not sticks.sticks:
            self.stick_told.setText(ALONE)
            return
        labels = "、".join(f"“{stick.label}”" for stick in sticks.sticks)
        last = sticks.last_at
        told = f"上次拷到 U 盘：{backup_words.when(last, now)}。" if last else "还没有拷过。"
        self.stick_told.setText(f"认下的备份 U 盘：{labels}。{told}每周插一次，插上就自动拷。")
        self.name_stick.setText("再认一个…")

    def _show_drill(self) -> None:
        last = self._desk.drills.last
        now = clock.now().replace(tzinfo=None)
        told = f"上次演练：{backup_words.when(last, now)}。" if last else "还没有演练过。"
        self.drill_told.setText(f"{told}{TRIED}每月一次。")

    def _connect(self) -> None:
        self.table.moved_to.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda _: self.ask_to_restore() if self.back.isEnabled() else None)
        self.empty.pressed.connect(self.make_one)

    def _lay_out(self) -> None:
        self._list.add_button(self.back)
        self._list.add_button(self.make)
        inside = QWidget()
        filled = QVBoxLayout(inside)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(8)
        filled.addWidget(self.table, 1)
        filled.addWidget(self.held)
        self._places = QStackedLayout()
        self._places.addWidget(inside)
        self._places.addWidget(self.empty)
        self._list.add(self._places)
        cards = QWidget()
        cards.setProperty("look", "ground")
        side = QVBoxLayout(cards)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(_side_card("备份 U 盘", self.stick_told, self.name_stick, self.fetch))
        side.addWidget(_side_card("恢复演练", self.drill_told, self.try_it))
        side.addWidget(_side_card("什么时候备份", label(WHEN, "quiet", wrap=True)))
        side.addStretch(1)
        beside = scrolled(cards)
        beside.setFixedWidth(SIDE_WIDTH + BAR_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list, 1)
        row.addWidget(beside)
        banner = QVBoxLayout()
        banner.setContentsMargins(0, 0, BAR_WIDTH, 0)
        banner.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16 - BAR_WIDTH, 16)
        column.setSpacing(8)
        column.addLayout(banner)
        column.addLayout(row, 1)


def _side_card(title: str, told: QWidget, *buttons: QWidget) -> Card:
    card = Card(title)
    card.setFixedWidth(SIDE_WIDTH)
    card.add(told)
    if buttons:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        card.add(row)
    return card
