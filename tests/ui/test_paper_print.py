"""Onto the printer: said before the first page is sent, and not at all where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.services.desk import Desk
from app.services.exports import Errand
from app.ui.papers.paper_print import start_printing
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks

ERRAND = Errand("财务报账", "本单位财务")


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """One that prints into a file, as no test has paper."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def test_a_print_stands_in_the_log_with_its_pages_and_copies(
    practice: Desk, qtbot: QtBot, printer: QPrinter, tmp_path: Path
) -> None:
    paper = practice.printing.sign_off_sheet(practice.payments.lines()[0].uid)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    tasks = Tasks()

    def leaves(pages: int, copies: int, name: str) -> None:
        assert not (tmp_path / "printed.pdf").exists()
        practice.exports.printed(paper, ERRAND, pages, copies, name)

    start_printing(tasks, PdfDocument(paper.content), printer, leaves)
    qtbot.waitUntil(lambda: not tasks.running, timeout=20_000)
    line = next(line for line in practice.log.lines() if line.act == "print")
    assert (line.details["pages"], line.details["copies"], line.details["people"]) == (2, 1, 47)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_whom_the_roles_forbid_it_nothing_is_printed(
    practice: Desk, qtbot: QtBot, printer: QPrinter, tmp_path: Path
) -> None:
    paper = practice.printing.visit_ledger(practice.visits.years()[0])
    tasks = Tasks()

    def refuse(*_: object) -> None:
        raise PermissionError

    with qtbot.waitSignal(tasks.failed) as failed:
        start_printing(tasks, PdfDocument(paper.content), printer, refuse)
    qtbot.waitUntil(lambda: not tasks.running)
    assert isinstance(failed.args[0], PermissionError)
    assert not (tmp_path / "printed.pdf").exists()
