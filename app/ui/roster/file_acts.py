"""What other parts of the program offer on a file, and on the people of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.fields.acts import Right


class FileTab(Protocol):
    """A tab of the file that shows what is kept about a person outside the form."""

    def show_person(self, uid: str | None) -> None:
        """None is somebody who is not saved yet."""


@dataclass(frozen=True)
class FileAct:
    """A line in 更多 of the file in front."""

    title: str
    act: Callable[[str], object]
    """Gets the uid of the person."""
    icon: str = ""
    right: Right = "edit"
    applies: Callable[[str], bool] = lambda _: True
    """Asked whenever the menu is opened; the line is left out where it would come to nothing."""


@dataclass(frozen=True)
class ListAct:
    """A line in 更多 above the list."""

    title: str
    act: Callable[[Sequence[str]], object]
    """Gets the uids of those selected, or of all that the list shows where fewer than two are."""
    icon: str = ""
    right: Right = "edit"
    hint: str = ""
