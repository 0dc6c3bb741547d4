"""A PDF onto the printer of this computer: the system's own dialog, then page after page in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from app.progress import Progress
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72
Leaves = Callable[[int, int, str], object]
NO_PRINTER = "这台电脑还没有打印机。请先装好打印机，或点“保存”存成 PDF，拿到别处打印。"
FINEST = 300
"""Dots an inch: at 600 a page in colour takes 100 MB, and the computers have 4 GB in all."""


def print_document(
    parent: QWidget,
    tasks: Tasks,
    document: PdfDocument,
    title: str,
    sent: Callable[[], object] = lambda: None,
    *,
    leaves: Leaves = lambda _pages, _copies, _printer: None,
) -> None:
    """Opens the system's print dialog without waiting; prints when it is accepted, and then calls `sent`.

    `leaves` hears how many pages, how many copies and which printer before the first page is sent.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    _turn_paper(printer, document.sizes[0])
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    # A file is written by 保存, which reads it back and logs it; the system's driver does neither.
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    dialog.setMinMax(1, len(document))
    dialog.setFromTo(1, len(document))
    dialog.accepted.connect(lambda: start_printing(tasks, document, printer, leaves))
    dialog.accepted.connect(sent)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)


def start_printing(
    tasks: Tasks,
    document: PdfDocument,
    printer: QPrinter,
    leaves: Leaves = lambda _pages, _copies, _printer: None,
) -> None:
    def work(report: Progress) -> None:
        if not printer.isValid():
            raise UserError(NO_PRINTER)
        pages = set(chosen_pages(len(document), printer))
        leaves(len(pages), max(1, printer.copyCount()), printer.printerName())
        paint_pages(document, printer, report)

    tasks.start("正在打印", work)


def paint_pages(document: PdfDocument, printer: QPrinter, report: Progress) -> None:
    """Each page as large as its own paper, turned as the page is. Raises UserError when the printer refuses."""
    pages = chosen_pages(len(document), printer)
    painter = QPainter()
    for done, page in enumerate(pages):
        report(done, len(pages), f"正在打印第 {page + 1} 页")
        _turn_paper(printer, document.sizes[page])
        if not (painter.isActive() or painter.begin(printer)) or (done and not printer.newPage()):
            raise UserError("打印机没有接收，没有打印完。请检查打印机是否开机、有没有纸，再打印一次。")
        dots = min(printer.resolution(), FINEST) / POINTS_PER_INCH
        painter.drawImage(_whole_page(printer, document.sizes[page]), document.picture(page, dots))
    painter.end()


def chosen_pages(count: int, printer: QPrinter) -> list[int]:
    """What the dialog was told: which pages, how often, in which order."""
    from PySide6.QtPrintSupport import QPrinter

    pages = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        pages = pages[printer.fromPage() - 1 : printer.toPage()]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return _copied(pages, copies, together=printer.collateCopies())


def _copied(pages: Sequence[int], copies: int, *, together: bool) -> list[int]:
    if together:
        return list(pages) * copies
    return [page for page in pages for _ in range(copies)]


def _turn_paper(printer: QPrinter, size: QSizeF) -> None:
    landscape = size.width() > size.height()
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0)))


def _whole_page(printer: QPrinter, size: QSizeF) -> QRectF:
    """The page in its true size; smaller only where the paper is."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    true = size * (printer.resolution() / POINTS_PER_INCH)
    shrink = min(1.0, paper.width() / true.width(), paper.height() / true.height())
    fitted = true * shrink
    return QRectF(
        (paper.width() - fitted.width()) / 2,
        (paper.height() - fitted.height()) / 2,
        fitted.width(),
        fitted.height(),
    )
