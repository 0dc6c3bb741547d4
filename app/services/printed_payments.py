"""Payments as the sign-off sheet prints them: plain values in, lines of the report out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.fields.codes import code_table
from app.models.cadre import CADRE
from app.models.payments import PAYMENT
from app.reports.imprint import NOBODY, Imprint
from app.reports.sign_off_sheet import PaymentHead, PaymentLine
from app.services.office import unit_of
from app.services.payment_reviews import NOT_REVIEWED, Review

PERSON_FIELDS = ("name", "sex", "id_number", "retirement_kind", "treatment", "bank_account")
SHEET = "签领表"


def payment_head(
    batch: Mapping[str, Any],
    profile: Mapping[str, Any],
    imprint: Imprint = NOBODY,
    review: Review = NOT_REVIEWED,
) -> PaymentHead:
    """Of a reviewed batch those stand on the paper who did it; before that, the office's own names."""
    preparer = (review.prepared_by if review.is_done else "") or profile.get("preparer") or ""
    return PaymentHead(
        unit=unit_of(profile),
        fund=code_table("fund").label(batch.get("fund") or ""),
        period=batch.get("period") or "",
        source=batch.get("source") or "",
        basis=batch.get("document") or "",
        paid_on=batch.get("paid_on"),
        reviewer=review.reviewed_by or profile.get("reviewer") or "",
        preparer=preparer,
        title=sheet_title(batch, unit_of(profile)),
        imprint=imprint,
    )


def sheet_title(batch: Mapping[str, Any], unit: str) -> str:
    """The batch's own name, made the title of a sign-off sheet."""
    named = str(batch.get("title") or "")
    if not named or named.endswith(SHEET):
        return named
    return unit + named + (SHEET if named.endswith("发放") else f"发放{SHEET}")


def payment_line(row: Mapping[str, Any], person: Mapping[str, Any]) -> PaymentLine:
    due, adjustment = row.get("amount") or 0, row.get("adjustment") or 0
    signer = row.get("signer") if row.get("signer") != person.get("name") else None
    return PaymentLine(
        name=person.get("name") or "",
        sex=CADRE.text(person, "sex"),
        id_number=person.get("id_number") or "",
        category=CADRE.text(person, "retirement_kind"),
        treatment=CADRE.text(person, "treatment"),
        standard=row.get("standard"),
        times=row.get("times"),
        due=due,
        adjustment=adjustment,
        paid=due + adjustment,
        way=PAYMENT.field("method").kind.format(row.get("method")),
        card=row.get("bank_account") or person.get("bank_account") or "",
        proxy=" ".join(filter(None, (signer, row.get("signer_relation")))),
        remarks=row.get("remarks") or "",
    )
