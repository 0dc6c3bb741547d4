"""All checks across the fields of one cadre's file: R-05 … R-59 of domain.md §3, from the smallest number up."""

from __future__ import annotations

from app.fields.rules.age_rules import AGE_RULES
from app.fields.rules.date_rules import DATE_RULES
from app.fields.rules.family_rules import FAMILY_RULES
from app.fields.rules.health_rules import HEALTH_RULES
from app.fields.rules.number_rules import NUMBER_RULES
from app.fields.rules.party_rules import PARTY_RULES
from app.fields.rules.residence_rules import RESIDENCE_RULES
from app.fields.rules.resume_rules import RESUME_RULES
from app.fields.rules.treatment_rules import TREATMENT_RULES
from app.fields.rules.veteran_rules import VETERAN_RULES

CADRE_RULES = (
    *NUMBER_RULES,
    *DATE_RULES,
    *AGE_RULES,
    *VETERAN_RULES,
    *PARTY_RULES,
    *FAMILY_RULES,
    *RESUME_RULES,
    *TREATMENT_RULES,
    *RESIDENCE_RULES,
    *HEALTH_RULES,
)
