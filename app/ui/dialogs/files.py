"""Asking where a file goes. The dialogs open without waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

PICTURES = "照片 (*.jpg *.jpeg *.png *.bmp *.webp)"
KINDS = {
    ".pdf": "PDF 文件 (*.pdf)",
    ".xlsx": "Excel 工作簿 (*.xlsx)",
    ".lrmx": "干部任免审批表 (*.lrmx)",
}


class FileQuestions:
    """Begins where the last answer was."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._folder = documents()

    def ask_file(self, name: str, then: Callable[[Path], object], *, replaces: bool = True) -> QFileDialog:
        """Where a file of this name is to go; asks before it replaces one, unless the writing takes a free name."""
        ending = Path(name).suffix
        dialog = self._dialog("保存到", then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([KINDS[ending], "所有文件 (*)"])
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
        dialog.selectFile(name)
        dialog.open()
        return dialog

    def ask_folder(self, title: str, then: Callable[[Path], object]) -> QFileDialog:
        dialog = self._dialog(title, then)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()
        return dialog

    def _dialog(self, title: str, then: Callable[[Path], object]) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, self._folder)
        dialog.fileSelected.connect(lambda chosen: self._answer(Path(chosen), then))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _answer(self, chosen: Path, then: Callable[[Path], object]) -> None:
        self._folder = str(chosen.parent)
        then(chosen)


def documents() -> str:
    """Where an office keeps its files: 文档, else the home folder; never the program's own."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if Path(place).is_dir() else str(Path.home())


def open_with_system(path: Path) -> None:
    """The file in the program for its kind, the folder in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
