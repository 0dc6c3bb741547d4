"""What stands behind the tabs of a page, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.page import PageWidget, Section
from app.ui.rights import May, shut_in


class SectionStack(QStackedWidget):
    """What a section that is itself a page says and wants goes on through the signals here."""

    says = Signal(str)
    wants_page = Signal(str, str)

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = list(sections)
        self._made: dict[str, QWidget] = {}
        self._may: May = lambda _: True

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.sections]

    def permit(self, may: May) -> None:
        """Before the first section is made."""
        self._may = may

    def section(self, key: str) -> QWidget:
        """What stands in a tab, made now if nobody has looked at it yet."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def bring(self, key: str) -> QWidget:
        """To the front."""
        section = self.section(key)
        self.setCurrentWidget(section)
        return section

    def unsaved(self) -> str:
        return next((told for page in self._pages if (told := page.unsaved())), "")

    def keep_draft(self) -> None:
        for page in self._pages:
            page.keep_draft()

    def _make(self, key: str) -> QWidget:
        made = next(each for each in self.sections if each.key == key).factory()
        self.addWidget(made)
        if isinstance(made, PageWidget):
            made.permit(self._may)
            made.says.connect(self.says)
            made.wants_page.connect(self.wants_page)
        else:
            shut_in(made, self._may)
        return made

    @property
    def _pages(self) -> list[PageWidget]:
        return [made for made in self._made.values() if isinstance(made, PageWidget)]
