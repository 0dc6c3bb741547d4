"""One paper in a window of its own, to look at, print or save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.services.exports import Errand
from app.services.paper import Paper
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.papers.paper_preview import PaperPreview
from app.ui.pdf_document import PdfDocument

OF_SCREEN = 0.86


class PrintPreview(QDialog):
    """`open()` it; the paper is a PDF. The outlet belongs to the page, which lives longer.

    Without an errand, what for and to whom is asked when the paper is to leave.
    """

    def __init__(
        self,
        paper: Paper,
        document: PdfDocument,
        outlet: PaperOutlet,
        parent: QWidget,
        errand: Errand | None = None,
    ) -> None:
        super().__init__(parent)
        self._paper, self._document, self._outlet, self._errand = paper, document, outlet, errand
        self.setWindowTitle(Path(paper.name).stem)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = PaperPreview()
        for button in self.preview.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the field with the page number
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.addWidget(self.preview)
        self.preview.view.set_fit("page")
        self.preview.show_pdf(paper, document)
        self.preview.print_wanted.connect(self._print)
        self.preview.save_wanted.connect(self._save)
        outlet.saved.connect(self._say_saved)
        self.resize(self.screen().availableSize() * OF_SCREEN)
        self.preview.view.setFocus()

    def _print(self) -> None:
        if self._errand:
            self._outlet.to_printer(self._paper, self._document, self._errand)
        else:
            kind, masked = self._paper.facts.kind, self._paper.facts.masked
            self._outlet.print(kind, lambda *_: self._paper, masked=masked)

    def _save(self) -> None:
        errand, paper = self._errand, self._paper
        if errand:
            self._outlet.questions.ask_file(
                paper.name, lambda path: self._outlet.save_to(path, lambda *_: paper, errand), replaces=False
            )
        else:
            self._outlet.save(paper.facts.kind, paper.name, lambda *_: paper, masked=paper.facts.masked)

    def _say_saved(self, saved: Saved) -> None:
        self.preview.banner.say("ok", f"已保存：{saved.path}　{saved.told}".rstrip())
