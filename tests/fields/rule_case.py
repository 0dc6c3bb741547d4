"""What the cases of the rules are made of.

Identity numbers have the area 529999 or 629999, which was never given to any place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.fields.spec import RecordType
from app.models.cadre import CADRE

Values = dict[str, Any]

MAN = "529999195203170012"
"""Born 1952-03-17."""
WOMAN = "529999192801050025"
WIFE = {"relation": "妻子", "name": "雷群英"}
MARRIED_LIFE = {"marital_status": "20", "family": [{**WIFE, "alive": True}]}


class Wrong(NamedTuple):
    """Values in which a rule finds something, in that field."""

    severity: str
    field: str
    values: Values


class Cases(NamedTuple):
    """One rule from both sides."""

    wrong: Sequence[Wrong]
    right: Sequence[Values]
    record: RecordType = CADRE
