"""Rows of a roster against the files that are kept: whom each means and what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields.kinds import PartialDate
from app.fields.spec import Problem
from app.models.base import values_of
from app.models.cadre import CADRE, Cadre
from app.models.parts import MOST_ROWS, PART_TYPES, PARTS
from app.services.cadres import CadreFile, read_files, store
from app.services.import_preview import Decision, Difference, PreviewRow, part_texts
from app.services.matching import Known, People, known_people, same_date
from app.services.pictures import store_picture

ALWAYS_COMPARED = {"died_on", "former_unit", "former_post"}
NEW = "new:"
"""Marks somebody who is only in the file being read."""


class CadreRows:
    """Compares one file's rows with the database as it is in `session`."""

    def __init__(self, session: Session, *, each_alone: bool = False) -> None:
        """`each_alone`: whether two rows mean the same person is nobody's concern."""
        self._session, self._each_alone = session, each_alone
        self._people = known_people(session)
        self._in_file = People()
        self._rows: dict[str, int] = {}
        self._kept: dict[str, dict[str, Any]] = {}
        self._parts: dict[str, dict[str, list[dict[str, Any]]]] = {}

    def load(self, rows: Sequence[PreviewRow]) -> None:
        """Finds whom the rows mean, and reads those files in one go."""
        matches = [self._people.match(row.values) for row in rows]
        self._read_kept({match.uid for match in matches if match.uid}, rows)
        for row, match in zip(rows, matches, strict=True):
            row.uid = match.uid
            if match.doubt:
                row.doubt(match.doubt, match.candidates)
            self._compare(row)
            if not self._each_alone:
                self._check_twice(row)

    def _read_kept(self, uids: set[str], rows: Sequence[PreviewRow]) -> None:
        """Of the files only what the rows speak of."""
        names = set(ALWAYS_COMPARED).union(*(row.values for row in rows))
        names = {name for name in names if CADRE.has(name)}
        parts = set[str]().union(*(row.parts for row in rows))
        for file in read_files(self._session, uids, names, parts) if uids else ():
            self._kept[file.uid or ""] = file.values
            self._parts[file.uid or ""] = file.parts

    def _compare(self, row: PreviewRow) -> None:
        kept = self._kept.get(row.uid or "")
        if kept is not None:
            _part_unit_and_post(row, kept)
            row.differences = self._differences(row, kept)
            if kept.get("died_on") and row.values.get("alive"):
                row.doubt(
                    f"{row.label} 的档案里已有去世时间 {_show('died_on', kept['died_on'])}，这里却写着在世"
                )
        self._check_room(row)
        errors = [problem for problem in row.problems if problem.severity == "E"]
        if kept is not None and not row.changes:
            row.pile = "same" if not row.doubts else "doubtful"
            return
        for problem in errors:
            row.doubt(problem.message)
        if not row.doubts:
            row.pile = "new" if kept is None else "changed"

    def _check_room(self, row: PreviewRow) -> None:
        """More contacts than the form has lines for are not taken in silently."""
        own = self._parts.get(row.uid or "", {})
        for name, most in MOST_ROWS.items():
            merged = merged_part(name, own.get(name, []), row.parts.get(name, []))
            if merged and len(merged) > most:
                text = f"{PART_TYPES[name].title}合起来有 {len(merged)} 个，最多 {most} 个"
                row.problems.append(Problem(name, "E", "R-58", text))

    def _differences(self, row: PreviewRow, kept: Mapping[str, Any]) -> list[Difference]:
        found = [
            Difference(
                name,
                CADRE.field(name).label,
                _show(name, kept.get(name)),
                _show(name, value),
                row.writes(name, kept.get(name)),
            )
            for name, value in row.values.items()
            if value != kept.get(name) and says_more(name, value, kept.get(name))
        ]
        own = self._parts.get(row.uid or "", {})
        for name, rows in row.parts.items():
            before = own.get(name, [])
            if merged_part(name, before, rows) is not None:
                texts = part_texts(name, before), part_texts(name, rows)
                found.append(Difference(name, PART_TYPES[name].title, *texts, row.writes(name, before)))
        return found

    def _check_twice(self, row: PreviewRow) -> None:
        """Somebody who stands in the same file a second time is left to a person."""
        twin = self._in_file.match(row.values)
        if twin.uid or (row.uid and row.uid in self._rows):
            first = self._rows[row.uid if row.uid in self._rows else twin.uid or ""]
            row.twin = first
            row.problems.append(Problem("name", "E", "R-08", f"与第 {first} 行是同一个人"))
            row.doubt(f"{row.label} 与第 {first} 行是同一个人，请确定以哪一行为准")
            return
        self._check_alike(row, twin.candidates)
        key = row.uid or f"{NEW}{len(self._rows)}"
        self._rows[key] = row.row
        self._in_file.add(_known(key, row.values))

    def _check_alike(self, row: PreviewRow, others: Sequence[Known]) -> None:
        """A number that another row has, or a name that nothing tells from another row's, is asked about."""
        number = row.values.get("id_number")
        for other in others:
            first = self._rows[other.uid]
            if number and number == other.id_number:
                row.problems.append(Problem("id_number", "E", "R-08", f"与第 {first} 行的身份证号相同"))
                row.doubt(f"{row.label} 与第 {first} 行的 {other.name} 身份证号相同，姓名却不同")
            elif not _told_apart(other, row.values):
                row.doubt(f"{row.label} 与第 {first} 行同名，没有别的可以区分，不能确定是不是同一个人")
            else:
                continue
            row.twin = first
            return


def _told_apart(known: Known, values: Mapping[str, Any]) -> bool:
    """Whether some fact of both contradicts the other."""
    facts = ((getattr(known, name), values.get(name)) for name in ("birth_date", "former_unit", "mobile"))
    numbers = known.id_number and values.get("id_number")
    return bool(numbers) or any(one and other and not same_date(one, other) for one, other in facts)


def _part_unit_and_post(row: PreviewRow, kept: Mapping[str, Any]) -> None:
    """'梧桐小学小学教师' in one column is the unit and the post that are kept, not another unit."""
    unit, post = kept.get("former_unit") or "", kept.get("former_post") or ""
    read = "".join((row.values.get("former_unit") or "").split())
    if unit and post and not row.values.get("former_post") and read == "".join(f"{unit}{post}".split()):
        row.values.update(former_unit=unit, former_post=post)
        row.problems[:] = [problem for problem in row.problems if problem.field != "former_unit"]


def _known(uid: str, values: Mapping[str, Any]) -> Known:
    names = ("birth_date", "id_number", "mobile", "former_unit")
    return Known(uid, values.get("name") or "", *(values.get(name) for name in names))


def _show(name: str, value: Any) -> str:
    return CADRE.field(name).kind.format(value)


_DATES = frozenset(field.name for field in CADRE.fields if isinstance(field.kind, PartialDate))


def says_more(name: str, new: Any, old: Any) -> bool:
    """An empty cell never beats a value, and '1966.07' adds nothing to '1966.07.10'."""
    if new is None or new == old:
        return False
    return not (name in _DATES and old and same_date(new, old) and len(new) <= len(old))


def merged_part(
    name: str, kept: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]] | None:
    """The rows of a part after taking the read ones over; None when that changes nothing."""
    key = _PART_KEYS.get(name, ("name",))
    rows = [dict(row) for row in kept]
    changed = False
    for new in read:
        known_by = key if any(new.get(each) for each in key) else tuple(new)
        same = next((row for row in rows if all(row.get(each) == new.get(each) for each in known_by)), None)
        if same is None:
            rows.append(dict(new))
            changed = True
            continue
        for field, value in new.items():
            if value is not None and not _is_told(same.get(field), value):
                same[field] = value
                changed = True
    return rows if changed else None


_PART_KEYS: Mapping[str, tuple[str, ...]] = {
    "resume": ("started_on", "text"),
    "apps": ("app",),
    "special_conditions": ("condition",),
    "check_ups": ("year",),
    "suggestions": ("topic", "text"),
}


def _is_told(old: Any, new: Any) -> bool:
    return old == new or (isinstance(old, str) and isinstance(new, str) and bool(old) and old.startswith(new))


def apply_row(session: Session, row: PreviewRow, decision: Decision | None) -> str:
    """Writes one row within the caller's transaction and returns whose it was.

    A decision overrules what the row was matched to.
    """
    uid = decision.uid if decision else row.uid
    without = decision.without if decision else ()
    cadre = session.get(Cadre, uid) if uid else None
    kept = values_of(cadre, CADRE) if cadre else {}
    values = {
        name: value
        for name, value in row.values.items()
        if (name not in without or (name == "name" and cadre is None))
        and says_more(name, value, kept.get(name))
        and (name == "name" or row.writes(name, kept.get(name)))
    }
    if row.photo and "photo" in values:
        store_picture(session, row.photo)
    return store(session, CadreFile(uid, 0, values, _parts(session, uid, row, without)))


def _parts(
    session: Session, uid: str | None, row: PreviewRow, without: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    merged = {}
    for name, rows in row.parts.items():
        if name in without:
            continue
        kept = kept_rows(session, uid, name) if uid else []
        if row.writes(name, kept) and (result := merged_part(name, kept, rows)) is not None:
            merged[name] = result
    return merged


def kept_rows(session: Session, uid: str, name: str) -> list[dict[str, Any]]:
    model = PARTS[name]
    query = select(model).where(model.cadre_uid == uid).order_by(model.position)
    return [{"uid": each.uid, **values_of(each, PART_TYPES[name])} for each in session.scalars(query)]
