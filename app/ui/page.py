"""What the main window knows of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.fields.acts import Right
from app.ui.rights import May, shut_in


class PageWidget(QWidget):
    """A page of the window. Every method may be left as it is."""

    wants_page = Signal(str, str)
    """(key of another page, what to show there)."""
    says = Signal(str)
    """A sentence for the foot of the window."""
    search_dropped = Signal()
    """The page shows everybody again: the search box must not say otherwise."""

    def opened(self, about: str = "") -> None:
        """The page has come to the front; `about` is what to show there, such as a uid."""

    def search(self, text: str) -> bool:
        """The search box of the head was typed in; False when this page does not search."""
        return not text and False

    def take_search(self) -> None:
        """Enter or the arrow down in the search box."""

    def unsaved(self) -> str:
        """A sentence naming what would be lost if the window closed now; '' when nothing."""
        return ""

    def permit(self, may: May) -> None:
        """Shuts what the one who is logged in may not do; called once, before the page is seen."""
        shut_in(self, may)

    def keep_draft(self) -> None:
        """What is typed and not saved is put away at once, to be offered again: the data is about to be locked."""


@dataclass(frozen=True)
class Section:
    """A tab of a page; what stands in it is made when it is first looked at."""

    key: str
    title: str
    factory: Callable[[], QWidget]


@dataclass(frozen=True)
class Page:
    """One entry of the rail. The page itself is made when it is first opened."""

    key: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    foot: bool = False
    """At the foot of the rail."""
    hint: str = ""
    right: Right = ""
    """Without it the page is not opened from the rail."""
