"""R-50 … R-59: treatment, residence, family, health, contacts, posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fields.rule_case import MARRIED_LIFE, WIFE, Cases, Values, Wrong

HELPLESS = {"self_care": "3"}


def stays(*rows: Values, **values: Any) -> Values:
    return {"hospital_stays": list(rows), **values}


LIFE_CASES: Mapping[str, Cases] = {
    "R-50": Cases(
        [
            Wrong("W", "treatment", {"rank": "141", "treatment": "142"}),
            Wrong("W", "treatment", {"rank": "208", "treatment": "142"}),
            Wrong("W", "treatment_document", {"rank": "142", "treatment": "141", "treatment_approved_on": "2013-05"}),
            Wrong("W", "treatment_approved_on", {"rank": "142", "treatment": "132", "treatment_document": "3号"}),
        ],
        [
            {"rank": "141", "treatment": "141"},
            {"rank": "210", "treatment": "142"},
            {"rank": "142", "treatment": "141", "treatment_approved_on": "2013", "treatment_document": "3号"},
            {"rank": "412", "treatment": "142"},
            {"rank": "141", "treatment": "900"},
        ],
    ),
    "R-51": Cases(
        [
            Wrong("E", "relocation_place", {"relocated": True, "relocation_unit": "云岩区委老干部局"}),
            Wrong("E", "relocation_unit", {"relocated": True, "relocation_place": "贵阳市"}),
            Wrong(
                "E",
                "residence_class",
                {"relocated": True, "relocation_place": "贵阳市", "relocation_unit": "局", "residence_class": "1"},
            ),
        ],
        [
            {"relocated": True, "relocation_place": "贵阳市", "relocation_unit": "局", "residence_class": "2"},
            {"relocated": True, "relocation_place": "贵阳市", "remarks": "投靠子女安置，没有接收单位"},
            {"relocated": False, "residence_class": "1"},
        ],
    ),
    "R-53": Cases(
        [
            Wrong("W", "living_arrangement", {**MARRIED_LIFE, "living_arrangement": "4"}),
            Wrong(
                "W",
                "living_arrangement",
                {"living_arrangement": "9", "family": [{"relation": "女儿", "alive": True}]},
            ),
            Wrong("W", "living_arrangement", {"living_arrangement": "1", "marital_status": "30"}),
            Wrong(
                "W", "marital_status", {"marital_status": "20", "special_conditions": [{"condition": "widowed"}]}
            ),
        ],
        [
            {**MARRIED_LIFE, "living_arrangement": "1"},
            {"living_arrangement": "4", "marital_status": "30", "family": [{**WIFE, "alive": False}]},
            {"living_arrangement": "4", "family": [{"relation": "女儿", "alive": True}]},
            {"marital_status": "30", "special_conditions": [{"condition": "widowed"}]},
            {"marital_status": "22", "special_conditions": [{"condition": "widowed", "ended_on": "2020"}]},
            {"living_arrangement": "1", "marital_status": "30", "alive": False},
        ],
    ),
    "R-54": Cases(
        [
            Wrong("W", "hospital_stays", stays(living_arrangement="7")),
            Wrong("W", "hospital_stays", stays(special_conditions=[{"condition": "hospital"}])),
            Wrong("W", "hospital_stays", stays({"admitted_on": "2026-08-01"})),
            Wrong("W", "hospital_stays", stays({"admitted_on": "2026-05"})),
        ],
        [
            stays({"admitted_on": "2026-08-01"}, living_arrangement="7"),
            stays({"admitted_on": "2026-10-01"}),
            stays({"admitted_on": "2026-05-01", "discharged_on": "2026-10-20"}),
            stays(special_conditions=[{"condition": "hospital", "ended_on": "2025-05"}]),
            {"living_arrangement": "7"},
            stays(living_arrangement="7", alive=False),
        ],
    ),
    "R-55": Cases(
        [
            Wrong("W", "attends_branch", {**HELPLESS, "attends_branch": True}),
            Wrong("W", "activity", {**HELPLESS, "activity": "1"}),
        ],
        [
            {**HELPLESS, "attends_branch": False, "activity": "3"},
            {"self_care": "2", "attends_branch": True, "activity": "1"},
        ],
    ),
    "R-56": Cases(
        [
            Wrong("W", "illnesses", {"health_status": "3"}),
            Wrong("W", "illnesses", {"health_status": "61"}),
            Wrong("W", "illnesses", {"health_status": "37", "disability": "三级"}),
        ],
        [
            {"health_status": "3", "illnesses": "高血压"},
            {"health_status": "64", "disability": "肢体三级"},
            {"health_status": "1"},
        ],
    ),
    "R-57": Cases(
        [
            Wrong("E", "mobile", {"contacts": []}),
            Wrong("E", "mobile", {"contacts": [], "mobile": None, "landline": ""}),
        ],
        [
            {"contacts": [{"name": "廖长"}]},
            {"contacts": [], "landline": "0851-25501234"},
            {"contacts": [], "mobile": "19900005062"},
            {"contacts": [], "died_on": "2026-03-12"},
            {"contacts": [], "alive": False},
        ],
    ),
    "R-58": Cases(
        [
            Wrong("W", "mobile", {"mobile": "1990000506"}),
            Wrong("W", "mobile", {"mobile": "0851-25501234"}),
            Wrong("W", "landline", {"landline": "85-1"}),
        ],
        [{"mobile": "19900005062"}, {"landline": "0851-25501234"}, {"landline": "19900005062"}],
    ),
    "R-59": Cases(
        [
            Wrong("I", "former_post", {"former_post": "现任党委书记", "retired_on": "2012-03"}),
            Wrong("I", "former_post", {"former_post": "副镇长（在职）", "retired_on": "2012-03"}),
        ],
        [
            {"former_post": "原党委书记", "retired_on": "2012-03"},
            {"former_post": "副镇长", "retired_on": "2012-03"},
            {"former_post": "现任党委书记"},
        ],
    ),
}  # fmt: skip
