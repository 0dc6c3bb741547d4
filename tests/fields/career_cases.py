"""R-30 … R-34: death, marriage, the résumé, approvals, invented days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fields.rule_case import MARRIED_LIFE, WIFE, Cases, Values, Wrong

WORK, REST = ("1970-03", "2012-03"), ("2012-03", None)


def resume(*periods: tuple[str, str | None, str], **values: Any) -> Values:
    names = ("started_on", "ended_on", "text")
    return {"resume": [dict(zip(names, period, strict=True)) for period in periods], **values}


CAREER_CASES: Mapping[str, Cases] = {
    "R-30": Cases(
        [
            Wrong("E", "died_on", {"birth_date": "1952-03", "died_on": "1951"}),
            Wrong("E", "died_on", {"retired_on": "2012-03", "died_on": "2012-02-28"}),
            Wrong("E", "died_on", {"died_on": "2026-11-23"}),
            Wrong("E", "alive", {"died_on": "2026-03-12", "alive": True}),
        ],
        [
            {"birth_date": "1952-03", "retired_on": "2012-03", "died_on": "2012-03"},
            {"died_on": "2026-11-22"},
            {"died_on": "2026-03-12", "alive": False},
            {"alive": True},
        ],
    ),
    "R-31": Cases(
        [
            Wrong("W", "marital_status", {"marital_status": "20", "family": [{**WIFE, "alive": False}]}),
            Wrong("W", "marital_status", {"marital_status": "30", "family": [{**WIFE, "alive": True}]}),
            Wrong("W", "marital_status", {"marital_status": "10", "family": [{**WIFE, "alive": True}]}),
            Wrong("W", "family", {"marital_status": "30", "family": [WIFE]}),
        ],
        [
            MARRIED_LIFE,
            {"marital_status": "30", "family": [{**WIFE, "alive": False}]},
            {"marital_status": "22", "family": [{**WIFE, "alive": False}, {**WIFE, "alive": True}]},
            {"marital_status": "30", "family": [{"relation": "女儿", "alive": True}]},
            {"marital_status": "20", "family": [{**WIFE, "alive": False}], "alive": False},
        ],
    ),
    "R-32": Cases(
        [
            Wrong("W", "resume", resume((*WORK, "卫城中学教师"), work_started_on="1971-03")),
            Wrong("W", "resume", resume((*WORK, "卫城中学教师"), retired_on="2013-03")),
            Wrong("W", "resume", resume((*WORK, "教师"), (*REST, "退休"), retired_on="2012-05")),
            Wrong("W", "resume", resume(("1970-03", "1980-05", "教师"), ("1980-07", "2012-03", "校长"))),
            Wrong("W", "resume", resume(("1970-03", "1980-05", "教师"), ("1980-04", "2012-03", "校长"))),
            Wrong("W", "resume", resume(("1970", "1980", "教师"), ("1985", "2012", "校长"))),
        ],
        [
            resume((*WORK, "教师"), (*REST, "退休"), work_started_on="1970-03", retired_on="2012-03"),
            resume(("1970-03", "1980-05", "教师"), ("1980-06", "2012-03", "校长")),
            resume(
                ("1967-09", "1970-03", "县师范学校学习"), (*WORK, "教师"), work_started_on="1970-03", retired_on="2012"
            ),
            resume(("1967-09", "1970-03", "县师范学校学习"), (*WORK, "教师"), work_started_on="1967-09"),
            resume((*WORK, "教师"), ("1985-09", "1988-07", "其间在贵州大学学习")),
            resume(("1970-03", None, "教师"), ("1980-07", "2012-03", "校长")),
            {"resume": [{"text": "教师"}], "work_started_on": "1970-03", "retired_on": "2012-03"},
            {"resume": [], "work_started_on": "1970-03"},
        ],
    ),
    "R-33": Cases(
        [
            Wrong("E", "treatment_approved_on", {"treatment_approved_on": "1969", "work_started_on": "1970"}),
            Wrong("W", "treatment_approved_on", {"treatment_approved_on": "2011", "retired_on": "2012"}),
        ],
        [
            {"treatment_approved_on": "2012", "retired_on": "2012-03"},
            {"treatment_approved_on": "2013-05", "retired_on": "2012-03", "work_started_on": "1970"},
        ],
    ),
    "R-34": Cases(
        [
            Wrong(
                "I",
                "party_joined_on",
                {"party_joined_on": "1974-05-01", "work_started_on": "1970-03-01", "retired_on": "2012-03-01"},
            ),
            Wrong(
                "I",
                "birth_date",
                {"birth_date": "1952-03-01", "work_started_on": "1970-03-01", "retired_on": "2012-03-01"},
            ),
        ],
        [
            {"birth_date": "1952-03-17", "work_started_on": "1970-03-01", "retired_on": "2012-03-01"},
            {"work_started_on": "1970-03-01", "retired_on": "2012-03-01"},
            {"birth_date": "1952-03", "work_started_on": "1970-03", "retired_on": "2012-03"},
        ],
    ),
}  # fmt: skip
