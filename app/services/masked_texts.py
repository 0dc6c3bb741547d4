"""What people's numbers become on papers for which their ends are enough: ID and card ‥1234, telephone 138****1234."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.fields.kinds import Phone
from app.fields.masking import STAR, TAIL, covered
from app.fields.spec import RecordType

FRONT = 3
_TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")


def masked_values(record: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts of the record, or its own values, with the numbers shortened; what is no text stays as it is."""
    return {name: masked_value(record, name, value) for name, value in values.items()}


def masked_value(record: RecordType, name: str, value: Any) -> Any:
    if not isinstance(value, str) or not value:
        return value
    kind = record.field(name).kind if record.has(name) else None
    if kind and kind.secret:
        return kind.masked(value)
    return masked_phone(value) if isinstance(kind, Phone) else masked_text(value)


def masked_phone(number: str) -> str:
    """'138****1234'; of a short number without an area code only the end is left."""
    if len(number) <= TAIL:
        return number
    front = FRONT if len(number) > FRONT + TAIL else 0
    return number[:front] + STAR * (len(number) - front - TAIL) + number[-TAIL:]


def masked_text(text: str) -> str:
    """A free text in which somebody wrote a number or a telephone."""
    return _TELEPHONE.sub(lambda found: masked_phone(found.group()), covered(text))
