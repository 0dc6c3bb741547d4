"""回收站: what was removed in the last thirty days, to be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.bin import DAYS, Bin, Removed
from app.services.changes import Change
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

HEADINGS = ("类别", "名称", "删除时间", "经办人", "还留", "说明")
WIDTHS = (84, 220, 140, 90, 64)
NOTE = f"删除的档案、走访和发放批次在这里留 {DAYS} 天，取回时简历、家庭成员等一起回来。"
EMPTY = f"回收站是空的。删除的档案、走访和发放批次会在这里留 {DAYS} 天。"


class BinPage(PageWidget):
    def __init__(self, rest: Bin, changes: Changes) -> None:
        super().__init__()
        self._bin, self._changes = rest, changes
        self.lines: list[Removed] = []
        self.note = label(NOTE, "quiet", wrap=True)
        self.take = push_button("取回", self.put_back, "primary")
        self.table = TextTable(HEADINGS, WIDTHS)
        self.table.setObjectName("bin")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.empty = EmptyState(EMPTY, icon=icon("trash", "quiet"), weight="")
        needs("edit", self.take)
        self._stack = QStackedWidget()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_selection())
        self.table.opened.connect(lambda _: self.put_back())
        changes.changed.connect(self._on_change)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        self.lines = self._bin.content()
        self.table.show_lines([_line(each) for each in self.lines])
        self._stack.setCurrentIndex(0 if self.lines else 1)
        self._show_selection()

    @property
    def uids(self) -> list[str]:
        """Those selected."""
        rows = self.table.selectionModel().selectedRows()
        return [self.lines[index.row()].uid for index in rows]

    def put_back(self) -> None:
        if not self.take.isEnabled():
            return
        try:
            back = self._bin.put_back(self.uids)
        except UserError as error:
            ask.tell(self, str(error))
            self.renew()
            return
        for change in back.changes:
            self._changes.tell(change)
        self.says.emit(back.told)
        if back.left:
            ask.tell(self, f"{back.told}，有的没有接上。", details="\n".join(back.left))

    def _show_selection(self) -> None:
        many = len(self.uids)
        self.take.setText(f"取回 {many} 项" if many > 1 else "取回")
        self.take.setEnabled(many > 0)

    def _on_change(self, _change: Change) -> None:
        if self.isVisible():
            self.renew()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.note, 1)
        head.addWidget(self.take, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addLayout(head)
        inside.addWidget(self.table, 1)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.addWidget(self._stack)


def _line(removed: Removed) -> Line:
    told = f"连同 {removed.parts} 条相关内容" if removed.parts else ""
    texts = (
        removed.kind,
        removed.name,
        removed.time,
        removed.by,
        f"{removed.days_left} 天",
        "　".join(filter(None, (removed.note, told))),
    )
    return Line(removed.uid, texts)
