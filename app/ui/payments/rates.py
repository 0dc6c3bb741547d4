"""How much everybody gets: one amount for all, or one for each kind or treatment."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.forms.payment_draft import RATE_BY, PaymentDraft
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

FIELD_WIDTH = 96


class Rates(QWidget):
    """Fills the draft's amounts in, group by group; single cells can be changed afterwards."""

    changed = Signal()

    def __init__(self, draft: PaymentDraft) -> None:
        super().__init__()
        self._draft = draft
        self._groups: list[tuple[str, int]] = []
        self.by = Segments(list(RATE_BY.items()))
        self.fields: dict[str, QLineEdit] = {}
        place = QWidget()
        self._flow = FlowLayout(place, spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.by)
        column.addWidget(place)
        self.by.chosen.connect(self._choose)
        self.renew()

    def renew(self) -> None:
        """The groups of the people who are chosen now."""
        if self._draft.groups == self._groups:
            return
        self._groups = self._draft.groups
        self._flow.clear()
        self.fields = {}
        for group, count in self._groups:
            self._flow.addWidget(self._rate(group, count))

    def _choose(self, by: str) -> None:
        self._draft.set_rate_by(by)
        self.renew()

    def _rate(self, group: str, count: int) -> QWidget:
        field = QLineEdit(self._draft.rate(group))
        field.setObjectName(f"rate_{group}")
        field.setAccessibleName(f"{group}的金额")
        field.setPlaceholderText("金额")
        field.setFixedWidth(FIELD_WIDTH)
        field.textEdited.connect(lambda text: self._fill(group, text))
        self.fields[group] = field
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(f"{group}（{count} 人）" if self._draft.rate_by else group, "quiet"))
        row.addWidget(field)
        row.addWidget(label("元", "quiet"))
        return pair

    def _fill(self, group: str, text: str) -> None:
        self._draft.set_rate(group, text)
        self.changed.emit()
