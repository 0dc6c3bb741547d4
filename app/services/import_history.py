"""导入记录: every file that was taken in, and the way back: 撤销这次导入."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.fields.masking import covered
from app.models.audit import AUDIT_ROW
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.intake import IN_ORDER, ImportDoubt, Intake
from app.models.parts import PARTS
from app.services.changes import Before, Change, nothing_before
from app.services.clashes import clashes_of
from app.services.import_acts import actors_of, acts_of
from app.services.kept_readings import LEFT, OPEN
from app.services.log_changes import LoggedRow
from app.services.owners import root
from app.services.record_names import RecordNames
from app.services.statement_parts import in_parts
from app.services.taking_back import rows_of, take_back_what_stands

OWN_TABLES = frozenset({"intake", "import_mapping", "import_doubt"})
"""What stands for the import itself, and how it was understood: it stays, and the record says that it was undone."""
FILES = frozenset({Cadre.__tablename__, *(model.__tablename__ for model in PARTS.values())})
EDITED = "“{name}”导入以后又改过"
TOO_OLD = "这次导入早于操作日志，程序不知道它改了什么，不能撤销。请从当时的备份恢复，或逐人改回。"
NOTHING = "没有什么要恢复的"
NAMED = 12
UNDONE = "这次导入已经撤销过了。"
KINDS: Mapping[str, str] = {"cadre": "人", "visit": "走访", "payment_batch": "发放"}


@dataclass(frozen=True)
class PastImport:
    """One file that was taken in; of it `waiting` rows are still to be decided, `not_taken` are all that were left."""

    uid: str
    file: str
    taken_at: str
    by: str
    new: int
    changed: int
    same: int
    doubtful: int
    waiting: int
    not_taken: int
    undone_at: str | None


@dataclass(frozen=True)
class Undoing:
    """What taking an import back does, by kind of record, and what it leaves alone with the reason."""

    file: str
    restored: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    left: Sequence[str] = ()
    """Sentences without a full stop, each naming somebody or something."""

    @property
    def sentence(self) -> str:
        """'恢复 3 人，撤掉新增 44 人，撤掉走访 2 次，留下 2 项'."""
        told = [_counted("恢复", self.restored), _counted("撤掉新增", self.removed)]
        told += [f"留下 {len(self.left)} 项不动"] if self.left else []
        return "，".join(filter(None, told)) or NOTHING

    @property
    def is_empty(self) -> bool:
        return not (self.restored or self.removed)

    @property
    def named(self) -> str:
        """Who stays, by the reason: '廖开、阎光导入以后又改过'."""
        groups: dict[str, list[str]] = defaultdict(list)
        for sentence in self.left:
            name, _, why = sentence.rpartition("”")
            groups[why].append(name.removeprefix("“"))
        return "；".join(f"{some_names(names)}{why}" for why, names in groups.items())


_UNITS: Mapping[str, str] = {"cadre": " {} 人", "visit": "走访 {} 次", "payment_batch": "发放 {} 批"}


def _counted(verb: str, counts: Mapping[str, int]) -> str:
    return "，".join(verb + _UNITS[kind].format(count) for kind, count in counts.items() if count)


def some_names(names: Sequence[str]) -> str:
    """The first of them, and how many they are."""
    more = f" 等 {len(names)} 项" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


class ImportHistory:
    def __init__(self, database: Database, before: Before = nothing_before) -> None:
        """`before` is called before anything is taken back, such as to make a backup."""
        self._database, self._before = database, before

    def all(self) -> list[PastImport]:
        """The newest first."""
        with self._database.reading() as session:
            intakes = list(session.scalars(select(Intake).order_by(*(each.desc() for each in IN_ORDER))))
            names = actors_of(session, [intake.uid for intake in intakes])
            waiting, left = _rows(session, OPEN), _rows(session, OPEN, LEFT)
            return [
                _past(each, names.get(each.uid, ""), waiting.get(each.uid, 0), left.get(each.uid, 0))
                for each in intakes
            ]

    def preview(self, uid: str) -> Undoing:
        """What `undo` would do now. Raises UserError where it cannot."""
        with self._database.reading() as session:
            intake, acts = _to_undo(session, uid)
            rows, left = _standing(session, acts)
            return _undoing(covered(intake.file), rows, left)

    def undo(self, uid: str) -> tuple[Undoing, list[Change]]:
        """All or nothing: old values come back, new records go; whoever was there before or was edited since stays."""
        self._before("undo_import")
        with self._database.reading() as session:
            intake, acts = _to_undo(session, uid)
        with self._database.transaction("undo_import", covered(intake.file), {"acts": acts}) as session:
            intake, acts = _to_undo(session, uid)
            rows, left = _standing(session, acts)
            told = _undoing(covered(intake.file), rows, left)
            own = {root(row): "" for row in rows if row.record_type in OWN_TABLES}
            back = take_back_what_stands(session, acts, {**left, **own})
            session.get_one(Intake, uid).undone_at = clock.now().isoformat()
        return told, [*back.changes, Change("import", frozenset({uid}))]


def _past(intake: Intake, by: str, waiting: int, not_taken: int) -> PastImport:
    return PastImport(
        intake.uid,
        covered(intake.file),
        intake.taken_at,
        by,
        intake.new,
        intake.changed,
        intake.same,
        intake.doubtful,
        0 if intake.undone_at else waiting,
        not_taken,
        intake.undone_at,
    )


def _rows(session: Session, *states: str) -> dict[str, int]:
    """Uid of the intake → how many of its rows are in one of the states."""
    query = select(ImportDoubt.intake_uid, func.count()).where(ImportDoubt.state.in_(states))
    return dict(session.execute(query.group_by(ImportDoubt.intake_uid)).all())


def _to_undo(session: Session, uid: str) -> tuple[Intake, list[int]]:
    intake = session.get(Intake, uid)
    if intake is None or intake.undone_at:
        raise UserError(UNDONE)
    acts = acts_of(session, intake)
    if not acts:
        raise UserError(TOO_OLD)
    return intake, acts


def _standing(session: Session, acts: Sequence[int]) -> tuple[list[LoggedRow], dict[str, str]]:
    """What the import did, and which records must be left alone: whoever was edited since, and what clashes."""
    rows = rows_of(session, acts)
    theirs = [row for row in rows if row.record_type not in OWN_TABLES]
    people = {root(row) for row in theirs if row.person and root(row) == row.person}
    names = RecordNames(session)
    edited = _edited(session, people, acts)
    names.learn(("cadre", uid) for uid in edited)
    left = {uid: EDITED.format(name=_bare(names.of("cadre", uid))) for uid in edited}
    while clashes := clashes_of(session, [row for row in theirs if root(row) not in left]):
        left |= clashes
    return rows, left


def _edited(session: Session, people: Collection[str], acts: Sequence[int]) -> set[str]:
    """Of these people, those whose file was written since the import by anything but what belongs to it."""
    row, found = AUDIT_ROW.c, set[str]()
    for some in in_parts(sorted(people)):
        later = row.person.in_(some), row.act > min(acts), row.record_type.in_(FILES)
        found |= {
            uid for uid, act in session.execute(select(row.person, row.act).where(*later)) if act not in acts
        }
    return found


def _bare(title: str) -> str:
    return title.partition(" ")[2] or title


def _undoing(file: str, rows: Sequence[LoggedRow], left: Mapping[str, str]) -> Undoing:
    theirs = [row for row in rows if row.record_type not in OWN_TABLES and root(row) not in left]
    made = {root(row) for row in theirs if row.record_type in KINDS and row.operation == "insert"}
    removed = Counter(row.record_type for row in theirs if row.record in made)
    restored = Counter(_kind(row) for row in _first_of_each(theirs) if root(row) not in made)
    touched = {root(row) for row in rows if row.record_type not in OWN_TABLES}
    return Undoing(file, restored, removed, sorted(why for uid, why in left.items() if uid in touched))


def _first_of_each(rows: Sequence[LoggedRow]) -> list[LoggedRow]:
    return list({root(row): row for row in reversed(rows)}.values())


def _kind(row: LoggedRow) -> str:
    owner = {"visited_cadre": "visit", "visit_photo": "visit", "payment": "payment_batch"}
    return row.record_type if row.record_type in KINDS else owner.get(row.record_type, "cadre")
