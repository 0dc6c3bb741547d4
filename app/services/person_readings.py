"""Files about one person each — filled forms, .lrmx, .lrm — as what they say, one reading a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.exchange import lrm
from app.exchange.documents import read_document
from app.exchange.file_kind import read_bytes
from app.exchange.readings import Reading, read_table
from app.exchange.tables import Table
from app.fields.masking import covered
from app.fields.spec import Problem
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.progress import Progress, silent
from app.services.matching import Known
from app.services.pictures import upright_jpeg

ENDINGS = (".xlsx", ".xls", ".et", ".lrmx", ".lrm")
MOST_FILES = 500
NO_PHOTO = "R-09P"
NO_PERSON = "“{}”是花名册一类的表，不是一人一份的采集表或任免表，请单独导入它"


@dataclass
class PersonReading:
    """One person of a file. `raw` is what stood there, by field."""

    path: Path
    sha256: str
    sheet: str
    label: str
    values: dict[str, Any]
    parts: dict[str, list[dict[str, Any]]]
    raw: Mapping[str, str]
    labels: Mapping[str, str]
    """Field → the label it stood behind."""
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    photo: bytes | None = None
    uid: str | None = None
    """Who is meant, where that is certain."""
    doubt: str = ""
    candidates: Sequence[Known] = ()


@dataclass
class PersonFilesRead:
    """What was read, and for each file that could not be the sentence why."""

    people: list[PersonReading] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders those that may be about a person. Raises UserError for too many."""
    found: list[Path] = []
    for path in paths:
        found += sorted(_in_folder(path)) if path.is_dir() else [path]
    if len(found) > MOST_FILES:
        raise UserError(f"一次最多读 {MOST_FILES} 份，这里有 {len(found)} 份。请分几个文件夹来导入。")
    return found


def _in_folder(folder: Path) -> list[Path]:
    try:
        return [
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith(("~$", "."))
        ]
    except OSError as error:
        raise UserError(f"读不出文件夹“{folder.name}”，请检查 U 盘或权限。") from error


def read_person_files(paths: Sequence[Path], progress: Progress = silent) -> PersonFilesRead:
    """Every file on its own: a bad one does not stop the others."""
    read = PersonFilesRead()
    for done, path in enumerate(paths):
        progress(done, len(paths), f"读取“{covered(path.name)}”")
        try:
            read.people += readings_of(path)
        except UserError as error:
            read.refused.append((covered(path.name), covered(str(error))))
    return read


def readings_of(path: Path) -> list[PersonReading]:
    """The people of one file. Raises UserError with its name and what to do."""
    found = read_document(path)
    if not found.tables:
        reasons = "；".join(f"“{name}”：{why}" for name, why in found.ignored)
        raise UserError(f"“{path.name}”里没有找到填了姓名的表（{reasons}），没有读入。")
    if not is_of_one_person(found.tables):
        raise UserError(NO_PERSON.format(path.name) + "。")
    sha256 = hashlib.sha256(read_bytes(path)).hexdigest()
    people = [_reading(path, sha256, table) for table in found.tables]
    if path.suffix.lower() == lrm.ENDING and people[0].photo is None:
        _take_photo_beside(people[0])
    return people


def is_of_one_person(tables: Sequence[Table]) -> bool:
    """Forms and their like have no row of headings."""
    return bool(tables) and all(not table.header_rows for table in tables)


def _reading(path: Path, sha256: str, table: Table) -> PersonReading:
    readings = read_table(table, CADRE)
    row = readings.rows[0]
    values = dict(row.values)
    parts = {name: values.pop(name) for name in PART_TYPES if name in values}
    label = covered(values.get("name") or table.sheet)
    problems = [*row.problems, *_rule_problems(values, row)]
    photo = _photo(row.photo, label, problems)
    labels = {column.field: column.heading for column in table.columns if column.field}
    return PersonReading(
        path, sha256, table.sheet, label, values, parts, row.raw, labels, problems, readings.notes, photo
    )


def _rule_problems(values: Mapping[str, Any], row: Reading) -> list[Problem]:
    """The rules across fields where no cell is in error by itself; nothing is said twice."""
    if any(problem.severity == "E" for problem in row.problems):
        return []
    said = {(problem.field, problem.code) for problem in row.problems}
    found = [problem for rule in CADRE.rules for problem in rule(values)]
    return [each for each in found if (each.field, each.code) not in said and each.field in values]


def _photo(photo: bytes | None, label: str, problems: list[Problem]) -> bytes | None:
    """Upright, as it would be kept; what cannot be opened is told and left out."""
    if not photo:
        return None
    try:
        return upright_jpeg(photo, label)
    except UserError as error:
        problems.append(Problem("photo", "W", NO_PHOTO, str(error)))
        return None


def _take_photo_beside(person: PersonReading) -> None:
    """周光.pic beside 周光.lrm; also .PIC. One that cannot be read is told."""
    problems = list(person.problems)
    try:
        beside = _beside(person.path)
        content = read_bytes(beside) if beside else None
    except UserError as error:
        content = None
        problems.append(Problem("photo", "W", NO_PHOTO, str(error)))
    person.photo = _photo(content, person.label, problems)
    person.problems = problems


def _beside(path: Path) -> Path | None:
    try:
        found = [each for each in path.parent.iterdir() if each.stem == path.stem]
    except OSError as error:
        raise UserError(f"读不出“{path.name}”旁边的照片，请检查 U 盘或权限。") from error
    return next((each for each in found if each.suffix.lower() == lrm.PHOTO_ENDING), None)
