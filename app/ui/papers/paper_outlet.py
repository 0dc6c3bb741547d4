"""Where a paper leaves the window: the printer, a file, a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.progress import Progress
from app.services.printing import Filled, Paper, Printing
from app.ui.dialogs.files import FileQuestions, open_with_system
from app.ui.papers.paper_print import print_document
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks

Make = Callable[[Progress], Paper]
MakeMany = Callable[[Progress], Filled]


@dataclass(frozen=True)
class Saved:
    """What was written: a file, or so many into a folder."""

    count: int
    path: Path
    warnings: Sequence[str]


class PaperOutlet(QObject):
    """Belongs to a page and lives as long as it; `saved` brings a Saved."""

    saved = Signal(object)

    def __init__(self, printing: Printing, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._printing, self._tasks, self._parent = printing, tasks, parent
        self.questions = FileQuestions(parent)

    def to_printer(self, paper: Paper, document: PdfDocument) -> None:
        print_document(self._parent, self._tasks, document, Path(paper.name).stem)

    def save(self, name: str, make: Make, *, then_open: bool = False) -> None:
        """Asks where; `make` is called in the background."""
        self.questions.ask_file(name, lambda path: self.save_to(path, make, then_open=then_open))

    def save_to(self, path: Path, make: Make, *, then_open: bool = False) -> None:
        def work(report: Progress) -> Saved:
            paper = make(report)
            return Saved(1, self._printing.save(paper, path), paper.warnings)

        self._tasks.start(f"正在保存 {path.name}", work, lambda saved: self._tell(saved, then_open))

    def save_many(self, make: MakeMany, *, then_open: bool = False) -> None:
        """A file each, into a folder that is asked for."""
        self.questions.ask_folder(
            "保存到哪个文件夹", lambda folder: self.save_many_to(folder, make, then_open=then_open)
        )

    def save_many_to(self, folder: Path, make: MakeMany, *, then_open: bool = False) -> None:
        def work(report: Progress) -> Saved:
            filled = make(report)
            written = self._printing.save_all(filled.papers, folder, report)
            return Saved(len(written), folder, filled.warnings)

        self._tasks.start("正在填写采集表", work, lambda saved: self._tell(saved, then_open))

    def _tell(self, saved: Saved, then_open: bool) -> None:
        self.saved.emit(saved)
        if then_open:
            open_with_system(saved.path)
