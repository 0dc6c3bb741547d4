"""Asked once whenever something leaves: what for, to whom, and whether numbers leave whole. It stands in the log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.exports import Errand, Exports
from app.services.paper_uses import use_of
from app.ui.widgets.buttons import push_button
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

OTHER = "other"
MASKED, WHOLE = "masked", "whole"
WIDTH = 460
LONGEST = 60
NOTE = "谁、什么时候、给谁、多少人，都会记入操作日志。"


class ExportDialog(QDialog):
    """`answered` brings an Errand. What was answered last time stands ready: Enter is enough."""

    answered = Signal(object)

    def __init__(
        self, exports: Exports, kind: str, verb: str, parent: QWidget, *, masked: bool | None = None
    ) -> None:
        """`masked` is how the paper was looked at, where it was."""
        super().__init__(parent)
        self._exports, self._use = exports, use_of(kind)
        usual = exports.usual(kind)
        self.setWindowTitle(f"{verb}{self._use.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.purpose = QComboBox()
        self.purpose.setAccessibleName("用途")
        for item in exports.purposes.offered:
            self.purpose.addItem("其他…" if item.code == OTHER else item.label, item.code)
        self.words = _field("写明用途，如“县人大代表视察”")
        self.recipient = _field("交给谁")
        self.recipient.setAccessibleName("接收单位")
        self.numbers = Segments([(MASKED, "只留后四位"), (WHOLE, "完整")])
        self.go = push_button("继续", self._answer, "primary")
        self.leave = push_button("取消", self.reject)
        self._lay_out()
        self._show(usual, usual.masked if masked is None else masked)
        self.purpose.activated.connect(self._take_purpose)
        for field in (self.words, self.recipient):
            field.textChanged.connect(self._weigh)
        self.go.setFocus()

    @property
    def errand(self) -> Errand:
        masked = self._use.numbers and self.numbers.key == MASKED
        return Errand(self._purpose, self.recipient.text().strip(), masked)

    @property
    def _is_other(self) -> bool:
        return bool(self.purpose.currentData() == OTHER)

    @property
    def _purpose(self) -> str:
        return self.words.text().strip() if self._is_other else self.purpose.currentText()

    def _show(self, usual: Errand, masked: bool) -> None:
        code = self._exports.purposes.find(usual.purpose) or OTHER
        self.purpose.setCurrentIndex(self.purpose.findData(code))
        self.words.setText(usual.purpose if code == OTHER else "")
        self.words.setVisible(self._is_other)
        self.recipient.setText(usual.recipient)
        self.numbers.choose(MASKED if masked else WHOLE)
        self._weigh()

    def _take_purpose(self) -> None:
        """Another purpose has another receiver."""
        self.words.setVisible(self._is_other)
        self.recipient.setText(self._exports.recipient_for(self.purpose.currentData()))
        if self._is_other:
            self.words.setFocus()
        self._weigh()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self._purpose and self.recipient.text().strip()))

    def _answer(self) -> None:
        self.answered.emit(self.errand)
        self.accept()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("用途", "quiet"), 0, 0)
        grid.addWidget(self.purpose, 0, 1)
        grid.addWidget(self.words, 1, 1)
        grid.addWidget(label("接收单位", "quiet"), 2, 0)
        grid.addWidget(self.recipient, 2, 1)
        if self._use.numbers:
            grid.addWidget(label(self._use.shortened, "quiet"), 3, 0)
            grid.addWidget(self.numbers, 3, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(label(NOTE, "quiet", wrap=True))
        column.addLayout(buttons)
        self.leave.setAutoDefault(False)
        self.go.setDefault(True)
        self.setFixedWidth(WIDTH)


def _field(hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setMaxLength(LONGEST)
    return made
