"""What a writing that was broken off left on a stick: of no use to anybody, and people's data all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from app.errors import UserError
from app.ui.dialogs.ask import confirm


def offer_to_clear(
    parent: QWidget,
    left: Sequence[Path],
    remove: Callable[[Path], object],
    failed: Callable[[UserError], object],
    then: Callable[[], object] = lambda: None,
) -> QMessageBox:
    """Asks without waiting; `then` follows the clearing, whether all of it went well or not."""

    def clear() -> None:
        try:
            for path in left:
                remove(path)
        except UserError as error:
            failed(error)
        then()

    return confirm(
        parent,
        f"这里有上次没有写完、不能用的 {len(left)} 个，里面可能有个人信息。删掉吗？",
        "删掉",
        clear,
        details="\n".join(str(path) for path in left),
        safe="先留着",
    )
