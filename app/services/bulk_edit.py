"""One field, or one more row of a part, for many people: what would become of whom, said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.fields.addresses import village_in
from app.fields.spec import Field, Problem, RecordType
from app.models.base import new_uid
from app.models.cadre import Cadre
from app.models.database import Database
from app.models.parts import MOST_ROWS, PART_TYPES, PARTS
from app.services.cadres import CadreFile, Cadres
from app.services.changes import Change
from app.services.statement_parts import in_parts

NEVER = frozenset(
    [
        "name",
        "former_name",
        "id_number",
        "photo",
        "photo_original",
        "birth_date",
        "birth_note",
        "birthday",
        "mobile",
        "landline",
        "bank_account",
        "retirement_certificate",
        "health_card",
        "alive",
        "died_on",
    ]
)
"""What belongs to one person alone is not given to many."""
ADDITIONS: Mapping[str, tuple[str, ...]] = {
    "special_conditions": ("condition", "started_on", "evidence"),
    "check_ups": ("year", "checked_on", "hospital"),
}
"""Rows that many may be given at once, with what is asked of them; the first says what it is."""
END = "ended_on"
CHANGED = "有档案刚在别处改过或删除，没有改动。请再看一遍要改的人，再改。"


@dataclass(frozen=True)
class Step:
    """One person's old and new value as people read them; `changes` is False for who is left as is."""

    uid: str
    name: str
    old: str
    new: str
    changes: bool
    problem: str = ""
    """Why this person is left out though the value would change."""
    version: int = 0
    """Of the file that was looked at."""


@dataclass(frozen=True)
class Plan:
    steps: Sequence[Step]
    field: str
    """The name of a field, or of a part that gets a row."""
    value: Any
    """The new value, or the values of the row."""
    said: str
    """'村（社区）改为东门村', as the step is called."""

    @property
    def uids(self) -> list[str]:
        return [step.uid for step in self.steps if step.changes]

    @property
    def about(self) -> str:
        return f"把 {len(self.uids)} 人的{self.said}"


class BulkEdit:
    """Plans, then does what was planned, as one step."""

    def __init__(self, database: Database) -> None:
        self._database, self._cadres = database, Cadres(database)

    @property
    def fields(self) -> list[Field]:
        """The fields that several people may share."""
        return [field for field in self._cadres.record.fields if field.name not in NEVER]

    @property
    def parts(self) -> list[tuple[str, str, list[Field]]]:
        """The parts that many may get a row of: name, title, what is asked."""
        return [
            (name, PART_TYPES[name].title, [PART_TYPES[name].field(one) for one in asked])
            for name, asked in ADDITIONS.items()
        ]

    def plan(self, uids: Iterable[str], name: str, value: Any, *, only_empty: bool) -> Plan:
        """Raises nothing: who would get something wrong is left out, with the reason."""
        record = self._cadres.record
        kind = record.field(name).kind

        def step(file: CadreFile) -> Step:
            old = file.values.get(name) if value is None else _shown(file, name)
            wanted = old != value and (old is None or not only_empty)
            problem = new_problem(record, file, {name: value}) if wanted else ""
            new = kind.masked(value if wanted else old)
            return _step(file, kind.masked(old), new, wanted, problem)

        said = f"{record.field(name).label}改为{kind.masked(value) or '空'}"
        return Plan(self._steps(uids, step), name, value, said)

    def plan_row(self, uids: Iterable[str], part: str, values: Mapping[str, Any]) -> Plan:
        """Whoever has such a row that still lasts is left as he is."""
        record = PART_TYPES[part]
        first = ADDITIONS[part][0]
        new = record.text(values, first)

        def step(file: CadreFile) -> Step:
            lasting = [row for row in file.parts.get(part, []) if row.get(END) is None]
            old = "、".join(record.text(row, first) for row in lasting)
            wanted = bool(new) and values[first] not in [row.get(first) for row in lasting]
            problem = _row_problem(part, file, values) if wanted else ""
            return _step(file, old, "、".join(filter(None, [old, new])) if wanted else old, wanted, problem)

        return Plan(self._steps(uids, step), part, dict(values), f"{record.title}加上{new}")

    def apply(self, plan: Plan) -> Change:
        """Everybody whose value changes, in one transaction. Raises UserError when a file is not as it was planned."""
        if plan.uids:
            with self._database.transaction("bulk_edit", plan.about) as session:
                write = self._add_row if plan.field in ADDITIONS else self._set_field
                write(session, plan, _unchanged(session, plan))
        return Change("cadre", frozenset(plan.uids))

    def _steps(self, uids: Iterable[str], step: Callable[[CadreFile], Step]) -> list[Step]:
        return [step(file) for file in self._cadres.read_all(list(uids))]

    def _set_field(self, _session: Session, plan: Plan, people: Sequence[Cadre]) -> None:
        for cadre in people:
            setattr(cadre, plan.field, plan.value)
            cadre.version += 1

    def _add_row(self, session: Session, plan: Plan, people: Sequence[Cadre]) -> None:
        model = PARTS[plan.field]
        places = select(model.cadre_uid, func.max(model.position)).group_by(model.cadre_uid)
        last = dict(session.execute(places).all())
        for cadre in people:
            place = last.get(cadre.uid, -1) + 1
            session.add(model(uid=new_uid(), cadre_uid=cadre.uid, position=place, **plan.value))
            cadre.version += 1


def _unchanged(session: Session, plan: Plan) -> list[Cadre]:
    versions = {step.uid: step.version for step in plan.steps if step.changes}
    found: list[Cadre] = []
    for some in in_parts(list(versions)):
        found += session.scalars(select(Cadre).where(Cadre.uid.in_(some)))
    if len(found) < len(versions) or any(cadre.version != versions[cadre.uid] for cadre in found):
        raise UserError(CHANGED)
    return found


def _step(file: CadreFile, old: str, new: str, wanted: bool, problem: str) -> Step:
    name = file.values.get("name") or ""
    return Step(file.uid or "", name, old, new, wanted and not problem, problem, file.version)


def _shown(file: CadreFile, name: str) -> Any:
    """As the list shows it: the village falls back on the address."""
    return village_in(file.values) or None if name == "village" else file.values.get(name)


def new_problem(record: RecordType, file: CadreFile, values: Mapping[str, Any]) -> str:
    """What would be wrong with these values that is not wrong without them; '' when nothing."""
    after = {**file.checked_values, **values}
    problems = _errors(record.problems(after)) - _errors(record.problems(file.checked_values))
    return "；".join(sorted(problems))


def _errors(problems: Iterable[Problem]) -> set[str]:
    return {problem.message for problem in problems if problem.severity == "E"}


def _row_problem(part: str, file: CadreFile, values: Mapping[str, Any]) -> str:
    record = PART_TYPES[part]
    if len(file.parts.get(part, [])) >= MOST_ROWS.get(part, 1_000):
        return f"{record.title}最多 {MOST_ROWS[part]} 条"
    return "；".join(sorted(_errors(record.problems(values))))
