"""A backup in the place of the present data. Nothing is overwritten: the present files are kept beside the new."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import clock
from app.errors import DamagedError, UserError
from app.exchange.safe_write import Draft, seal_of, write_folder
from app.fields.actors import SALT, Actor, Keys
from app.fields.acts import refuse_unless_permitted
from app.models.database import Database
from app.models.migrate import NEWEST
from app.paths import DATA_FILE, KEY_FILE, RESTORING
from app.progress import Progress, silent
from app.services.backup_content import Content, content_of, opened_copy, revision_of
from app.services.backup_note import Backup, read_note
from app.services.backups import BACKUPS, STICK_FOLDER, Backups, backups_in, newest_of
from app.services.restore_steps import PLAN, aside_of, finish, plan_bytes
from app.vault.key_file import KeyFile, WrongPasswordError

BEFORE_RESTORE = "before-restore"


@dataclass(frozen=True)
class Restored:
    """What now stands in the place, and where the files that stood there are kept."""

    content: Content
    kept: tuple[Path, ...]


class Restores:
    """Over an open data folder. Afterwards its database is locked, and whoever works logs in again."""

    def __init__(self, database: Database, folder: Path, backups: Backups) -> None:
        self._database, self._folder, self._backups = database, folder, backups

    def needs_secret(self, backup: Backup) -> bool:
        return needs_secret(self._folder, backup)

    def newest_in(self, folder: Path) -> Backup:
        """What somebody points at: a backup, or a folder with several. Raises UserError for neither."""
        found = found_in(folder)
        return newest_of(found) or found[0]

    def restore(self, backup: Backup, keys: Keys | None = None, progress: Progress = silent) -> Restored:
        """`keys` are those of `keys_of`, where the backup needs them.

        Raises UserError for who may not, and for a backup that is not whole: then nothing has changed.
        """
        actor = self._database.actor
        refuse_unless_permitted(actor, "restore")
        with suppress(UserError):  # no room, or nothing left to copy: the present files are kept whole anyway
            self._backups.before("restore")
        swap = Swap(self._folder, backup, BEFORE_RESTORE, actor)
        if keys is None:
            return swap.run(self._database.beside, self._database.shut, progress)
        return swap.run(opener(keys), self._database.shut, progress, with_key_file=True)


def found_in(folder: Path) -> list[Backup]:
    """The newest first. Raises UserError for a folder that is no backup and holds none."""
    places = (folder, folder / STICK_FOLDER, folder / BACKUPS)
    several = next((found for place in places if (found := backups_in(place))), [])
    return several or [read_note(folder)]


def needs_secret(folder: Path, backup: Backup) -> bool:
    """Whether the backup is older than the present keys: then its own password or recovery words open it."""
    key_file = folder / KEY_FILE
    if not key_file.exists():
        return (backup.path / KEY_FILE).exists()
    return salt_of(key_file) != salt_in(backup)


def salt_of(key_file: Path) -> bytes:
    return KeyFile.read(key_file.read_bytes(), key_file.name).salt


def salt_in(backup: Backup) -> bytes:
    """The salt stands in front of the data in the open, and is that of its key file."""
    with backup.file.open("rb") as stream:
        return stream.read(SALT)


def keys_of(backup: Backup, secret: str) -> Keys:
    """By a password of that time, or by the recovery words. Raises UserError when neither opens it."""
    return opened_by(backup.path / KEY_FILE, secret)[0]


def opened_by(key_file: Path, secret: str) -> tuple[Keys, str]:
    """The keys, and the name of whose password it was; '' for the recovery words."""
    try:
        file = KeyFile.read(key_file.read_bytes(), key_file.name)
    except OSError as error:
        raise UserError(f"这份备份旁边没有钥匙文件“{KEY_FILE}”，打不开。请选另一份备份。") from error
    try:
        keys, uid = file.open(secret)
        return keys, next(slot.name for slot in file.slots if slot.uid == uid)
    except WrongPasswordError:
        with suppress(UserError):
            return file.recover(secret), ""
        raise


def opener(keys: Keys) -> Callable[[Path], Database]:
    return lambda path: Database(path, keys, journal="TRUNCATE")


class Swap:
    """One restore, from the check to the last rename."""

    def __init__(
        self,
        folder: Path,
        backup: Backup,
        kept_as: str,
        actor: Actor,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """`actor` and `details` stand in the log of the restored file."""
        self._folder, self._backup, self._actor = folder, backup, actor
        self._details = details or {}
        self._aside = _free_aside(folder, kept_as)

    def run(
        self,
        open_copy: Callable[[Path], Database],
        shut: Callable[[], Callable[[], object]],
        progress: Progress = silent,
        *,
        with_key_file: bool = False,
    ) -> Restored:
        """`shut` closes the present file when the new one is ready, and answers how to open it again."""
        finish(self._folder)
        found: list[Content] = []
        undo: list[Callable[[], object]] = []

        def fill(draft: Draft) -> None:
            progress(0, 3, "正在读出备份")
            draft.make(DATA_FILE, lambda target: found.append(self._ready(target, open_copy)))
            if with_key_file:
                draft.add(KEY_FILE, (self._backup.path / KEY_FILE).read_bytes())
            draft.add(PLAN, plan_bytes(self._aside))
            progress(2, 3, "正在换上备份")
            undo.append(shut())

        try:
            write_folder(self._folder, RESTORING, fill, size=self._backup.size)
        except BaseException:
            for open_again in undo:
                open_again()
            raise
        finish(self._folder)
        return Restored(found[0], self._kept())

    def _ready(self, target: Path, open_copy: Callable[[Path], Database]) -> Content:
        _copy(self._backup, target)
        try:
            with opened_copy(open_copy(target)) as copy:
                content = _checked(copy, self._backup)
                copy.actor = self._actor
                copy.record("restore", self._backup.name, {**self._details, "people": content.people})
        except DamagedError as error:
            raise UserError(_BROKEN.format(name=self._backup.name)) from error
        return content

    def _kept(self) -> tuple[Path, ...]:
        return tuple(sorted(self._folder.glob(f"*.{self._aside}*")))


def _copy(backup: Backup, target: Path) -> None:
    """The very bytes that were checked when the backup was made."""
    try:
        shutil.copyfile(backup.file, target)
    except OSError as error:
        raise UserError(f"备份“{backup.name}”读不出来，盘可能被拔出或已损坏。数据没有改动。") from error
    if seal_of(target).sha256 != backup.sha256:
        raise UserError(_BROKEN.format(name=backup.name))


def _checked(copy: Database, backup: Backup) -> Content:
    if revision_of(copy) > NEWEST:
        raise UserError(f"备份“{backup.name}”是更新版本的桑榆做的，请先升级本程序再恢复。数据没有改动。")
    if copy.integrity():
        raise UserError(_BROKEN.format(name=backup.name))
    content = content_of(copy)
    if content != backup.content or copy.verify_log().problems != tuple(backup.doubts):
        raise UserError(f"备份“{backup.name}”的内容和它的说明对不上，没有恢复。请选另一份备份。")
    return content


_BROKEN = "备份“{name}”和做的时候不一样，已经损坏，没有恢复，数据没有改动。请选另一份备份。"


def _free_aside(folder: Path, kept_as: str) -> str:
    """Never a name that is taken: what was set aside once stays."""
    moment = f"{kept_as}-{clock.now():%Y%m%d-%H%M%S}"
    names = [moment, *(f"{moment}-{number}" for number in range(2, 100))]
    return next(name for name in names if not aside_of(folder / DATA_FILE, name).exists())
