"""Every rule over one record from both sides: values in which it finds something, and values next to them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fields.career_cases import CAREER_CASES
from tests.fields.life_cases import LIFE_CASES
from tests.fields.number_cases import NUMBER_CASES
from tests.fields.party_cases import PARTY_CASES
from tests.fields.rule_case import Cases
from tests.fields.single_cases import SINGLE_CASES
from tests.fields.time_cases import TIME_CASES

CASES: Mapping[str, Cases] = {
    **NUMBER_CASES,
    **TIME_CASES,
    **CAREER_CASES,
    **PARTY_CASES,
    **LIFE_CASES,
    **SINGLE_CASES,
}
