"""R-40 … R-46: party membership."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fields.rule_case import Cases, Wrong

PARTY_CASES: Mapping[str, Cases] = {
    "R-40": Cases(
        [
            Wrong("E", "party_branch", {"political_status": "01", "party_joined_on": "1974-05"}),
            Wrong("E", "party_joined_on", {"political_status": "02", "party_branch": "机关支部"}),
        ],
        [
            {"political_status": "01", "party_joined_on": "1974-05", "party_branch": "机关支部"},
            {"political_status": "13"},
            {"political_status": "04"},
        ],
    ),
    "R-41": Cases(
        [
            Wrong("E", "party_joined_on", {"political_status": "13", "party_joined_on": "1974"}),
            Wrong("E", "party_post", {"political_status": "03", "party_post": "1"}),
            Wrong("E", "dues_paid_until", {"political_status": "13", "dues_paid_until": "2026-10"}),
            Wrong("E", "dues_monthly", {"political_status": "13", "dues_monthly": 500}),
        ],
        [
            {"political_status": "13"},
            {"political_status": "01", "party_joined_on": "1974", "party_post": "1"},
            {"party_joined_on": "1974"},
        ],
    ),
    "R-42": Cases(
        [
            Wrong("W", "political_status", {"political_status": "02", "party_joined_on": "2024-10"}),
            Wrong(
                "W",
                "political_status",
                {"political_status": "02", "party_joined_on": "2025-10", "party_full_on": "2026-10"},
            ),
        ],
        [
            {"political_status": "02", "party_joined_on": "2024-12"},
            {"political_status": "02", "party_joined_on": "2024"},
            {"political_status": "01", "party_joined_on": "1974-05", "party_full_on": "1975-05"},
            {"political_status": "02", "party_joined_on": "2010-10", "alive": False},
        ],
    ),
    "R-43": Cases(
        [
            Wrong("W", "party_post", {"party_post": "1", "party_branch": "机关支部", "died_on": "2026-03"}),
            Wrong("W", "party_post", {"party_post": "4", "alive": False}),
            Wrong("W", "party_branch", {"party_post": "2"}),
        ],
        [
            {"party_post": "1", "party_branch": "机关支部"},
            {"party_post": "9"},
            {"party_post": "9", "died_on": "2026-03"},
        ],
    ),
    "R-45": Cases(
        [
            Wrong(
                "W",
                "residence_class",
                {"floating": True, "floating_to": "贵阳", "study_method": "3", "residence_class": "1"},
            ),
            Wrong("W", "floating_to", {"floating": True, "study_method": "2"}),
            Wrong("W", "study_method", {"floating": True, "floating_to": "贵阳", "study_method": "1"}),
            Wrong("W", "lost_contact_on", {"lost_contact": True}),
        ],
        [
            {"floating": True, "floating_to": "贵阳市，2024.03起", "study_method": "3", "residence_class": "2"},
            {"floating": False, "residence_class": "1"},
            {"lost_contact": True, "lost_contact_on": "2019-05"},
            {"lost_contact": False},
        ],
    ),
    "R-46": Cases(
        [
            Wrong("W", "dues_paid_until", {"dues_paid_until": "2026-04"}),
            Wrong("W", "dues_paid_until", {"dues_paid_until": "2025"}),
        ],
        [
            {"dues_paid_until": "2026-05"},
            {"dues_paid_until": "2026"},
            {"dues_paid_until": "2027-01"},
            {"dues_paid_until": "2020-04", "died_on": "2020-06"},
        ],
    ),
}  # fmt: skip
