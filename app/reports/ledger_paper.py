"""A ledger as a PDF of its own."""

from __future__ import annotations

from pathlib import Path

from app.reports.fonts import FontBook, system_fonts
from app.reports.ledger import Ledger, draw_ledger
from app.reports.page import A4, Paper
from app.reports.printed import Printed


def write_ledger(
    path: Path, ledger: Ledger, unit: str, fonts: FontBook | None = None, size: tuple[float, float] = A4
) -> Printed:
    paper = Paper(fonts or system_fonts(), size, ledger.title, unit)
    shortened = draw_ledger(paper, ledger)
    paper.save(path)
    return Printed(paper.pages, ledger.missing(paper.fonts), shortened)
