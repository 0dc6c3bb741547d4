"""A file being taken in: what was understood, what was set by hand, what was decided; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.fields.masking import covered
from app.fields.spec import RecordType
from app.progress import Progress, silent
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.import_choices import Choice, as_person, choices
from app.services.import_preview import (
    RECORDS,
    Counts,
    Decision,
    Kind,
    Pile,
    Preview,
    PreviewColumn,
    PreviewRow,
    PreviewSheet,
)
from app.services.imports import Imports
from app.services.people import Person, everybody
from app.services.readings import initials

Place = tuple[str, int]
"""Sheet and row, by which a decision survives that the file is read again."""
BESIDE: Mapping[Kind, Sequence[tuple[str, str]]] = {
    "cadres": (
        ("contacts/name", "联系人姓名"),
        ("contacts/relation", "联系人关系"),
        ("contacts/phone", "联系人电话"),
        ("family/text", "家庭成员"),
        ("resume/text", "简历"),
        ("special_conditions", "特殊情况"),
        ("apps", "已装应用"),
    ),
    "visits": (("names", "走访对象（姓名）"),),
    "payments": (("name", "姓名"), ("id_number", "身份证号")),
}
"""What a column may mean beside the fields of the record: (field or field/part, label)."""
NOT_TAKEN = ("", "不导入这一列")
SHOWN: Mapping[Kind, Sequence[str]] = {
    "cadres": (
        "name",
        "sex",
        "birth_date",
        "id_number",
        "former_unit",
        "former_post",
        "retirement_kind",
        "mobile",
        "remarks",
    ),
    "visits": ("date", "names", "kind", "leader", "staff", "situation", "money", "goods", "remarks"),
    "payments": ("name", "id_number", "standard", "times", "amount", "method", "bank_account", "signer"),
}
"""What a row is recognised by, in the order of the preview."""
WORDS = {"names": "走访对象", "name": "姓名", "id_number": "身份证号"}


@dataclass(frozen=True)
class Outcome:
    """What came of it; the figures add up to the rows read."""

    counts: Counts
    kind: Kind
    added: int
    left_out: int
    undecided: int


class ImportState:
    """Reads, remembers, and says what is still open. Reading and writing may run on another thread."""

    def __init__(self, imports: Imports, cadres: Cadres) -> None:
        self._imports = imports
        self._cadres = cadres
        self._people: list[Person] | None = None
        self.path: Path | None = None
        self.preview: Preview | None = None
        self.taken_before: str | None = None
        self.by_hand: dict[str, dict[int, str | None]] = {}
        self.chosen: dict[Place, Choice] = {}
        self.revealed: PreviewRow | None = None
        """The row whose numbers were asked for and may be read."""

    def get_ready(self) -> None:
        self._imports.get_ready()

    def read(self, path: Path, progress: Progress = silent) -> None:
        """A file from the beginning. Raises UserError for one that cannot be read."""
        preview = self._imports.preview(path, progress=progress)
        self.path, self.preview = path, preview
        self.taken_before = self._imports.taken_before(preview)
        self.by_hand, self.chosen = {}, {}
        self._people, self.revealed = None, None

    def read_again(self, progress: Progress = silent) -> None:
        """After columns were set by hand. Decisions that are still possible stay."""
        assert self.path is not None
        self.preview = self._imports.preview(self.path, self.by_hand, progress)
        possible = {_place(row): choices(row) for row in self.doubtful}
        self.chosen = {
            place: choice for place, choice in self.chosen.items() if choice in possible.get(place, [])
        }

    def apply(self) -> tuple[Outcome, Change]:
        assert self.preview is not None
        counts, change = self._imports.apply(self.preview, self.decisions)
        added = sum(choice.decision.take for choice in self.chosen.values())
        left_out = len(self.chosen) - added
        outcome = Outcome(counts, self.kind, added, left_out, counts.doubtful - len(self.chosen))
        return outcome, change

    @property
    def sheets(self) -> list[PreviewSheet]:
        return self.preview.sheets if self.preview else []

    @property
    def kind(self) -> Kind:
        return self.sheets[0].kind if self.sheets else "cadres"

    @property
    def counts(self) -> Counts:
        return self.preview.counts if self.preview else Counts(0, 0, 0, 0, 0)

    def pile(self, pile: Pile) -> list[PreviewRow]:
        return [row for sheet in self.sheets for row in sheet.rows if row.pile == pile]

    @property
    def doubtful(self) -> list[PreviewRow]:
        return self.pile("doubtful")

    @property
    def undecided(self) -> list[PreviewRow]:
        return [row for row in self.doubtful if _place(row) not in self.chosen]

    @property
    def to_write(self) -> int:
        """How many rows would be written now."""
        taken = sum(choice.decision.take for choice in self.chosen.values())
        return self.counts.new + self.counts.changed + taken

    @property
    def decisions(self) -> dict[int, Decision]:
        return {
            id(row): self.chosen[_place(row)].decision for row in self.doubtful if _place(row) in self.chosen
        }

    def choice(self, row: PreviewRow) -> Choice | None:
        return self.chosen.get(_place(row))

    def choose(self, row: PreviewRow, choice: Choice) -> None:
        self.chosen[_place(row)] = choice

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

    def map_column(self, sheet: PreviewSheet, column: PreviewColumn, field: str) -> None:
        """Takes effect with `read_again`; '' leaves the column out."""
        self.by_hand.setdefault(sheet.name, {})[column.index] = field or None


def field_choices(kind: Kind) -> list[tuple[str, str, str]]:
    """(field or field/part, label, initials) of everything that a column may mean."""
    record = RECORDS[kind]
    offered = [(field.name, field.label) for field in record.fields if field.name != "photo"]
    named = [NOT_TAKEN, *BESIDE[kind], *offered]
    return [(name, label, initials(label)) for name, label in named]


def covered_cell(field: str, text: str) -> str:
    """Of a field that holds secret numbers also what does not look like one."""
    told, record = covered(text), Cadres.record
    if told == text and record.has(field) and record.field(field).kind.secret:
        return record.field(field).kind.masked(text)
    return told


def label_of(record: RecordType, name: str) -> str:
    return record.field(name).label if record.has(name) else WORDS.get(name, name)


def shown_fields(kind: Kind, rows: Sequence[PreviewRow]) -> list[tuple[str, str]]:
    """(name, label) of what these rows are recognised by, without columns that are empty in all of them."""
    record = RECORDS[kind]
    filled = {name for row in rows for name, value in row.values.items() if value is not None}
    return [(name, label_of(record, name)) for name in SHOWN[kind] if name in filled]


def said_beside(row: PreviewRow) -> str:
    """Warnings that go with a row that is taken over all the same."""
    return "；".join(problem.message for problem in row.problems if problem.severity != "I")


def _offered(row: PreviewRow, label: str) -> Choice | None:
    return next((choice for choice in choices(row) if choice.label == label), None)


def _place(row: PreviewRow) -> Place:
    return row.sheet, row.row
