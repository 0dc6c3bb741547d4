"""变更记录 of one person: per field old and new, who, when, by which act; and a value put back from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.fields.acts import ACTS
from app.fields.masking import covered
from app.models.audit import AUDIT_ACT, AUDIT_ROW
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.parts import PART_TYPES, PARTS
from app.services.cadres import CadreFile, read_files, store
from app.services.changes import Change
from app.services.log_changes import OPERATIONS, LoggedRow, in_words, net
from app.services.log_filter import KINDS
from app.services.log_words import TITLES
from app.services.record_names import RecordNames
from app.services.taking_back import rows_of, take_back_rows

ACTS_AT_ONCE = 40
WHOLE_FILE = "整份档案"
_act, _row = AUDIT_ACT.c, AUDIT_ROW.c
_PART_OF = {model.__tablename__: name for name, model in PARTS.items()}
_TELLS_MORE = frozenset(
    {"import", "undo_import", "undo", "redo", "merge", "split", "bulk_edit", "life_event"}
)
"""Acts whose `about` says something that the person's own page does not say already."""


@dataclass(frozen=True)
class ValueLine:
    """One value that changed, or one row of a part that came or went."""

    seq: int
    time: str
    actor: str
    act: str
    """'导入：花名册.xlsx'."""
    table: str
    record: str
    column: str
    """'' for a whole row."""
    section: str
    label: str
    operation: str
    old: str
    new: str

    @property
    def can_be_restored(self) -> bool:
        """What was there before can be again; a row that was added had nothing before, a whole file is in the bin."""
        return self.operation != OPERATIONS["insert"] and self.label != WHOLE_FILE

    @property
    def place(self) -> str:
        """What `lines` takes to show only this."""
        return f"{self.table}.{self.column}" if self.column else self.table


@dataclass(frozen=True)
class HistoryPage:
    """`before` is where the next page begins; 0 when this was the last."""

    lines: Sequence[ValueLine]
    before: int


class PersonHistory:
    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def places(self) -> list[tuple[str, str]]:
        """(what `lines` takes, its words): the sections of the form and the parts of the file."""
        sections = dict.fromkeys(field.section for field in CADRE.fields)
        parts = [(model.__tablename__, PART_TYPES[name].title) for name, model in PARTS.items()]
        return [(section, section) for section in sections] + parts

    def lines(self, uid: str, place: str = "", before: int = 0) -> HistoryPage:
        """The newest first, some steps at a time. `place`: a section, a part, or one field ('cadre.name')."""
        with self._database.reading() as session:
            found: list[ValueLine] = []
            while not found:
                acts = _acts(session, uid, place, before)
                if not acts:
                    return HistoryPage(found, 0)
                found, before = list(_lines(session, uid, acts, place)), acts[-1]
            return HistoryPage(found, before if len(acts) == ACTS_AT_ONCE else 0)

    def restore(self, uid: str, line: ValueLine) -> Change:
        """The value of before this change, as a step of its own. Raises UserError where its row is gone."""
        with self._database.transaction("save_cadre", _name(self._database, uid)) as session:
            rows = [row for row in rows_of(session, [line.seq]) if row.record == line.record]
            if not rows or not session.get(Cadre, uid):
                raise UserError("这份档案已经不在了，不能恢复。请先到回收站里看看。")
            if line.column:
                store(session, _file_with(session, uid, line, rows[0].old.get(line.column)))
            else:
                take_back_rows(session, rows)
        return Change("cadre", frozenset({uid}))


def _name(database: Database, uid: str) -> str:
    with database.reading() as session:
        return session.scalar(select(Cadre.name).where(Cadre.uid == uid)) or ""


def _file_with(session: Session, uid: str, line: ValueLine, value: Any) -> CadreFile:
    if line.table == CADRE.name:
        return CadreFile(uid, values={line.column: value})
    part = _PART_OF[line.table]
    [file] = read_files(session, [uid], [], [part])
    rows = file.parts[part]
    if line.record not in [row["uid"] for row in rows]:
        raise UserError("这一行后来删掉了，没有改动。请在它被删除的那一条上恢复整行。")
    changed = [{**row, line.column: value} if row["uid"] == line.record else row for row in rows]
    return CadreFile(uid, parts={part: changed})


def _tables(place: str) -> Sequence[str]:
    table = place.partition(".")[0]
    if not table:
        return KINDS["档案"]
    return [table] if table in _PART_OF else [CADRE.name]


def _columns(place: str) -> list[str]:
    """Of the cadre's row, what must have changed; [] for everything."""
    table, _, column = place.partition(".")
    if column:
        return [column]
    return [] if not table or table in _PART_OF else [f.name for f in CADRE.fields if f.section == table]


def _acts(session: Session, uid: str, place: str, before: int) -> list[int]:
    query = select(_row.act).where(_row.person == uid, _row.record_type.in_(_tables(place)), *_says(place))
    if before:
        query = query.where(_row.act < before)
    return list(session.scalars(query.distinct().order_by(_row.act.desc()).limit(ACTS_AT_ONCE)))


def _says(place: str) -> Iterator[ColumnElement[bool]]:
    if columns := _columns(place):
        sides = (_row.old, _row.new)
        yield or_(*(side.contains(f'"{column}":', autoescape=True) for column in columns for side in sides))


def _lines(session: Session, uid: str, acts: Sequence[int], place: str) -> Iterator[ValueLine]:
    query = (
        select(_row.act, _row.record_type, _row.record, _row.operation, _row.old, _row.new)
        .where(_row.act.in_(acts), _row.person == uid, _row.record_type.in_(_tables(place)))
        .order_by(_row.seq)
    )
    rows: dict[int, list[LoggedRow]] = {act: [] for act in acts}
    for act, *values in session.execute(query):
        rows[act].append(LoggedRow.read(*values))
    steps = {step.seq: step for step in session.execute(select(AUDIT_ACT).where(_act.seq.in_(acts)))}
    names, wanted = RecordNames(session), set(_columns(place))
    for act in acts:
        for row in _worth_telling(net(rows[act])):
            for line in _told(row, steps[act], names):
                if not wanted or line.column in wanted:
                    yield line


def _worth_telling(rows: Sequence[LoggedRow]) -> list[LoggedRow]:
    """Where the whole file came or went, its parts need not be told one by one."""
    whole = [row for row in rows if row.record_type == CADRE.name and row.operation != "update"]
    return whole or list(rows)


def _told(row: LoggedRow, step: Any, names: RecordNames) -> Iterable[ValueLine]:
    if row.operation == "update":
        columns = [name for name in dict.fromkeys([*row.old, *row.new]) if _is_field(row.record_type, name)]
        for name in columns:
            narrowed = LoggedRow(
                row.record_type, row.record, "update", _only(row.old, name), _only(row.new, name)
            )
            for change in in_words(narrowed, names).fields:
                yield _line(row, step, name, change.label, change.old, change.new)
        return
    if row.record_type == CADRE.name:
        label, told = WHOLE_FILE, OPERATIONS[row.operation]
    else:
        label = TITLES[row.record_type]
        told = "；".join(f"{one.label} {one.old or one.new}" for one in in_words(row, names).fields)
    yield _line(row, step, "", label, *(("", told) if row.operation == "insert" else (told, "")))


def _is_field(table: str, column: str) -> bool:
    record = CADRE if table == CADRE.name else PART_TYPES[_PART_OF[table]]
    return record.has(column)


def _only(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {name: values.get(name)}


def _line(row: LoggedRow, step: Any, column: str, label: str, old: str, new: str) -> ValueLine:
    is_file = row.record_type == CADRE.name
    section = (CADRE.field(column).section if column else "") if is_file else TITLES[row.record_type]
    known = ACTS.get(step.act)
    act = known.label if known else step.act
    return ValueLine(
        step.seq,
        step.at[:16].replace("T", " "),
        step.actor,
        f"{act}：{covered(step.about)}" if step.act in _TELLS_MORE and step.about else act,
        row.record_type,
        row.record,
        column,
        section,
        label,
        OPERATIONS[row.operation],
        old,
        new,
    )
