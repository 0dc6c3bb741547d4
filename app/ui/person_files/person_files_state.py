"""The people of the files that were chosen: who is in front, what is ticked, what was saved; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from app.fields.masking import covered
from app.progress import Progress, silent
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.people import Person, everybody
from app.services.person_compare import Comparison, FieldLine
from app.services.person_files import PersonFiles, saved_nothing
from app.services.person_readings import PersonFilesRead, PersonReading
from app.services.person_rows import Way
from app.services.pictures import Pictures

NEW = "new"
PHOTO = "photo"
Done = Literal["", "saved", "skipped"]
_FIRST: dict[str, int] = {"differs": 0, "unread": 1, "fill": 2, "same": 3}
"""What wants a decision stands above what does not."""


class PersonFilesState:
    """Reading and saving may run on another thread."""

    def __init__(self, files: PersonFiles, cadres: Cadres, pictures: Pictures) -> None:
        self._files, self._cadres, self._pictures = files, cadres, pictures
        self._people: list[Person] | None = None
        self.read_files = PersonFilesRead()
        self.done: list[Done] = []
        self.place = -1
        self.compared: Comparison | None = None
        self.ticked: set[str] = set()
        self.ways: dict[str, Way] = {}
        self.are_numbers_shown = False

    def read(self, paths: Sequence[Path], progress: Progress = silent) -> PersonFilesRead:
        return self._files.read(paths, progress)

    def take(self, read: PersonFilesRead) -> None:
        """What was read is in front from now on."""
        self.read_files, self._people = read, None
        self.done = ["" for _ in read.people]
        self.place, self.compared = -1, None

    @property
    def people(self) -> Sequence[PersonReading]:
        return self.read_files.people

    @property
    def person(self) -> PersonReading | None:
        return self.people[self.place] if 0 <= self.place < len(self.people) else None

    @property
    def key(self) -> str:
        """Whose it is: a uid, NEW, or '' while nobody was chosen."""
        if self.compared is None:
            return ""
        return self.compared.uid or NEW

    def go_to(self, place: int) -> None:
        """Puts somebody in front; of several namesakes a person chooses."""
        self.place, self.compared, self.are_numbers_shown = place, None, False
        person = self.person
        if person is not None and not person.doubt:
            self.choose(person.uid or NEW)

    def choose(self, key: str) -> None:
        """Raises UserError for somebody who is not there any more."""
        person = self.person
        assert person is not None
        self.compared = self._files.compare(person, None if key == NEW else key)
        self.ticked = {line.name for line in self.compared.lines if line.taken_unasked}
        if self.compared.photo == "fill":
            self.ticked.add(PHOTO)
        self.ways = {sides.name: sides.usual_way for sides in self.compared.parts}

    @property
    def remarks(self) -> str:
        """What is to be said of the file as a whole, such as a photo that could not be read."""
        if self.person is None:
            return ""
        photo = [problem.message for problem in self.person.problems if problem.field == PHOTO]
        return "；".join([*self.person.notes, *photo])

    @property
    def lines(self) -> list[FieldLine]:
        if self.compared is None:
            return []
        return sorted(self.compared.lines, key=lambda line: _FIRST[line.state])

    def toggle(self, name: str) -> None:
        self.ticked ^= {name}

    def next_open(self) -> int | None:
        """The next one that is neither saved nor left out, from the top again after the last."""
        places = [*range(self.place + 1, len(self.done)), *range(self.place + 1)]
        return next((place for place in places if 0 <= place < len(self.done) and not self.done[place]), None)

    @property
    def saves_nothing(self) -> bool:
        return self.compared is not None and saved_nothing(self.compared, self.ticked, self.ways)

    def to_save(self) -> Callable[[], Change]:
        """What stands here now, whatever is chosen while it is being saved."""
        person, compared = self.person, self.compared
        assert person is not None
        assert compared is not None
        return partial(self._files.save, person, compared, set(self.ticked), dict(self.ways))

    def after_save(self, place: int) -> None:
        """Somebody new is one more of those that the next files may mean."""
        self.done[place] = "saved"
        self._people = None
        self._files.match([person for person, done in zip(self.people, self.done, strict=True) if not done])

    def skip(self) -> None:
        self.done[self.place] = "skipped"

    @property
    def counts(self) -> tuple[int, int, int]:
        """Saved, left out, open."""
        return self.done.count("saved"), self.done.count("skipped"), self.done.count("")

    def everybody(self) -> list[Person]:
        if self._people is None:
            self._people = everybody(self._cadres)
        return self._people

    def kept_photo(self) -> bytes | None:
        return self._pictures.content(self.compared.kept_photo) if self.compared else None

    def shown(self, text: str) -> str:
        """Identity and card numbers keep their ends until they are asked for."""
        return text if self.are_numbers_shown else covered(text)

    @property
    def hides_numbers(self) -> bool:
        texts = [text for line in self.lines for text in (line.said, line.read, line.kept)]
        return any(covered(text) != text for text in texts)
