"""更多 of the file in front: its photo, what other parts of the program offer, and deleting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.icons import icon
from app.ui.rights import May
from app.ui.roster.file_acts import FileAct


class FileMenu(QMenu):
    """Each line is shut for who may not, and for a person who is not saved yet where that is needed."""

    photo_wanted = Signal()
    photo_dropped = Signal()
    remove_wanted = Signal()

    def __init__(self, uid: str, may: May, *, has_photo: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._uid, self._may = uid, may
        choose = self.addAction(icon("photo"), "选一张照片…", self.photo_wanted.emit)
        choose.setEnabled(may("edit"))
        self.addAction("拿掉照片", self.photo_dropped.emit).setEnabled(has_photo and may("edit"))
        self.addSeparator()

    def add_act(self, each: FileAct) -> None:
        if not each.applies(self._uid):
            return
        action = self.addAction(each.title, lambda: each.act(self._uid))
        if each.icon:
            action.setIcon(icon(each.icon))
        action.setEnabled(bool(self._uid) and self._may(each.right))

    def add_removal(self) -> None:
        self.addSeparator()
        remove = self.addAction(icon("trash", "seal"), "删除这份档案…", self.remove_wanted.emit)
        remove.setEnabled(bool(self._uid) and self._may("edit"))
