"""A paper before it leaves: its pages or its rows, what is wrong with it, and where it can go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.services.paper import Look, Paper
from app.ui.icons import icon
from app.ui.papers.look_table import LookTable
from app.ui.papers.preview_bar import PreviewBar
from app.ui.pdf_document import PdfDocument
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.names_popup import NamesPopup
from app.ui.widgets.pdf_view import PdfView

MAKING = "正在准备预览……"
FEW = 2
"""So many warnings are said in the banner itself."""


class PaperPreview(QWidget):
    """Shows a PDF, a list or a sentence; asks to print and to save."""

    print_wanted = Signal()
    save_wanted = Signal()
    open_wanted = Signal()
    """Save and open in the program for its kind."""
    empty_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView()
        self.bar = PreviewBar(self.view)
        self.save = push_button("保存…", self.save_wanted.emit, icon=icon("save"), keys="Ctrl+S")
        self.open = push_button("保存并打开", self.open_wanted.emit, "primary")
        self.print = push_button("打印…", self.print_wanted.emit, "primary", keys="Ctrl+P")
        self.bar.add(self.save, self.open, self.print)
        self.banner = Banner()
        self.look = LookTable()
        self.empty = EmptyState("", icon=icon("preview", "quiet"), weight="")
        self._all_warnings = NamesPopup(self)
        self._warnings: Sequence[str] = ()
        self._lay_out()
        self.banner.pressed.connect(self._show_warnings)
        self.empty.pressed.connect(self.empty_pressed)
        self.say(MAKING)

    def show_pdf(self, paper: Paper, document: PdfDocument) -> None:
        self.view.show_document(document)
        self._places.setCurrentWidget(self.view)
        self._offer(pdf=True, book=False)
        self.bar.renew()
        self.warn(paper.warnings)

    def show_look(self, look: Look, said: str, warnings: Sequence[str] = ()) -> None:
        self.look.show_look(look, said)
        self._places.setCurrentWidget(self.look)
        self._offer(pdf=False, book=True)
        self.warn(warnings)

    def allow(self, *, on: bool) -> None:
        """Whoever may take nothing out can still look."""
        for button in (self.save, self.open, self.print):
            button.setEnabled(on)
            if not on:
                button.setToolTip("您的角色只能看，不能打印和保存")

    def say(self, sentence: str, verb: str = "") -> None:
        """Instead of a paper: why there is none."""
        self.empty.say(sentence, verb)
        self._places.setCurrentWidget(self.empty)
        self._offer(pdf=False, book=False)
        self.warn(())

    def wait(self) -> None:
        """Another paper is being made; the one that stands there stays until then."""
        if self._places.currentWidget() is self.empty:
            self.say(MAKING)

    def warn(self, warnings: Sequence[str]) -> None:
        """What would print otherwise than it was written, and where."""
        self._warnings = warnings
        if not warnings:
            self.banner.hide()
            return
        told = "；".join(warnings[:FEW])
        more = f" 等 {len(warnings)} 处" if len(warnings) > FEW else ""
        self.banner.say("warning", told + more, "看是哪几处" if len(warnings) > FEW else "")

    def _offer(self, *, pdf: bool, book: bool) -> None:
        self.bar.show_steering(on=pdf)
        self.save.setVisible(pdf or book)
        self.open.setVisible(book)
        self.print.setVisible(pdf)

    def _show_warnings(self) -> None:
        rows = [(str(number), [warning]) for number, warning in enumerate(self._warnings)]
        self._all_warnings.open_at(self.banner, f"{len(rows)} 处要注意", rows)

    def _lay_out(self) -> None:
        ground = QWidget()
        self._places = QStackedLayout(ground)
        for place in (self.empty, self.view, self.look):
            self._places.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.banner)
        column.addWidget(ground, 1)
