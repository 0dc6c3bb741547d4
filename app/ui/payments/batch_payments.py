"""What each person gets in one batch: the lines, their sums, and the signatures."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from app.errors import UserError
from app.fields.amounts import yuan
from app.services.payments import BatchFile, Payments
from app.services.people import Person
from app.services.readings import search_key
from app.services.signatures import sign, unsign
from app.ui.forms.payment_lists import PaymentLines, payment_fields
from app.ui.payments.sign_bar import SignBar
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable
from app.ui.widgets.banner import Banner
from app.ui.widgets.figures_line import FiguresLine
from app.ui.widgets.names_popup import NamesPopup

WIDTHS = {
    "name": 128,
    "id_number": 168,
    "amount": 96,
    "adjustment": 96,
    "method": 72,
    "bank_account": 176,
    "signer": 128,
    "signed_on": 100,
    "remarks": 120,
}
LEFT_OUT = ((1060, ()), (0, ("method", "bank_account")))
"""From how many pixels on which columns are not shown."""
PEOPLE, TOTAL, SIGNED, UNSIGNED = "people", "total", "signed", "unsigned"


class BatchPayments(QWidget):
    """Shows one batch; asks for it to be saved with other signatures."""

    save_wanted = Signal(object)
    """A BatchFile."""

    def __init__(self, payments: Payments) -> None:
        super().__init__()
        self._lines = PaymentLines(BatchFile(), {})
        self.table = RecordTable(RecordTableModel(payment_fields(payments), sort_keys={"name": search_key}))
        self.table.setObjectName("payments")
        self.figures = FiguresLine([PEOPLE, TOTAL, SIGNED, UNSIGNED])
        self.bar = SignBar()
        self.banner = Banner()
        self.names = NamesPopup(self)
        self.table.set_widths(WIDTHS)
        remarks = self.table.records.column_of("remarks")
        self.table.horizontalHeader().setSectionResizeMode(remarks, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.banner, self.table, self.figures, self.bar):
            column.addWidget(part, int(part is self.table))
        self.table.selected.connect(lambda: self.bar.show_count(len(self.table.selected_uids)))
        self.figures.opened.connect(self._open_names)
        self.names.chosen.connect(self.table.go_to)
        self.bar.sign_wanted.connect(self._sign)
        self.bar.unsign_wanted.connect(self._unsign)
        self.bar.select_unsigned_wanted.connect(self._select_unsigned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left_out = next(names for room, names in LEFT_OUT if self.width() >= room)
        self.table.show_columns({field.name for field in self.table.records.fields} - set(left_out))

    def show_batch(self, file: BatchFile, people: Mapping[str, Person]) -> None:
        other = file.uid != self._lines.file.uid
        self._lines = PaymentLines(file, people)
        self.banner.hide()
        if other:  # who was selected for signing in one batch is not meant in the next
            self.table.selectionModel().clear()
            self.table.scrollToTop()
        self.table.show_rows(self._lines.rows)
        self.figures.show_figures(
            {
                PEOPLE: f"{len(file.payments)} 人",
                TOTAL: f"{yuan(file.total)} 元",
                SIGNED: f"已签 {len(self._lines.signed)} 人",
                UNSIGNED: f"未签 {len(self._lines.unsigned)} 人",
            }
        )
        self.figures.tail.setText(self._lines.in_words)
        self.bar.unsigned.setEnabled(bool(self._lines.unsigned))

    def name_of(self, uid: str) -> str:
        return self._lines.names[uid]

    def _select_unsigned(self) -> None:
        unsigned = self._lines.unsigned
        self.table.select(unsigned, unsigned[0])

    def _sign(self) -> None:
        try:
            signature = self.bar.signature
            if self.bar.asks_for_stand_in and not signature.signer:
                raise UserError("请写明由谁代领。")
            chosen = self.table.selected_uids
            self.save_wanted.emit(sign(self._lines.file, chosen, self._lines.names, signature))
        except UserError as error:
            self.banner.say("error", str(error))

    def _unsign(self) -> None:
        self.save_wanted.emit(unsign(self._lines.file, self.table.selected_uids))

    def _open_names(self, key: str) -> None:
        everybody = list(self._lines.names)
        behind = {SIGNED: self._lines.signed, UNSIGNED: self._lines.unsigned}.get(key, everybody)
        rows = [(uid, [name, amount]) for uid, name, amount in self._lines.paid(behind)]
        figure = self.figures.figure(key)
        self.names.open_at(figure, figure.text(), rows)
