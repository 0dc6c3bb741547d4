"""Marking money as signed for: by the payees themselves, or by somebody who stands in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from app import clock
from app.fields import dates
from app.fields.names import clean_name
from app.services.signatures import Signature
from app.ui import theme
from app.ui.widgets.buttons import push_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.words import label

DAY_WIDTH, NAME_WIDTH, REASON_WIDTH = 112, 110, 220


class SignBar(QWidget):
    """Says how many are selected and asks for their signatures; decides nothing."""

    sign_wanted = Signal()
    unsign_wanted = Signal()
    select_unsigned_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._refusal, self._count = "", 0
        self.count = _beside("")
        self.day = self._field("signed_on", "签领日期", DAY_WIDTH)
        self.day.setText(dates.show(clock.today().isoformat()))
        self.stands_in = QCheckBox("代领")
        self.stands_in.setFixedHeight(theme.size("row"))
        self.signer = self._field("signer", "代领人", NAME_WIDTH)
        self.relation = self._field("signer_relation", "关系和原因，如：妻子，住院", REASON_WIDTH)
        self.sign = push_button("记为已签领", self.sign_wanted.emit)
        self.unsign = push_button("撤回签领", self.unsign_wanted.emit, "quiet")
        self.unsigned = push_button("选中未签的人", self.select_unsigned_wanted.emit, "link")
        row = FlowLayout(self)
        for widget in (
            self.unsigned,
            self.count,
            _beside("签领日期"),
            self.day,
            self.stands_in,
            self.signer,
            self.relation,
            self.sign,
            self.unsign,
        ):
            row.addWidget(widget)
        self.stands_in.toggled.connect(self._show_stand_in)
        self._show_stand_in(False)
        self.show_count(0)

    @property
    def signature(self) -> Signature:
        """Raises UnreadableError for a date that is none."""
        day = dates.read(self.day.text())
        if not self.stands_in.isChecked():
            return Signature(day)
        return Signature(day, clean_name(self.signer.text()) or None, self.relation.text().strip() or None)

    @property
    def asks_for_stand_in(self) -> bool:
        return self.stands_in.isChecked()

    def show_count(self, count: int) -> None:
        self._count = count
        self.count.setText(f"选中 {count} 人")
        for button in (self.sign, self.unsign):
            button.setEnabled(count > 0 and not self._refusal)
            button.setToolTip(self._refusal)

    def allow(self, refusal: str) -> None:
        """'' allows it."""
        self._refusal = refusal
        self.show_count(self._count)

    def _show_stand_in(self, on: bool) -> None:
        self.signer.setVisible(on)
        self.relation.setVisible(on)

    def _field(self, name: str, hint: str, width: int) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setPlaceholderText(hint)
        field.setAccessibleName(hint)
        field.setFixedWidth(width)
        return field


def _beside(text: str) -> QLabel:
    """Words as high as the fields they stand beside."""
    words = label(text, "quiet")
    words.setFixedHeight(theme.size("row"))
    return words
