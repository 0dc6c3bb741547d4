"""The list that opens under a field while one types or clicks in it, of what its owner finds fitting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


class ClickLine(QLineEdit):
    """The field of a drop-down: whoever clicks in it wants to see what there is to choose from."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drawing over a part of the text is no click."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not (self.hasSelectedText() or self.isReadOnly()):
            self.clicked.emit()


def offer_all(field: QLineEdit, labels: Sequence[str]) -> None:
    """Opens the list with everything; typing then replaces the text and narrows the list."""
    completer = field.completer()
    if completer and isinstance(model := completer.model(), QStringListModel):
        field.selectAll()
        model.setStringList(list(labels))
        completer.complete()


def completer_of(offered: QAbstractItemModel, most: int, parent: QObject) -> QCompleter:
    """Shows all that is offered: what fits has been chosen before."""
    completer = QCompleter(offered, parent)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setMaxVisibleItems(most)
    popup = QListView()
    popup.setProperty("look", "popup")
    completer.setPopup(popup)
    return completer
