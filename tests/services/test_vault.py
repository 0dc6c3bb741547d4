"""The door: a key file that comes before the data, wrong passwords, words for the day nobody remembers."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from app import clock
from app.errors import DamagedError, UserError
from app.fields.actors import Actor
from app.models.conversion import is_plain
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE
from app.services import rekeying
from app.services import vault as vault_module
from app.services.desk import Desk, open_desk
from app.services.users import UserFile
from app.services.vault import FORMER, LOCK, Opened, Vault
from tests.desks import ACTOR, KEYS, PASSWORD, desk_of, with_door

STORED = Path(__file__).parent.parent / "databases" / "v0001.sqlite"
OTHER = "mingtian-qu-kan-ta"
OLD_WINDOW = """
import sqlite3, sys
data = sqlite3.connect(sys.argv[1])
data.execute("PRAGMA journal_mode = WAL")
data.execute("SELECT count(*) FROM cadre").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data behind a door."""
    desk_of(with_door(tmp_path / "data")).close()
    return tmp_path / "data"


@pytest.fixture
def vault(folder: Path) -> Vault:
    return Vault(folder)


@pytest.fixture
def plain(tmp_path: Path) -> Vault:
    """Data of the first version, which had no password."""
    (tmp_path / "old").mkdir()
    shutil.copyfile(STORED, tmp_path / "old" / DATA_FILE)
    return Vault(tmp_path / "old")


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.database.reading() as session:
        return [(act, about) for act, about in session.execute(text("SELECT act, about FROM audit_act"))]


def test_a_new_folder_gets_a_login_and_recovery_words(tmp_path: Path):
    vault = Vault(tmp_path / "new")
    assert vault.state == "new"
    made = vault.create("林晓芸", PASSWORD)
    assert [login.name for login in vault.logins()] == ["林晓芸"]
    assert len(made.recovery_words) == 12
    open_desk(tmp_path / "new", made, "window").close()
    assert vault.state == "locked"
    assert vault.unlock(PASSWORD).keys == made.keys
    assert vault.recover(" ".join(made.recovery_words)).keys == made.keys


def test_the_first_to_log_in_is_the_first_user(tmp_path: Path):
    made = Vault(tmp_path / "new").create("林晓芸", PASSWORD)
    desk = open_desk(tmp_path / "new", made, "window")
    (user,) = desk.users.all()
    assert (user.uid, user.name, user.roles) == (made.uid, "林晓芸", ("preparer", "admin"))
    assert desk.database.actor.name == "林晓芸"
    desk.close()


def test_a_weak_password_makes_nothing(tmp_path: Path):
    with pytest.raises(UserError):
        Vault(tmp_path / "new").create("林晓芸", "1234567890")
    assert not (tmp_path / "new" / KEY_FILE).exists()


def test_data_that_is_there_is_never_given_a_new_key(vault: Vault):
    before = vault.path.read_bytes()
    with pytest.raises(UserError, match="里已经有数据，没有改动"):
        vault.create("林晓芸", PASSWORD)
    assert vault.path.read_bytes() == before


def test_a_wrong_password_says_how_many_tries_are_left(vault: Vault):
    with pytest.raises(UserError, match=r"口令不对.*还可以试 4 次"):
        vault.unlock("not-this-one")
    assert vault.unlock(PASSWORD).uid == ACTOR.uid


def test_after_five_wrong_passwords_the_door_stays_shut(vault: Vault, monkeypatch: pytest.MonkeyPatch):
    for _ in range(5):
        with pytest.raises(UserError):
            vault.unlock("not-this-one")
    with pytest.raises(UserError, match="请过 5 分钟再试"):
        vault.unlock(PASSWORD)
    later = clock.now() + dt.timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert vault.unlock(PASSWORD).keys == KEYS


def test_the_log_hears_of_wrong_passwords_at_the_next_login(folder: Path, vault: Vault):
    with pytest.raises(UserError):
        vault.unlock("not-this-one", ACTOR.uid)
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    assert acts(desk)[-2:] == [("login_failed", ACTOR.name), ("login", ACTOR.name)]
    desk.close()
    assert vault.unlock(PASSWORD).failures == ()


def test_a_new_password_opens_and_the_old_one_does_not(vault: Vault):
    vault.set_password(KEYS, ACTOR.uid, ACTOR.name, OTHER)
    assert vault.unlock(OTHER).keys == KEYS
    with pytest.raises(UserError, match="口令不对"):
        vault.unlock(PASSWORD)


def test_somebody_whose_login_was_taken_away_stays_outside(vault: Vault):
    vault.set_password(KEYS, "second", "张小雨", OTHER)
    assert vault.unlock(OTHER).uid == "second"
    vault.remove("second")
    with pytest.raises(UserError, match="口令不对"):
        vault.unlock(OTHER)


def test_new_recovery_words_end_the_old_ones(tmp_path: Path):
    vault = Vault(tmp_path / "new")
    made = vault.create("林晓芸", PASSWORD)
    vault.new_recovery(made.keys)
    with pytest.raises(UserError):
        vault.recover(" ".join(made.recovery_words))


def test_a_damaged_key_file_is_a_sentence(vault: Vault):
    vault.path.write_bytes(vault.path.read_bytes()[:100])
    with pytest.raises(UserError, match=KEY_FILE):
        vault.unlock(PASSWORD)


def test_the_key_file_of_another_database_is_a_sentence_and_changes_nothing(folder: Path, tmp_path: Path):
    other = Vault(tmp_path / "other")
    other.create("周光", OTHER)
    shutil.copyfile(other.path, folder / KEY_FILE)
    before = (folder / DATA_FILE).read_bytes()
    with pytest.raises(DamagedError, match="和钥匙文件配不上"):
        open_desk(folder, Vault(folder).unlock(OTHER), "window")
    assert (folder / DATA_FILE).read_bytes() == before


def test_data_copied_without_its_key_file_is_keyless(folder: Path):
    (folder / KEY_FILE).unlink()
    assert Vault(folder).state == "keyless"
    with pytest.raises(UserError, match="读不出来"):
        Vault(folder).unlock(PASSWORD)


def test_plain_data_is_encrypted_and_nothing_readable_stays(plain: Vault):
    (plain.folder / "before-upgrade.sqlite").write_bytes(b"plain")
    assert plain.state == "plain"
    opened = plain.convert("林晓芸", PASSWORD)
    assert plain.state == "locked"
    assert not is_plain(plain.folder / DATA_FILE)
    assert sorted(path.name for path in plain.folder.iterdir()) == [KEY_FILE, DATA_FILE]
    desk = open_desk(plain.folder, opened, "window")
    counts = json.loads(STORED.with_suffix(".json").read_text(encoding="utf-8"))
    assert desk.cadres.count() == counts["cadre"]
    desk.close()


@pytest.mark.parametrize("moment", ["before the swap", "in the swap", "after the swap"])
def test_an_encryption_that_is_cut_off_loses_nothing(
    plain: Vault, monkeypatch: pytest.MonkeyPatch, moment: str
):
    class CutError(BaseException):
        """As the power going."""

    def cut(*_: object) -> None:
        raise CutError

    if moment == "before the swap":
        monkeypatch.setattr(Vault, "_first", cut)
    elif moment == "in the swap":
        replace = Path.replace
        monkeypatch.setattr(
            Path,
            "replace",
            lambda path, to: cut() if path.name.endswith("加密中.part") else replace(path, to),
        )
    else:
        monkeypatch.setattr(vault_module.conversion, "wipe", cut)
    with pytest.raises(CutError):
        plain.convert("林晓芸", PASSWORD)
    monkeypatch.undo()
    again = Vault(plain.folder)
    state = again.state
    opened = again.unlock(PASSWORD) if state == "locked" else again.convert("林晓芸", PASSWORD)
    assert (state, again.state) == ("locked" if moment == "after the swap" else "plain", "locked")
    left = {path.name for path in plain.folder.iterdir()}
    assert left - {LOCK, KEY_FILE + FORMER} == {KEY_FILE, DATA_FILE}
    database = Database(plain.folder / DATA_FILE, opened.keys)
    assert database.integrity() == []
    database.close()


def test_with_the_recovery_words_nobody_in_particular_acts(tmp_path: Path):
    vault = Vault(tmp_path / "new")
    made = vault.create("林晓芸", PASSWORD)
    open_desk(tmp_path / "new", made, "window").close()
    desk = open_desk(tmp_path / "new", vault.recover(" ".join(made.recovery_words)), "window")
    assert desk.database.actor.uid == ""
    assert acts(desk)[-1][0] == "recovery"
    desk.close()


def test_somebody_who_was_stopped_cannot_log_in(folder: Path, vault: Vault):
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    second = Opened(KEYS, "second", "张小雨")
    desk.users.save(UserFile("second", {"name": "张小雨", "roles": "reader"}, active=False))
    desk.close()
    with pytest.raises(UserError, match="张小雨已经停用，不能登录"):
        open_desk(folder, second, "window")


def test_other_keys_keep_everybody_else_out(folder: Path, vault: Vault):
    vault.set_password(KEYS, "second", "张小雨", OTHER)
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    opened = vault.rekey(desk.database, Opened(KEYS, ACTOR.uid, ACTOR.name), PASSWORD)
    desk.office.save({"township": "卫城镇"})
    desk.close()
    assert opened.keys != KEYS
    assert len(opened.recovery_words) == 12
    with pytest.raises(UserError, match="口令不对"):
        vault.unlock(OTHER)
    again = open_desk(folder, vault.unlock(PASSWORD), "window")
    assert again.office.read()["township"] == "卫城镇"
    assert again.database.verify_log().problems == ()
    assert again.database.integrity() == []
    again.close()
    with pytest.raises(DamagedError):
        Desk(folder, KEYS)


def test_a_change_of_keys_needs_the_password(folder: Path, vault: Vault):
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    with pytest.raises(UserError, match="口令不对"):
        vault.rekey(desk.database, Opened(KEYS, ACTOR.uid, ACTOR.name), "not-this-one")
    desk.close()
    assert vault.unlock(PASSWORD).keys == KEYS


def test_until_a_change_of_keys_is_finished_the_others_are_told_who_can(
    folder: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
):
    class CutError(BaseException):
        """As the power going."""

    def cut(*_: object) -> None:
        raise CutError

    vault.set_password(KEYS, "second", "张小雨", OTHER)
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    monkeypatch.setattr(rekeying, "settle", cut)
    with pytest.raises(CutError):
        vault.rekey(desk.database, Opened(KEYS, ACTOR.uid, ACTOR.name), PASSWORD)
    monkeypatch.undo()
    desk.close()
    with pytest.raises(UserError, match="请换密钥的管理员用自己的口令打开一次"):
        vault.unlock(OTHER)
    open_desk(folder, vault.unlock(PASSWORD), "window").close()


@pytest.mark.parametrize("moment", ["before the database", "after the database"])
def test_a_change_of_keys_that_is_cut_off_opens_with_one_of_them(
    folder: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch, moment: str
):
    class CutError(BaseException):
        """As the power going."""

    def cut(*_: object) -> None:
        raise CutError

    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    if moment == "before the database":
        monkeypatch.setattr(Database, "rekey", cut)
    else:
        monkeypatch.setattr(rekeying, "settle", cut)
    with pytest.raises(CutError):
        vault.rekey(desk.database, Opened(KEYS, ACTOR.uid, ACTOR.name), PASSWORD)
    monkeypatch.undo()
    desk.close()
    open_desk(folder, vault.unlock(PASSWORD), "window").close()
    assert sorted(path.name for path in folder.glob("*.json*")) == [KEY_FILE]


def test_tries_at_the_same_time_are_counted_one_after_the_other(vault: Vault):
    def try_it() -> None:
        with suppress(UserError):
            Vault(vault.folder).unlock("not-this-one")

    threads = [Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert vault.wait() > 0
    with pytest.raises(UserError, match="输错次数太多"):
        vault.unlock(PASSWORD)


def test_a_key_without_its_data_is_not_written_over(folder: Path, vault: Vault):
    (folder / DATA_FILE).rename(folder / "somewhere else")
    before = vault.path.read_bytes()
    with pytest.raises(UserError, match="里有钥匙，没有它的数据"):
        vault.create("周光", OTHER)
    assert vault.path.read_bytes() == before


def test_plain_data_that_an_old_window_has_open_is_left_alone(plain: Vault):
    command = [sys.executable, "-c", OLD_WINDOW, str(plain.folder / DATA_FILE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        window.stdout.readline()
        with pytest.raises(UserError, match="旧版本的桑榆还开着"):
            plain.convert("林晓芸", PASSWORD)
        window.communicate(b"")
    assert plain.state == "plain"


def test_whoever_may_not_change_the_keys_changes_nothing(folder: Path, vault: Vault):
    desk = open_desk(folder, vault.unlock(PASSWORD), "window")
    desk.database.actor = Actor("second", "张小雨", ("reader",), "window")
    before = vault.path.read_bytes()
    with pytest.raises(UserError, match="您的角色不能“换密钥”"):
        vault.rekey(desk.database, Opened(KEYS, ACTOR.uid, ACTOR.name), PASSWORD)
    desk.close()
    assert vault.path.read_bytes() == before
