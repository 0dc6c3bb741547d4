"""All payment batches, the newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from app.services.payments import Payments
from app.ui.forms.batch_states import place_of
from app.ui.forms.payment_lists import batch_fields, batch_row
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable

WIDTHS = {
    "fund": 128,
    "period": 128,
    "paid_on": 104,
    "state": 112,
    "people": 64,
    "total": 112,
    "signed": 84,
}


class BatchList(RecordTable):
    """One line a batch, with how many have signed."""

    def __init__(self, payments: Payments) -> None:
        super().__init__(
            RecordTableModel(batch_fields(payments), sort_keys={"signed": _unsigned, "state": place_of})
        )
        self._payments = payments
        self.setObjectName("batches")
        self.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.set_widths(WIDTHS)
        title = self.records.column_of("title")
        self.horizontalHeader().setSectionResizeMode(title, QHeaderView.ResizeMode.Stretch)

    def renew(self) -> None:
        self.show_rows(batch_row(line) for line in self._payments.lines())
        self._leave_room_to_the_payments()
        if not self.current_uid and self.records.rows:
            self.go_to(self.records.uid(0))

    def _leave_room_to_the_payments(self) -> None:
        """A short list is no higher than its rows and one to spare."""
        rows = len(self.records.rows) + 1
        height = (
            self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        )
        self.setMaximumHeight(max(height, self.minimumHeight()))


def _unsigned(signed: str) -> int:
    """'12/49' by how many have not signed yet."""
    done, people = signed.split("/")
    return int(people) - int(done)
