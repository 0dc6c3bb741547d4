"""What was done for one person: visits and payments, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.fields import dates
from app.fields.amounts import yuan
from app.fields.spec import Values
from app.services.payments import Payments, paid
from app.services.visits import Visits
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label


class ServiceTab(QScrollArea):
    """Reads when it is shown, not before."""

    visit_wanted = Signal()
    payment_wanted = Signal()

    def __init__(self, visits: Visits, payments: Payments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits, self._payments = visits, payments
        self.words: list[str] = []
        """The two headings, as they are shown."""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        visit = push_button("记一次走访", self.visit_wanted.emit, icon=icon("visit"))
        payment = push_button("加入发放", self.payment_wanted.emit, icon=icon("payment"))
        needs("edit", visit, payment)
        buttons.addWidget(visit)
        buttons.addWidget(payment)
        buttons.addStretch(1)
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addLayout(buttons)
        column.addLayout(self._body)
        column.addStretch(1)
        self.setWidget(ground)

    def show_person(self, uid: str | None) -> None:
        while item := self._body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        visits = self._visits.lines(cadre_uid=uid) if uid else []
        payments = self._payments.of_cadre(uid) if uid else []
        self.words = [f"走访 {len(visits)} 次" if visits else "还没有走访记录", _sum(payments)]
        self._body.addWidget(label(self.words[0], "section"))
        for visit in visits:
            self._body.addWidget(_card(*_visit(visit.values)))
        self._body.addWidget(label(self.words[1], "section"))
        for batch, payment in payments:
            self._body.addWidget(_card(*_payment(batch, payment)))


def _sum(payments: Sequence[tuple[Values, Values]]) -> str:
    total = sum(paid(payment) for _, payment in payments)
    return f"发放 {len(payments)} 笔，共 {yuan(total)} 元" if payments else "还没有发放记录"


def _visit(values: Values) -> tuple[str, str]:
    text = Visits.record.texts(values)
    gifts = "，".join(
        part for part in (f"慰问金 {text['money']} 元" if text["money"] else "", text["goods"]) if part
    )
    said = "；".join(
        part.rstrip("。；") for part in (text["situation"], text["requests"], text["answer"], gifts) if part
    )
    head = " ".join(part for part in (text["date"], text["kind"], text["place"], text["leader"]) if part)
    return head, said


def _payment(batch: Values, payment: Values) -> tuple[str, str]:
    day = dates.show(batch.get("paid_on") or "")
    signer = payment.get("signer")
    head = " ".join(part for part in (day, batch.get("title"), f"{yuan(paid(payment))} 元") if part)
    return head, f"签领人 {signer}" if signer else "还没有签领"


def _card(head: str, text: str) -> QFrame:
    card = QFrame()
    card.setProperty("look", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(2)
    column.addWidget(label(head, wrap=True))
    if text:
        column.addWidget(label(text, "quiet", wrap=True))
    return card
