"""恢复演练记录 to look at, print and keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.services.drills import Drills
from app.services.paper import Paper
from app.ui.dialogs.files import FileQuestions
from app.ui.papers.paper_print import print_document
from app.ui.pdf_document import PdfDocument
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.pdf_view import PdfView

OF_SCREEN = 0.86
PASSED = "演练通过：备份能完整恢复，每一项都和在用数据一致。打印签字后存档。"
FAILED = "演练没有通过。请点“立即备份”再演练一次；仍不通过时，保留现有备份，请懂技术的同事查看硬盘。"


class DrillDialog(QDialog):
    """Everybody may keep it: it names nobody but who tried."""

    def __init__(
        self,
        parent: QWidget,
        tasks: Tasks,
        drills: Drills,
        paper: Paper,
        document: PdfDocument,
        *,
        passed: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复演练记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._drills, self._paper, self._document = tasks, drills, paper, document
        self._questions = FileQuestions(self)
        self.banner = Banner()
        self.view = PdfView()
        self.print = push_button("打印…", self._print, "primary")
        self.save = push_button("存成 PDF…", self._ask_where)
        self.leave = push_button("关闭", self.accept, "quiet")
        self._lay_out()
        self.banner.say("ok" if passed else "error", PASSED if passed else FAILED)
        self.view.set_fit("page")
        self.view.show_document(document)
        self.resize(self.screen().availableSize() * OF_SCREEN)

    def save_to(self, path: Path) -> None:
        try:
            self._drills.save(self._paper, path)
        except UserError as error:
            self.banner.say("error", str(error))
            return
        self.banner.say("ok", f"已保存：{path}")

    def _print(self) -> None:
        print_document(self, self._tasks, self._document, "恢复演练记录")

    def _ask_where(self) -> None:
        self._questions.ask_file(self._paper.name, self.save_to)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.print)
        for button in (self.leave, self.save):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
