"""Pages of a PDF in the window, and from there onto paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.ui.papers.paper_print import chosen_pages, paint_pages
from app.ui.papers.preview_bar import PreviewBar
from app.ui.pdf_document import PdfDocument
from app.ui.widgets.pdf_view import PdfView

LANDSCAPE, PORTRAIT = (842, 595), (595, 842)


def pdf(*sizes: tuple[int, int]) -> PdfDocument:
    """A page of each size, its upper left quarter black."""
    canvas = Canvas("")
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0, height / 2, width / 2, height / 2, fill=1)
        canvas.showPage()
    return PdfDocument(canvas.getpdfdata())


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_a_picture_shows_what_the_page_holds() -> None:
    document = pdf(LANDSCAPE)
    picture = document.picture(0, 0.5)
    assert (picture.width(), picture.height()) == (421, 298)
    corners = [picture.pixelColor(x, y).lightness() for x, y in ((5, 5), (415, 5), (5, 290), (415, 290))]
    assert corners == [0, 255, 255, 255]


def test_the_pages_in_sight_become_sharp(view: PdfView, qtbot: QtBot) -> None:
    view.show_document(pdf(*[LANDSCAPE] * 5))
    qtbot.waitUntil(lambda: view.picture_is_sharp(0) and view.picture_is_sharp(1))
    assert not view.picture_is_sharp(4)
    view.go_to(4)
    qtbot.waitUntil(lambda: view.picture_is_sharp(4))
    page, shown = view.page_rect(4).toRect(), view.viewport().grab().toImage()
    assert shown.pixelColor(page.left() + 10, page.top() + 30).lightness() == 0
    assert shown.pixelColor(page.right() - 10, page.top() + 30).lightness() == 255


def test_keys_and_bar_go_from_page_to_page(view: PdfView, qtbot: QtBot) -> None:
    bar = PreviewBar(view)
    qtbot.addWidget(bar)
    view.show_document(pdf(*[LANDSCAPE] * 5))
    shown = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(view, key)
        shown.append((view.page, bar.number.text(), bar.count.text()))
    assert shown == [(1, "2", "/ 5 页"), (4, "5", "/ 5 页"), (3, "4", "/ 5 页"), (0, "1", "/ 5 页")]
    bar.number.setText("3")
    qtbot.keyClick(bar.number, Qt.Key.Key_Return)
    assert view.page == 2


def test_a_number_that_is_no_page_goes_nowhere(view: PdfView, qtbot: QtBot) -> None:
    bar = PreviewBar(view)
    qtbot.addWidget(bar)
    view.show_document(pdf(*[LANDSCAPE] * 3))
    for typed, page in (("9", 2), ("三", 2), ("0", 0)):
        bar.number.setText(typed)
        bar.number.editingFinished.emit()
        assert view.page == page


def test_a_page_is_not_blown_up_to_fill_a_wide_window(view: PdfView) -> None:
    view.set_fit("width", most=1.0)
    view.show_document(pdf((200, 300)))
    assert view.zoom == 1.0
    view.set_fit("width")
    assert view.zoom > 1.0


def test_the_width_fits_and_follows_the_window(view: PdfView) -> None:
    view.show_document(pdf(LANDSCAPE, PORTRAIT))
    before = view.zoom
    assert view.horizontalScrollBar().maximum() == 0
    view.resize(1000, 500)
    assert view.zoom > before
    assert view.page_rect(0).right() <= view.viewport().width()


def test_a_whole_page_fits_the_height(view: PdfView) -> None:
    view.show_document(pdf(PORTRAIT))
    view.set_fit("page")
    assert view.page_rect(0).height() <= view.viewport().height()
    assert view.verticalScrollBar().maximum() == 0


def test_zooming_keeps_the_place(view: PdfView, qtbot: QtBot) -> None:
    view.show_document(pdf(*[LANDSCAPE] * 9))
    view.go_to(5)
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert (view.page, view.fit) == (5, "")
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (view.page, view.fit) == (5, "width")


def test_zoom_has_its_bounds(view: PdfView) -> None:
    view.show_document(pdf(LANDSCAPE))
    for _ in range(20):
        view.zoom_in()
    assert view.zoom == 4
    for _ in range(40):
        view.zoom_out()
    assert view.zoom == 0.25


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def test_pages_are_printed_in_their_size_and_turned_as_they_are(
    qapp: object, printer: QPrinter, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    paint_pages(pdf(LANDSCAPE, PORTRAIT), printer, lambda done, total, _: told.append((done, total)))
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    sizes = [tuple(round(side) for side in printed.get_page_size(n)) for n in range(len(printed))]
    printed.close()
    assert (sizes, told) == ([LANDSCAPE, PORTRAIT], [(0, 2), (1, 2)])
    picture = PdfDocument((tmp_path / "printed.pdf").read_bytes()).picture(0, 0.5)
    assert [picture.pixelColor(x, 200).lightness() for x in (100, 300)] == [255, 255]
    assert [picture.pixelColor(x, 100).lightness() for x in (100, 300)] == [0, 255]


def test_only_the_chosen_pages_are_printed_in_the_chosen_order(qapp: object, printer: QPrinter) -> None:
    assert chosen_pages(5, printer) == [0, 1, 2, 3, 4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 4)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(5, printer) == [3, 2, 1]
