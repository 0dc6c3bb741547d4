"""R-20 … R-29: dates, ages, and the wars."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fields.rule_case import Cases, Wrong

VETERAN = {"retirement_kind": "LX"}
TIME_CASES: Mapping[str, Cases] = {
    "R-20": Cases(
        [
            Wrong("E", "work_started_on", {"birth_date": "1952-03", "work_started_on": "1952-02"}),
            Wrong("E", "retired_on", {"work_started_on": "1970", "retired_on": "1969"}),
            Wrong("E", "retired_on", {"birth_date": "1952-03-17", "retired_on": "1952-03-16"}),
            Wrong("E", "party_joined_on", {"birth_date": "1952-03", "party_joined_on": "1951-12"}),
            Wrong("E", "retired_on", {"retired_on": "2026-12"}),
            Wrong("E", "treatment_approved_on", {"treatment_approved_on": "2026-11-23"}),
        ],
        [
            {"birth_date": "1952-03", "work_started_on": "1952-03"},
            {"work_started_on": "1970-09", "retired_on": "1970"},
            {"retired_on": "2026-11"},
            {"retired_on": "2026"},
            {"birth_date": "1952-03", "work_started_on": "1970-03", "retired_on": "2012-03"},
        ],
    ),
    "R-21": Cases(
        [
            Wrong("W", "work_started_on", {"birth_date": "1952-03", "work_started_on": "1968-02"}),
            Wrong("W", "work_started_on", {"birth_date": "1952-03", "work_started_on": "1962-03"}),
            Wrong("E", "work_started_on", {"birth_date": "1952-03", "work_started_on": "1962-02"}),
        ],
        [
            {"birth_date": "1952-03", "work_started_on": "1968-03"},
            {"birth_date": "1952-12", "work_started_on": "1968"},
            {"birth_date": "1952", "work_started_on": "1968-01"},
        ],
    ),
    "R-22": Cases(
        [
            Wrong("E", "party_joined_on", {"birth_date": "1938-03", "party_joined_on": "1956-02"}),
            Wrong("E", "party_joined_on", {"birth_date": "1960", "party_joined_on": "1977"}),
            Wrong("W", "party_joined_on", {"birth_date": "1929-03", "party_joined_on": "1947-02"}),
        ],
        [
            {"birth_date": "1938-03", "party_joined_on": "1956-03"},
            {"birth_date": "1938-12", "party_joined_on": "1956"},
            {"birth_date": "1929", "party_joined_on": "1947-01"},
        ],
    ),
    "R-23": Cases(
        [
            Wrong("E", "party_joined_on", {"party_joined_on": "1921-06"}),
            Wrong("E", "party_joined_on", {"party_joined_on": "1920"}),
            Wrong("W", "party_full_on", {"party_joined_on": "1974-05", "party_full_on": "1974-04"}),
            Wrong("W", "party_full_on", {"party_joined_on": "1974-05", "party_full_on": "1977-06"}),
        ],
        [
            {"party_joined_on": "1921-07"},
            {"party_joined_on": "1921"},
            {"party_joined_on": "1970-05", "party_full_on": "1970-05"},
            {"party_joined_on": "1974-05", "party_full_on": "1977-05"},
            {"party_joined_on": "1974", "party_full_on": "1977-12"},
        ],
    ),
    "R-24": Cases(
        [
            Wrong("W", "party_joined_on", {"retired_on": "2012-03", "party_joined_on": "2012-04"}),
            Wrong("W", "party_joined_on", {"retired_on": "2012", "party_joined_on": "2013-01-01"}),
        ],
        [
            {"retired_on": "2012-03", "party_joined_on": "2012-03"},
            {"retired_on": "2012-03", "party_joined_on": "2012"},
        ],
    ),
    "R-25": Cases(
        [
            Wrong("E", "retirement_kind", {**VETERAN, "work_started_on": "1949-10"}),
            Wrong("E", "retirement_kind", {"retirement_kind": "TGL", "work_started_on": "1949-10-01"}),
        ],
        [
            {**VETERAN, "work_started_on": "1949-09-30"},
            {**VETERAN, "work_started_on": "1949"},
            {"retirement_kind": "TX", "work_started_on": "1950"},
        ],
    ),
    "R-26": Cases(
        [
            Wrong("W", "birth_date", {**VETERAN, "birth_date": "1935-11"}),
            Wrong("W", "birth_date", {"retirement_kind": "TGL", "birth_date": "1936"}),
        ],
        [
            {**VETERAN, "birth_date": "1935-10"},
            {**VETERAN, "birth_date": "1935"},
            {"retirement_kind": "TX", "birth_date": "1940"},
        ],
    ),
    "R-27": Cases(
        [
            Wrong("E", "revolution_period", {**VETERAN}),
            Wrong("E", "revolution_period", {**VETERAN, "work_started_on": "1948-05", "revolution_period": "4"}),
            Wrong("E", "revolution_period", {**VETERAN, "work_started_on": "1937-07-07", "revolution_period": "2"}),
            Wrong(
                "W",
                "revolution_period",
                {
                    **VETERAN,
                    "work_started_on": "1948-05",
                    "revolution_period": "4",
                    "treatment_document": "县老干〔1985〕3号",
                },
            ),
        ],
        [
            {**VETERAN, "work_started_on": "1948-05", "revolution_period": "5"},
            {**VETERAN, "work_started_on": "1945-09", "revolution_period": "4"},
            {**VETERAN, "work_started_on": "1945-09", "revolution_period": "5"},
            {"retirement_kind": "TX"},
        ],
    ),
    "R-28": Cases(
        [
            Wrong("W", "retirement_kind", {"retirement_kind": "TX", "work_started_on": "1949-09"}),
            Wrong("W", "retirement_kind", {"retirement_kind": "TX", "work_started_on": "1949"}),
        ],
        [
            {"retirement_kind": "TX", "work_started_on": "1949-10"},
            {"retirement_kind": "JQL", "work_started_on": "1949-08"},
        ],
    ),
    "R-29": Cases(
        [
            Wrong("W", "retired_on", {"sex": "1", "birth_date": "1952-03", "retired_on": "2007-02"}),
            Wrong("W", "retired_on", {"sex": "1", "birth_date": "1952-03", "retired_on": "2018-03"}),
            Wrong("W", "retired_on", {"sex": "2", "birth_date": "1952-03", "retired_on": "2002-02"}),
            Wrong("W", "retired_on", {"sex": "2", "birth_date": "1952-03", "retired_on": "2013-03"}),
            Wrong("W", "retired_on", {"sex": "1", "birth_date": "1952", "retired_on": "2019"}),
        ],
        [
            {"sex": "1", "birth_date": "1952-03", "retired_on": "2007-03"},
            {"sex": "1", "birth_date": "1952-03", "retired_on": "2017-03"},
            {"sex": "2", "birth_date": "1952-03", "retired_on": "2002-03"},
            {"sex": "1", "birth_date": "1952", "retired_on": "2018-01"},
            {"sex": "9", "birth_date": "1952-03", "retired_on": "1990-03"},
            *(
                {"sex": "1", "birth_date": "1952-03", "retired_on": "1990-03", "retirement_kind": kind}
                for kind in ("TXB", "TXT", "LG", "JX", "TZ")
            ),
        ],
    ),
}  # fmt: skip
