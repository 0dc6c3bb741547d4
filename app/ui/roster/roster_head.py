"""The head of the roster: what can be done with the people of the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.ui.icons import icon
from app.ui.rights import May, needs
from app.ui.roster.file_acts import ListAct
from app.ui.roster.roster_list import RosterList
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.page_header import PageHeader

PICK_FIRST = "先在名单里选人（按住 Ctrl 或 Shift 可多选）"


class RosterHead(PageHeader):
    """Speaks of the people selected; with no more than one selected, some acts mean all that the list shows."""

    bulk_wanted = Signal()
    visit_wanted = Signal(list)
    payment_wanted = Signal(list)
    export_wanted = Signal(list)
    """Each with the uids of the people."""
    new_wanted = Signal()

    def __init__(self, people: RosterList, parent: QWidget | None = None) -> None:
        super().__init__("花名册", parent=parent)
        self._people = people
        self._may: May = lambda _: True
        self.acts: list[ListAct] = []
        self.bulk = push_button("批量改", self.bulk_wanted.emit, "quiet")
        self.visit = push_button("记走访", lambda: self.visit_wanted.emit(people.uids), "quiet")
        self.pay = push_button("加入发放", lambda: self.payment_wanted.emit(people.uids), "quiet")
        self.export = push_button("导出", lambda: self.export_wanted.emit(self.meant), "quiet")
        self.more = tool_button(icon("more"), "更多", self._open_more)
        self.new_button = push_button("新建人员", self.new_wanted.emit, icon=icon("add"), keys="Ctrl+N")
        needs("edit", self.bulk, self.visit, self.pay, self.new_button)
        self.add(self.bulk, self.visit, self.pay, self.export, self.more, self.new_button)

    def permit(self, may: May) -> None:
        self._may = may

    def show_people(self, *, some: bool) -> None:
        """Nothing is offered for people while there are none."""
        for button in (*self._of_selection, self.export, self.more):
            button.setVisible(some)

    def show_selection(self) -> None:
        many = len(self._people.uids)
        for button in self._of_selection:
            button.setEnabled(many > 0)
            button.setToolTip(f"选中的 {many} 人" if many else PICK_FIRST)
        shown = len(self.meant)
        self.export.setText(f"导出 {shown} 人")
        self.export.setEnabled(shown > 0)
        self.set_note(self._people.count_line)

    @property
    def meant(self) -> list[str]:
        """Those selected; with no more than one selected, all that the list shows."""
        uids = self._people.uids
        return uids if len(uids) > 1 else self._people.shown_uids

    @property
    def _of_selection(self) -> tuple[QPushButton, ...]:
        return self.bulk, self.visit, self.pay

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for each in self.acts:
            self._add_line(menu, each)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add_line(self, menu: QMenu, each: ListAct) -> None:
        action = menu.addAction(each.title)
        if each.icon:
            action.setIcon(icon(each.icon))
        action.setToolTip(each.hint)
        action.setEnabled(self._may(each.right))
        action.triggered.connect(lambda: each.act(self.meant))
