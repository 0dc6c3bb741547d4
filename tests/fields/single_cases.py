"""R-62 … R-67 over one payment or visit, and values that are wrong by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.payments import PAYMENT
from app.models.visits import VISIT
from tests.fields.rule_case import Cases, Wrong

SINGLE_CASES: Mapping[str, Cases] = {
    "R-62": Cases(
        [
            Wrong("W", "amount", {"standard": 50000, "times": 12, "amount": 500000}),
            Wrong("W", "amount", {"standard": 50000, "amount": 80000}),
        ],
        [
            {"standard": 50000, "times": 12, "amount": 600000},
            {"standard": 50000, "amount": 50000},
            {"standard": 50000, "times": 12, "amount": 500000, "remarks": "2 月起享受"},
            {"amount": 50000},
        ],
        PAYMENT,
    ),
    "R-65": Cases(
        [
            Wrong("E", "adjustment", {"amount": 500, "adjustment": -501}),
            Wrong("E", "adjustment", {"adjustment": -1}),
        ],
        [{"amount": 500, "adjustment": -500}, {"amount": 500}, {"amount": 500, "adjustment": 100}],
        PAYMENT,
    ),
    "R-66": Cases(
        [
            Wrong("W", "signer_relation", {"payee": "廖应", "signer": "廖长"}),
            Wrong("W", "signer_relation", {"payee": "廖应", "signer": "廖长", "signer_relation": ""}),
        ],
        [
            {"payee": "廖应", "signer": "廖长", "signer_relation": "女儿，本人住院"},
            {"payee": "廖应", "signer": "廖应"},
            {"signer": "廖长"},
        ],
        PAYMENT,
    ),
    "R-67": Cases(
        [Wrong("E", "date", {"date": date}) for date in ("2026-11-23", "2026-12", "2027")],
        [{"date": date} for date in ("2026-11-22", "2026-11", "2026", "2025-01-20")],
        VISIT,
    ),
    "R-01C": Cases(
        [Wrong("W", "sex", {"sex": "7"}), Wrong("W", "rank", {"rank": "999"})],
        [{"sex": "1"}, {"rank": "142"}],
    ),
    "R-02N": Cases(
        [Wrong("W", "name", {"name": "王\ue863"}), Wrong("W", "former_name", {"former_name": "\ue000芳"})],
        [{"name": "王𬎆"}, {"name": "阿依古丽·买买提"}],
    ),
    "R-03L": Cases(
        [
            Wrong("E", "native_place", {"native_place": "贵" * 51}),
            Wrong("E", "remarks", {"remarks": "备" * 501}),
        ],
        [{"native_place": "贵" * 50}, {"remarks": "备" * 500}],
    ),
    "R-60M": Cases(
        [
            Wrong("E", "amount", {"amount": -1}),
            Wrong("E", "standard", {"standard": -50000}),
        ],
        [{"amount": 0}, {"adjustment": -500, "amount": 500}],
        PAYMENT,
    ),
}  # fmt: skip
