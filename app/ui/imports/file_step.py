"""Step one of taking a file in: which file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.fields.masking import covered
from app.ui.dialogs.files import FileQuestions, documents
from app.ui.icons import icon
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.drop_area import DropArea
from app.ui.widgets.words import label

FILTERS = (
    "花名册、台账、发放表、采集表、任免表 (*.xlsx *.xls *.csv *.lrmx *.lrm)",
    "所有文件 (*)",
)
TAKEN = (
    "花名册（.xlsx、.xls、.csv）、走访台账、发放表，填好的采集表、干部任免审批表（.lrmx、.lrm）都可以，原样拖进来；\n"
    "一人一份的表可以连文件夹一起拖。"
    "先给您看会新增谁、改动什么，您点“导入”之前什么也不会写进去。"
)


class FileStep(QWidget):
    given = Signal(object)
    """A Path."""
    doubts_wanted = Signal()
    """The rows that wait are to be decided."""

    def __init__(self) -> None:
        super().__init__()
        self.problem, self.waiting = Banner(), Banner()
        self.area = DropArea("把办公室现有的表格拖到这里，或者", FILTERS, icon("import", "leaf"), documents())
        self._questions = FileQuestions(self)
        self.folder = push_button("采集表、任免表有很多份？选整个文件夹…", self._ask_folder, "link")
        self.reading = QProgressBar()
        self.reading.setRange(0, 0)
        self.reading.setTextVisible(False)
        self.reading_what = label("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.problem)
        column.addWidget(self.waiting)
        column.addWidget(self.area, 1)
        column.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.reading_what)
        column.addWidget(self.reading)
        column.addWidget(label(TAKEN, "quiet", wrap=True))
        self.area.given.connect(self.given)
        self.waiting.pressed.connect(self.doubts_wanted)
        self.rest()

    def tell_waiting(self, rows: int) -> None:
        """How many rows of earlier files nobody has decided yet."""
        if rows:
            self.waiting.say("warning", f"以前导入的表里还有 {rows} 行待定。", "去定")
        else:
            self.waiting.hide()

    def _ask_folder(self) -> None:
        self._questions.ask_folder("采集表、任免表在哪个文件夹", self.given.emit)

    def wait_for(self, path: Path) -> None:
        self.problem.hide()
        self.area.setEnabled(False)
        self.folder.setEnabled(False)
        self.reading_what.setText(f"正在读“{covered(path.name)}”……")
        self.reading_what.show()
        self.reading.show()

    def rest(self) -> None:
        self.area.setEnabled(True)
        self.folder.setEnabled(True)
        self.reading.hide()
        self.reading_what.hide()

    def refuse(self, sentence: str) -> None:
        self.rest()
        self.problem.say("error", covered(sentence))
        self.take_focus()

    def take_focus(self) -> None:
        self.area.choose.setFocus()
