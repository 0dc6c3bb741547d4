"""Two files that are one person's become one, and two again: no row of either is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.models.alias import Alias
from app.models.audit import AUDIT_CONTEXT
from app.models.base import Base
from app.models.cadre import Cadre
from app.models.database import Database, actor_of, describe
from app.models.parts import PARTS
from app.models.payments import Payment, PaymentBatch
from app.models.visits import Visit, VisitedCadre
from app.services.cadres import CadreFile, read_files
from app.services.changes import Change
from app.services.log_words import TITLES
from app.services.look_alikes import OtherName
from app.services.merge_meetings import MEETINGS
from app.services.merge_obstacles import must_keep, must_swap, notes, refusal, reviewed_batches
from app.services.merge_plan import Choices, MergePlan, plan_of
from app.services.readings import search_key
from app.services.splitting import Split, split

PHOTO, ORIGINAL = "photo", "photo_original"
GONE = "其中一份档案已经不在了，可能刚被删除或合并。请回到名单重新选。"
CHANGED = "其中一份档案刚在别处改过，没有合并。请重新打开对照再合并。"


@dataclass(frozen=True)
class Merged:
    """A file that went into another."""

    uid: str
    """Of the alias."""
    kept_uid: str
    kept_name: str
    merged_uid: str
    name: str
    id_number: str | None
    at: str
    by: str


class Merging:
    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, keep_uid: str, other_uid: str) -> MergePlan:
        """Both side by side. Where only the other may be kept they change places, and the plan says why."""
        with self._database.reading() as session:
            files = _both(session, keep_uid, other_uid)
            paid = {uid: reviewed_batches(session, uid) for uid in files}
            keep, other = files[keep_uid], files[other_uid]
            if paid[other_uid] and not paid[keep_uid]:
                keep, other = other, keep
            plan = plan_of(keep, other)
            return replace(
                plan,
                linked=dict(_linked(session, str(other.uid))),
                notes=tuple(notes(session, keep, other)),
                must_keep=must_keep(keep, paid),
                refusal=refusal(keep, other, paid),
            )

    def better_kept(self, one: str, other: str) -> str:
        """Which of the two to propose as the one that stays: the one with the most in it."""
        with self._database.reading() as session:
            return max((one, other), key=lambda uid: _weight(session, uid))

    def merge(self, plan: MergePlan, choices: Choices) -> Change:
        """In one step that 撤销 takes back. Raises UserError where the plan cannot be carried out any more."""
        if told := plan.refusal or plan.too_many(choices):
            raise UserError(told)
        keep_uid, other_uid = str(plan.keep.uid), str(plan.other.uid)
        names = f"{plan.other.values.get('name') or ''} 并入 {plan.keep.values.get('name') or ''}"
        with self._database.transaction("merge", names) as session:
            keep, other = _unchanged(session, plan.keep), _unchanged(session, plan.other)
            if told := must_swap(session, other_uid):
                raise UserError(told)
            _remember(session, keep, other)
            _write_values(keep, other, plan, choices)
            session.flush()
            _write_parts(session, plan, choices)
            _move(session, keep_uid, other_uid)
            session.execute(delete(Cadre).where(Cadre.uid == other_uid))
        return Change("cadre", frozenset({keep_uid, other_uid}))

    def merged(self, kept_uid: str | None = None) -> list[Merged]:
        """The newest first; of one kept file, or all."""
        query = select(Alias, Cadre.name).join(Cadre, Cadre.uid == Alias.cadre_uid).order_by(Alias.act.desc())
        if kept_uid is not None:
            query = query.where(Alias.cadre_uid == kept_uid)
        with self._database.reading() as session:
            return [
                Merged(
                    alias.uid,
                    alias.cadre_uid,
                    name or "",
                    alias.merged_uid,
                    alias.name or "",
                    alias.id_number,
                    alias.merged_at,
                    alias.merged_by,
                )
                for alias, name in session.execute(query)
            ]

    def other_names(self) -> list[OtherName]:
        """Names and numbers of all files that went into others."""
        with self._database.reading() as session:
            rows = session.execute(select(Alias.cadre_uid, Alias.name, Alias.id_number)).all()
        return [OtherName(uid, name or "", number or "") for uid, name, number in rows]

    def kept_for(self, uid: str) -> str:
        """Where a person is found whose file may have gone into another: the uid itself when it has not."""
        with self._database.reading() as session:
            return session.scalar(select(Alias.cadre_uid).where(Alias.merged_uid == uid)) or uid

    def split(self, alias_uid: str) -> Split:
        """Both files as before they were merged; what was changed since stays with the kept one, and is named."""
        with self._database.transaction("split") as session:
            alias = session.get(Alias, alias_uid)
            if alias is None:
                raise UserError("这次合并已经拆回或撤销了，没有改动。")
            names = session.scalar(select(Cadre.name).where(Cadre.uid == alias.cadre_uid)) or ""
            describe(session, f"从 {names} 拆回 {alias.name or ''}")
            return split(session, alias)


def person_keys() -> Iterator[tuple[Table, Column[Any]]]:
    """Every table with a key on a cadre, and that key."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is Cadre.__table__.c.uid:
                yield table, key.parent


def _both(session: Session, one: str, other: str) -> dict[str, CadreFile]:
    files = {str(file.uid): file for file in read_files(session, [one, other])}
    if len(files) < 2:
        raise UserError(GONE)
    return files


def _linked(session: Session, other_uid: str) -> Iterator[tuple[str, int]]:
    parts = {model.__tablename__ for model in PARTS.values()}
    for table, key in person_keys():
        count = session.scalar(select(func.count()).select_from(table).where(key == other_uid)) or 0
        if count and table.name not in parts:
            yield TITLES[table.name], count


def _weight(session: Session, uid: str) -> tuple[int, int]:
    """Reviewed payments decide; then how much is filled in and points to the file."""
    linked = sum(
        session.scalar(select(func.count()).select_from(table).where(key == uid)) or 0
        for table, key in person_keys()
    )
    files = read_files(session, [uid], part_names=())
    filled = sum(value is not None for file in files for value in file.values.values())
    return len(reviewed_batches(session, uid)), linked + filled


def _unchanged(session: Session, file: CadreFile) -> Cadre:
    found = session.get(Cadre, file.uid)
    if found is None:
        raise UserError(GONE)
    if found.version != file.version:
        raise UserError(CHANGED)
    return found


def _remember(session: Session, keep: Cadre, other: Cadre) -> None:
    session.add(
        Alias(
            cadre_uid=keep.uid,
            merged_uid=other.uid,
            name=other.name,
            id_number=other.id_number,
            merged_at=clock.now().isoformat(),
            merged_by=actor_of(session).name,
            act=session.execute(select(AUDIT_CONTEXT.c.act)).scalar_one(),
        )
    )


def _write_values(keep: Cadre, other: Cadre, plan: MergePlan, choices: Choices) -> None:
    for name, value in plan.values(choices).items():
        setattr(keep, name, value)
    if choices.sides.get(PHOTO) == "other":
        setattr(keep, ORIGINAL, getattr(other, ORIGINAL))
    keep.search_key = search_key(keep.name or "")
    if keep.died_on:
        keep.alive = False
    keep.version += 1


def _write_parts(session: Session, plan: MergePlan, choices: Choices) -> None:
    """Rows that stay get their values and their places; what was recognised or left out goes."""
    for part, model in PARTS.items():
        wanted = plan.kept_rows(part, choices)
        kept = {row.uid: row for row in session.scalars(_rows_of(model, plan))}
        for position, (row, values) in enumerate(wanted):
            for name, value in {**values, "position": position}.items():
                setattr(kept[row.uid], name, value)
        for uid in kept.keys() - {row.uid for row, _ in wanted}:
            session.delete(kept[uid])
    session.flush()


def _rows_of(model: Any, plan: MergePlan) -> Any:
    return select(model).where(model.cadre_uid.in_([plan.keep.uid, plan.other.uid]))


def _move(session: Session, keep_uid: str, other_uid: str) -> None:
    """Everything that points to the file that goes points to the kept one."""
    _outdate(session, other_uid)
    for meet in MEETINGS.values():
        meet(session, keep_uid, other_uid)
    session.flush()
    for table, key in person_keys():
        session.execute(update(table).where(key == other_uid).values({key.name: keep_uid}))
    session.expire_all()


def _outdate(session: Session, uid: str) -> None:
    """Visits and batches that stand open somewhere with the file that goes are not saved over this."""
    visits = select(VisitedCadre.visit_uid).where(VisitedCadre.cadre_uid == uid)
    batches = select(Payment.batch_uid).where(Payment.cadre_uid == uid)
    for model, found in ((Visit, visits), (PaymentBatch, batches)):
        session.execute(
            update(model).where(model.uid.in_(found)).values(version=model.version + 1),
            execution_options={"synchronize_session": False},
        )
