"""Batches and the payments of one batch as rows for lists, with their sums; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.fields.amounts import in_words, yuan
from app.fields.kinds import Identity, Money, Number, Text
from app.fields.spec import Field
from app.services.payments import BatchFile, BatchLine, Payments, paid
from app.services.people import Person
from app.services.rows import Row
from app.ui.forms.batch_states import WORDS

_BATCH = ("title", "fund", "period", "paid_on")
_BATCH_SUMS = (
    Field("state", "状态", Text(), ""),
    Field("people", "人数", Number(), ""),
    Field("total", "金额（元）", Money(), ""),
    Field("signed", "已签领", Text(), ""),
)
_NAME = Field("name", "姓名", Text(), "")
_ID = Field("id_number", "身份证号", Identity(), "")
_PAYMENT = ("amount", "adjustment", "method", "bank_account", "signer", "signed_on", "remarks")
_SHORT = {"amount": "应发（元）", "adjustment": "扣减或补发", "bank_account": "银行卡"}


def batch_fields(payments: Payments) -> list[Field]:
    return [*(payments.record.field(name) for name in _BATCH), *_BATCH_SUMS]


def batch_row(line: BatchLine) -> Row:
    about = tuple(line.values[name] for name in _BATCH)
    signed = None if line.review.reverses else f"{line.signed}/{line.people}"
    return Row(line.uid, (*about, WORDS[line.review.state], line.people, line.total, signed))


def payment_fields(payments: Payments) -> list[Field]:
    described = [payments.payment.field(name) for name in _PAYMENT]
    return [_NAME, _ID, *(replace(field, label=_SHORT.get(field.name, field.label)) for field in described)]


@dataclass(frozen=True)
class PaymentLines:
    """The payments of one batch beside the people they go to; rows carry the person's uid."""

    file: BatchFile
    people: Mapping[str, Person]

    @property
    def rows(self) -> list[Row]:
        return [self._row(payment) for payment in self.file.payments]

    @property
    def names(self) -> dict[str, str]:
        return {row["cadre_uid"]: self._name(row["cadre_uid"]) for row in self.file.payments}

    @property
    def unsigned(self) -> list[str]:
        return [row["cadre_uid"] for row in self.file.payments if not row.get("signer")]

    @property
    def signed(self) -> list[str]:
        return [row["cadre_uid"] for row in self.file.payments if row.get("signer")]

    @property
    def in_words(self) -> str:
        return f"人民币{in_words(self.file.total)}"

    def paid(self, uids: Sequence[str]) -> list[tuple[str, str, str]]:
        """(uid, name, what is really paid)."""
        amounts = {row["cadre_uid"]: paid(row) for row in self.file.payments}
        return [(uid, self._name(uid), yuan(amounts[uid])) for uid in uids]

    def _row(self, payment: Mapping[str, Any]) -> Row:
        person = self.people.get(payment["cadre_uid"])
        shown = [payment.get(name) for name in _PAYMENT]
        number = person.id_number or None if person else None
        return Row(payment["cadre_uid"], (self._name(payment["cadre_uid"]), number, *shown))

    def _name(self, uid: str) -> str:
        return self.people[uid].name if uid in self.people else "（已删除）"
