"""A finished paper in memory, and what is to be said before it is used."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.exchange.file_names import tidy_name

if TYPE_CHECKING:
    from app.reports.printed import Printed

PDF, XLSX = ".pdf", ".xlsx"
MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Look:
    """The beginning of a list, for looking at it before it is written; `count` is the number of all rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    count: int


@dataclass(frozen=True)
class Facts:
    """What the log keeps of a paper that leaves: which one (a key of `paper_uses`), whose data, how much of it."""

    kind: str = "other"
    people: int = 0
    rows: int = 0
    fields: Sequence[str] = ()
    """Titles of a workbook's columns."""
    masked: bool = False
    """Identity and card numbers end in their last four only."""


@dataclass(frozen=True)
class Paper:
    """A finished PDF or workbook; `warnings` are said before it is printed."""

    name: str
    content: bytes
    pages: int = 0
    warnings: Sequence[str] = ()
    look: Look | None = None
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True)
class Setup:
    """How a ledger is laid on its pages; without a number, a page takes as many rows as fit."""

    two_sided: bool = False
    rows_per_page: int | None = None


def pdf_paper(name: str, write: Callable[[Path], Printed], facts: Facts | None = None) -> Paper:
    """Runs a report that writes a file, in a private folder that is gone afterwards.

    What else the report needs as files, such as photos, may stand beside the file.
    """
    with tempfile.TemporaryDirectory(prefix="sangyu-") as folder:
        path = Path(folder) / "paper.pdf"
        printed = write(path)
        return Paper(
            tidy_name(name, PDF),
            path.read_bytes(),
            printed.pages,
            _warnings(printed),
            facts=facts or Facts(),
        )


def _warnings(printed: Printed) -> list[str]:
    missing = [
        f"{each.where}：“{each.character}”（U+{ord(each.character):04X}）没有字体能印，印成〓"
        for each in printed.missing
    ]
    cut = [f"{each.where}：“{each.column}”太长，印不全" for each in printed.cut]
    return missing + cut + ["有照片打不开，印成空框"] * bool(printed.unreadable_photos)
