"""Which backups can take the place of data that cannot be opened, and which one is chosen; no Qt here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.progress import Progress
from app.services.backup_note import Backup
from app.services.rescue import Rescue
from app.services.restores import Restored
from app.ui.forms import backup_words

HERE, THERE = "这台电脑", "U 盘"
NO_SECRET = "请输入口令；忘了口令，输入恢复单上的词。"


class RescueState:
    def __init__(self, rescue: Rescue) -> None:
        self._rescue = rescue
        self._pointed_at: list[Backup] = []
        self.backups: list[Backup] = []
        self.chosen: Backup | None = None

    def look(self) -> None:
        """Beside the data, on the sticks, and where the user has pointed; the newest sound one is chosen."""
        found = {backup.sha256: backup for backup in [*self._pointed_at, *self._rescue.backups()]}
        self.backups = sorted(found.values(), key=lambda backup: backup.made_at, reverse=True)
        if self.chosen not in self.backups:
            self.chosen = next((backup for backup in self.backups if backup.is_sound), None)

    def point_at(self, folder: Path) -> None:
        """Raises UserError for a folder without a backup."""
        self._pointed_at += self._rescue.found_in(folder)
        self.chosen = self._pointed_at[-1]
        self.look()

    def rows(self, now: dt.datetime) -> list[tuple[str, ...]]:
        """When, how many people, how large, where, and whether it is whole."""
        return [self._row(backup, now) for backup in self.backups]

    @property
    def needs_secret(self) -> bool:
        return self.chosen is not None and self._rescue.needs_secret(self.chosen)

    def problem(self, secret: str) -> str:
        """What is still missing; '' when it can begin."""
        return NO_SECRET if self.needs_secret and not secret.strip() else ""

    def restore(self, secret: str, progress: Progress) -> Restored:
        assert self.chosen is not None, "one is chosen before the button can be pressed"
        return self._rescue.restore(self.chosen, secret.strip(), progress)

    def _row(self, backup: Backup, now: dt.datetime) -> tuple[str, ...]:
        when, _why, people, size, state = backup_words.row(backup, now)
        return when, people, size, HERE if self._rescue.is_beside(backup) else THERE, state
