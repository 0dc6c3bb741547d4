"""A drop-down of many entries, found by typing any part of what is searched for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QSizePolicy, QWidget

from app.ui.widgets.completion import ClickLine, completer_of, offer_all

MOST_OFFERED = 12


@dataclass(frozen=True)
class Entry:
    key: str
    label: str
    search: str = ""
    """Further words by which it is found, such as initials, parted by blanks."""


class ChoiceModel(QStringListModel):
    """The labels, shared by all boxes that offer the same."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        super().__init__([entry.label for entry in self.entries])
        self.places = {entry.key: place for place, entry in enumerate(self.entries)}
        self._words = [(entry.label.casefold(), *entry.search.casefold().split()) for entry in self.entries]

    def label(self, key: str) -> str:
        return self.entries[self.places[key]].label if key in self.places else ""

    def fitting(self, text: str) -> list[Entry]:
        """What begins with the typed text, else what has it anywhere."""
        asked = text.strip().casefold()
        pairs = list(zip(self.entries, self._words, strict=True))
        return [entry for entry, words in pairs if any(word.startswith(asked) for word in words)] or [
            entry for entry, words in pairs if any(asked in word for word in words)
        ]


class ChoiceBox(QComboBox):
    """Tells the key when another entry has been chosen; a text that fits nothing goes back.

    A click anywhere in it offers all entries; typing then leaves those that fit.
    """

    chosen = Signal(str)

    def __init__(self, entries: ChoiceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = entries
        self._key = ""
        self._settled = False
        self.setEditable(True)
        self.line = ClickLine()
        self.line.clicked.connect(self._offer_all)
        self.setLineEdit(self.line)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setModel(entries)
        self.activated.connect(lambda place: self._take(self._entries.entries[place]))
        self.line.returnPressed.connect(self._settle)
        self.choose("")

    @property
    def key(self) -> str:
        return self._key

    def choose(self, key: str) -> None:
        """Without telling; an unknown key leaves the box empty."""
        self._key = key
        self.setCurrentIndex(self._entries.places.get(key, -1))
        self.setEditText(self._entries.label(key))
        self.line.setCursorPosition(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change a choice on the way."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._settled = False
        self._prepare_search()
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Its own list opening and closing is no leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Enter that ended the typing is used up; the next one goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.setAccepted(self._settled)
            self._settled = False
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter while the offers are open and none is marked: Qt would only close them."""
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if not is_enter or not isinstance(watched, QAbstractItemView) or watched.currentIndex().isValid():
            return super().eventFilter(watched, event)
        watched.hide()
        self._settle()
        return True

    def _prepare_search(self) -> None:
        if self.completer():
            return
        labels = QStringListModel(self)
        completer = completer_of(labels, MOST_OFFERED, self)
        self.setCompleter(completer)
        self.line.textEdited.connect(
            lambda text: labels.setStringList([entry.label for entry in self._entries.fitting(text)])
        )
        completer.activated.connect(self._take_label)
        if popup := completer.popup():
            popup.installEventFilter(self)

    def _offer_all(self) -> None:
        self._prepare_search()
        offer_all(self.line, self._entries.stringList())

    def _take_label(self, label: str) -> None:
        self.setEditText(label)
        self._settle()

    def _settle(self) -> None:
        text = self.currentText().strip()
        self._settled = text != self._entries.label(self._key)
        same = [entry for entry in self._entries.entries if entry.label == text]
        fitting = same or (self._entries.fitting(text) if text else [])
        if fitting and (same or len(fitting) == 1):
            self._take(fitting[0])
        else:
            self.choose(self._key)

    def _take(self, entry: Entry) -> None:
        changed = entry.key != self._key
        self.choose(entry.key)
        if changed:
            self.chosen.emit(entry.key)
