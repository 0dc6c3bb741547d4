"""A backup takes the place of the data: checked first, nothing overwritten, old or new after a crash."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import DamagedError, LockedError, UserError
from app.fields.actors import Keys
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE, RESTORING, is_half_restored
from app.services.backup_content import Content, content_of
from app.services.backup_note import NOTE_FILE, Backup, note_bytes
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.restore_steps import finish
from app.services.restores import keys_of
from app.vault.key_file import KeyFile
from tests.desks import ACTOR, KEYS, PASSWORD, cheap_key_file, desk_of

ROOT = Path(__file__).parents[2]
OTHER_KEYS = Keys.from_bytes(bytes(range(100, 180)))


@pytest.fixture
def desk(practice_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """The practice township with its key file; at the end nobody asks whether its file can still be read."""
    shutil.copytree(practice_folder, tmp_path / "desk")
    (tmp_path / "desk" / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    opened = desk_of(tmp_path / "desk")
    yield opened
    opened.database.engine.dispose()


@pytest.fixture
def backup(desk: Desk) -> Backup:
    """One person fewer than now."""
    made = desk.backups.make()
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def now_in(folder: Path, keys: Keys = KEYS) -> Content:
    with closing(Database(folder / DATA_FILE, keys)) as database:
        assert database.integrity() == []
        assert database.verify_log().problems == ()
        return content_of(database)


def same_data(one: Content, other: Content) -> bool:
    return (one.counts, one.paid) == (other.counts, other.paid)


def last_act(folder: Path, keys: Keys = KEYS) -> tuple[str, str, str]:
    with closing(Database(folder / DATA_FILE, keys)) as database, database.reading() as session:
        act, actor, about = session.execute(
            text("SELECT act, actor, about FROM audit_act ORDER BY seq DESC LIMIT 1")
        ).one()
        return act, actor, about


def test_the_data_is_as_it_was_when_the_backup_was_made(desk: Desk, backup: Backup) -> None:
    people = desk.cadres.count()
    restored = desk.restores.restore(backup)
    assert restored.content == backup.content
    assert same_data(now_in(desk.folder), backup.content)
    with closing(desk_of(desk.folder)) as again:
        assert again.cadres.count() == people - 1


def test_the_restored_file_says_who_restored_what(desk: Desk, backup: Backup) -> None:
    desk.restores.restore(backup)
    assert last_act(desk.folder) == ("restore", ACTOR.name, backup.name)


def test_the_present_file_is_kept_whole_beside_it(desk: Desk, backup: Backup) -> None:
    present = content_of(desk.database)
    (kept,) = desk.restores.restore(backup).kept
    assert kept.parent == desk.folder
    assert kept.name.startswith(f"{DATA_FILE}.before-restore-")
    with closing(Database(kept, KEYS)) as database:
        assert same_data(content_of(database), present)


def test_a_backup_of_the_present_is_made_first(desk: Desk, backup: Backup) -> None:
    present = content_of(desk.database)
    desk.restores.restore(backup)
    newest = desk.backups.list()[0]
    assert newest.why == "恢复之前"
    assert newest.content == present
    assert desk.backups.list()[1] == backup


def test_restoring_twice_keeps_both_files_that_were_there(desk: Desk, backup: Backup) -> None:
    desk.restores.restore(backup)
    with closing(desk_of(desk.folder)) as again:
        again.restores.restore(backup)
    kept = [name for name in files(desk.folder) if "before-restore" in name]
    assert len([name for name in kept if not name.endswith(("-wal", "-shm"))]) == 2


def test_the_passwords_of_today_stay_where_the_keys_are_the_same(desk: Desk, backup: Backup) -> None:
    today = cheap_key_file(password="白云四月春").to_bytes()
    (desk.folder / KEY_FILE).write_bytes(today)
    assert not desk.restores.needs_secret(backup)
    desk.restores.restore(backup)
    assert (desk.folder / KEY_FILE).read_bytes() == today


def test_who_may_not_manage_may_not_restore(desk: Desk, backup: Backup) -> None:
    before = files(desk.folder)
    desk.database.actor = replace(ACTOR, roles=("preparer", "reviewer"))
    with pytest.raises(UserError, match="您的角色不能“恢复”"):
        desk.restores.restore(backup)
    assert files(desk.folder) == before


def flip_a_bit(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 2)
        byte = stream.read(1)[0]
        stream.seek(-1, 1)
        stream.write(bytes([byte ^ 1]))


def wrong_note(backup: Backup) -> None:
    content = replace(backup.content, paid=backup.content.paid + 1)
    (backup.path / NOTE_FILE).write_bytes(note_bytes(replace(backup, content=content)))


@pytest.mark.parametrize("what", ["a bit", "cut short", "gone", "note"])
def test_a_backup_that_is_not_whole_changes_nothing(desk: Desk, backup: Backup, what: str) -> None:
    present = content_of(desk.database)
    if what == "a bit":
        flip_a_bit(backup.file)
    elif what == "cut short":
        backup.file.write_bytes(backup.file.read_bytes()[:4096])
    elif what == "gone":
        backup.file.unlink()
    else:
        wrong_note(backup)
        backup = desk.backups.list()[0]
    with pytest.raises(UserError) as raised:
        desk.restores.restore(backup)
    assert not isinstance(raised.value, DamagedError)
    assert "另一份备份" in str(raised.value) or "没有改动" in str(raised.value)
    assert not is_half_restored(desk.folder)
    assert not [name for name in files(desk.folder) if "before-restore" in name]
    assert same_data(content_of(desk.database), present)


def test_a_disk_that_is_full_changes_nothing(
    desk: Desk, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = content_of(desk.database)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    desk.backups.make()
    monkeypatch.setattr("app.exchange.safe_write._sync_file", full)
    with pytest.raises(UserError, match="空间不够"):
        desk.restores.restore(backup)
    assert not [name for name in files(desk.folder) if "before-restore" in name]
    assert same_data(content_of(desk.database), present)


@pytest.fixture
def rekeyed(desk: Desk, backup: Backup) -> Desk:
    """The keys were changed after the backup was made."""
    desk.database.rekey(OTHER_KEYS)
    (desk.folder / KEY_FILE).write_bytes(cheap_key_file(OTHER_KEYS, "白云四月春").to_bytes())
    return desk


def test_a_backup_of_other_keys_asks_for_its_own_password(rekeyed: Desk, backup: Backup) -> None:
    assert rekeyed.restores.needs_secret(backup)
    assert keys_of(backup, PASSWORD) == KEYS
    with pytest.raises(UserError, match="口令不对"):
        keys_of(backup, "白云四月春")


def test_it_is_opened_by_the_recovery_words_too(backup: Backup) -> None:
    file, code = cheap_key_file().with_recovery(KEYS)
    (backup.path / KEY_FILE).write_bytes(file.to_bytes())
    assert keys_of(backup, code) == KEYS


def test_it_brings_its_key_file_along_and_the_present_one_is_kept(rekeyed: Desk, backup: Backup) -> None:
    present = (rekeyed.folder / KEY_FILE).read_bytes()
    restored = rekeyed.restores.restore(backup, keys_of(backup, PASSWORD))
    assert same_data(now_in(rekeyed.folder), backup.content)
    assert (rekeyed.folder / KEY_FILE).read_bytes() == (backup.path / KEY_FILE).read_bytes()
    (kept,) = [path for path in restored.kept if path.name.startswith(KEY_FILE)]
    assert kept.read_bytes() == present


def test_a_backup_without_a_key_file_says_so(backup: Backup) -> None:
    (backup.path / KEY_FILE).unlink()
    with pytest.raises(UserError, match="没有钥匙文件"):
        keys_of(backup, PASSWORD)


def test_afterwards_nobody_can_go_on_as_if_nothing_had_happened(desk: Desk, backup: Backup) -> None:
    desk.restores.restore(backup)
    with pytest.raises(LockedError):
        desk.cadres.count()
    desk.close()
    assert same_data(now_in(desk.folder), backup.content)


CHILD = """
import os, shutil, signal, sys
from pathlib import Path
from app.exchange import safe_write
from app.services import restore_steps, restores
from app.services.backup_note import read_note
from app.services.desk import Desk
from tests.desks import ACTOR, PASSWORD
from tests.services.test_restores import OTHER_KEYS

def dying(step):
    left = [step]
    def watched(act):
        def run(*words, **more):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return act(*words, **more)
        return run
    for module in (safe_write, restore_steps):
        module.rename, module.sync_folder = watched(module.rename), watched(module.sync_folder)
    Path.unlink, Path.rmdir = watched(Path.unlink), watched(Path.rmdir)

def restore(folder, step):
    backup = read_note(folder / "备份" / sys.argv[3])
    desk = Desk(folder, OTHER_KEYS, ACTOR)
    keys = restores.keys_of(backup, PASSWORD)
    dying(step)
    desk.restores.restore(backup, keys)

for step in range(100):
    folder = Path(sys.argv[2]) / str(step)
    shutil.copytree(sys.argv[1], folder)
    child = os.fork()
    if not child:
        restore(folder, step)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    print(os.waitstatus_to_exitcode(status))
    if status == 0:
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_at_any_step_it_is_the_old_or_the_new(rekeyed: Desk, backup: Backup, tmp_path: Path) -> None:
    """Data and key file belong together: one of each would open nothing."""
    rekeyed.backups.make()  # the one before the restore would only be more of the same
    old, new = content_of(rekeyed.database), backup.content
    rekeyed.close()
    killed = tmp_path / "killed"
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(rekeyed.folder), str(killed), backup.name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *kills, last = (int(line) for line in done.stdout.split())
    assert (set(kills), last) == ({-signal.SIGKILL}, 0)
    outcomes = []
    for step in range(len(kills) + 1):
        decided = is_half_restored(killed / str(step))
        finish(killed / str(step))
        assert not (killed / str(step) / RESTORING).exists()
        outcomes.append(outcome(killed / str(step), old, new))
        assert not decided or outcomes[-1] == "new"
    assert set(outcomes) == {"old", "new"}
    assert outcomes == sorted(outcomes, reverse=True), "once decided, there is no way back"


def outcome(folder: Path, old: Content, new: Content) -> str:
    """By the key file that is there; the data must open with its keys."""
    key_file = KeyFile.read((folder / KEY_FILE).read_bytes())
    keys, which, content = (KEYS, "new", new) if key_file.salt == KEYS.salt else (OTHER_KEYS, "old", old)
    assert same_data(now_in(folder, keys), content)
    return which
