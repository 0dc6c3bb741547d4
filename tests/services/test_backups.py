"""Backups are whole, checked, and thinned; what cannot be one never gets the name of one."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app import clock
from app.errors import DamagedError, UserError
from app.exchange.safe_write import PART
from app.models.database import Database
from app.paths import DATA_FILE, KEY_FILE
from app.services import backups as module
from app.services.backup_content import content_of
from app.services.backup_note import NOTE_FILE, read_note
from app.services.backups import BY_HAND, Backups
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.vault.key_file import KeyFile
from tests.desks import KEYS, PASSWORD, cheap_key_file

DAY = dt.timedelta(days=1)


class Wall:
    """The clock on the wall, set by hand."""

    def __init__(self) -> None:
        self.time = clock.now()

    def now(self) -> dt.datetime:
        return self.time


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def backups(practice: Desk) -> Backups:
    (practice.folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    return practice.backups


def add_person(desk: Desk, name: str = "罗桂香") -> None:
    desk.cadres.save(CadreFile(values={"name": name}))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_holds_data_key_file_and_note_and_nothing_else(practice: Desk, backups: Backups) -> None:
    made = backups.make()
    assert names(made.path) == {DATA_FILE, KEY_FILE, NOTE_FILE}
    assert names(backups.folder) == {made.name}
    assert (made.path / KEY_FILE).read_bytes() == (practice.folder / KEY_FILE).read_bytes()


def test_it_opens_with_the_same_keys_and_is_the_same_data(practice: Desk, backups: Backups) -> None:
    live = content_of(practice.database)
    made = backups.make()
    assert made.content == live
    with closing(Database(made.file, KEYS)) as copy:
        assert copy.integrity() == []
        assert copy.verify_log().problems == ()
        assert content_of(copy) == live


def test_the_note_says_what_and_when_and_nothing_of_anybody(practice: Desk, backups: Backups) -> None:
    made = backups.make()
    raw = (made.path / NOTE_FILE).read_text(encoding="utf-8")
    told = json.loads(raw)
    assert (told["why"], told["people"], told["size"]) == (
        BY_HAND,
        practice.cadres.count(),
        made.file.stat().st_size,
    )
    assert told["paid_fen"] > 0
    for file in practice.cadres.read_all():
        assert file.values["name"] not in raw
    assert read_note(made.path) == made


def test_making_one_stands_in_the_log(practice: Desk, backups: Backups) -> None:
    made = backups.make("手动")
    with practice.database.reading() as session:
        act, about, actor = session.execute(
            text("SELECT act, about, actor FROM audit_act ORDER BY seq DESC LIMIT 1")
        ).one()
    assert (act, about, actor) == ("backup", made.name, practice.database.actor.name)


def test_one_is_due_only_when_something_was_written(practice: Desk, backups: Backups) -> None:
    assert backups.is_due
    backups.make()
    assert not backups.is_due
    practice.database.record("login", "林晓芸")
    practice.notes.put("last_drill_at", "2026-10-23")
    assert not backups.is_due
    add_person(practice)
    assert backups.is_due
    assert backups.make_if_due("工作中") is not None
    assert backups.make_if_due("工作中") is None


def test_one_is_due_when_the_newest_is_of_another_history(practice: Desk, backups: Backups) -> None:
    made = backups.make()
    other = replace(made, content=replace(made.content, mac="0" * 64))
    (made.path / NOTE_FILE).write_bytes(module.note_bytes(other))
    assert backups.is_due


def test_before_an_act_says_which(practice: Desk, backups: Backups) -> None:
    made = backups.before("import")
    assert made is not None
    assert made.why == "导入之前"
    assert backups.before("import") is None


def test_removing_many_people_is_preceded_by_a_backup_with_them(practice: Desk, backups: Backups) -> None:
    uids = [row.uid for row in practice.cadres.rows(["name"])]
    practice.cadres.remove(uids[:1])
    assert backups.list() == []
    practice.cadres.remove(uids[1:4])
    (made,) = backups.list()
    assert (made.why, made.content.people) == ("删除档案之前", len(uids) - 1)
    assert practice.cadres.count() == len(uids) - 4


def test_taking_in_a_file_is_preceded_by_a_backup(practice: Desk, backups: Backups, tmp_path: Path) -> None:
    people = practice.cadres.count()
    table = tmp_path / "花名册.csv"
    table.write_text("姓名,性别,出生年月\n罗桂香,女,1948.03\n", encoding="utf-8")
    practice.imports.apply(practice.imports.preview(table))
    (made,) = backups.list()
    assert (made.why, made.content.people) == ("导入之前", people)
    assert practice.cadres.count() == people + 1


def test_nothing_is_removed_when_the_backup_before_cannot_be_made(practice: Desk, backups: Backups) -> None:
    backups.folder.write_text("a file in the way", encoding="utf-8")
    uids = [row.uid for row in practice.cadres.rows(["name"])]
    with pytest.raises(UserError):
        practice.cadres.remove(uids)
    assert practice.cadres.count() == len(uids)


def test_a_copy_that_is_damaged_never_gets_a_name(
    practice: Desk, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.make()
    copy_to = Database.copy_to

    def copy_and_damage(self: Database, target: Path) -> None:
        copy_to(self, target)
        with target.open("r+b") as stream:
            stream.seek(target.stat().st_size // 2)
            byte = stream.read(1)[0]
            stream.seek(-1, os.SEEK_CUR)
            stream.write(bytes([byte ^ 1]))

    monkeypatch.setattr(Database, "copy_to", copy_and_damage)
    with pytest.raises(DamagedError):
        backups.make()
    assert names(backups.folder) == {good.name}


def full_disk(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_disk_that_fills_up_leaves_nothing_behind(
    backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.safe_write._copy", full_disk)
    with pytest.raises(UserError, match="空间不够"):
        backups.make()
    assert names(backups.folder) == set()
    assert backups.list() == []


def test_what_was_broken_off_is_cleared_away_and_never_listed(backups: Backups) -> None:
    made = backups.make()
    shutil.copytree(made.path, backups.folder / f"2026-10-23 14-03-22{PART}")
    assert backups.list() == [made]
    backups.thin()
    assert names(backups.folder) == {made.name}


def test_a_log_that_was_tampered_with_is_copied_and_marked(practice: Desk, backups: Backups) -> None:
    good = backups.make()
    add_person(practice)
    tamper(practice.database)
    doubtful = backups.make()
    assert not doubtful.is_sound
    assert "被改动过" in doubtful.doubts[0]
    assert doubtful.name.endswith("（日志有疑点）")
    assert backups.newest == good
    assert {backup.name for backup in backups.list()} == {good.name, doubtful.name}
    assert read_note(doubtful.path) == doubtful


def tamper(database: Database) -> None:
    """Somebody with the keys and a tool rewrites who did it."""
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("DROP TRIGGER audit_act_no_update")
        driver.execute("UPDATE audit_act SET actor = '别人' WHERE seq = (SELECT max(seq) FROM audit_act)")


def test_old_ones_are_thinned_and_the_newest_stays(practice: Desk, backups: Backups, wall: Wall) -> None:
    for _ in range(20):
        wall.time += DAY
        backups.make()
    assert 7 <= len(backups.list()) <= 12
    assert backups.list()[0].made_at == wall.time.replace(tzinfo=None)


def test_a_clock_set_back_does_not_take_the_good_ones_away(
    practice: Desk, backups: Backups, wall: Wall
) -> None:
    for _ in range(3):
        wall.time += DAY
        backups.make()
    before = {backup.name for backup in backups.list()}
    wall.time -= 4000 * DAY
    made = backups.make()
    assert {backup.name for backup in backups.list()} == before | {made.name}
    assert backups.newest == made


def test_a_folder_of_somebody_else_is_left_alone(backups: Backups) -> None:
    backups.make()
    (backups.folder / "旧资料").mkdir()
    (backups.folder / "旧资料" / DATA_FILE).write_bytes(b"x")
    assert len(backups.list()) == 1
    backups.thin()
    assert (backups.folder / "旧资料" / DATA_FILE).exists()


@pytest.mark.parametrize(
    "note",
    [b"", b"[]", b"{", b'{"format": "sangyu-backup"}', b'{"format": 1}', b"\xff\xfe", b"x" * 100_000],
)
def test_a_note_that_cannot_be_read_is_no_backup(backups: Backups, note: bytes) -> None:
    made = backups.make()
    (made.path / NOTE_FILE).write_bytes(note)
    assert backups.list() == []
    with pytest.raises(UserError, match="不是桑榆的备份"):
        read_note(made.path)


def test_one_that_was_cut_short_is_not_sound(backups: Backups) -> None:
    made = backups.make()
    with made.file.open("r+b") as stream:
        stream.truncate(made.size // 2)
    assert [backup.is_sound for backup in backups.list()] == [False]
    assert backups.newest is None


def test_two_within_one_second_have_two_names(practice: Desk, backups: Backups, wall: Wall) -> None:
    first = backups.make()
    add_person(practice)
    second = backups.make()
    assert first.name != second.name
    assert {backup.content.people for backup in backups.list()} == {
        first.content.people,
        first.content.people + 1,
    }


def test_a_backup_is_opened_by_its_own_key_file(backups: Backups) -> None:
    made = backups.make()
    keys, _ = KeyFile.read((made.path / KEY_FILE).read_bytes()).open(PASSWORD)
    assert keys == KEYS
