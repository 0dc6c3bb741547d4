"""Every rule that compares several records, from both sides: a small office, and what is found there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Values = dict[str, Any]
MAN, SHORT, LONG = "529999195203170012", "529999280105002", "529999192801050025"
YING, GUANG, KAI = "廖应", "周光", "廖开"


class Visited(NamedTuple):
    date: str
    kind: str = "spring"
    names: Sequence[str] = (YING,)
    values: Values = {}  # noqa: RUF012 - never written to
    typed_in: bool = False
    """On the 22nd of November 2026; otherwise it came with a ledger."""


class Paid(NamedTuple):
    fund: str
    period: str
    paid_on: str | None
    lines: Mapping[str, Values]
    title: str = "一批"


class Office(NamedTuple):
    people: Mapping[str, Values]
    visits: Sequence[Visited] = ()
    batches: Sequence[Paid] = ()
    profile: Values = {}  # noqa: RUF012 - never written to


class Wrong(NamedTuple):
    said: Sequence[tuple[str, str, str, str]]
    """Severity, whom or what it is about, field, kind of record."""
    office: Office


class Cases(NamedTuple):
    wrong: Sequence[Wrong]
    right: Sequence[Office]


def branch(count: int, **first: Any) -> Office:
    """So many full members of one branch, the first of them as told."""
    member = {"political_status": "01", "party_joined_on": "1974-05", "party_branch": "机关支部"}
    names = [YING, GUANG, KAI, *(f"党员{number}" for number in range(4, count + 1))][:count]
    return Office({name: {**member, **(first if name == YING else {})} for name in names})


def home(address: str, kind: str = "1", **profile: Any) -> Office:
    told = {"province": "贵州省", "county": "练习县", **profile}
    return Office({YING: {"residence_class": kind, "residence_address": address}}, profile=told)


def paid(*batches: Paid, visits: Sequence[Visited] = (), **ying: Any) -> Office:
    return Office({YING: ying, GUANG: {}}, visits, batches)


def stay(visits: Sequence[Visited] = (), **row: Any) -> Office:
    return Office({YING: {"hospital_stays": [row]}}, visits)


SUM = {"amount": 50000}
DIED = {"died_on": "2026-03-12"}
HERE, DEAD_PAYEE = [("W", YING, "residence_class", "")], [("E", YING, "fund", "batch")]
SPRING = Paid("condolence", "2026年春节", "2026-02-10", {YING: SUM})
NURSING = Paid("nursing", "2026年3月", "2026-03-20", {YING: SUM})
SPECIAL = Paid("special", "2026年", "2026-05-10", {YING: SUM, GUANG: SUM})

CASES: Mapping[str, Cases] = {
    "R-08": Cases(
        [
            Wrong(
                [("E", YING, "id_number", ""), ("E", GUANG, "id_number", "")],
                Office({YING: {"id_number": MAN}, GUANG: {"id_number": MAN, **DIED}}),
            ),
            Wrong(
                [("E", YING, "id_number", ""), ("E", GUANG, "id_number", "")],
                Office({YING: {"id_number": SHORT}, GUANG: {"id_number": LONG}}),
            ),
        ],
        [
            Office({YING: {"id_number": MAN}, GUANG: {"id_number": LONG}}),
            Office({YING: {}, GUANG: {}}),
            Office({YING: {"id_number": SHORT}, GUANG: {"id_number": MAN}}),
        ],
    ),
    "R-43": Cases(
        [
            Wrong(
                [("W", "机关支部", "party_post", "branch")],
                Office({**branch(3, party_post="1").people, KAI: {**branch(1).people[YING], "party_post": "1"}}),
            ),
            Wrong(
                [("W", "机关支部", "party_post", "branch")],
                Office({name: {**row, "party_post": "1"} for name, row in branch(4).people.items()}),
            ),
        ],
        [
            branch(3, party_post="1"),
            branch(3),
            Office({**branch(3, party_post="1").people, KAI: {**branch(1).people[YING], "party_post": "1", **DIED}}),
        ],
    ),
    "R-44": Cases(
        [
            Wrong([("W", "机关支部", "party_branch", "branch")], branch(2)),
            Wrong([("W", "机关支部", "party_branch", "branch")], branch(3, political_status="02")),
            Wrong([("W", "机关支部", "party_branch", "branch")], branch(3, **DIED)),
            Wrong([("W", "机关支部", "party_post", "branch")], branch(8)),
            Wrong([("W", "机关支部", "party_post", "branch")], branch(8, party_post="1")),
        ],
        [branch(3), branch(7), branch(8, party_post="3"), Office({YING: {"political_status": "13"}})],
    ),
    "R-52": Cases(
        [
            Wrong(HERE, home("贵州省贵阳市云岩区中华路1号")),
            Wrong(HERE, home("云南省昆明市")),
            Wrong(HERE, home("清水县城关镇", county="练习县")),
        ],
        [
            home("练习县梧桐镇东街社区"),
            home("贵州省练习县梧桐镇"),
            home("梧桐镇石板井村3组"),
            home("东街社区12号"),
            home("贵阳市云岩区", kind="2"),
            home("贵阳市云岩区", county=None, province=None),
        ],
    ),
    "R-60": Cases(
        [
            Wrong(DEAD_PAYEE, paid(SPRING, died_on="2026-02-01")),
            Wrong(DEAD_PAYEE, paid(SPRING, died_on="2025")),
            Wrong(DEAD_PAYEE, paid(NURSING, died_on="2026-02-28", retirement_kind="LX")),
            Wrong([("W", YING, "fund", "batch")], paid(NURSING, retirement_kind="TX")),
            Wrong([("W", YING, "fund", "batch")], paid(NURSING._replace(fund="living"), retirement_kind="TX")),
        ],
        [
            paid(SPRING),
            paid(SPRING, died_on="2026-02-10"),
            paid(SPRING, died_on="2026"),
            paid(NURSING, died_on="2026-03-02", retirement_kind="LX"),
            paid(NURSING._replace(fund="survivor"), died_on="2020-03-02"),
            paid(NURSING._replace(fund="funeral"), died_on="2026-02-01"),
            paid(NURSING, retirement_kind="TGL"),
            paid(NURSING, retirement_kind="TX", self_care="3"),
            paid(SPRING, retirement_kind="TX"),
        ],
    ),
    "R-61": Cases(
        [
            Wrong([("E", YING, "period", "batch")], paid(SPRING, SPRING._replace(paid_on="2026-02-12"))),
            Wrong(
                [("E", YING, "period", "batch")] * 2,
                paid(NURSING, NURSING._replace(title="二"), NURSING._replace(title="三")),
            ),
        ],
        [
            paid(SPRING, SPRING._replace(lines={GUANG: SUM})),
            paid(NURSING, NURSING._replace(period="2026年4月")),
            paid(NURSING, NURSING._replace(lines={YING: {**SUM, "remarks": "补发 3 月差额"}})),
            paid(NURSING, NURSING._replace(fund="transport")),
        ],
    ),
    "R-62": Cases(
        [
            Wrong(
                [("W", YING, "amount", "batch")],
                paid(SPRING._replace(lines={YING: {"standard": 50000, "times": 2, "amount": 50000}})),
            ),
        ],
        [paid(SPRING._replace(lines={YING: {"standard": 50000, "times": 1, "amount": 50000}}))],
    ),
    "R-63": Cases(
        [
            Wrong([("W", YING, "fund", "batch")], paid(NURSING, NURSING._replace(fund="hired_help"))),
            Wrong(
                [("W", YING, "fund", "batch")], paid(NURSING, NURSING._replace(fund="hired_help", period="2026年"))
            ),
            Wrong(
                [("W", YING, "fund", "batch")],
                paid(NURSING, NURSING._replace(fund="hired_help", period="2026年第一季度")),
            ),
        ],
        [
            paid(NURSING, NURSING._replace(fund="hired_help", period="2026年4月")),
            paid(NURSING, NURSING._replace(fund="hired_help", lines={GUANG: SUM})),
            paid(NURSING, NURSING._replace(fund="transport")),
        ],
    ),
    "R-64": Cases(
        [
            Wrong([("W", "一批", "fund", "batch")], paid(SPECIAL)),
            Wrong([("W", "特需", "fund", "batch")], paid(SPECIAL._replace(title="特需", paid_on=None))),
        ],
        [
            paid(SPECIAL._replace(lines={YING: SUM, GUANG: {"amount": 80000}})),
            paid(SPECIAL._replace(lines={YING: SUM})),
            paid(SPRING._replace(lines={YING: SUM, GUANG: SUM})),
        ],
    ),
    "R-66": Cases(
        [
            Wrong(
                [("W", YING, "signer_relation", "batch")],
                paid(SPRING._replace(lines={YING: {**SUM, "signer": "廖长"}})),
            )
        ],
        [paid(SPRING._replace(lines={YING: {**SUM, "signer": YING}}))],
    ),
    "R-67": Cases(
        [
            Wrong([("E", YING, "date", "visit")], paid(visits=[Visited("2026-11-23")])),
            Wrong([("E", YING, "date", "visit")], paid(visits=[Visited("2026-03-13")], **DIED)),
            Wrong([("E", YING, "date", "visit")], paid(visits=[Visited("2026-04", names=(GUANG, YING))], **DIED)),
        ],
        [
            paid(visits=[Visited("2026-11-22")]),
            paid(visits=[Visited("2026-03-12")], **DIED),
            paid(visits=[Visited("2026-03")], **DIED),
            paid(visits=[Visited("2026-04-20", "survivor")], **DIED),
        ],
    ),
    "R-68": Cases(
        [
            Wrong([("W", YING, "date", "visit")], paid(visits=[Visited("2026-11-14", typed_in=True)])),
            Wrong([("W", YING, "date", "visit")], paid(visits=[Visited("2026-10", typed_in=True)])),
            Wrong(
                [("W", YING, "money", "visit")],
                paid(
                    SPRING._replace(lines={GUANG: SUM}),
                    visits=[Visited("2026-02-09", names=(GUANG,)), Visited("2026-02-09", values={"money": 50000})],
                ),
            ),
            Wrong(
                [("W", "一批", "paid_on", "batch")],
                paid(SPRING, visits=[Visited("2026-02-09", names=(GUANG,)), Visited("2026-06-20")]),
            ),
        ],
        [
            paid(visits=[Visited("2026-11-15", typed_in=True)]),
            paid(visits=[Visited("2026-11-01", typed_in=True, values={"remarks": "下乡半月，回来补记"})]),
            paid(visits=[Visited("2025-02-01")]),
            paid(visits=[Visited("2020-02-01", typed_in=True)]),
            paid(visits=[Visited("2020", typed_in=True)]),
            paid(SPRING, visits=[Visited("2026-02-09", values={"money": 50000})]),
            paid(SPRING, visits=[Visited("2026-02", values={"money": 50000})]),
            paid(visits=[Visited("2026-02-09", values={"money": 50000})]),
            paid(SPRING),
        ],
    ),
    "R-69": Cases(
        [
            Wrong([("W", YING, "hospital_stays", "")], stay(admitted_on="2026-11-18")),
            Wrong([("W", YING, "hospital_stays", "")], stay(admitted_on="2026-10", visited=False)),
            Wrong([("W", YING, "hospital_stays", "")], stay(admitted_on="2026-10-01", discharged_on="2026-11-01")),
            Wrong(
                [("W", YING, "hospital_stays", "")],
                stay([Visited("2026-11-01", "hospital")], admitted_on="2026-11-10"),
            ),
        ],
        [
            stay(admitted_on="2026-11-19"),
            stay(admitted_on="2026-11-10", visited=True),
            stay([Visited("2026-11-12", "hospital")], admitted_on="2026-11-10"),
            stay(admitted_on="2026-08-01", discharged_on="2026-09-01"),
            Office({YING: {**DIED, "hospital_stays": [{"admitted_on": "2026-03-01"}]}}),
        ],
    ),
}  # fmt: skip
