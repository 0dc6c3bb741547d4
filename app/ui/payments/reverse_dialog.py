"""Asked before a reviewed batch is taken back: why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.payments import BatchFile
from app.ui.forms.batch_states import summed
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label

WIDTH, LONGEST = 480, 100
NOTE = (
    "会另做一批数目相反的冲销批次，原来那一批留作凭据，一个字也不动。"
    "冲销批次也要审核人审定，审定以后这些人才能重新发放。"
)


class ReverseDialog(QDialog):
    """`answered` brings the reason."""

    answered = Signal(str)

    def __init__(self, file: BatchFile, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("冲销发放")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question = label(f"将冲销{summed(file)}", "section", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("为什么冲销，如“金额算错，每人少发 100 元”")
        self.reason.setAccessibleName("冲销的原因")
        self.reason.setMaxLength(LONGEST)
        self.go = push_button("做冲销批次", self._answer, "primary")
        self.leave = push_button("不，保持原样", self.reject)
        self._lay_out()
        self.reason.textChanged.connect(self._weigh)
        self._weigh()
        self.reason.setFocus()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self.reason.text().strip()))

    def _answer(self) -> None:
        self.answered.emit(self.reason.text().strip())
        self.accept()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for part in (self.question, label(NOTE, "quiet", wrap=True), self.reason):
            column.addWidget(part)
        column.addLayout(buttons)
        self.leave.setAutoDefault(False)
        self.go.setDefault(True)
        self.setFixedWidth(WIDTH)
