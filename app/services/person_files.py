"""Filled forms, .lrmx and .lrm taken in beside what is kept: a person decides line by line, one save a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from app import clock
from app.errors import InvalidError, UserError
from app.fields.masking import covered
from app.fields.spec import Problem
from app.models.base import new_uid
from app.models.database import Database
from app.models.intake import Intake
from app.progress import Progress, silent
from app.services.cadres import CadreFile, Cadres, store
from app.services.changes import Before, Change, nothing_before
from app.services.matching import known_people
from app.services.person_compare import Comparison, compare
from app.services.person_readings import PersonFilesRead, PersonReading, files_in, read_person_files
from app.services.person_rows import Way, chosen_rows, too_many
from app.services.pictures import store_picture


class PersonFiles:
    """`before` is called once for all files read together, such as to make a backup."""

    def __init__(self, database: Database, before: Before = nothing_before) -> None:
        self._database, self._before = database, before
        self._cadres = Cadres(database)
        self._is_prepared = False

    def read(self, paths: Sequence[Path], progress: Progress = silent) -> PersonFilesRead:
        """Files and folders. What cannot be read is named with its sentence, and stands in the log."""
        self._is_prepared = False
        read = read_person_files(files_in(paths), progress)
        for name, why in read.refused:
            self._database.record("import_refused", name, {"why": why})
        self.match(read.people)
        return read

    def match(self, people: Sequence[PersonReading]) -> None:
        """Whom each means among the people who are kept now, as an import would say it."""
        with self._database.reading() as session:
            known = known_people(session)
        for person in people:
            found = known.match(person.values)
            person.uid, person.doubt, person.candidates = found.uid, found.doubt, found.candidates

    def compare(self, person: PersonReading, uid: str | None) -> Comparison:
        """Beside the file of `uid`; None is somebody new."""
        return compare(person, self._cadres.read(uid) if uid else None)

    def save(
        self,
        person: PersonReading,
        compared: Comparison,
        taken: Collection[str],
        ways: Mapping[str, Way],
    ) -> Change:
        """Writes the ticked fields ('photo' is one) and the decided parts, as one step that can be taken back.

        Raises UserError when the file was changed since it was compared, InvalidError for what could never be right.
        """
        file = self._file(person, compared, taken, ways)
        if not self._is_prepared:
            self._before("import")
            self._is_prepared = True
        batch = new_uid()
        about = covered(f"{person.path.name} {person.label}".strip())
        with self._database.transaction("import", about, batch=batch) as session:
            if "photo" in file.values and person.photo:
                store_picture(session, person.photo)
            uid = store(session, file)
            session.add(_intake(person, compared, batch))
        return Change("cadre", frozenset({uid}))

    def _file(
        self, person: PersonReading, compared: Comparison, taken: Collection[str], ways: Mapping[str, Way]
    ) -> CadreFile:
        values: dict[str, Any] = {name: value for name, value in person.values.items() if name in taken}
        if "photo" in taken and person.photo:
            values |= _photo_values(person.photo)
        name = values.get("name") or compared.kept.values.get("name")
        if not name:
            raise InvalidError([Problem("name", "E", "R-00", "这份表没有姓名，请勾上姓名，或选定是谁的。")])
        return CadreFile(compared.uid, compared.version, values, _parts(person, compared, ways))


def _photo_values(photo: bytes) -> dict[str, Any]:
    from app.services.pictures import picture_key

    return {"photo": picture_key(photo)}


def _parts(
    person: PersonReading, compared: Comparison, ways: Mapping[str, Way]
) -> dict[str, list[dict[str, Any]]]:
    parts = {}
    for sides in compared.parts:
        way = ways.get(sides.name, sides.usual_way)
        kept = compared.kept.parts.get(sides.name, [])
        rows = chosen_rows(sides.name, kept, person.parts[sides.name], way)
        if rows is None:
            continue
        if told := too_many(sides.name, rows):
            raise UserError(told)
        parts[sides.name] = rows
    return parts


def _intake(person: PersonReading, compared: Comparison, batch: str) -> Intake:
    is_new = compared.uid is None
    return Intake(
        file=person.path.name,
        sha256=person.sha256,
        taken_at=clock.now().isoformat(),
        new=int(is_new),
        changed=int(not is_new),
        same=0,
        doubtful=0,
        batch=batch,
    )


def saved_nothing(compared: Comparison, taken: Collection[str], ways: Mapping[str, Way]) -> bool:
    """Whether saving would change nothing at all."""
    chosen = [ways.get(sides.name, sides.usual_way) for sides in compared.parts if sides.state != "same"]
    return not taken and all(way == "kept" for way in chosen)
