"""A file being taken in: what was understood, what was set by hand, what was decided; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.fields.spec import RecordType
from app.progress import Progress, silent
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.drafts import Drafts
from app.services.import_choices import Choice, choices, may_be_anybody
from app.services.import_preview import (
    RECORDS,
    Counts,
    Decision,
    Kind,
    PreviewColumn,
    PreviewRow,
    PreviewSheet,
    Way,
)
from app.services.imports import Imports, TakenBefore
from app.services.readings import initials
from app.ui.forms.doubt_state import DoubtState, covered_cell, place_of
from app.ui.forms.draft_shelf import DraftShelf

DRAFTS = "import:"
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


class ImportState(DoubtState):
    """Reads, remembers, and says what is still open. Reading and writing may run on another thread."""

    def __init__(self, imports: Imports, cadres: Cadres, drafts: Drafts) -> None:
        super().__init__(imports.sides, cadres)
        self._imports, self._shelf = imports, DraftShelf(drafts, DRAFTS)
        self.path: Path | None = None
        self.taken_before: TakenBefore | None = None
        self.by_hand: dict[str, dict[int, str | None]] = {}
        self.ways: dict[str, dict[str, Way]] = {}
        self.resumed = 0
        """How much of an import that was broken off is there again: columns, rules and decisions."""
        self.stale = False
        """A rule was changed since the rows were compared."""
        self._touched = False

    def get_ready(self) -> None:
        self._imports.get_ready()

    def read(self, path: Path, progress: Progress = silent) -> None:
        """A file from the beginning. Raises UserError for one that cannot be read."""
        preview = self._imports.preview(path, progress=progress)
        self.path, self.preview = path, preview
        self.taken_before = self._imports.taken_before(preview)
        self.forget()
        self._take_settings()
        self.resumed, self._touched = 0, False
        if (kept := self._shelf.kept(preview.sha256)) is not None:
            self._resume(kept, progress)

    def _take_settings(self) -> None:
        """What the tables are read with, from memory or by hand."""
        self.stale = False
        self.by_hand = {sheet.name: dict(sheet.by_hand) for sheet in self.sheets if sheet.by_hand}
        self.ways = {sheet.name: dict(sheet.ways) for sheet in self.sheets if sheet.ways}

    def _resume(self, kept: Mapping[str, Any], progress: Progress) -> None:
        """What was set and decided before this file was left half-way."""
        by_hand = {
            sheet: {int(place): meaning for place, meaning in columns.items()}
            for sheet, columns in kept["by_hand"].items()
        }
        if (by_hand, kept["ways"]) != (self.by_hand, self.ways):
            self.by_hand, self.ways = by_hand, kept["ways"]
            self.read_again(progress)
        rows = {place_of(row): row for row in self.doubtful}
        for sheet, number, label, decision, out in kept["chosen"]:
            if row := rows.get((sheet, number)):
                self._choose_again(row, label, Decision(**_tuples(decision)))
                self.left_out[sheet, number] = set(out)
        set_by_hand = sum(map(len, self.by_hand.values())) + sum(map(len, self.ways.values()))
        self.resumed, self._touched = set_by_hand + len(self.chosen), True

    def _choose_again(self, row: PreviewRow, label: str, decision: Decision) -> None:
        choice = Choice(label, decision)
        known = {person.uid for person in self.people()}
        uids = {decision.uid, *decision.people} - {None}
        if choice in choices(row) or (uids and uids <= known and may_be_anybody(row)):
            self.choose(row, choice)

    def keep(self) -> None:
        """What was set and decided is there again when this file is opened the next time."""
        if self.preview is None or not self._touched:
            return
        chosen = [
            [*place, choice.label, asdict(choice.decision), sorted(self.left_out.get(place, ()))]
            for place, choice in self.chosen.items()
        ]
        by_hand = {
            sheet: {str(place): meaning for place, meaning in columns.items()}
            for sheet, columns in self.by_hand.items()
        }
        self._shelf.keep(self.preview.sha256, {"by_hand": by_hand, "ways": self.ways, "chosen": chosen})

    def start_over(self, progress: Progress = silent) -> None:
        """The file as if it had never been opened."""
        assert self.path is not None, "a file is open"
        assert self.preview is not None, "a file is open"
        self._shelf.drop(self.preview.sha256)
        self.read(self.path, progress)

    def use_proposal(self, progress: Progress = silent) -> None:
        """The columns as the program understands them, whatever was set the last time."""
        self.by_hand, self.ways, self._touched = {}, {}, True
        self.read_again(progress)

    def read_again(self, progress: Progress = silent) -> None:
        """After columns or rules were set by hand. Decisions that are still possible stay."""
        assert self.path is not None, "a file is open"
        self.preview = self._imports.preview(self.path, self.by_hand, progress, self.ways)
        self.stale = False
        self.keep_possible()

    def apply(self) -> tuple[Outcome, Change]:
        assert self.preview is not None, "a file is open"
        counts, change = self._imports.apply(self.preview, self.decisions)
        self._shelf.drop(self.preview.sha256)
        self._touched = False
        added = sum(choice.decision.take for choice in self.chosen.values())
        left_out = len(self.chosen) - added
        outcome = Outcome(counts, self.kind, added, left_out, counts.doubtful - len(self.chosen))
        return outcome, change

    @property
    def remembered(self) -> bool:
        return any(sheet.remembered for sheet in self.sheets)

    @property
    def counts(self) -> Counts:
        return self.preview.counts if self.preview else Counts(0, 0, 0, 0, 0)

    @property
    def to_write(self) -> int:
        """How many rows would be written now."""
        taken = sum(choice.decision.take for choice in self.chosen.values())
        return self.counts.new + self.counts.changed + taken

    def choose(self, row: PreviewRow, choice: Choice) -> None:
        super().choose(row, choice)
        self._touched = True

    def turn(self, row: PreviewRow, field: str) -> None:
        super().turn(row, field)
        self._touched = True

    def map_column(self, sheet: PreviewSheet, column: PreviewColumn, field: str) -> None:
        """Takes effect with `read_again`; '' leaves the column out."""
        self.by_hand.setdefault(sheet.name, {})[column.index] = field or None
        self._touched = True

    def way(self, sheet: PreviewSheet, field: str) -> Way:
        return self.ways.get(sheet.name, {}).get(field, "overwrite")

    def set_way(self, sheet: PreviewSheet, fields: Sequence[str], way: Way) -> None:
        """Takes effect with `read_again`."""
        self.ways.setdefault(sheet.name, {}).update(dict.fromkeys(fields, way))
        self._touched = self.stale = True


def fields_with_rules(sheet: PreviewSheet) -> list[str]:
    """Those of the table's fields that may be left as they are; whose row it is must be written."""
    if sheet.kind != "cadres":
        return []
    return list(dict.fromkeys(each.field for each in sheet.columns if each.field and each.field != "name"))


def _tuples(decision: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in decision.items()}


def field_choices(kind: Kind) -> list[tuple[str, str, str]]:
    """(field or field/part, label, initials) of everything that a column may mean."""
    record = RECORDS[kind]
    offered = [(field.name, field.label) for field in record.fields if field.name != "photo"]
    named = [NOT_TAKEN, *BESIDE[kind], *offered]
    return [(name, label, initials(label)) for name, label in named]


def label_of(record: RecordType, name: str) -> str:
    return record.field(name).label if record.has(name) else WORDS.get(name, name)


def shown_fields(kind: Kind, rows: Sequence[PreviewRow]) -> list[tuple[str, str]]:
    """(name, label) of what these rows are recognised by, without columns that are empty in all of them."""
    record = RECORDS[kind]
    filled = {name for row in rows for name, value in row.values.items() if value is not None}
    return [(name, label_of(record, name)) for name in SHOWN[kind] if name in filled]


def said_beside(row: PreviewRow) -> str:
    """Warnings that go with a row that is taken over all the same, and what its columns' rules do not write."""
    said = [problem.message for problem in row.problems if problem.severity != "I"]
    said += [
        f"{each.label}没有写入，表里是“{covered_cell(each.field, each.new)}”"
        for each in row.differences
        if not each.written and row.pile == "same"
    ]
    return "；".join(said)
