"""What taking a file in would do, shown before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from app.exchange.readings import Reading
from app.exchange.tables import Table
from app.fields.kinds import PartialDate
from app.fields.masking import covered
from app.fields.spec import Problem, RecordType
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.models.payments import PAYMENT
from app.models.visits import VISIT
from app.services.matching import Known

Pile = Literal["new", "changed", "same", "doubtful"]
PILES: Mapping[Pile, str] = {"new": "新增", "changed": "变化", "same": "相同", "doubtful": "待定"}
Kind = Literal["cadres", "visits", "payments"]
Way = Literal["overwrite", "fill", "skip"]
WAYS: Mapping[Way, str] = {"overwrite": "覆盖", "fill": "只填空白", "skip": "不写入"}
"""What becomes of a column's values for somebody who is there already; one that is skipped only tells who is meant."""
Ways = Mapping[str, Way]
"""Field → its rule; what is not named is overwritten."""


RECORDS: Mapping[Kind, RecordType] = {"cadres": CADRE, "visits": VISIT, "payments": PAYMENT}


def iso_text(record: RecordType, name: str, value: Any) -> str:
    """One value in words; names of several people are joined."""
    if isinstance(value, list):
        return "、".join(value)
    if not record.has(name) or isinstance(record.field(name).kind, PartialDate):
        return "" if value is None else str(value)
    return record.field(name).kind.format(value)


def said_text(record: RecordType, name: str, value: Any) -> str:
    """The same as people read it: dates as 1960.07."""
    plain = isinstance(value, list) or not record.has(name)
    return iso_text(record, name, value) if plain else record.field(name).kind.format(value)


def part_texts(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows of a part in words: '廖长 女儿 19900005062；…'."""
    kinds = [(field.name, field.kind) for field in PART_TYPES[name].fields]
    told = (" ".join(text for key, kind in kinds if (text := kind.format(row.get(key)))) for row in rows)
    return "；".join(told)


@dataclass(frozen=True)
class Difference:
    """One field that the row would change."""

    field: str
    label: str
    old: str
    new: str
    written: bool = True
    """False where the rule of its column leaves what is there."""


@dataclass(frozen=True)
class Decision:
    """What a person decided about a doubtful row: leave it out, take it as new, or as `uid`'s."""

    take: bool
    uid: str | None = None
    without: tuple[str, ...] = ()
    """Fields not to take over, such as a damaged number."""
    same_as: int | None = None
    """The row of the same sheet that is the same person, where nobody has a uid yet."""
    people: tuple[str, ...] = ()
    """Whom the unclear names of a visit mean."""


@dataclass(slots=True)
class PreviewRow:
    """One row, where it stands, what it says, and what would happen."""

    source: Reading
    kind: Kind
    label: str
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    pile: Pile = "new"
    uid: str | None = None
    people: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    candidates: tuple[Known, ...] = ()
    twin: int | None = None
    """The earlier row of the same sheet that is the same person."""
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    photo: bytes | None = None
    ways: Ways = field(default_factory=dict)
    kept_as: str = ""
    """Of a row that was left for later: under which uid it waits."""
    settled: bool = False
    """Of such a row: everything that it says is kept by now."""

    @property
    def changes(self) -> list[Difference]:
        """The differences that are written."""
        return [each for each in self.differences if each.written]

    def writes(self, name: str, kept: Any) -> bool:
        """Whether the rule of the column lets its value go where `kept` stands."""
        way = self.ways.get(name, "overwrite")
        return way == "overwrite" or (way == "fill" and kept in (None, "", []))

    @property
    def sheet(self) -> str:
        return self.source.sheet

    @property
    def row(self) -> int:
        return self.source.row

    @property
    def texts(self) -> dict[str, str]:
        """Every value as the command line prints it: dates as YYYY-MM-DD, codes as labels."""
        record = RECORDS[self.kind]
        told = {name: iso_text(record, name, value) for name, value in self.values.items()}
        return told | {name: part_texts(name, rows) for name, rows in self.parts.items()}

    @property
    def said(self) -> dict[str, str]:
        """Every value as people read it."""
        record = RECORDS[self.kind]
        told = {name: said_text(record, name, value) for name, value in self.values.items()}
        return told | {name: part_texts(name, rows) for name, rows in self.parts.items()}

    @property
    def raw(self) -> Mapping[str, str]:
        """Field → the text that stood in the file."""
        return self.source.raw

    def doubt(self, reason: str, candidates: tuple[Known, ...] = ()) -> None:
        self.pile = "doubtful"
        self.doubts.append(covered(reason))
        self.candidates += candidates


@dataclass(frozen=True)
class PreviewColumn:
    """One column as understood; `field` None when it is not taken over."""

    index: int
    letter: str
    heading: str
    field: str | None
    certainty: Literal["sure", "likely", "unknown"]
    hidden: bool
    samples: tuple[str, ...]
    note: str
    part: str = ""

    @property
    def meaning(self) -> str | None:
        """'field', 'field/part', or None."""
        return f"{self.field}/{self.part}" if self.field and self.part else self.field


@dataclass
class PreviewSheet:
    """One table of the file."""

    name: str
    kind: Kind
    title: str
    header_rows: Sequence[int]
    first_row: int
    columns: Sequence[PreviewColumn]
    rows: list[PreviewRow]
    skipped: Sequence[tuple[int, str]] = ()
    notes: Sequence[str] = ()
    source: Table | None = None
    """As it stands in the file, with the meanings that its columns were given."""
    by_hand: Mapping[int, str | None] = field(default_factory=dict)
    """Columns that mean something else than was proposed."""
    ways: Ways = field(default_factory=dict)
    remembered: bool = False
    """Columns or rules are as they were the last time with such headings."""


@dataclass(frozen=True)
class Counts:
    """New, changed, same and doubtful add up to read."""

    read: int
    new: int
    changed: int
    same: int
    doubtful: int
    applied: int = 0


@dataclass
class Preview:
    """Everything that taking the file in would do."""

    path: Path
    sha256: str
    sheets: list[PreviewSheet]
    ignored: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    as_of: tuple[tuple[int, int], ...] = ()
    """How the records stood with which the file was compared."""

    def rows(self) -> Iterator[PreviewRow]:
        return (row for sheet in self.sheets for row in sheet.rows)

    @property
    def is_about_people(self) -> bool:
        """Forms and their like, one person each: nothing in them is a list."""
        return bool(self.sheets) and all(
            sheet.kind == "cadres" and not sheet.header_rows for sheet in self.sheets
        )

    @property
    def counts(self) -> Counts:
        piles = Counter(row.pile for row in self.rows())
        read = sum(piles.values())
        return Counts(read, piles["new"], piles["changed"], piles["same"], piles["doubtful"])
