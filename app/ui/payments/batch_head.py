"""Above the payments of one batch: its title, who is responsible for it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.services.payment_reviews import Deed
from app.services.payments import BatchFile, Payments
from app.ui.forms.batch_states import responsible
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.elided_label import ElidedLabel


class BatchHead(QWidget):
    """What may not be done now is grey and says why under the mouse."""

    edit_wanted = Signal()
    remove_wanted = Signal()
    review_wanted = Signal()
    reverse_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, payments: Payments) -> None:
        super().__init__()
        self._payments = payments
        self.title, self.responsible = _line("section"), _line("quiet")
        self.remove = push_button("删除", self.remove_wanted.emit, "quiet")
        self.reverse = push_button("冲销…", self.reverse_wanted.emit, "quiet")
        self.edit = push_button("修改", self.edit_wanted.emit, icon=icon("edit"))
        self.review = push_button("审定", self.review_wanted.emit, icon=icon("ok"))
        self.print = push_button("打印签领表", self.print_wanted.emit, icon=icon("print"))
        self._deeds: list[tuple[Deed, QPushButton]] = [
            ("remove_batch", self.remove),
            ("reverse_batch", self.reverse),
            ("save_batch", self.edit),
            ("review_batch", self.review),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.responsible, 1)
        for button in (self.remove, self.reverse, self.edit, self.review, self.print):
            row.addWidget(button)

    def show_batch(self, file: BatchFile) -> None:
        self.title.setText(self._payments.record.texts(file.values)["title"])
        self.responsible.setText(responsible(file.review) if file.uid else "")
        for deed, button in self._deeds:
            allow(button, self._payments.why_not(deed, file))


def _line(look: str) -> ElidedLabel:
    """A long title must not make the window wider."""
    made = ElidedLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    return made


def allow(button: QPushButton, refusal: str) -> None:
    """'' allows it."""
    button.setEnabled(not refusal)
    button.setToolTip(refusal)
    button.setAccessibleDescription(refusal)
