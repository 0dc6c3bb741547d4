"""A data folder that cannot be opened any more, and the backups that can take its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import UserError
from app.exchange.drives import Drive, removable_drives
from app.fields.actors import PROGRAM, Keys
from app.paths import KEY_FILE
from app.progress import Progress, silent
from app.services.backup_note import Backup
from app.services.backups import BACKUPS, STICK_FOLDER, backups_in, newest_of
from app.services.restores import Restored, Swap, found_in, opened_by, opener, salt_in, salt_of
from app.services.vault import Opened

DAMAGED = "damaged"
WHY = "数据文件打不开"


class Rescue:
    """Looking changes nothing. What the user may do stood in the file that cannot be read, so the log of the
    restored file names whose password it was, and no role."""

    def __init__(
        self,
        folder: Path,
        opened: Opened | None = None,
        find_drives: Callable[[], list[Drive]] = removable_drives,
    ) -> None:
        """`opened` is what somebody got who had come in before the damage was seen."""
        self._folder, self._opened, self._find_drives = folder, opened, find_drives

    def backups(self) -> list[Backup]:
        """The newest first: those beside the data, and those on the sticks that are plugged in."""
        here = backups_in(self._folder / BACKUPS)
        there = [backup for drive in self._find_drives() for backup in backups_in(drive.path / STICK_FOLDER)]
        known = {backup.sha256 for backup in here}
        found = here + [backup for backup in there if backup.sha256 not in known]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def newest(self) -> Backup | None:
        return newest_of(self.backups())

    def is_beside(self, backup: Backup) -> bool:
        """On the same disk as the data, not on a stick."""
        return backup.path.is_relative_to(self._folder)

    def found_in(self, folder: Path) -> list[Backup]:
        """In a folder that the user points at. Raises UserError where there is none."""
        return found_in(folder)

    def needs_secret(self, backup: Backup) -> bool:
        return self._opened is None or self._opened.keys.salt != salt_in(backup)

    def restore(self, backup: Backup, secret: str = "", progress: Progress = silent) -> Restored:
        """What is there stays under names that say so. Raises UserError: wrong secret, backup not whole, no room."""
        keys, who, brings_key_file = self._let_in(backup, secret)
        swap = Swap(self._folder, backup, DAMAGED, PROGRAM, {"by": who, "why": WHY})
        return swap.run(opener(keys), _nothing_open, progress, with_key_file=brings_key_file)

    def _let_in(self, backup: Backup, secret: str) -> tuple[Keys, str, bool]:
        """The key file of today where it fits, because its passwords are those that people know."""
        own = self._folder / KEY_FILE
        fits = _salt(own) == salt_in(backup)
        if not self.needs_secret(backup):
            assert self._opened is not None, "otherwise a secret is needed"
            return self._opened.keys, self._opened.name, not fits
        if fits:
            return (*opened_by(own, secret), False)
        return (*opened_by(backup.path / KEY_FILE, secret), True)


def _salt(key_file: Path) -> bytes:
    """b'' for a key file that is missing or damaged."""
    try:
        return salt_of(key_file)
    except (OSError, UserError):
        return b""


def _nothing_open() -> Callable[[], object]:
    """The file could not be opened, so nothing holds it."""
    return lambda: None
