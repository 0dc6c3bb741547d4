"""The recovery sheet as it will be printed, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.desk import Desk
from app.services.paper import Paper
from app.services.recovery import note_printed, recovery_paper, save_paper
from app.ui.dialogs.files import FileQuestions
from app.ui.login.stage import Sheet
from app.ui.papers.paper_print import print_document
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.words import label

WIDTH, LEFT = 940, 330
LEAST_HEIGHT = 470
WHY = (
    "口令忘了，只有这张纸能打开数据，别的办法都没有。印出来装进信封封好，"
    "放进保险柜，或交领导保管，不要和电脑放在一起。"
)
ONCE = "这些词只在这里出现一次，程序不留底。以后再印，词会换新的，旧的那张就作废了。"
MUST = "旧的恢复单已经作废，这一张印好或存好以后才能进去。这些词只在这里出现一次，程序不留底。"
STICK = "没有打印机，可以存到 U 盘拿去别处印，印完把文件删掉。别存在这台电脑里。"
SENT = "已送到打印机。请看看印全了没有，装进信封封好。"
LATER, DONE = "以后再印", "印好了，开始使用"


class PaperSheet(Sheet):
    finished = Signal()

    def __init__(self, desk: Desk, code: str, tasks: Tasks, *, may_wait: bool) -> None:
        """`may_wait`: it can be left for later, and somebody will be reminded."""
        super().__init__("印一张恢复单", WHY)
        self._desk, self._code, self._tasks = desk, code, tasks
        self._paper: Paper | None = None
        self._questions = FileQuestions(self)
        self.view = PdfView()
        self.banner = Banner()
        self.print = push_button("打印…", self._print, "primary")
        self.save = push_button("存成 PDF…", self._ask_where)
        self.done = push_button(LATER, self.finished.emit, "quiet")
        self.done.setVisible(may_wait)
        self._lay_out(ONCE if may_wait else MUST)
        self._offer(on=False)
        tasks.start("准备恢复单", lambda _: self._make(), self._show, matters=False)

    def take_focus(self) -> None:
        self.print.setFocus()

    def _make(self) -> tuple[Paper, PdfDocument]:
        paper = recovery_paper(self._desk, self._code)
        return paper, PdfDocument(paper.content)

    def _show(self, made: tuple[Paper, PdfDocument]) -> None:
        self._paper, document = made
        self.view.set_fit("page")
        self.view.show_document(document)
        self._offer(on=True)
        self.take_focus()

    def _offer(self, *, on: bool) -> None:
        self.print.setEnabled(on)
        self.save.setEnabled(on)

    def _print(self) -> None:
        if self.view.document:
            print_document(
                self, self._tasks, self.view.document, "数据恢复单", lambda: self._is_out("打印", SENT)
            )

    def _ask_where(self) -> None:
        if self._paper:
            self._questions.ask_file(self._paper.name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Onto a stick, as a rule."""
        assert self._paper is not None, "it is saved after it was made"
        try:
            save_paper(self._paper, path)
        except UserError as error:
            self.banner.say("error", str(error))
            return
        self._is_out("存成 PDF", f"已保存 {path}。请尽快印出来，印完把这个文件删掉。")

    def _is_out(self, how: str, sentence: str) -> None:
        note_printed(self._desk, how)
        self.banner.say("ok", sentence)
        self.done.setText(DONE)
        set_look(self.done, look="primary")
        set_look(self.print, look="")
        self.done.show()
        self.done.setFocus()

    def _lay_out(self, why: str) -> None:
        side = QWidget()
        side.setFixedWidth(LEFT)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(label(why, "", wrap=True))
        left.addWidget(label(STICK, "quiet", wrap=True))
        left.addSpacing(6)
        for part in (self.print, self.save, self.banner):
            left.addWidget(part)
        left.addStretch(1)
        left.addWidget(self.done)
        self.view.setMinimumHeight(LEAST_HEIGHT)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(side)
        both.addWidget(self.view, 1)
        self.body.addLayout(both)
