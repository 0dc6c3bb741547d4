"""The yearly report, counted out of the log."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from app import clock
from app.fields.acts import ACTS
from app.fields.masking import covered
from app.models.audit import AUDIT_ACT, Verdict
from app.models.database import Database
from app.reports.log_report import Counted, LogReport, Revealed, Told
from app.services.audit_log import roles_in_words, said_of
from app.services.log_filter import DRAFTS, GROUPS
from app.services.office import OfficeProfile, unit_of
from app.services.paper import Facts, Paper, pdf_paper

MONTHS = range(1, 13)
LEFT = ("print", "export", "deliver")
REVEALS = ("reveal", "copy_number")
EVENTS = (
    "restore", "drill", "recovery", "recovery_sheet", "rekey", "repair", "migrate", "convert",
    "import_refused", "export_failed", "clock_back", "reverse_batch", "save_user",
)  # fmt: skip
"""What somebody who reads the report asks about, each by itself."""
_act = AUDIT_ACT.c


def year_report(database: Database, year: str, verdict: Verdict) -> Paper:
    from app.reports.log_report import write_log_report

    profile = OfficeProfile(database).read()
    with database.reading() as session:
        report = _report(session, year, verdict, profile)
    return pdf_paper(
        f"{profile.get('township') or '本单位'}_{year}年度操作与导出情况报告",
        lambda path: write_log_report(path, report),
        Facts("log_report", rows=len(report.left), masked=True),
    )


def _report(session: Session, year: str, verdict: Verdict, profile: Mapping[str, Any]) -> LogReport:
    counted = _Counts(session, year)
    return LogReport(
        unit=unit_of(profile),
        year=year,
        summary=[counted.sentence],
        kinds=list(GROUPS.values()),
        months=counted.months,
        people=counted.people,
        left=[_left(act) for act in _acts(session, year, LEFT)],
        failed=[_failed(act) for act in _acts(session, year, ["login_failed"])],
        revealed=list(_revealed(session, year)),
        kept=_kept(session, year),
        events=[_told(act) for act in _acts(session, year, EVENTS)],
        verified=_verified(verdict),
        code=verdict.head.code,
        preparer=profile.get("preparer") or "",
        reviewer=profile.get("reviewer") or "",
        made_on=clock.today().isoformat(),
    )


class _Counts:
    """Steps by month and by person, in the groups of the log. Drafts are no steps anybody took."""

    def __init__(self, session: Session, year: str) -> None:
        self._year = year
        self._by_month: dict[int, Counter[str]] = defaultdict(Counter)
        self._by_person: dict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, tuple[str, str]] = {}
        month = func.substr(_act.at, 6, 2)
        query = (
            select(month, _act.actor_uid, _act.act, func.count(), _act.actor, _act.roles, func.max(_act.seq))
            .where(*_of(year), _act.act.not_in(DRAFTS))
            .group_by(month, _act.actor_uid, _act.act)
            .order_by(func.max(_act.seq))
        )
        for when, uid, act, count, name, roles, _ in session.execute(query):
            group = ACTS[act].group if act in ACTS else "other"
            self._by_month[int(when)][group] += count
            self._by_person[uid][group] += count
            self._names[uid] = name, roles

    @property
    def months(self) -> list[Counted]:
        return [Counted(f"{month} 月", _in_order(self._by_month[month])) for month in MONTHS]

    @property
    def people(self) -> list[Counted]:
        """Who did most comes first, the program last."""
        order = sorted(self._by_person, key=lambda uid: (not uid, -self._by_person[uid].total()))
        return [
            Counted(self._names[uid][0], _in_order(self._by_person[uid]), roles_in_words(self._names[uid][1]))
            for uid in order
        ]

    @property
    def sentence(self) -> str:
        sums = sum(self._by_person.values(), Counter())
        people = sum(1 for uid in self._by_person if uid)
        told = "，".join(f"{word} {sums[group]:,}" for group, word in GROUPS.items())
        return (
            f"{self._year} 年日志共记 {sums.total():,} 步，由 {people} 人和程序完成。其中{told}。"
            "留草稿等程序自己的步骤不计在内。"
        )


def _in_order(counts: Counter[str]) -> list[int]:
    return [counts[group] for group in GROUPS]


def _of(year: str) -> list[Any]:
    return [_act.at >= year, _act.at < f"{int(year) + 1}"]


def _acts(session: Session, year: str, codes: Collection[str]) -> Iterator[RowMapping]:
    query: Select[Any] = select(AUDIT_ACT).where(*_of(year), _act.act.in_(codes)).order_by(_act.seq)
    yield from session.execute(query).mappings()


def _told(act: RowMapping) -> Told:
    return Told(_minute(act["at"]), act["actor"], ACTS[act["act"]].label, covered(act["about"]))


def _failed(act: RowMapping) -> Told:
    """The wrong tries are written down at the next login: who tried, and when, stands in the details."""
    at = json.loads(act["details"]).get("at") or act["at"]
    written = f"{act['actor']}下一次登录时记下" if at != act["at"] else ""
    return Told(_minute(str(at)), covered(act["about"]), ACTS[act["act"]].label, written)


def _left(act: RowMapping) -> Told:
    details = json.loads(act["details"])
    return Told(
        _minute(act["at"]),
        act["actor"],
        ACTS[act["act"]].label,
        covered(act["about"]),
        covered(str(details.get("purpose") or "")),
        covered(str(details.get("recipient") or "")),
        str(details.get("rows") or ""),
    )


def _revealed(session: Session, year: str) -> Iterator[Revealed]:
    query = (
        select(
            _act.actor,
            func.count().filter(_act.act == "reveal"),
            func.count().filter(_act.act == "copy_number"),
            func.count(_act.about.distinct()),
        )
        .where(*_of(year), _act.act.in_(REVEALS))
        .group_by(_act.actor_uid)
        .order_by(func.count().desc())
    )
    for who, seen, copied, people in session.execute(query):
        yield Revealed(who, seen, copied, people)


def _kept(session: Session, year: str) -> list[str]:
    on_stick = func.json_extract(_act.details, "$.stick").is_not(None)
    query = select(
        func.count(), func.max(_act.at), func.count().filter(on_stick), func.max(_act.at).filter(on_stick)
    ).where(*_of(year), _act.act == "backup")
    count, last, sticks, last_stick = session.execute(query).one()
    if not count:
        return ["这一年没有备份。"]
    told = f"备份 {count:,} 次，最后一次 {_minute(last)}；"
    if sticks:
        return [told + f"其中写到 U 盘 {sticks:,} 次，最后一次 {_minute(last_stick)}。"]
    return [told + "没有写到 U 盘。"]


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _verified(verdict: Verdict) -> list[str]:
    result = f"制表时核对了全部日志：{said_of(verdict)}。"
    anchored = "把存证码抄在别处，日后能证明日志没有被整本换过；此后的每次备份和上报也带着当时的存证码。"
    return [result, *(f"问题：{problem}" for problem in verdict.problems[:20]), anchored]
