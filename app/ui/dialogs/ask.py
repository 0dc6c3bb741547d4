"""Questions before something that cannot be undone: they say how many and who, and the safe answer is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from app.ui import icons
from app.ui.widgets.looks import set_look

NAMES_SHOWN = 8
SIGN = 36


def confirm(
    parent: QWidget | None,
    question: str,
    verb: str,
    then: Callable[[], object],
    *,
    details: str = "",
    whole: str = "",
    safe: str = "不，保持原样",
    otherwise: Callable[[], object] | None = None,
) -> QMessageBox:
    """Asks without waiting: `then` runs when the user presses `verb`, `otherwise` when not.

    `whole` is a list too long for the question; it is shown when it is asked for.
    """
    box = _box(parent, "请确认", question, details, ("warning", "dusk"))
    box.setDetailedText(whole)
    go = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    set_look(go, look="danger")
    stay = box.addButton(safe, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.finished.connect(lambda _: _answer(box.clickedButton() is go, then, otherwise))
    _open(box)
    return box


def choose(
    parent: QWidget | None,
    question: str,
    choices: Sequence[tuple[str, Callable[[], object]]],
    *,
    details: str = "",
) -> QMessageBox:
    """Several ways on; the first is the ready one, the last is taken by Esc."""
    box = _box(parent, "请选择", question, details, ("help", "leaf"))
    buttons = [box.addButton(text, QMessageBox.ButtonRole.ActionRole) for text, _ in choices]
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(buttons[-1])
    acts = {id(button): act for button, (_, act) in zip(buttons, choices, strict=True)}
    box.finished.connect(lambda _: acts[id(box.clickedButton() or buttons[-1])]())
    _open(box)
    return box


def tell(
    parent: QWidget | None,
    sentence: str,
    *,
    details: str = "",
    title: str = "桑榆",
    then: Callable[[], object] | None = None,
) -> QMessageBox:
    """One sentence and 知道了; `then` runs when it was read."""
    box = _box(parent, title, sentence, details, ("info", "leaf"))
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    if then:
        box.finished.connect(lambda _: then())
    _open(box)
    return box


def names(people: Sequence[str]) -> str:
    """'3 人：张志国、李明、王芳'; a long list ends with 等."""
    shown = "、".join(people[:NAMES_SHOWN])
    return f"{len(people)} 人：{shown}{' 等' if len(people) > NAMES_SHOWN else ''}"


def _answer(yes: bool, then: Callable[[], object], otherwise: Callable[[], object] | None) -> None:
    if yes:
        then()
    elif otherwise:
        otherwise()


def _box(
    parent: QWidget | None, title: str, sentence: str, details: str, sign: tuple[str, str]
) -> QMessageBox:
    nothing = QMessageBox.StandardButton.NoButton
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, nothing, parent)
    ratio = parent.devicePixelRatioF() if parent else 1.0
    box.setIconPixmap(icons.pixmap(sign[0], SIGN, sign[1], ratio))
    box.setInformativeText(details)
    return box


_orphans: set[QMessageBox] = set()
"""Boxes without a parent: nothing else would keep them while they are read."""


def _open(box: QMessageBox) -> None:
    if box.parent() is None:
        _orphans.add(box)
        box.finished.connect(lambda _: _orphans.discard(box))
    box.finished.connect(box.deleteLater)
    box.open()
