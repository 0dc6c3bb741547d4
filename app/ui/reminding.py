"""What should not be forgotten, in the status line and across 今天; one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app import clock
from app.services.backup_reminders import Reminder, reminders
from app.services.desk import Desk
from app.services.recovery import sheet_missing
from app.ui.forms import backup_words
from app.ui.main_window import MainWindow
from app.ui.pages.today_page import TodayPage

NO_SHEET = "恢复单还没有印：口令要是忘了，数据就再也打不开。印一张装进信封，交领导保管或锁进柜子。"


class Reminding(QObject):
    """The recovery sheet comes first: without it one forgotten password loses everything."""

    sheet_wanted = Signal()

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._due: list[Reminder] = []
        self._act: Callable[[], object] = lambda: None
        self._backups_at = 0

    def act(self) -> None:
        """The verb beside what is said was pressed."""
        self._act()

    def renew(self) -> None:
        """After a backup, or when the day has gone on."""
        self._backups_at = _changed_at(self._desk.backups.folder)
        self._due = reminders(self._desk)
        newest = self._desk.backups.newest
        now = clock.now().replace(tzinfo=None)
        self._window.status.set_backup(backup_words.last(newest.made_at if newest else None, now))
        self.show()

    def look_for_backup(self) -> None:
        """After a change that may have made one first, as an import does."""
        if _changed_at(self._desk.backups.folder) != self._backups_at:
            self.renew()

    def show(self) -> None:
        short = hint = verb = ""
        if sheet_missing(self._desk):
            short, hint, verb = "恢复单还没有印", NO_SHEET, "现在就印" if self._desk.may("manage") else ""
            self._act = self.sheet_wanted.emit
        elif self._due:
            first = self._due[0]
            short, hint, verb = first.short, first.sentence, first.verb
            self._act = partial(self._go_to_backups, first.way)
        self._window.status.set_reminder(short, hint)
        for page in self._window.made_pages:
            if isinstance(page, TodayPage):
                page.remind(hint, verb)

    def _go_to_backups(self, way: str) -> None:
        from app.ui.pages.backups_page import BackupsPage
        from app.ui.pages.settings_page import SettingsPage

        self._window.open("settings", "backups")
        settings = self._window.page("settings")
        assert isinstance(settings, SettingsPage)
        page = settings.section("backups")
        assert isinstance(page, BackupsPage)
        page.act(way)


def _changed_at(folder: Path) -> int:
    """When something was put there or taken away; 0 where there is no such folder."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
