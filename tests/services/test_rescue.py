"""A file that cannot be read any more: what is offered, what is set aside, who can put a backup in its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import DamagedError, UserError
from app.exchange.drives import Drive
from app.fields.actors import Keys
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE
from app.services.backup_content import Content, content_of
from app.services.backup_note import Backup
from app.services.desk import Desk
from app.services.rescue import Rescue
from app.services.stick_backups import FOLDER
from app.services.vault import Opened
from tests.desks import ACTOR, KEYS, PASSWORD, cheap_key_file, desk_of

OTHER_KEYS = Keys.from_bytes(bytes(range(100, 180)))
NEW_PASSWORD = "白云四月春"


@pytest.fixture
def desk(practice_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(practice_folder, tmp_path / "desk")
    (tmp_path / "desk" / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    opened = desk_of(tmp_path / "desk")
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def backup(desk: Desk) -> Backup:
    return desk.backups.make()


@pytest.fixture
def broken(desk: Desk, backup: Backup) -> Path:
    """The data folder, with the first page of its file gone."""
    desk.close()
    path = desk.folder / DATA_FILE
    path.write_bytes(path.read_bytes()[:16] + bytes(4080) + path.read_bytes()[4096:])
    return desk.folder


def rescue_of(folder: Path, opened: Opened | None = None, *drives: Drive) -> Rescue:
    return Rescue(folder, opened, lambda: list(drives))


def now_in(folder: Path, keys: Keys = KEYS) -> Content:
    with closing(Database(folder / DATA_FILE, keys)) as database:
        assert database.integrity() == []
        return content_of(database)


def is_back(folder: Path, backup: Backup, keys: Keys = KEYS) -> bool:
    now = now_in(folder, keys)
    return (now.counts, now.paid, now.seq) == (
        backup.content.counts,
        backup.content.paid,
        backup.content.seq + 1,
    )


def test_the_damage_is_seen_and_looking_changes_nothing(broken: Path, backup: Backup) -> None:
    before = (broken / DATA_FILE).read_bytes()
    with pytest.raises(DamagedError):
        desk_of(broken)
    rescue = rescue_of(broken)
    assert rescue.newest() == backup
    assert rescue.is_beside(backup)
    assert (broken / DATA_FILE).read_bytes() == before


def test_the_damaged_file_stays_under_a_name_that_says_so(broken: Path, backup: Backup) -> None:
    before = (broken / DATA_FILE).read_bytes()
    restored = rescue_of(broken).restore(backup, PASSWORD)
    assert is_back(broken, backup)
    (kept,) = restored.kept
    assert kept.name.startswith(f"{DATA_FILE}.damaged-")
    assert kept.read_bytes() == before


def test_its_side_files_are_set_aside_with_it(broken: Path, backup: Backup) -> None:
    """A log file that belongs to the damaged data must never meet the restored."""
    for side in ("-wal", "-shm"):
        (broken / f"{DATA_FILE}{side}").write_bytes(b"of the damaged file")
    restored = rescue_of(broken).restore(backup, PASSWORD)
    main = min(restored.kept, key=lambda path: len(path.name))
    assert {path.name for path in restored.kept} == {main.name, f"{main.name}-wal", f"{main.name}-shm"}
    assert is_back(broken, backup)


def test_the_log_says_whose_password_it_was(broken: Path, backup: Backup) -> None:
    rescue_of(broken).restore(backup, PASSWORD)
    with closing(Database(broken / DATA_FILE, KEYS)) as database, database.reading() as session:
        act, about, details = session.execute(
            text("SELECT act, about, details FROM audit_act ORDER BY seq DESC LIMIT 1")
        ).one()
    assert (act, about, json.loads(details)["by"]) == ("restore", backup.name, ACTOR.name)


def test_a_wrong_password_changes_nothing(broken: Path, backup: Backup) -> None:
    before = {path.name for path in broken.iterdir()}
    with pytest.raises(UserError, match="口令不对"):
        rescue_of(broken).restore(backup, "不是这个口令")
    assert {path.name for path in broken.iterdir()} == before


def test_who_had_come_in_before_is_not_asked_again(broken: Path, backup: Backup) -> None:
    rescue = rescue_of(broken, Opened(KEYS, ACTOR.uid, ACTOR.name))
    assert not rescue.needs_secret(backup)
    rescue.restore(backup)
    assert is_back(broken, backup)


def test_the_password_of_today_is_the_one_that_counts(broken: Path, backup: Backup) -> None:
    today = cheap_key_file(password=NEW_PASSWORD).to_bytes()
    (broken / KEY_FILE).write_bytes(today)
    with pytest.raises(UserError, match="口令不对"):
        rescue_of(broken).restore(backup, PASSWORD)
    rescue_of(broken).restore(backup, NEW_PASSWORD)
    assert (broken / KEY_FILE).read_bytes() == today


@pytest.mark.parametrize("key_file", [None, b"not a key file", cheap_key_file(OTHER_KEYS).to_bytes()])
def test_without_a_key_file_that_fits_the_backup_brings_its_own(
    broken: Path, backup: Backup, key_file: bytes | None
) -> None:
    (broken / KEY_FILE).unlink()
    if key_file:
        (broken / KEY_FILE).write_bytes(key_file)
    restored = rescue_of(broken, Opened(OTHER_KEYS, "", "")).restore(backup, PASSWORD)
    assert (broken / KEY_FILE).read_bytes() == (backup.path / KEY_FILE).read_bytes()
    assert is_back(broken, backup)
    kept = [path.read_bytes() for path in restored.kept if path.name.startswith(KEY_FILE)]
    assert kept == ([key_file] if key_file else [])


def test_a_new_computer_is_set_up_from_a_stick(desk: Desk, backup: Backup, tmp_path: Path) -> None:
    stick = Drive("桑榆盘", tmp_path / "stick", 1 << 33, 1 << 33, "vfat", read_only=False)
    shutil.copytree(backup.path, stick.path / FOLDER / backup.name)
    empty = tmp_path / "new computer"
    empty.mkdir()
    rescue = rescue_of(empty, None, stick)
    found = rescue.newest()
    assert found is not None
    assert not rescue.is_beside(found)
    rescue.restore(found, PASSWORD)
    assert is_back(empty, backup)
    assert {path.name for path in empty.iterdir()} >= {DATA_FILE, KEY_FILE}


def test_a_backup_that_is_here_and_on_the_stick_is_offered_once(
    desk: Desk, backup: Backup, tmp_path: Path
) -> None:
    stick = Drive("桑榆盘", tmp_path / "stick", 1 << 33, 1 << 33, "vfat", read_only=False)
    shutil.copytree(backup.path, stick.path / FOLDER / backup.name)
    assert rescue_of(desk.folder, None, stick).backups() == [backup]


def test_a_folder_that_is_pointed_at_may_be_a_backup_or_hold_some(
    desk: Desk, backup: Backup, tmp_path: Path
) -> None:
    rescue = rescue_of(tmp_path)
    for pointed_at in (backup.path, backup.path.parent, desk.folder):
        assert rescue.found_in(pointed_at) == [backup]
    with pytest.raises(UserError, match="不是桑榆的备份"):
        rescue.found_in(tmp_path)


def test_a_newest_that_was_cut_short_is_passed_over(desk: Desk, backup: Backup) -> None:
    newer = desk.backups.make()
    newer.file.write_bytes(newer.file.read_bytes()[:8192])
    assert rescue_of(desk.folder).newest() == backup
