"""The log of all that was done, as people read it: who, when, what, about whom; whole or in question."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, RowMapping, func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.exchange.disk_errors import readable_size
from app.fields.acts import ACTS, may
from app.fields.codes import code_table
from app.fields.masking import covered
from app.models.audit import AUDIT_ACT, AUDIT_ROW, Head, Verdict
from app.models.database import Database
from app.progress import Progress, silent
from app.services import record_history
from app.services.log_changes import LoggedRow, RecordChange, in_words, net, says_something
from app.services.log_filter import LogFilter, conditions, rows_concerning
from app.services.log_words import moment_in_words
from app.services.paper import Paper
from app.services.record_history import HistoryLine
from app.services.record_names import RecordNames

__all__ = ["ActDetail", "AuditLog", "Head", "HistoryLine", "LogFilter", "LogLine", "RecordChange", "Verdict"]

READERS = frozenset({"reviewer", "head", "admin"})
"""Roles that see what everybody did; who fills in sees what he himself did."""
SOURCES = {"window": "窗口", "command": "命令行", "program": "程序"}
PAGE = 200
MOST_RECORDS = 40
EVERYTHING = LogFilter()
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c
FACTS = {
    "purpose": "用途",
    "recipient": "交给",
    "to": "去向",
    "stick": "U 盘",
    "why": "原因",
    "people": "涉及人数",
    "rows": "行数",
    "masked": "只留末四位",
    "fields": "栏目",
    "pages": "页数",
    "copies": "份数",
    "count": "文件数",
    "file": "文件",
    "path": "位置",
    "size": "大小",
    "sha256": "文件指纹",
    "acts": "步数",
    "step": "到第几步",
    "audit_head": "存证码",
    "passed": "通过",
    "differ": "不一致",
    "problems": "问题",
    "at": "当时",
    "newest": "最晚记录",
    "today": "电脑日期",
}
"""Names in `details` that are told; the others are for the program."""


@dataclass(frozen=True)
class LogLine:
    """One step. `rows` counts the changed rows of the database, 0 for an event."""

    seq: int
    at: str
    actor: str
    roles: str
    act: str
    act_label: str
    about: str
    source: str
    rows: int
    details: Mapping[str, Any]

    @property
    def time(self) -> str:
        """'2026-03-05 09:31'."""
        return self.at[:16].replace("T", " ")


@dataclass(frozen=True)
class ActDetail:
    """One step with what it changed; `more` records are not listed."""

    line: LogLine
    facts: Sequence[tuple[str, str]]
    records: Sequence[RecordChange]
    more: int = 0


class AuditLog:
    """Reads the log; whoever may not see all of it sees his own steps."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._actors: dict[str, str] = {}
        self._seen = 0

    @property
    def sees_all(self) -> bool:
        actor = self._database.actor
        return not actor.uid or not READERS.isdisjoint(actor.roles)

    @property
    def may_read(self) -> bool:
        return self.sees_all or "preparer" in self._database.actor.roles

    @property
    def may_take_out(self) -> bool:
        """Papers and workbooks of the log."""
        return self.sees_all and may(self._database.actor, "export")

    @property
    def head(self) -> Head:
        return self._database.head()

    def lines(self, wanted: LogFilter = EVERYTHING, limit: int = PAGE, before: int = 0) -> list[LogLine]:
        """The newest first; `before` is the seq of the last line that is known already."""
        query = select(AUDIT_ACT).where(*self._conditions(wanted)).order_by(_act.seq.desc()).limit(limit)
        if before:
            query = query.where(_act.seq < before)
        with self._database.reading() as session:
            found = session.execute(query).mappings().all()
            abouts = _abouts(session, found)
            return [_line(act, abouts[act["seq"]]) for act in found]

    def count(self, wanted: LogFilter = EVERYTHING) -> int:
        query = select(func.count()).select_from(AUDIT_ACT).where(*self._conditions(wanted))
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def actors(self) -> list[tuple[str, str]]:
        """(uid, name) of everybody who stands in the log, by the newest name; only new steps are looked through."""
        if not self.sees_all:
            return [(self._database.actor.uid, self._database.actor.name)]
        query = (
            select(_act.actor_uid, _act.actor, func.max(_act.seq))
            .where(_act.seq > self._seen)
            .group_by(_act.actor_uid)
        )
        with self._database.reading() as session:
            for uid, name, seq in session.execute(query):
                self._actors[uid] = name
                self._seen = max(self._seen, seq)
        return sorted(self._actors.items(), key=lambda pair: (not pair[0], pair[1]))

    def detail(self, seq: int, person: str = "", most: int = MOST_RECORDS) -> ActDetail:
        """Field by field, old and new; with a person only what concerns that one."""
        with self._database.reading() as session:
            act = session.execute(select(AUDIT_ACT).where(_act.seq == seq, *self._own())).mappings().first()
            if act is None:
                raise UserError("日志里没有这一步，或者它不是您做的。请刷新后再看。")
            query = select(_row.record_type, _row.record, _row.operation, _row.old, _row.new).where(
                _row.act == seq, *([rows_concerning(person)] if person else [])
            )
            changed = net(LoggedRow.read(*line) for line in session.execute(query.order_by(_row.seq)))
            names = RecordNames(session)
            names.learn((row.record_type, row.record) for row in changed[:most])
            records = [in_words(row, names) for row in changed[:most]]
            line = _line(act, _abouts(session, [act])[seq])
            told = [record for record in records if says_something(record)]
            return ActDetail(line, _facts(line.details), told, max(0, len(changed) - most))

    def history(self, record_type: str, uid: str) -> list[HistoryLine]:
        """变更记录 of one record, the newest first; of a cadre with the parts of the file."""
        with self._database.reading() as session:
            return list(record_history.history(session, record_type, uid))

    def as_of(self, record_type: str, uid: str, date: str) -> dict[str, Any] | None:
        """截至某日: the values at the end of that day, None when there was no such record."""
        with self._database.reading() as session:
            return record_history.as_of(session, record_type, uid, date)

    def verify(self, progress: Progress = silent) -> Verdict:
        """Looks through the whole chain; that it was done, and what came out, stands in the log itself."""
        verdict = self._database.verify_log(progress)
        details = {"acts": verdict.acts, "audit_head": verdict.head.code, "problems": verdict.problems[:20]}
        self._database.record("verify", said_of(verdict), details)
        return verdict

    def year_report(self, year: str, progress: Progress = silent) -> Paper:
        """年度操作与导出情况报告, after the chain was looked through."""
        from app.services.log_year import year_report

        self._refuse_own("年度报告")
        return year_report(self._database, year, self.verify(progress))

    def years(self) -> list[str]:
        """Of the first and the last step, and all between; the newest first."""
        with self._database.reading() as session:
            first, last = session.execute(select(func.min(_act.at), func.max(_act.at))).one()
        return [str(year) for year in range(int(last[:4]), int(first[:4]) - 1, -1)] if first else []

    def workbook(self, wanted: LogFilter = EVERYTHING, progress: Progress = silent) -> Paper:
        """The lines as a workbook."""
        from app.services.log_book import log_book

        self._refuse_own("导出日志")
        return log_book(self, wanted, progress)

    def _refuse_own(self, what: str) -> None:
        if not self.may_take_out:
            raise UserError(f"{what}由审核或负责人来做。您可以在这里看自己做过的每一步。")

    def _conditions(self, wanted: LogFilter) -> list[Any]:
        return [*conditions(wanted), *self._own()]

    def _own(self) -> list[Any]:
        return [] if self.sees_all else [_act.actor_uid == self._database.actor.uid]


def said_of(verdict: Verdict) -> str:
    """The result in one sentence."""
    counted = f"共 {verdict.acts:,} 步、{verdict.rows:,} 条改动"
    if not verdict.problems:
        return f"{counted}，链完整；存证码 {verdict.head.code}"
    more = f"等 {len(verdict.problems)} 处" if len(verdict.problems) > 1 else ""
    return f"{counted}，日志被动过：{verdict.problems[0]}{more}；存证码 {verdict.head.code}"


def roles_in_words(roles: str) -> str:
    return "、".join(code_table("role").label(role) for role in roles.split(";") if role)


def _line(act: RowMapping, about: str) -> LogLine:
    known = ACTS.get(act["act"])
    return LogLine(
        act["seq"],
        act["at"],
        act["actor"],
        roles_in_words(act["roles"]),
        act["act"],
        known.label if known else act["act"],
        about,
        SOURCES.get(act["source"], act["source"]),
        act["rows"],
        json.loads(act["details"]),
    )


def _abouts(session: Session, acts: Sequence[RowMapping]) -> dict[int, str]:
    """What each step is about; where it does not say itself, the first record it changed."""
    names = RecordNames(session)
    silent_ones = [act["seq"] for act in acts if not act["about"] and act["rows"]]
    first = {act: (table, uid) for act, table, uid in _first_records(session, silent_ones)}
    named = {act["seq"]: _record_in(act["about"]) for act in acts}
    names.learn([*first.values(), *(record for record in named.values() if record)])
    return {act["seq"]: _about(act, named[act["seq"]] or first.get(act["seq"]), names) for act in acts}


def _about(act: RowMapping, record: tuple[str, str] | None, names: RecordNames) -> str:
    if record is None:
        return covered(act["about"])
    more = f" 等 {act['rows']} 条" if not act["about"] and act["rows"] > 1 else ""
    return names.of(*record) + more


def _record_in(about: str) -> tuple[str, str] | None:
    """'cadre:UID', as drafts name what they belong to."""
    table, colon, uid = about.partition(":")
    return (table, uid) if colon and table == "cadre" and uid != "new" else None


def _first_records(session: Session, acts: Sequence[int]) -> Sequence[Row[int, str, str]]:
    firsts = select(func.min(_row.seq)).where(_row.act.in_(acts)).group_by(_row.act)
    query = select(_row.act, _row.record_type, _row.record).where(_row.seq.in_(firsts))
    return session.execute(query).all()


def _facts(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (word, covered(_said(name, details[name])))
        for name, word in FACTS.items()
        if details.get(name) not in (None, "", [], {})
    ]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return str(len(value)) if name == "acts" else "、".join(map(str, value))
    if name == "sha256":  # in groups it finds room in a narrow column
        return " ".join(re.findall(".{1,8}", str(value)))
    return readable_size(value) if name == "size" else moment_in_words(str(value))
