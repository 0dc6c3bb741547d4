"""Our file is nobody's prisoner: a second, independent program reads it, checks it and writes it (row D3)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.models.database import Database
from tests.reliability import ledger
from tests.reliability.figures import Figures

KEY, SALT = bytes(range(32)).hex(), bytes(range(32, 48)).hex()
FORMS = {"a password": "春天在溪河边散步", "64 hex digits": f"x'{KEY}'", "96 hex digits": f"x'{KEY}{SALT}'"}
STEPS = 4


def second(path: Path, key: str) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    for name, value in (("cipher", "'sqlcipher'"), ("legacy", "4"), ("key", f'"{key}"')):
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    return connection


def ours(path: Path, key: str) -> sqlcipher.Connection:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key}"')
    return connection


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_key_opens_there_and_back(form: str, tmp_path: Path, figures: Figures):
    path, key = tmp_path / "file.db", FORMS[form]
    with closing(ours(path, key)) as connection:
        connection.execute("CREATE TABLE person (name)")
        connection.executemany("INSERT INTO person VALUES (?)", [(f"老人{number}",) for number in range(500)])
    with closing(second(path, key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*), max(name) FROM person").fetchall() == [(500, "老人99")]
        connection.execute("INSERT INTO person VALUES ('写回')")
        connection.execute("VACUUM")
    with closing(ours(path, key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM person WHERE name = '写回'").fetchone() == (1,)
    figures.record(
        "D3", measured={"forms there and back": 1}, expected="3 forms read, checked and written", count=1
    )


@pytest.mark.parametrize("state", ["folded in", "with its log file"])
def test_the_data_of_an_office_opens_there_and_back(state: str, tmp_path: Path):
    path = tmp_path / "ledger.db"
    ledger.make(path)
    database = Database(path, ledger.KEYS)
    for _ in range(STEPS):
        ledger.step(database)
    if state == "folded in":
        database.close()
    key = f"x'{ledger.KEYS.database.hex()}{ledger.KEYS.salt.hex()}'"
    with closing(second(path, key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM cadre").fetchall() == [(STEPS,)]
        with pytest.raises(apsw.ConstraintError, match=r"audit_row\.act"):
            connection.execute("DELETE FROM cadre")  # the log is no matter of our program only
        if state == "folded in":
            connection.execute("VACUUM")
    database.close()
    assert ledger.judged(path) == STEPS
