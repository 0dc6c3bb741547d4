"""Where a paper leaves the window: the printer, a file, a folder of files. What for and to whom is asked first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.progress import Progress
from app.services.exports import Errand, Exports
from app.services.printing import Filled, Paper
from app.ui.dialogs.files import FileQuestions, open_with_system
from app.ui.dialogs.leftovers import offer_to_clear
from app.ui.papers.export_dialog import ExportDialog
from app.ui.papers.paper_print import print_document
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks

Make = Callable[[Progress, Errand], Paper]
MakeMany = Callable[[Progress, Errand], Filled]


@dataclass(frozen=True)
class Saved:
    """What was written: a file, or so many into a folder. `told` says what may be done with the stick now."""

    count: int
    path: Path
    warnings: Sequence[str]
    told: str = ""

    @property
    def folder(self) -> Path:
        return self.path if self.path.is_dir() else self.path.parent


class PaperOutlet(QObject):
    """Belongs to a page and lives as long as it; `saved` brings a Saved."""

    saved = Signal(object)
    answered = Signal()
    """What for and to whom is known, and remembered."""

    def __init__(self, exports: Exports, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._exports, self._tasks, self._parent = exports, tasks, parent
        self._let_be: set[Path] = set()
        self.questions = FileQuestions(parent)

    @property
    def allowed(self) -> bool:
        """Whether whoever is logged in may take anything out."""
        return self._exports.allowed

    def ask(
        self, kind: str, verb: str, then: Callable[[Errand], object], *, masked: bool | None = None
    ) -> ExportDialog | None:
        """None where the roles forbid it; that is said instead."""
        try:
            self._exports.refuse_unless_allowed()
        except UserError as error:
            self._tasks.failed.emit(error)
            return None

        def take(errand: Errand) -> None:
            self._exports.remember(kind, errand)
            self.answered.emit()
            then(errand)

        dialog = ExportDialog(self._exports, kind, verb, self._parent, masked=masked)
        dialog.answered.connect(take)
        dialog.open()
        return dialog

    def print(self, kind: str, make: Make, *, masked: bool | None = None) -> None:
        """Asks what for; `make` is called in the background, then the system asks for the printer."""

        def start(errand: Errand) -> None:
            def work(report: Progress) -> tuple[Paper, PdfDocument]:
                paper = make(report, errand)
                return paper, PdfDocument(paper.content)

            def leave(made: tuple[Paper, PdfDocument]) -> None:
                self.to_printer(*made, errand=errand)

            self._tasks.start("正在准备打印", work, leave)

        self.ask(kind, "打印", start, masked=masked)

    def to_printer(self, paper: Paper, document: PdfDocument, errand: Errand) -> None:
        def leaves(pages: int, copies: int, printer: str) -> None:
            self._exports.printed(paper, errand, pages, copies, printer)

        print_document(self._parent, self._tasks, document, Path(paper.name).stem, leaves=leaves)

    def save(
        self, kind: str, name: str, make: Make, *, then_open: bool = False, masked: bool | None = None
    ) -> None:
        """Asks what for, then where; `make` is called in the background."""

        def start(errand: Errand) -> None:
            self.questions.ask_file(
                name, lambda path: self.save_to(path, make, errand, then_open=then_open), replaces=False
            )

        self.ask(kind, "保存", start, masked=masked)

    def save_to(self, path: Path, make: Make, errand: Errand, *, then_open: bool = False) -> None:
        def work(report: Progress) -> Saved:
            paper = make(report, errand)
            exported = self._exports.save(paper, path, errand)
            return Saved(1, exported.paths[0], paper.warnings, exported.told)

        self._tasks.start(f"正在保存 {path.name}", work, lambda saved: self._tell(saved, then_open))

    def save_many(
        self, kind: str, make: MakeMany, *, then_open: bool = False, masked: bool | None = None
    ) -> None:
        """A file each, into a folder that is asked for."""

        def start(errand: Errand) -> None:
            self.questions.ask_folder(
                "保存到哪个文件夹",
                lambda folder: self.save_many_to(folder, make, errand, then_open=then_open),
            )

        self.ask(kind, "保存", start, masked=masked)

    def save_many_to(self, folder: Path, make: MakeMany, errand: Errand, *, then_open: bool = False) -> None:
        def work(report: Progress) -> Saved:
            filled = make(report, errand)
            exported = self._exports.save_all(filled.papers, folder, errand, report)
            return Saved(len(exported.paths), folder, filled.warnings, exported.told)

        self._tasks.start("正在填写采集表", work, lambda saved: self._tell(saved, then_open))

    def _tell(self, saved: Saved, then_open: bool) -> None:
        self.saved.emit(saved)
        if then_open:
            open_with_system(saved.path)
        self._offer_to_clear(saved.folder)

    def _offer_to_clear(self, folder: Path) -> None:
        """Once for each that lies there; whoever keeps it is not asked again."""
        left = [path for path in self._exports.leftovers(folder) if path not in self._let_be]
        self._let_be.update(left)
        if left:
            offer_to_clear(self._parent, left, self._exports.remove_leftover, self._tasks.failed.emit)
