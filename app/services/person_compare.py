"""What a file says of a person beside what is kept of him: field by field, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.fields.masking import covered
from app.fields.spec import RecordType
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.models.review_guards import SIGNATURES
from app.services.cadres import CadreFile
from app.services.person_readings import PersonReading
from app.services.person_rows import Way, merged_rows, says_less
from app.services.pictures import picture_key

SIGNED_HERE = frozenset(SIGNATURES - {"confirmed_by"})
State = Literal["fill", "differs", "same", "unread"]
WAYS: Mapping[Way, str] = {"file": "用文件的", "kept": "留原来的", "both": "合并"}
JOINT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("former_unit", "former_post")),
    ("；", ("individual_needs", "hardship")),
    ("；", ("contribution_note", "social_posts")),
    ("；", ("awards", "special_contribution")),
)
"""Files have one place for these: what is kept apart is the same as what stands there together."""


@dataclass(frozen=True)
class FieldLine:
    """One field: `said` as it stood in the file, `read` and `kept` as they are shown."""

    name: str
    label: str
    said: str
    read: str
    kept: str
    state: State
    note: str = ""

    @property
    def can_be_taken(self) -> bool:
        return self.state in ("fill", "differs")

    @property
    def taken_unasked(self) -> bool:
        """Who filled in and who reviewed is written by those who do it here, not by a file that comes in."""
        return self.state == "fill" and self.name not in SIGNED_HERE


@dataclass(frozen=True)
class PartSides:
    """One part on both sides, as rows of texts under the headings."""

    name: str
    title: str
    headings: Sequence[str]
    read: Sequence[Sequence[str]]
    kept: Sequence[Sequence[str]]
    state: State
    note: str = ""

    @property
    def ways(self) -> tuple[Way, ...]:
        if self.state == "differs":
            return ("file", "kept", "both")
        return ("file", "kept") if self.state == "fill" else ()

    @property
    def usual_way(self) -> Way:
        return "file" if self.state == "fill" else "kept"


@dataclass(frozen=True)
class Comparison:
    """A reading beside the file of `uid`, or beside nothing for somebody new."""

    uid: str | None
    version: int
    lines: Sequence[FieldLine]
    parts: Sequence[PartSides]
    photo: State | None
    """None where the file brings no photo."""
    kept_photo: str | None = None
    kept: CadreFile = field(default_factory=CadreFile)


def compare(reading: PersonReading, kept: CadreFile | None) -> Comparison:
    file = kept or CadreFile()
    lines = [
        _line(reading, name, value, file)
        for name, value in reading.values.items()
        if _is_shown(name) and not _only_concluded(reading, name, file)
    ]
    lines += _unread(reading)
    order = {each.name: at for at, each in enumerate(CADRE.fields)}
    lines.sort(key=lambda line: order.get(line.name, len(order)))
    parts = [_sides(reading, name, rows, file.parts.get(name, [])) for name, rows in reading.parts.items()]
    return Comparison(
        file.uid, file.version, lines, parts, _photo_state(reading, file), file.values.get("photo"), file
    )


def _is_shown(name: str) -> bool:
    return CADRE.has(name) and name != "photo"


def _photo_state(reading: PersonReading, file: CadreFile) -> State | None:
    if reading.photo is None:
        return None
    key = file.values.get("photo")
    if not key:
        return "fill"
    return "same" if picture_key(reading.photo) == key else "differs"


def _line(reading: PersonReading, name: str, value: Any, file: CadreFile) -> FieldLine:
    kind = CADRE.field(name).kind
    return FieldLine(
        name,
        CADRE.field(name).label,
        reading.raw.get(name, ""),
        kind.format(value),
        _kept_text(reading, name, file),
        _state(reading, name, file),
        _notes(reading, name),
    )


def _only_concluded(reading: PersonReading, name: str, file: CadreFile) -> bool:
    """What no cell says but another one suggests, such as 退休 at the end of a résumé, fills blanks only."""
    if reading.raw.get(name) or file.values.get(name) in (None, ""):
        return False
    return not any(name in names and any(reading.raw.get(each) for each in names) for _, names in JOINT)


def _kept_text(reading: PersonReading, name: str, file: CadreFile) -> str:
    if name in reading.raw and (together := _together_as_kept(reading.values, name, file.values)):
        return together
    return CADRE.field(name).kind.format(file.values.get(name))


def _state(reading: PersonReading, name: str, file: CadreFile) -> State:
    value, kept = reading.values[name], file.values.get(name)
    if _together_as_kept(reading.values, name, file.values):
        return "same"
    if kept in (None, ""):
        return "fill"
    return "same" if value == kept or says_less(CADRE, name, value, kept) else "differs"


def _together_as_kept(read: Mapping[str, Any], name: str, kept: Mapping[str, Any]) -> str:
    """What is kept of fields that files join, where it reads together as it does in the file; else ''."""
    for mark, names in JOINT:
        if name in names:
            said, known = (_joined(mark, names, values) for values in (read, kept))
            return known if known and "".join(said.split()) == "".join(known.split()) else ""
    return ""


def _joined(mark: str, names: Sequence[str], values: Mapping[str, Any]) -> str:
    return mark.join(str(values[each]) for each in names if values.get(each))


def _notes(reading: PersonReading, name: str) -> str:
    return "；".join(covered(each.message) for each in reading.problems if each.field == name)


def _unread(reading: PersonReading) -> list[FieldLine]:
    """What stood in the file and could not be understood: it is shown, and nothing is made of it."""
    found = []
    for name, said in reading.raw.items():
        is_read = name in reading.values or name in reading.parts
        note = _notes(reading, name)
        if said.strip() and not is_read and note:
            label = CADRE.field(name).label if CADRE.has(name) else _title(name)
            found.append(FieldLine(name, label, said, "", "", "unread", note))
    return found


def _title(name: str) -> str:
    return PART_TYPES[name].title if name in PART_TYPES else name


def _sides(
    reading: PersonReading, name: str, read: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]
) -> PartSides:
    record = PART_TYPES[name]
    names = [each.name for each in record.fields if any(row.get(each.name) for row in (*read, *kept))]
    headings = [record.field(each).label for each in names]
    return PartSides(
        name,
        record.title,
        headings,
        [_texts(record, names, row) for row in read],
        [_texts(record, names, row) for row in kept],
        _part_state(name, read, kept),
        _notes(reading, name),
    )


def _texts(record: RecordType, names: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    return [record.field(name).kind.format(row.get(name)) for name in names]


def _part_state(name: str, read: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]) -> State:
    if not kept:
        return "fill"
    return "differs" if merged_rows(name, kept, read) != [dict(row) for row in kept] else "same"
