"""Data that cannot be opened: never a bare error, but the last good backup, with date, people and size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app import clock
from app.errors import UserError
from app.services.rescue import Rescue
from app.ui.dialogs.files import documents
from app.ui.forms.rescue_state import RescueState
from app.ui.login.password_field import PasswordField
from app.ui.login.stage import Sheet
from app.ui.tables.text_table import Line, TextTable
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label

WIDTH = 620
HEADINGS, WIDTHS = ("时间", "人数", "大小", "在哪里", "核对"), (150, 84, 92, 92, 100)
ROWS_SEEN = 5
KEPT = "点“用这份备份恢复”以后，现在的数据文件会改名留在原处，一个字节也不删。"
NONE = "这台电脑里没有找到备份。请插上备份 U 盘，再点“再找一次”；备份在别处的，点“从别处选…”。"
SECRET = "口令，或恢复单上的词"


class RescueSheet(Sheet):
    restored = Signal(object)
    """Restored."""
    given_up = Signal()

    def __init__(self, rescue: Rescue, tasks: Tasks, title: str, why: str) -> None:
        super().__init__(title, why)
        self.state, self._tasks = RescueState(rescue), tasks
        self.table = TextTable(HEADINGS, WIDTHS)
        self.table.setAccessibleName("备份")
        self.none = label(NONE, "", wrap=True)
        self.kept = label(KEPT, "quiet", wrap=True)
        self.secret_told = label(SECRET, "quiet")
        self.secret = PasswordField(SECRET)
        self.problem = label("", "error", wrap=True)
        self.go = push_button("用这份备份恢复", self.restore, "primary")
        self.elsewhere = push_button("从别处选…", self._ask_where)
        self.again = push_button("再找一次", self.look)
        self.leave = push_button("不恢复，退出", self.given_up.emit, "quiet")
        self._lay_out()
        self.table.moved_to.connect(self._choose)
        self.secret.returnPressed.connect(self.restore)
        self.secret.textChanged.connect(lambda: self._say(""))
        self._say("")
        self.look()

    def look(self) -> None:
        """Also for sticks that were plugged in meanwhile."""
        self.state.look()
        self._show()

    def point_at(self, folder: Path) -> None:
        try:
            self.state.point_at(folder)
        except UserError as error:
            self._say(str(error))
            return
        self._show()

    def restore(self) -> None:
        if not self.go.isEnabled():
            return
        secret = self.secret.text()
        if problem := self.state.problem(secret):
            self._say(problem)
            self.secret.setFocus()
            return
        self._hold(on=True)
        self._tasks.start(
            "正在恢复备份", lambda report: self.state.restore(secret, report), self._end, self._fail
        )

    def take_focus(self) -> None:
        (self.secret if self.state.needs_secret else self.go).setFocus()

    def _end(self, restored: object) -> None:
        self.secret.forget()
        self.restored.emit(restored)

    def _fail(self, error: Exception) -> None:
        self._hold(on=False)
        self._say(str(error) if isinstance(error, UserError) else "没有恢复成，数据没有改动。请再试一次。")
        if not isinstance(error, UserError):
            self._tasks.failed.emit(error)

    def _show(self) -> None:
        state, rows = self.state, self.state.rows(clock.now().replace(tzinfo=None))
        chosen = state.chosen
        self.table.show_lines([Line(each, row) for each, row in zip(state.backups, rows, strict=True)])
        if chosen in state.backups:
            self.table.go_to(state.backups.index(chosen))
        for part in (self.table, self.kept):
            part.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self._show_chosen()

    def _choose(self, backup: object) -> None:
        self.state.chosen = next((each for each in self.state.backups if each is backup), None)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.go.setEnabled(self.state.chosen is not None)
        for part in (self.secret_told, self.secret):
            part.setVisible(self.state.needs_secret)

    def _hold(self, *, on: bool) -> None:
        for part in (self.table, self.secret, self.elsewhere, self.again, self.leave, self.go):
            part.setEnabled(not on)
        self.go.setText("正在恢复，请不要关机……" if on else "用这份备份恢复")

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"× {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "备份在哪个文件夹", documents())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.point_at(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(row * ROWS_SEEN + self.table.horizontalHeader().sizeHint().height() + 4)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.leave, self.again, self.elsewhere):
            foot.addWidget(button)
        foot.addWidget(self.go, 1)
        for part in (self.none, self.table, self.kept, self.secret_told, self.secret, self.problem):
            self.body.addWidget(part)
        self.body.addSpacing(8)
        self.body.addLayout(foot)
