"""The list that opens under a field while one types, of what its owner finds fitting."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QObject
from PySide6.QtWidgets import QCompleter, QListView


def completer_of(offered: QAbstractItemModel, most: int, parent: QObject) -> QCompleter:
    """Shows all that is offered: what fits has been chosen before."""
    completer = QCompleter(offered, parent)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setMaxVisibleItems(most)
    popup = QListView()
    popup.setProperty("look", "popup")
    completer.setPopup(popup)
    return completer
