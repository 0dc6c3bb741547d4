"""Reviewing a batch and taking one back: asked about first, then done and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.services.changes import Change
from app.services.payments import BatchFile, Payments
from app.ui.dialogs import ask
from app.ui.forms.batch_states import afterwards, summed
from app.ui.payments.reverse_dialog import ReverseDialog


class Reviewing(QObject):
    changed = Signal(object, str)
    """The Change, and the uid of the batch to be shown then."""
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, payments: Payments, window: QWidget) -> None:
        super().__init__(window)
        self._payments, self._window = payments, window

    def ask_to_review(self, file: BatchFile) -> None:
        ask.confirm(
            self._window,
            f"将审定{summed(file)}",
            "审定",
            lambda: self._try(lambda: self._review(file)),
            details=afterwards(file),
        )

    def ask_to_reverse(self, file: BatchFile) -> None:
        dialog = ReverseDialog(file, self._window)
        dialog.answered.connect(lambda reason: self._try(lambda: self._reverse(file, reason)))
        dialog.open()

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            self.refused.emit(str(error))

    def _review(self, file: BatchFile) -> None:
        uid = file.uid or ""
        self.changed.emit(self._payments.review(uid, file.version), uid)
        self.said.emit(f"已审定{summed(file)}")

    def _reverse(self, file: BatchFile, reason: str) -> None:
        change: Change = self._payments.reverse(file.uid or "", reason)
        (made,) = change.uids - {file.uid}
        self.changed.emit(change, made)
        self.said.emit("已做冲销批次，等审核人审定")
