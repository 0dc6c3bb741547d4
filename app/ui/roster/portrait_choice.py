"""A photo for the file in front: chosen from a folder or dropped, and taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.services.pictures import Pictures
from app.ui.dialogs import ask
from app.ui.dialogs.files import PICTURES, documents


class PortraitChoice(QObject):
    taken = Signal(str)
    """The key of the picture."""

    def __init__(self, pictures: Pictures, page: QWidget) -> None:
        super().__init__(page)
        self._pictures, self._page = pictures, page

    def ask(self) -> None:
        dialog = QFileDialog(self._page, "选一张照片", documents(), PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, path: str) -> None:
        try:
            key = self._pictures.take_in(Path(path))
        except UserError as error:
            ask.tell(self._page, str(error))
        else:
            self.taken.emit(key)
