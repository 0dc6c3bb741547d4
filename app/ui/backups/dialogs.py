"""What is asked before a backup is used: its own password where it has one, and which stick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.backups import Backup, Drive
from app.services.restores import keys_of
from app.services.stick_backups import StickBackups
from app.ui.delivery.place_cards import Place, PlaceCards
from app.ui.login.password_field import PasswordField
from app.ui.login.work_dialog import WorkDialog
from app.ui.tasks import Tasks
from app.ui.widgets.words import label

SECRET_WHY = (
    "做这份备份以后换过密钥，现在的口令打不开它。"
    "请输入当时的口令，或者当时那张恢复单上的词（汉字、拼音都行）。"
)
NO_SECRET = "请输入当时的口令或恢复词。"
STICK_WHY = (
    "以后插上这个 U 盘，程序会自动把最新的备份拷进去，放在“桑榆备份”文件夹里，别的文件不动。"
    "备份是加密的，U 盘丢了别人也打不开。"
)
NO_DRIVE = "没有发现 U 盘。插好以后点“刷新”。"
NO_STICK = "请先插上 U 盘并选好。"


class SecretDialog(WorkDialog):
    opened = Signal(object)
    """The Keys of the backup."""

    def __init__(self, parent: QWidget, tasks: Tasks, backup: Backup) -> None:
        super().__init__(parent, tasks, "打开从前的备份", SECRET_WHY, "打开")
        self._backup = backup
        self.secret = PasswordField("当时的口令或恢复词")
        self.body.addWidget(label("当时的口令或恢复词", "quiet"))
        self.body.addWidget(self.secret)
        self.fit()
        self.secret.setFocus()

    def take(self) -> None:
        self.refuse("")
        if secret := self.secret.text().strip():
            self.start("打开从前的备份", lambda: keys_of(self._backup, secret), self.opened.emit)
        else:
            self.refuse(NO_SECRET)


class StickDialog(WorkDialog):
    named = Signal(object)
    """The Stick."""

    def __init__(self, parent: QWidget, tasks: Tasks, sticks: StickBackups) -> None:
        super().__init__(parent, tasks, "认一个备份 U 盘", STICK_WHY, "认这个 U 盘")
        self._sticks = sticks
        self.places = PlaceCards()
        self.places.folder.hide()
        self.places.none.setText(NO_DRIVE)
        self.body.addWidget(self.places)
        self.places.refresh_wanted.connect(self.look)
        self.look()
        self.fit()

    def look(self) -> None:
        self.show_drives(self._sticks.drives())

    def show_drives(self, drives: Sequence[Drive]) -> None:
        self.places.show_places([Place(drive.path, drive) for drive in drives])

    def take(self) -> None:
        self.refuse("")
        place = self.places.place
        if place is None or place.drive is None:
            self.refuse(NO_STICK)
            return
        drive = place.drive
        self.start("认 U 盘", lambda: self._sticks.name(drive), self.named.emit)
