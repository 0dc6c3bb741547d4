"""Whole copies of the data, each checked before it gets a name (reliability.md §4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock

from app import VERSION, clock
from app.errors import DamagedError, UserError
from app.exchange.disk_errors import explained, readable_size
from app.exchange.drives import Drive
from app.exchange.safe_write import PART, Draft, Sealed, leftovers, remove_leftover, rename, write_folder
from app.fields.acts import ACTS
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE
from app.progress import Progress, silent
from app.services.backup_content import Content, content_of, is_written_since, opened_copy
from app.services.backup_note import NOTE_FILE, Backup, note_bytes, read_note
from app.services.backup_rotation import kept

__all__ = [
    "AFTERWARDS",
    "BACKUPS",
    "BY_HAND",
    "IN_WORK",
    "ON_CLOSE",
    "Backup",
    "Backups",
    "Drive",
    "readable_size",
]

BACKUPS = "备份"
"""The folder beside the data."""
STICK_FOLDER = "桑榆备份"
"""The folder on a stick."""
BY_HAND, IN_WORK, ON_CLOSE, AFTERWARDS = "手动", "工作中", "关闭时", "开机后补做"
"""Why one was made, besides 'before' something."""
DOUBTFUL = "（日志有疑点）"


class Backups:
    """Those beside the data. A backup is a folder that appears all at once, or not at all."""

    def __init__(self, database: Database, folder: Path) -> None:
        """`folder` holds the data file and its key file."""
        self._database, self._data = database, folder
        self.folder = folder / BACKUPS
        self._one_at_a_time = RLock()

    def list(self) -> list[Backup]:
        """The newest first; what cannot be read as a backup is left out."""
        return backups_in(self.folder)

    @property
    def newest(self) -> Backup | None:
        """The newest that is sound; one from tomorrow, made while the clock was wrong, only if there is no other."""
        return newest_of(self.list())

    @property
    def is_due(self) -> bool:
        """Whether anything was written since the newest was made."""
        newest = self.newest
        return newest is None or is_written_since(self._database, newest.content.seq, newest.content.mac)

    def before(self, act: str) -> Backup | None:
        """A backup before something that many rows hang on; None when the newest still holds everything.

        `act` is one of `fields.acts`. Raises UserError when the copy cannot be made: then nothing should be done.
        """
        return self.make_if_due(f"{ACTS[act].label}之前")

    def make_if_due(self, why: str, progress: Progress = silent) -> Backup | None:
        with self._one_at_a_time:
            return self.make(why, progress) if self.is_due else None

    def make_on_leaving(self) -> None:
        """Nobody is there to be told of a failure: it is still due then, and that is told at the next start."""
        with suppress(UserError):
            self.make_if_due(ON_CLOSE)

    def make(self, why: str = BY_HAND, progress: Progress = silent) -> Backup:
        """Copies, opens the copy again, checks it, and only then gives it its name. Thins the others.

        Raises UserError when the disk does not take it or the copy is not whole: then there is none of that name.
        """
        with self._one_at_a_time:
            self._make_folder()
            made = _Writing(self._database, self._data / KEY_FILE, why, progress).into(self.folder)
            details = {"why": why, "people": made.content.people, "size": made.size, "step": made.content.seq}
            self._database.record("backup", made.name, details)
            self.thin()
            return made

    def thin(self) -> Sequence[str]:
        """Takes away what `backup_rotation` lets go, and what was broken off; returns the names."""
        with self._one_at_a_time:
            for left in leftovers(self.folder):
                remove_leftover(left)
            staying = self._staying()
            gone = [backup for backup in self.list() if backup.path not in staying]
            for backup in gone:
                remove_whole(backup.path)
            return [backup.name for backup in gone]

    @property
    def alone(self) -> RLock:
        """Nobody makes or thins backups, or clears what was broken off, while this is held."""
        return self._one_at_a_time

    def _staying(self) -> set[Path]:
        """Doubtful ones are thinned among themselves: they never push out a good one."""
        now, stay = clock.now().replace(tzinfo=None), set()
        for sound in (True, False):
            group = [backup for backup in self.list() if backup.is_sound is sound]
            moments = kept([backup.made_at for backup in group], now)
            stay |= {backup.path for backup in group if backup.made_at in moments}
        return stay

    def _make_folder(self) -> None:
        with explained(self.folder):
            self.folder.mkdir(exist_ok=True)


class _Writing:
    """One backup while it is being made."""

    def __init__(self, database: Database, key_file: Path, why: str, progress: Progress) -> None:
        self._database, self._key_file = database, key_file
        self._why, self._progress = why, progress
        self._made_at = clock.now().replace(tzinfo=None)
        self._content: Content
        self._doubts: tuple[str, ...] = ()
        self._sealed: Sealed

    def into(self, folder: Path) -> Backup:
        name = f"{self._made_at:%Y-%m-%d %H-%M-%S}"
        size = self._database.path.stat().st_size
        path = write_folder(folder, name, self._fill, size=size, progress=self._progress)
        if not self._doubts:
            return self._backup(path)
        doubtful = path.with_name(path.name + DOUBTFUL)
        rename(path, doubtful)
        return self._backup(doubtful)

    def _fill(self, draft: Draft) -> None:
        self._progress(0, 3, "正在备份")
        self._sealed = draft.make(DATA_FILE, self._copy)
        if self._key_file.exists():
            draft.add(KEY_FILE, self._key_file.read_bytes())
        draft.add(NOTE_FILE, note_bytes(self._backup(Path())))
        self._progress(2, 3, "正在写到硬盘")

    def _copy(self, target: Path) -> None:
        self._database.copy_to(target)
        self._progress(1, 3, "正在核对备份")
        with opened_copy(self._database.beside(target)) as copy:
            if problems := copy.integrity():
                raise DamagedError(
                    f"备份没有做成：核对时发现数据有损坏（{problems[0]}）。请从以前的备份恢复。"
                )
            self._content = content_of(copy)
            self._doubts = copy.verify_log().problems

    def _backup(self, path: Path) -> Backup:
        return Backup(
            path,
            self._made_at,
            self._why,
            self._content,
            self._sealed.size,
            self._sealed.sha256,
            VERSION,
            self._doubts,
        )


def backups_in(folder: Path) -> list[Backup]:
    """The newest first, from a folder on any disk."""
    found = []
    with suppress(OSError):
        for place in folder.iterdir():
            if not place.name.endswith(PART) and (place / DATA_FILE).exists():
                with suppress(UserError):
                    found.append(read_note(place))
    return sorted(found, key=lambda backup: (backup.made_at, backup.content.seq), reverse=True)


def newest_of(backups: list[Backup]) -> Backup | None:
    now = clock.now().replace(tzinfo=None)
    sound = sorted((each for each in backups if each.is_sound), key=lambda each: each.made_at > now)
    return next(iter(sound), None)


def remove_whole(path: Path) -> None:
    """First under a name that nobody takes for a backup, so that a half removed one is never offered."""
    part = path.with_name(path.name + PART)
    rename(path, part)
    remove_leftover(part)
