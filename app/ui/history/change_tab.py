"""变更记录 of the file in front: what was there before, who changed it when, and 恢复这个值."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app import clock
from app.errors import UserError
from app.services.changes import Change
from app.services.person_history import PersonHistory, ValueLine
from app.ui.dialogs import ask
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState

HEADINGS = ("时间", "内容", "原来", "改成", "谁", "做了什么")
WIDTHS = (92, 104, 124, 124, 64)
OLD, NEW = 2, 3
WHOLE = "全部内容"
NOTHING = "（空）"


class _Table(TextTable):
    """Its lines can be restored, and narrowed to, with the right button."""

    def __init__(self, menu_of: Callable[[int], QMenu]) -> None:
        super().__init__(HEADINGS, WIDTHS)
        self._menu_of = menu_of

    def menu(self, place: int) -> QMenu:
        return self._menu_of(place)


class ChangeTab(QWidget):
    restored = Signal(object, str)
    """A Change, and what to say."""

    def __init__(self, past: PersonHistory, is_unsaved: Callable[[], bool]) -> None:
        super().__init__()
        self._past, self._is_unsaved = past, is_unsaved
        self._uid = ""
        self._field = ""
        self._before = 0
        self.lines: list[ValueLine] = []
        self.place = QComboBox()
        self.place.setAccessibleName("只看哪一部分")
        self.place.addItem(WHOLE, "")
        for key, word in past.places:
            self.place.addItem(word, key)
        self.whole = push_button("", lambda: self._show_field(""), "link")
        self.whole.hide()
        self.back = push_button("恢复这个值", self.restore, icon=icon("undo"))
        needs("edit", self.back)
        self.table = _Table(self._menu)
        self.table.setObjectName("changes")
        self.empty = EmptyState("", icon=icon("clock", "quiet"), weight="")
        self._stack = QStackedWidget()
        self._lay_out()
        self.place.activated.connect(lambda _: self._show_field(""))
        self.table.moved_to.connect(lambda _: self._weigh())
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._read_on())

    def show_person(self, uid: str | None) -> None:
        self._uid = uid or ""
        self.renew()

    def renew(self) -> None:
        page = self._past.lines(self._uid, self._wanted) if self._uid else None
        self.lines, self._before = (list(page.lines), page.before) if page else ([], 0)
        self.table.show_lines([_line(each) for each in self.lines])
        narrowed = bool(self._wanted)
        self.empty.say(
            "这一部分没有改过。"
            if narrowed
            else "还没有保存过，没有变更记录。"
            if not self._uid
            else "没有变更记录。"
        )
        self._stack.setCurrentIndex(0 if self.lines else 1)
        self._weigh()

    def restore(self) -> None:
        line = self._line
        if line is None or not self.back.isEnabled():
            return
        if self._is_unsaved():
            ask.tell(self, "这份档案有修改还没有保存。请先保存或还原，再恢复以前的值。")
            return
        try:
            change: Change = self._past.restore(self._uid, line)
        except UserError as error:
            ask.tell(self, str(error))
            return
        self.renew()
        what = f"“{line.label}”恢复为“{line.old}”" if line.column and line.old else f"“{line.label}”已恢复"
        self.restored.emit(change, what)

    @property
    def _wanted(self) -> str:
        return self._field or str(self.place.currentData() or "")

    @property
    def _line(self) -> ValueLine | None:
        place = self.table.place
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def _weigh(self) -> None:
        line = self._line
        self.back.setText("恢复这一行" if line and not line.column else "恢复这个值")
        self.back.setEnabled(bool(line and line.can_be_restored))

    def _show_field(self, place: str, word: str = "") -> None:
        self._field = place
        self.whole.setText(f"现在只看“{word}”，看全部")
        self.whole.setVisible(bool(place))
        self.renew()

    def _read_on(self) -> None:
        bar = self.table.verticalScrollBar()
        if self._before and bar.value() >= bar.maximum() - bar.pageStep():
            page = self._past.lines(self._uid, self._wanted, self._before)
            self._before = page.before
            self.lines += page.lines
            self.table.texts.add([_line(each) for each in page.lines])

    def _menu(self, place: int) -> QMenu:
        line = self.lines[place]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        restore = menu.addAction(icon("undo"), self.back.text(), self.restore)
        restore.setEnabled(self.back.isEnabled())
        menu.addAction(f"只看“{line.label}”", lambda: self._show_field(line.place, line.label))
        return menu

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.place)
        head.addWidget(self.whole)
        head.addStretch(1)
        head.addWidget(self.back)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)


def _line(line: ValueLine) -> Line:
    return Line(
        (line.seq, line.record, line.column),
        (_when(line.time), line.label, line.old or NOTHING, line.new or NOTHING, line.actor, line.act),
        {OLD: "quiet"} | ({} if line.new else {NEW: "quiet"}),
    )


def _when(time: str) -> str:
    """Of this year without the year."""
    return time.removeprefix(f"{clock.today().year}-")
