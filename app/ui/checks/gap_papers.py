"""The list of gaps on its way out: looked at and printed, or saved as a workbook."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.progress import Progress
from app.services.exports import Exports
from app.services.gap_list import GapLists
from app.services.paper import XLSX, Paper
from app.ui.dialogs.print_preview import PrintPreview
from app.ui.icons import icon
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks


class GapPapers(QObject):
    """Of one village, or of all where none is named."""

    says = Signal(str)

    def __init__(self, gap_lists: GapLists, exports: Exports, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._gap_lists, self._tasks, self._parent = gap_lists, tasks, parent
        self.outlet = PaperOutlet(exports, tasks, parent)
        self.outlet.saved.connect(self._say_saved)

    def choose(self, below: QWidget, village: str) -> None:
        """A menu under the button."""
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("print"), "预览、打印（PDF）").triggered.connect(lambda: self.preview(village))
        menu.addAction(icon("export"), "保存为表格（.xlsx）").triggered.connect(lambda: self.save(village))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def preview(self, village: str = "") -> None:
        def work(_report: Progress) -> tuple[Paper, PdfDocument]:
            paper = self._gap_lists.paper(village)
            return paper, PdfDocument(paper.content)

        self._tasks.start("正在准备缺项清单", work, self._show)

    def save(self, village: str = "") -> None:
        name = self._gap_lists.name(village) + XLSX
        self.outlet.save("gaps", name, lambda *_: self._gap_lists.book(village))

    def _show(self, made: tuple[Paper, PdfDocument]) -> None:
        PrintPreview(*made, self.outlet, self._parent).open()

    def _say_saved(self, saved: Saved) -> None:
        self.says.emit(f"已保存 {saved.path}　{saved.told}".rstrip())
