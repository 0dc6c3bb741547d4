"""The files of the cadres: list, read, save, remove."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import InvalidError, UserError
from app.exchange.collector import collector_paused
from app.fields.addresses import village_of
from app.fields.spec import Problem, RecordType
from app.models.base import new_uid, values_of
from app.models.cadre import CADRE, Cadre
from app.models.database import Database, describe
from app.models.parts import MOST_ROWS, PART_TYPES, PARTS
from app.models.payments import Payment, PaymentBatch
from app.services.changes import Before, Change, nothing_before
from app.services.judgement import Judgement, read_judgement
from app.services.kept_rows import keep_rows
from app.services.readings import search_key
from app.services.rows import Row

FEW = 500
FEW_NAMES = 5


@dataclass
class CadreFile:
    """One whole file: its values by field name, and its parts as rows of values."""

    uid: str | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def checked_values(self) -> dict[str, Any]:
        """The values with the parts beside them, as the rules across fields read them."""
        return {**self.values, **{name: self.parts.get(name, []) for name in PART_TYPES}}


class Cadres:
    """Sessions stay inside; `record` and `parts` describe what the values mean."""

    record: RecordType = CADRE
    parts: Mapping[str, RecordType] = PART_TYPES
    most_rows: Mapping[str, int] = MOST_ROWS

    def __init__(self, database: Database, before: Before = nothing_before) -> None:
        """`before` is called with the act before many files are removed at once, such as to make a backup."""
        self._database, self._before = database, before

    def rows(self, names: Sequence[str]) -> list[Row]:
        """Everybody with the asked fields, by name; 'village' falls back on what the home address says."""
        wanted = [getattr(Cadre, name) for name in names]
        query = select(Cadre.uid, Cadre.home_address, *wanted).order_by(Cadre.search_key, Cadre.uid)
        place = names.index("village") if "village" in names else None
        with self._database.reading() as session:
            found = session.execute(query).all()
        if place is None:
            return [Row(line[0], tuple(line[2:])) for line in found]
        return [Row(line[0], _with_village(tuple(line[2:]), place, line[1])) for line in found]

    def count(self) -> int:
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Cadre)) or 0

    def read(self, uid: str) -> CadreFile:
        """Raises UserError when somebody has removed the file meanwhile."""
        with self._database.reading() as session:
            cadre = session.get(Cadre, uid)
            if cadre is None:
                raise UserError("这份档案已经不在了，可能刚被删除。请刷新名单。")
            return _file(session, cadre)

    def read_all(self, uids: Sequence[str] | None = None) -> list[CadreFile]:
        """Whole files in the order of the list; all of them, or the named ones."""
        with self._database.reading() as session:
            return read_files(session, uids)

    def problems(self, file: CadreFile, judgement: Judgement | None = None) -> list[Problem]:
        """What is left to look at in the file and its parts, as the office weighs the rules."""
        judged = judgement or self.judgement(file.uid or "")
        return judged.of(file.uid, file.checked_values, self.unjudged(file))

    def judgement(self, uid: str | None = None) -> Judgement:
        """What was decided about rules and warnings: of everybody, or of one file; read once for many questions."""
        with self._database.reading() as session:
            return read_judgement(session, uid)

    def unjudged(self, file: CadreFile) -> list[Problem]:
        """What the rules say of the file and its parts; unfilled fields are a matter of completeness."""
        found = [problem for problem in self.record.problems(file.checked_values) if problem.code != "R-00"]
        return found + _part_problems(file)

    def save(self, file: CadreFile) -> Change:
        """Adds or replaces the file. Only what could never be right is refused; doubts are kept and listed.

        Raises InvalidError for a nameless file or too many contacts, UserError when the file was changed
        elsewhere since it was read.
        """
        if refusals := _refusals(file):
            raise InvalidError(refusals)
        with self._database.transaction("save_cadre", file.values.get("name") or "") as session:
            return Change("cadre", frozenset({store(session, file)}))

    def remove(self, uids: Sequence[str]) -> Change:
        """Removes whole files with their parts, visits' and payments' links to them."""
        if len(uids) > 1:
            self._before("remove_cadre")
        with self._database.transaction("remove_cadre") as session:
            describe(session, _names(session, uids))
            if told := _reviewed(session, uids):
                raise UserError(told)
            session.execute(delete(Cadre).where(Cadre.uid.in_(uids)))
        return Change("cadre", frozenset(uids))


def _reviewed(session: Session, uids: Sequence[str]) -> str:
    """Why a file must stay: what was reviewed and paid is evidence; '' where nothing was."""
    query = (
        select(Cadre.name)
        .join(Payment, Payment.cadre_uid == Cadre.uid)
        .join(PaymentBatch, PaymentBatch.uid == Payment.batch_uid)
        .where(Cadre.uid.in_(uids), PaymentBatch.reviewed_by.is_not(None))
        .distinct()
        .limit(FEW_NAMES)
    )
    names = "、".join(name or "" for name in session.scalars(query))
    return (
        f"{names} 领过已经审定的款项，档案要留着，没有删除。请在档案里记去世时间，或改为不计入统计。"
        if names
        else ""
    )


def _names(session: Session, uids: Sequence[str]) -> str:
    """The first few by name, the rest counted."""
    found = session.scalars(select(Cadre.name).where(Cadre.uid.in_(uids[:FEW_NAMES])))
    more = f"等 {len(uids)} 人" if len(uids) > FEW_NAMES else ""
    return "、".join(name or "" for name in found) + more


def store(session: Session, file: CadreFile) -> str:
    """Writes the file within a transaction that the caller owns; returns its uid."""
    cadre = _kept(session, file)
    if file.values.get("photo", cadre.photo) != cadre.photo:
        cadre.photo_original = None  # that of the photo before
    for field_ in CADRE.fields:
        if field_.name in file.values:
            setattr(cadre, field_.name, file.values[field_.name])
    cadre.search_key = search_key(cadre.name or "")
    if cadre.died_on:
        cadre.alive = False
    cadre.version = (cadre.version or 0) + 1
    session.flush()
    for name in file.parts:
        _replace_part(session, cadre.uid, name, file.parts[name])
    return cadre.uid


def _kept(session: Session, file: CadreFile) -> Cadre:
    if file.uid is None:
        cadre = Cadre(uid=new_uid(), version=0, alive=True, counted=True)
        session.add(cadre)
        return cadre
    found = session.get(Cadre, file.uid)
    if found is None:
        raise UserError("这份档案已被删除，无法保存。请把内容复制到新建的档案里。")
    if file.version and found.version != file.version:
        raise UserError("这份档案刚在别处改过。请先记下您的修改，刷新后再填。")
    return found


def _replace_part(session: Session, cadre_uid: str, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows keep their uid when they bring it; the others are new."""
    names = [field_.name for field_ in PART_TYPES[name].fields]
    filled = [row for row in rows if any(row.get(each) is not None for each in names)]
    kept = [{"uid": row.get("uid"), **{each: row.get(each) for each in names}} for row in filled]
    keep_rows(session, PARTS[name], {"cadre_uid": cadre_uid}, kept)


def _file(session: Session, cadre: Cadre) -> CadreFile:
    parts = {}
    for name, model in PARTS.items():
        query = select(model).where(model.cadre_uid == cadre.uid).order_by(model.position)
        parts[name] = [part_row(row, name) for row in session.scalars(query)]
    return CadreFile(cadre.uid, cadre.version, values_of(cadre, CADRE), parts)


def part_row(row: Any, name: str) -> dict[str, Any]:
    return {"uid": row.uid, **values_of(row, PART_TYPES[name])}


@collector_paused()
def read_files(
    session: Session,
    uids: Collection[str] | None = None,
    names: Collection[str] = tuple(field_.name for field_ in CADRE.fields),
    part_names: Collection[str] = tuple(PARTS),
) -> list[CadreFile]:
    """As plain columns: mapped objects, made only to be taken apart, took three times as long."""
    wanted = None if uids is None else set(uids)
    parts = {name: _rows_by_cadre(session, name, wanted) for name in part_names}
    columns = [getattr(Cadre, name) for name in names]
    query = select(Cadre.uid, Cadre.version, *columns).order_by(Cadre.search_key, Cadre.uid)
    return [
        CadreFile(uid, version, dict(zip(names, values, strict=True)), _own(parts, uid))
        for uid, version, *values in session.execute(_among(query, Cadre.uid, wanted))
        if wanted is None or uid in wanted
    ]


def _rows_by_cadre(session: Session, name: str, wanted: set[str] | None) -> dict[str, list[dict[str, Any]]]:
    model, record = PARTS[name], PART_TYPES[name]
    names = ["uid", *(field_.name for field_ in record.fields)]
    columns = [getattr(model, name) for name in names]
    query = select(model.cadre_uid, *columns).order_by(model.cadre_uid, model.position)
    found: dict[str, list[dict[str, Any]]] = {}
    for cadre_uid, *values in session.execute(_among(query, model.cadre_uid, wanted)):
        found.setdefault(cadre_uid, []).append(dict(zip(names, values, strict=True)))
    return found


def _among(query: Select[Any], uid: InstrumentedAttribute[str], wanted: set[str] | None) -> Select[Any]:
    """A few are sought by the database; of many it would need a list longer than it takes."""
    return query.where(uid.in_(wanted)) if wanted is not None and len(wanted) <= FEW else query


def _own(
    parts: Mapping[str, Mapping[str, list[dict[str, Any]]]], uid: str
) -> dict[str, list[dict[str, Any]]]:
    return {name: rows.get(uid, []) for name, rows in parts.items()}


def _with_village(values: tuple[Any, ...], place: int, address: str | None) -> tuple[Any, ...]:
    return (*values[:place], values[place] or village_of(address), *values[place + 1 :])


def _refusals(file: CadreFile) -> list[Problem]:
    found = []
    if not file.values.get("name"):
        found.append(Problem("name", "E", "R-00", "请先填写姓名"))
    for name, most in MOST_ROWS.items():
        if len(file.parts.get(name, [])) > most:
            found.append(Problem(name, "E", "R-58", f"{PART_TYPES[name].title}最多 {most} 个"))
    return found


def _part_problems(file: CadreFile) -> list[Problem]:
    found = []
    for name, record in PART_TYPES.items():
        for number, row in enumerate(file.parts.get(name, []), 1):
            for problem in record.problems(row):
                text = f"{record.title}第 {number} 行：{problem.message}"
                found.append(Problem(name, problem.severity, problem.code, text))
    return found
