"""Kind of field → the widget it is typed in. Editors speak texts; the kinds know what these mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.errors import UnreadableError
from app.fields import amounts, dates
from app.fields.kinds import Code, Identity, Kind, LongText, Money, PartialDate, Phone, YesNo
from app.fields.spec import Field
from app.ui.icons import icon
from app.ui.widgets.completion import ClickLine, completer_of, offer_all
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.line_editor import LineEditor
from app.ui.widgets.secret_edit import ABOUT, SecretEdit
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

Spell = Callable[[str], str]
"""A label's pinyin initials, by which it is found in a drop-down."""
JOIN = "、"
MOST_OFFERED = 12
CHOICES = (("", "未填"), ("是", "是"), ("否", "否"))


class LongEditor(QPlainTextEdit):
    """Several lines; Tab leaves it."""

    typed = Signal(str)

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 20)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        if text != self.toPlainText():
            before = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(before)


class CodeEditor(QComboBox):
    """A drop-down opened by a click and searched by label, pinyin initials or code.

    It speaks when a choice is made, not at each letter.
    """

    typed = Signal(str)
    entered = Signal()
    """Enter while its list is open, which event filters do not see."""

    def __init__(self, kind: Code, spell: Spell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._spell = spell
        self._said = ""
        self.setEditable(True)
        self._field = ClickLine()
        self._field.clicked.connect(self._offer_all)
        self.setLineEdit(self._field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItems(["", *(item.label for item in kind.codes.offered)])
        self.setCompleter(None)  # type: ignore[arg-type]
        self.activated.connect(lambda _: self.settle())
        self._field.editingFinished.connect(self.settle)
        self._field.returnPressed.connect(self.entered)

    def text(self) -> str:
        return self.currentText()

    def show_text(self, text: str) -> None:
        self._said = text
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    def settle(self) -> None:
        """Takes what was typed: a label, an alias, a code, or the only choice that fits."""
        text = self._meant(self.currentText().strip())
        if text == self._said:
            return
        self.show_text(text)
        self.typed.emit(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._prepare_search()
        super().focusInEvent(event)
        self._field.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form must not change a value on the way."""
        event.ignore()

    def _meant(self, text: str) -> str:
        if not text:
            return ""
        try:
            return self._kind.format(self._kind.parse(text))
        except UnreadableError:
            fitting = self.fitting(text)
            return fitting[0] if len(fitting) == 1 else text

    def fitting(self, text: str) -> list[str]:
        """The labels a typed text leaves to choose from: what begins with it, else what has it anywhere."""
        asked = text.casefold()
        return [label for label, keys in self._keys if any(key.startswith(asked) for key in keys)] or [
            label for label, keys in self._keys if any(asked in key for key in keys)
        ]

    @cached_property
    def _keys(self) -> list[tuple[str, tuple[str, ...]]]:
        offered = self._kind.codes.offered
        return [
            (item.label, (item.label.casefold(), self._spell(item.label), item.code.casefold()))
            for item in offered
        ]

    def _prepare_search(self) -> None:
        """Only when the user comes here: the initials cost a dictionary."""
        if self.completer():
            return
        words = QStringListModel(self)
        completer = completer_of(words, MOST_OFFERED, self)
        self.setCompleter(completer)
        self._field.textEdited.connect(lambda text: words.setStringList(self.fitting(text.strip())))
        completer.activated.connect(self._choose)

    def _offer_all(self) -> None:
        self._prepare_search()
        offer_all(self._field, [item.label for item in self._kind.codes.offered])

    def _choose(self, text: str) -> None:
        self.setEditText(text)
        self.settle()


class ManyEditor(QWidget):
    """Several codes as words to press."""

    typed = Signal(str)

    def __init__(self, kind: Code, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=6)
        self._buttons: dict[str, QToolButton] = {}
        self._others: list[str] = []
        for item in kind.codes.offered:
            self._buttons[item.label] = self._word(item.label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        on = [word for word, button in self._buttons.items() if button.isChecked()]
        return JOIN.join([*on, *self._others])

    def show_text(self, text: str) -> None:
        """Words that are not offered any more stay in the value."""
        words = [word for word in text.split(JOIN) if word]
        self._others = [word for word in words if word not in self._buttons]
        for word, button in self._buttons.items():
            button.setChecked(word in words)

    def _word(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("look", "check")
        button.clicked.connect(lambda: self.typed.emit(self.text()))
        self._flow.addWidget(button)
        return button


class YesNoEditor(QWidget):
    """是, 否 or 未填: an empty answer is not a no."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments = Segments(CHOICES)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._segments)
        line.addStretch()
        self.setFocusProxy(self._segments)
        self._segments.chosen.connect(self.typed)

    def text(self) -> str:
        return self._segments.key

    def show_text(self, text: str) -> None:
        self._segments.choose(text)


Editor = LineEditor | LongEditor | CodeEditor | ManyEditor | YesNoEditor


def date_in_words(kind: Kind, text: str) -> str:
    """'1952年3月' for '52.3'; '' while it cannot be read."""
    try:
        value = kind.parse(text)
    except UnreadableError:
        return ""
    return dates.show(value, "年") if value else ""


def money_in_words(kind: Kind, text: str) -> str:
    try:
        value = kind.parse(text)
    except UnreadableError:
        return ""
    return amounts.in_words(value) if value else ""


def length_of_number(_kind: Kind, text: str) -> str:
    """How many of the 18 characters are there while the number is being typed."""
    count = len(text.strip())
    return "" if count == 18 else f"{count}/18 位"


def _line(field: Field, _spell: Spell) -> Editor:
    explain = EXPLAIN.get(type(field.kind))
    said = partial(explain, field.kind) if explain else None
    return SecretEdit(field.kind.masked, _eye, said) if field.kind.secret else LineEditor(said)


def _eye(is_open: bool) -> QIcon:
    return icon("eye_off" if is_open else "eye", "quiet")


def _long(field: Field, _spell: Spell) -> Editor:
    return LongEditor(field.kind.lines if isinstance(field.kind, LongText) else 3)


def _code(field: Field, spell: Spell) -> Editor:
    assert isinstance(field.kind, Code)
    return ManyEditor(field.kind) if field.kind.many else CodeEditor(field.kind, spell)


def _yes_no(_field: Field, _spell: Spell) -> Editor:
    return YesNoEditor()


EXPLAIN: dict[type[Kind], Callable[[Any, str], str]] = {
    PartialDate: date_in_words,
    Money: money_in_words,
    Identity: length_of_number,
}
EDITORS: dict[type[Kind], Callable[[Field, Spell], Editor]] = {
    LongText: _long,
    Code: _code,
    YesNo: _yes_no,
}
"""Kinds that are not named here are typed in one line."""
HINTS: dict[type[Kind], str] = {
    PartialDate: "如 1952、1952.3、195203",
    Identity: "18 位",
    Phone: "手机或区号-号码",
}


def editor_for(field: Field, spell: Spell) -> Editor:
    editor = EDITORS.get(type(field.kind), _line)(field, spell)
    editor.setObjectName(field.name)
    editor.setAccessibleName(field.label)
    about = ABOUT if field.kind.secret else ""
    if field.help or about:
        editor.setToolTip("\n".join(text for text in (field.help, about) if text))
    if isinstance(editor, LineEditor):
        editor.setPlaceholderText(HINTS.get(type(field.kind), ""))
    return editor


def is_wide(field: Field) -> bool:
    """Whether it takes the whole width of a form."""
    return isinstance(field.kind, LongText) or (isinstance(field.kind, Code) and field.kind.many)


def problem_label() -> QLabel:
    shown = label("", "error", wrap=True)
    shown.hide()
    return shown
