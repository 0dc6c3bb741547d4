"""A second copy on a stick: what lies on the same disk dies with the laptop (reliability.md §4.4)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app import clock
from app.errors import UserError
from app.exchange.disk_errors import explained
from app.exchange.drives import Drive, removable_drives
from app.exchange.safe_write import (
    Draft,
    leftovers,
    remove_leftover,
    seal_of,
    write_file,
    write_folder,
)
from app.models.base import new_uid
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE
from app.progress import Progress, silent
from app.services.backup_note import NOTE_FILE, Backup
from app.services.backup_rotation import kept
from app.services.backups import STICK_FOLDER, Backups, backups_in, remove_whole
from app.services.notes import Notes

FOLDER = STICK_FOLDER
ID_FILE = "备份盘.json"
FORMAT = "sangyu-stick"
STICKS, LAST_STICK = "backup_sticks", "last_stick_backup_at"
LONGEST = 4096


@dataclass(frozen=True)
class Stick:
    """A stick that the office named. The size tells it from a copy of its files on another."""

    id: str
    label: str
    total: int


class StickBackups:
    """Sticks are known by a small file on them; on a stranger nothing is ever written."""

    def __init__(
        self,
        database: Database,
        backups: Backups,
        notes: Notes,
        find_drives: Callable[[], list[Drive]] = removable_drives,
    ) -> None:
        self._database, self._backups, self._notes = database, backups, notes
        self._find_drives = find_drives

    def drives(self) -> list[Drive]:
        """All that are plugged in, to choose one from."""
        return self._find_drives()

    @property
    def sticks(self) -> list[Stick]:
        return [Stick(**each) for each in json.loads(self._notes.get(STICKS, "[]"))]

    @property
    def last_at(self) -> dt.datetime | None:
        told = self._notes.get(LAST_STICK)
        return dt.datetime.fromisoformat(told).replace(tzinfo=None) if told else None

    def name(self, drive: Drive) -> Stick:
        """From now on this stick gets a copy whenever it is plugged in. Raises UserError where it takes no file."""
        if drive.read_only:
            raise UserError(f"U 盘“{drive.label}”是只读的，写不进去。请检查写保护开关，或换一个盘。")
        stick = Stick(_id_on(drive) or new_uid(), drive.label, drive.total)
        folder = drive.path / FOLDER
        with explained(folder):
            folder.mkdir(exist_ok=True)
        write_file(folder / ID_FILE, _id_bytes(stick))
        others = [known for known in self.sticks if known.id != stick.id]
        self._put([*others, stick])
        return stick

    def forget(self, stick: Stick) -> None:
        """What is on it stays."""
        self._put([known for known in self.sticks if known.id != stick.id])

    def plugged_in(self) -> list[tuple[Stick, Drive]]:
        """The named sticks that are there now."""
        if not (known := {stick.id: stick for stick in self.sticks}):
            return []
        found = [(known.get(_id_on(drive)), drive) for drive in self._find_drives()]
        return [(stick, drive) for stick, drive in found if stick and stick.total == drive.total]

    def lacking(self) -> list[tuple[Stick, Drive]]:
        """Those of them that do not hold the newest backup yet."""
        newest = self._backups.newest
        if newest is None:
            return []
        return [
            (stick, drive)
            for stick, drive in self.plugged_in()
            if not drive.read_only and not (drive.path / FOLDER / newest.name).exists()
        ]

    def copy(self, stick: Stick, drive: Drive, progress: Progress = silent) -> Backup:
        """The newest backup, read back from the stick. Raises UserError when the stick does not take it whole."""
        newest = self._backups.newest
        if newest is None:
            raise UserError("还没有一份核对过的备份可以拷到 U 盘。请先点“立即备份”。")
        if seal_of(newest.file).sha256 != newest.sha256:
            raise UserError(f"备份“{newest.name}”在硬盘上已经损坏，没有拷。请点“立即备份”，再插一次 U 盘。")
        folder = drive.path / FOLDER
        for left in leftovers(folder):
            remove_leftover(left)
        path = write_folder(
            folder, newest.name, lambda draft: _fill(draft, newest), size=newest.size, progress=progress
        )
        _thin(folder)
        self._database.record("backup", newest.name, {"stick": stick.label, "size": newest.size})
        self._notes.put(LAST_STICK, clock.now().isoformat())
        return next(each for each in backups_in(folder) if each.path == path)

    def on(self, drive: Drive) -> list[Backup]:
        """What is on a stick, also on one that nobody named here: a new computer knows none."""
        return backups_in(drive.path / FOLDER)

    def _put(self, sticks: list[Stick]) -> None:
        self._notes.put(STICKS, json.dumps([asdict(stick) for stick in sticks], ensure_ascii=False))


def _fill(draft: Draft, backup: Backup) -> None:
    for name in (DATA_FILE, KEY_FILE, NOTE_FILE):
        if (backup.path / name).exists():
            draft.add(name, backup.path / name)


def _thin(folder: Path) -> None:
    """As beside the data; a stick that was pulled meanwhile has what was copied."""
    with suppress(OSError, UserError):
        found = backups_in(folder)
        stay = kept([each.made_at for each in found], clock.now().replace(tzinfo=None))
        for backup in found:
            if backup.made_at not in stay:
                remove_whole(backup.path)


def _id_bytes(stick: Stick) -> bytes:
    told = {"format": FORMAT, "id": stick.id, "说明": "桑榆的备份盘：插上以后，程序会把最新的备份拷到这里。"}
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _id_on(drive: Drive) -> str:
    """'' on a stick that is none of ours, or that was pulled out since."""
    try:
        told = json.loads((drive.path / FOLDER / ID_FILE).read_bytes()[:LONGEST])
        return str(told["id"]) if told["format"] == FORMAT else ""
    except (OSError, ValueError, TypeError, KeyError):
        return ""
