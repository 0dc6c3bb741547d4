"""人员与口令: one's own password, who else may log in, the recovery sheet, the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.changes import Change
from app.services.desk import Desk
from app.services.logins import LoginLine, Logins
from app.services.notes import SHEET_PRINTED_AT
from app.services.recovery import new_recovery
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.icons import icon
from app.ui.login.password_dialogs import GivePasswordDialog, OwnPasswordDialog, RekeyDialog
from app.ui.login.user_dialog import UserDialog
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.tag import Level, Tag
from app.ui.widgets.words import label

HEADINGS = ("姓名", "职务", "角色", "", "")
NOT_ADMIN = "新增、停用人员，印恢复单和换密钥，由管理员来做。"
SHEET_WHY = "口令都忘了，只有恢复单能打开数据。丢了、用过了，就重新印一张，旧的作废。"
KEY_WHY = "有人带着口令离开了，就换一次密钥，把他挡在外面。"


class UsersView(QWidget):
    paper_wanted = Signal(str)
    """A recovery code, to be printed now."""
    said = Signal(str)

    def __init__(self, desk: Desk, changes: Changes, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._changes, self._tasks = desk, changes, tasks
        self.logins = Logins(desk)
        self.own = push_button("修改我的口令…", self.change_own)
        self.new = push_button("新增一个人…", self.add, icon=icon("add"))
        self.sheet = push_button("重新印恢复单…", self.ask_for_sheet)
        self.keys = push_button("换密钥…", self.rekey)
        self.me = label("", wrap=True)
        self.printed = label("", "quiet", wrap=True)
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        """(uid, word on it)."""
        self._grid = QGridLayout()
        self._lay_out()
        changes.changed.connect(self._on_change)
        self.renew()

    def renew(self) -> None:
        lines = self.logins.lines()
        manage = self.logins.may_manage
        for widget in (self.new, self.sheet, self.keys):
            widget.setEnabled(manage)
            widget.setToolTip("" if manage else NOT_ADMIN)
        mine = next((line for line in lines if line.me), None)
        self.me.setText(f"您现在用“{mine.file.name}”登录，角色是{mine.roles}。" if mine else "")
        at = self._desk.notes.get(SHEET_PRINTED_AT)
        self.sheet.setText("重新印恢复单…" if at else "印恢复单…")
        self.printed.setText(f"上次印于 {at[:10]}。{SHEET_WHY}" if at else f"还没有印过。{SHEET_WHY}")
        self._show_lines(lines, manage=manage)

    def change_own(self) -> OwnPasswordDialog:
        dialog = OwnPasswordDialog(self, self.logins, self._tasks, self._desk.database.actor.name)
        dialog.changed.connect(lambda: self.said.emit("口令已经换了，下次用新的"))
        dialog.open()
        return dialog

    def add(self) -> UserDialog:
        return self._open_user(UserDialog(self, self.logins, self._desk.users.record, self._tasks))

    def edit(self, line: LoginLine) -> UserDialog:
        return self._open_user(UserDialog(self, self.logins, self._desk.users.record, self._tasks, line.file))

    def stop(self, line: LoginLine) -> None:
        """Names what happens to his work; then asks about the keys, which he knows."""
        ask.confirm(
            self,
            f"停用{line.file.name}？",
            "停用",
            lambda: self._stop(line),
            details="停用后不能再登录；做过的事仍记在名下。以后可以重新启用。",
        )

    def bring_back(self, line: LoginLine) -> GivePasswordDialog:
        dialog = GivePasswordDialog(self, self._tasks, line, self.logins.bring_back, back=True)
        return self._open_giving(dialog, f"{line.file.name}可以登录了")

    def give(self, line: LoginLine) -> GivePasswordDialog:
        dialog = GivePasswordDialog(self, self._tasks, line, self.logins.give_password)
        return self._open_giving(dialog, f"{line.file.name}的口令设好了")

    def ask_for_sheet(self) -> None:
        ask.confirm(
            self,
            "重新印一张恢复单？",
            "印新的",
            lambda: self.paper_wanted.emit(new_recovery(self._desk)),
            details="恢复词会换成新的，从前印的恢复单马上作废，请找出来销毁。",
            safe="不印",
        )

    def rekey(self) -> RekeyDialog:
        dialog = RekeyDialog(self, self.logins, self._tasks)
        dialog.rekeyed.connect(self.paper_wanted)
        dialog.rekeyed.connect(lambda _: self.renew())
        dialog.open()
        return dialog

    def _open_user(self, dialog: UserDialog) -> UserDialog:
        dialog.saved.connect(self._changes.tell)
        dialog.saved.connect(lambda _: self.said.emit("人员已保存"))
        dialog.open()
        return dialog

    def _open_giving(self, dialog: GivePasswordDialog, said: str) -> GivePasswordDialog:
        dialog.given.connect(self.renew)
        dialog.given.connect(lambda: self.said.emit(said))
        dialog.open()
        return dialog

    def _stop(self, line: LoginLine) -> None:
        try:
            change = self.logins.stop(line.uid)
        except UserError as error:
            ask.tell(self, str(error))
            return
        self._changes.tell(change)
        ask.choose(
            self,
            f"{line.file.name}已停用。要不要也换密钥？",
            (("以后再说", lambda: None), ("现在换密钥…", self.rekey), ("不用换", lambda: None)),
            details="从前的数据要是被他拷走过，凭他的口令仍打得开那份旧的；换了密钥，以后的数据和备份他就打不开了。"
            "正常调走、没有拷走过数据的，可以不换。",
        )

    def _on_change(self, change: Change) -> None:
        if change.kind in ("user", "office"):
            self.renew()

    def _show_lines(self, lines: list[LoginLine], *, manage: bool) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        for column, heading in enumerate(HEADINGS):
            self._grid.addWidget(label(heading, "quiet"), 0, column)
        for row, line in enumerate(lines, start=1):
            self._show_line(row, line, manage=manage)

    def _show_line(self, row: int, line: LoginLine, *, manage: bool) -> None:
        name = f"{line.file.name}（您）" if line.me else line.file.name
        post = line.file.values.get("post") or ""
        for column, text in enumerate((name, post, line.roles)):
            self._grid.addWidget(label(text, "" if line.file.active else "quiet"), row, column)
        if line.state:
            self._grid.addWidget(Tag(line.state, _level(line)), row, 3)
        if manage:
            self._grid.addWidget(self._verbs(line), row, 4)

    def _verbs(self, line: LoginLine) -> QWidget:
        verbs: list[tuple[str, Callable[[], object]]] = [("重新启用…", lambda: self.bring_back(line))]
        if line.file.active:
            verbs = [("修改…", lambda: self.edit(line))]
        if line.file.active and not line.me:
            verbs += [("设口令…", lambda: self.give(line)), ("停用…", lambda: self.stop(line))]
        place = QWidget()
        beside = QHBoxLayout(place)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addStretch(1)
        for word, act in verbs:
            self.buttons[line.uid, word] = push_button(word, act, "link")
            beside.addWidget(self.buttons[line.uid, word])
        return place

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(4, 1)
        people = Card("能登录的人")
        people.add_button(self.new)
        people.add(self._grid)
        mine = _card("我的口令", self.own, self.me)
        sheet = _card("恢复单", self.sheet, self.printed)
        keys = _card("密钥", self.keys, label(KEY_WHY, "quiet", wrap=True))
        side = QHBoxLayout()
        side.setSpacing(12)
        for card in (mine, sheet, keys):
            side.addWidget(card, 1)
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(people)
        column.addLayout(side)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(ground))


def _level(line: LoginLine) -> Level:
    if not line.file.active:
        return "quiet"
    return "info" if line.has_password else "warning"


def _card(title: str, verb: QPushButton, words: QLabel) -> Card:
    card = Card(title)
    card.add_button(verb)
    card.add(words)
    card.body.addStretch(1)
    return card
