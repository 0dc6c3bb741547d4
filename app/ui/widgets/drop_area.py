"""A place to drop a file on, or to choose one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label


class DropArea(QFrame):
    """Tells the path of one file, dropped, chosen or typed."""

    given = Signal(object)
    """A Path."""

    def __init__(
        self,
        sentence: str,
        filters: Sequence[str],
        icon: QIcon,
        folder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`folder` is where choosing begins; afterwards it begins where the last file was."""
        super().__init__(parent)
        self._filters, self._folder = list(filters), folder
        self.setProperty("look", "card")
        self.setAcceptDrops(True)
        picture = QLabel()
        picture.setPixmap(icon.pixmap(QSize(48, 48)))
        self.choose = push_button("选择文件…", self._ask, "primary")
        self.path = QLineEdit()
        self.path.setPlaceholderText("也可以把文件的路径粘贴到这里，再按回车")
        self.path.setAccessibleName("文件路径")
        self.path.returnPressed.connect(self._take_path)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (picture, label(sentence), self.choose):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.path.setMaximumWidth(520)
        self.path.setMinimumWidth(320)
        column.addWidget(self.path, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            set_look(self, drop="on")

    def dragLeaveEvent(self, _event: object) -> None:
        set_look(self, drop="")

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self, drop="")
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.given.emit(Path(files[0]))

    def _ask(self) -> None:
        dialog = QFileDialog(self, "选择要导入的文件", self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(self._filters)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, path: str) -> None:
        self._folder = str(Path(path).parent)
        self.given.emit(Path(path))

    def _take_path(self) -> None:
        """Explorer copies a path with quotation marks around it."""
        if text := self.path.text().strip().strip('"“”'):
            self.given.emit(Path(text))
