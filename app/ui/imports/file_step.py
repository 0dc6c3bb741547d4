"""Step one of taking a file in: which file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.dialogs.files import documents
from app.ui.icons import icon
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_area import DropArea
from app.ui.widgets.words import label

FILTERS = (
    "花名册、台账、发放表、任免表 (*.xlsx *.xls *.csv *.lrmx)",
    "所有文件 (*)",
)
TAKEN = (
    "花名册（.xlsx、.xls、.csv）、走访台账、发放表、干部任免审批表（.lrmx）都可以，原样拖进来，不用先改格式。\n"
    "先给您看会新增谁、改动什么，您点“导入”之前什么也不会写进去。"
)


class FileStep(QWidget):
    given = Signal(object)
    """A Path."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = Banner()
        self.area = DropArea("把办公室现有的表格拖到这里，或者", FILTERS, icon("import", "leaf"), documents())
        self.reading = QProgressBar()
        self.reading.setRange(0, 0)
        self.reading.setTextVisible(False)
        self.reading_what = label("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.problem)
        column.addWidget(self.area, 1)
        column.addWidget(self.reading_what)
        column.addWidget(self.reading)
        column.addWidget(label(TAKEN, "quiet", wrap=True))
        self.area.given.connect(self.given)
        self.rest()

    def wait_for(self, path: Path) -> None:
        self.problem.hide()
        self.area.setEnabled(False)
        self.reading_what.setText(f"正在读“{path.name}”……")
        self.reading_what.show()
        self.reading.show()

    def rest(self) -> None:
        self.area.setEnabled(True)
        self.reading.hide()
        self.reading_what.hide()

    def refuse(self, sentence: str) -> None:
        self.rest()
        self.problem.say("error", sentence)
        self.take_focus()

    def take_focus(self) -> None:
        self.area.choose.setFocus()
