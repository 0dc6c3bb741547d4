"""数据体检: what is wrong or missing, who reviews it, how far the collection is; a tab each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.page import PageWidget, Section
from app.ui.rights import May
from app.ui.section_stack import SectionStack
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.section_tabs import SectionTabs

LOW = 520
"""Pixels of height below which the title, which the rail says too, gives its room to what is below."""


class CheckPage(PageWidget):
    """`about` when opened: the key of a section, and behind a space what to show there."""

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.header = PageHeader("数据体检")
        self.tabs = SectionTabs([(each.title, each.title) for each in sections])
        self._stack = SectionStack(sections)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._show)
        self._stack.says.connect(self.says)
        self._stack.wants_page.connect(self.wants_page)

    def permit(self, may: May) -> None:
        self._stack.permit(may)
        super().permit(may)

    def opened(self, about: str = "") -> None:
        key, _, what = about.partition(" ")
        if key in self._stack.keys or self.tabs.place < 0:
            self._bring(key if key in self._stack.keys else self._stack.keys[0])
        front = self._stack.currentWidget()
        if isinstance(front, PageWidget):
            front.opened(what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.setVisible(self.height() >= LOW)

    def section(self, key: str) -> QWidget:
        """What stands in a tab, made now if nobody has looked at it yet."""
        return self._stack.section(key)

    def unsaved(self) -> str:
        return self._stack.unsaved()

    def keep_draft(self) -> None:
        self._stack.keep_draft()

    def _bring(self, key: str) -> None:
        """Without telling the section that it was opened: it is about to be told what to show."""
        before = self.tabs.blockSignals(True)
        self.tabs.choose(self._stack.keys.index(key))
        self.tabs.blockSignals(before)
        self._stack.bring(key)

    def _show(self, place: int) -> None:
        section = self._stack.bring(self._stack.keys[place])
        if isinstance(section, PageWidget) and self.isVisible():
            section.opened()
