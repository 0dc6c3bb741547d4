"""What may not be opened is refused with a sentence, and not a byte of it changes (row D4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import UserError
from app.fields.actors import Keys
from app.models import database as database_module
from app.models.database import Database
from app.models.migrate import migrate
from tests.reliability import ledger
from tests.reliability.figures import Figures
from tests.reliability.power_cut.recording import files_of

Patch = pytest.MonkeyPatch


def ours(path: Path, _patch: Patch) -> Keys:
    ledger.make(path)
    return ledger.KEYS


def old_engine(path: Path, patch: Patch) -> Keys:
    patch.setattr(database_module, "SAFE_ENGINE", (99, 0, 0))
    return ours_before(path, patch)


def ours_before(path: Path, patch: Patch) -> Keys:
    """Made with the engine as it is."""
    with pytest.MonkeyPatch.context() as as_it_is:
        as_it_is.setattr(database_module, "SAFE_ENGINE", (0,))
        return ours(path, patch)


def no_cipher(path: Path, patch: Patch) -> Keys:
    """Python's own SQLite takes a key without a word, and ignores it."""
    keys = ours(path, patch)
    patch.setattr(database_module, "sqlcipher", sqlite3)
    patch.setattr(database_module, "SAFE_ENGINE", (0,))
    return keys


def plain(path: Path, _patch: Patch) -> Keys:
    ledger.make(path, None)
    return ledger.KEYS


def foreign_plain(path: Path, _patch: Patch) -> Keys:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE foreigner (name)")
    return ledger.KEYS


def foreign_with_our_key(path: Path, _patch: Patch) -> Keys:
    with closing(sqlcipher.connect(str(path))) as connection, connection:
        connection.execute(f"PRAGMA key = \"x'{ledger.KEYS.database.hex()}{ledger.KEYS.salt.hex()}'\"")
        connection.execute("CREATE TABLE foreigner (name)")
    return ledger.KEYS


def no_database(path: Path, _patch: Patch) -> Keys:
    path.write_bytes("姓名,身份证号\n".encode() * 500)
    return ledger.KEYS


def newer(path: Path, patch: Patch) -> Keys:
    keys = ours(path, patch)
    with closing(Database(path, keys)) as database, database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    return keys


def other_key(path: Path, patch: Patch) -> Keys:
    keys = ours(path, patch)
    return Keys(bytes(32), keys.salt, keys.audit)


def other_key_file(path: Path, patch: Patch) -> Keys:
    ours(path, patch)
    return Keys.from_bytes(bytes(80))


REFUSED: dict[str, tuple[Callable[[Path, Patch], Keys], str]] = {
    "an engine that corrupts": (old_engine, "太旧，会损坏数据，请重新安装本程序"),
    "an engine without a cipher": (no_cipher, "缺少加密部件"),
    "a plain file of ours": (plain, "没有加密"),
    "a plain file of another program": (foreign_plain, "不是桑榆的数据文件"),
    "a file of another program under our key": (foreign_with_our_key, "不是桑榆的数据文件"),
    "a file that is no database": (no_database, "配不上"),
    "a file of a newer program": (newer, "更新版本"),
    "another key": (other_key, "读不出来"),
    "another key file": (other_key_file, "配不上"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_sentence_and_left_as_it_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
):
    make, sentence = REFUSED[name]
    path = tmp_path / "ledger.db"
    keys = make(path, monkeypatch)
    before = files_of(tmp_path)
    database = Database(path, keys)
    with pytest.raises(UserError, match=sentence):
        migrate(database, tmp_path / "before.sqlite")
    database.engine.dispose()
    assert files_of(tmp_path) == before
    figures.record(
        "D4", measured={"refused and unchanged": 1}, expected="every one refused, nothing changed", count=1
    )


def test_what_is_ours_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Else refusing everything would pass."""
    path = tmp_path / "ledger.db"
    with closing(Database(path, ours(path, monkeypatch))) as database:
        migrate(database, tmp_path / "before.sqlite")
        assert ledger.steps_in(database) == 0
