"""The question before two files are made of one again, and what stayed with the kept one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.services.changes import Change
from app.services.merging import Merging
from app.ui.dialogs import ask


def ask_split(
    parent: QWidget, merging: Merging, uid: str, name: str, kept: str, then: Callable[[Change], object]
) -> None:
    """Asks, splits, and names what stayed with the kept file."""

    def split() -> None:
        try:
            done = merging.split(uid)
        except UserError as error:
            ask.tell(parent, str(error))
            return
        then(done.change)
        if done.stayed:
            ask.tell(
                parent,
                f"已拆回。合并以后又改过的，留在“{kept}”的档案里，请看一下对不对：",
                details="、".join(done.stayed),
            )

    ask.confirm(
        parent,
        f"把“{name}”从“{kept}”里拆出来，变回两份档案？",
        "拆回两份",
        split,
        details="两份档案都回到合并前的样子；合并以后又改过的留在保留的那份里，会列给您看。",
        safe="不拆",
    )
