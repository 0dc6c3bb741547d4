"""Rows that a person decides, whether they come from a file or waited since; no Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.fields.masking import covered
from app.services.cadres import Cadres
from app.services.import_choices import Choice, as_person, choices
from app.services.import_preview import Decision, Kind, Pile, Preview, PreviewRow, PreviewSheet
from app.services.import_sides import Side
from app.services.people import Person, everybody

Place = tuple[str, int]
"""Sheet and row, by which a decision survives that the rows are compared again."""
SidesOf = Callable[[Preview, PreviewRow, Decision | None], list[Side]]


class DoubtState:
    """What was decided of which row, and which of its fields were taken out of it."""

    def __init__(self, sides_of: SidesOf, cadres: Cadres) -> None:
        self._sides_of, self._cadres = sides_of, cadres
        self._people: list[Person] | None = None
        self.preview: Preview | None = None
        self.chosen: dict[Place, Choice] = {}
        self.left_out: dict[Place, set[str]] = {}
        self.revealed: PreviewRow | None = None
        """The row whose numbers were asked for and may be read."""

    @property
    def sheets(self) -> list[PreviewSheet]:
        return self.preview.sheets if self.preview else []

    @property
    def kind(self) -> Kind:
        return self.sheets[0].kind if self.sheets else "cadres"

    def pile(self, pile: Pile) -> list[PreviewRow]:
        return [row for sheet in self.sheets for row in sheet.rows if row.pile == pile]

    @property
    def doubtful(self) -> list[PreviewRow]:
        return self.pile("doubtful")

    @property
    def undecided(self) -> list[PreviewRow]:
        return [row for row in self.doubtful if place_of(row) not in self.chosen]

    @property
    def decisions(self) -> dict[int, Decision]:
        """By the id of the row, as the services want them."""
        found = ((row, self.decision(row)) for row in self.doubtful)
        return {id(row): decision for row, decision in found if decision is not None}

    def decision(self, row: PreviewRow) -> Decision | None:
        """What was chosen, without the fields that were taken out."""
        choice = self.choice(row)
        if choice is None:
            return None
        out = self.left_out.get(place_of(row), set()) - set(choice.decision.without)
        return replace(choice.decision, without=(*choice.decision.without, *sorted(out)))

    def choice(self, row: PreviewRow) -> Choice | None:
        return self.chosen.get(place_of(row))

    def choose(self, row: PreviewRow, choice: Choice) -> None:
        self.chosen[place_of(row)] = choice

    def alike(self, row: PreviewRow) -> list[PreviewRow]:
        """Undecided rows that could be decided with the same words."""
        choice = self.choice(row)
        if choice is None:
            return []
        return [other for other in self.undecided if _offered(other, choice.label)]

    def choose_alike(self, row: PreviewRow) -> int:
        """Decides them as this row was; returns how many."""
        choice, rows = self.choice(row), self.alike(row)
        for other in rows:
            if choice and (same := _offered(other, choice.label)):
                self.choose(other, same)
        return len(rows)

    def sides(self, row: PreviewRow) -> list[Side]:
        """Field by field what the row says and what stands there already."""
        return self._sides_of(self.preview, row, self.decision(row)) if self.preview else []

    def is_out(self, row: PreviewRow, field: str) -> bool:
        return field in self.left_out.get(place_of(row), set())

    def turn(self, row: PreviewRow, field: str) -> None:
        """Takes a field out of what is written, or puts it back."""
        self.left_out.setdefault(place_of(row), set()).symmetric_difference_update({field})

    def people(self) -> list[Person]:
        if self._people is None:
            self._people = everybody(self._cadres)
        return self._people

    def give_to(self, row: PreviewRow, uid: str) -> Choice:
        """The row as the person's with this uid."""
        person = next(person for person in self.people() if person.uid == uid)
        choice = as_person(row, uid, person.name)
        self.choose(row, choice)
        return choice

    def shown(self, row: PreviewRow, name: str, text: str) -> str:
        """What stood in a cell; long numbers with their last four only, unless they were asked for."""
        return text if row is self.revealed else covered_cell(name, text)

    def hides(self, row: PreviewRow) -> bool:
        """Whether the row has numbers that can be asked for."""
        texts = [*row.texts.items(), *row.raw.items()]
        texts += [(change.field, text) for change in row.differences for text in (change.old, change.new)]
        return any(self.shown(row, name, text) != text for name, text in texts)

    def forget(self) -> None:
        """Nothing is decided of what comes now."""
        self.chosen, self.left_out = {}, {}
        self._people, self.revealed = None, None

    def keep_possible(self) -> None:
        """After the rows were compared again: decisions that are still offered stay."""
        possible = {place_of(row): choices(row) for row in self.doubtful}
        self.chosen = {
            place: choice for place, choice in self.chosen.items() if choice in possible.get(place, [])
        }


def place_of(row: PreviewRow) -> Place:
    return row.sheet, row.row


def covered_cell(field: str, text: str) -> str:
    """Of a field that holds secret numbers also what does not look like one."""
    told, record = covered(text), Cadres.record
    if told == text and record.has(field) and record.field(field).kind.secret:
        return record.field(field).kind.masked(text)
    return told


def _offered(row: PreviewRow, label: str) -> Choice | None:
    return next((choice for choice in choices(row) if choice.label == label), None)
