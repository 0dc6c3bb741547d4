"""The pieces of work that are killed, and what must be found afterwards.

    python -m tests.reliability.killed_works rekey FOLDER

does one of them to its end.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import AbstractContextManager, closing
from pathlib import Path
from unittest import mock

from app.errors import UserError
from app.exchange.safe_write import PART
from app.fields.actors import Keys
from app.models.database import Database, table_counts
from app.paths import DATA_FILE, KEY_FILE
from app.services.backups import BACKUPS, Backups, backups_in
from app.services.vault import Vault
from app.vault.costs import Cost
from app.vault.key_file import KeyFile, WrongPasswordError
from tests.reliability import ledger
from tests.reliability.at_work import LEDGER, main
from tests.reliability.killed import ROOT, Work
from tests.reliability.power_cut.replay import SAID

STEPS = 12
SAVED = 6
FIRST_VERSION = ROOT / "tests" / "databases" / "v0001.sqlite"
CHEAP = Cost(8, 1, 1)
NAME, PASSWORD, NEXT_PASSWORD = "林晓芸", "chun-shan-zai-xihe", "qiu-shui-zai-yanqian"


def cheaply() -> AbstractContextManager[object]:
    """The price of a password would take most of the time, and most of the blows."""
    return mock.patch("app.vault.costs.calibrate", return_value=CHEAP)


def empty_ledger(folder: Path) -> None:
    folder.mkdir()
    ledger.make(folder / LEDGER)


def filled_ledger(folder: Path) -> None:
    empty_ledger(folder)
    with closing(Database(folder / LEDGER, ledger.KEYS)) as database:
        for _ in range(STEPS):
            ledger.step(database)


def whole(path: Path, keys: Keys | None = ledger.KEYS) -> str:
    """'' for a file that holds every step, else what is wrong with it."""
    try:
        steps = ledger.judged(path, keys)
    except ledger.BrokenError as error:
        return f"broken: {error}"
    except UserError as error:
        return f"not opened: {error}"
    return "" if steps == STEPS else "steps are missing"


def saved(folder: Path) -> str:
    said = (folder / SAID).read_text().split() if (folder / SAID).exists() else []
    try:
        steps = ledger.judged(folder / LEDGER)
    except ledger.BrokenError:
        return "half done"
    except UserError:
        return "corrupt"
    return "well" if len(said) <= steps <= len(said) + 1 else "saved and lost"


def with_password(folder: Path) -> None:
    filled_ledger(folder)
    (folder / LEDGER).rename(folder / DATA_FILE)
    file = KeyFile.new("a file of a test", ledger.KEYS, CHEAP)
    (folder / KEY_FILE).write_bytes(file.with_slot(ledger.KEYS, "uid", NAME, PASSWORD).to_bytes())


def rekey(folder: Path) -> None:
    vault = Vault(folder)
    opened = vault.unlock(PASSWORD)
    with cheaply(), closing(Database(folder / DATA_FILE, opened.keys)) as database:
        vault.rekey(database, opened, PASSWORD)


def rekeyed(folder: Path) -> str:
    """The next login gets in, and finds the data whole and its log under the seal of the same keys."""
    return whole(folder / DATA_FILE, Vault(folder).unlock(PASSWORD).keys) or "well"


def change_password(folder: Path) -> None:
    Vault(folder).set_password(ledger.KEYS, "uid", NAME, NEXT_PASSWORD)


def password_changed(folder: Path) -> str:
    file = KeyFile.read((folder / KEY_FILE).read_bytes())
    opening = [password for password in (PASSWORD, NEXT_PASSWORD) if _opens(file, password)]
    return whole(folder / DATA_FILE) or ("well" if len(opening) == 1 else f"{len(opening)} passwords open it")


def _opens(file: KeyFile, password: str) -> bool:
    try:
        return file.open(password)[0] == ledger.KEYS
    except WrongPasswordError:
        return False


def back_up(folder: Path) -> None:
    with closing(Database(folder / DATA_FILE, ledger.KEYS)) as database:
        Backups(database, folder).make()


def backed_up(folder: Path) -> str:
    if told := whole(folder / DATA_FILE):
        return told
    kept = folder / BACKUPS
    named = [path for path in kept.iterdir() if not path.name.endswith(PART)] if kept.exists() else []
    notes = {backup.path: backup for backup in backups_in(kept)}
    if any(path not in notes for path in named):
        return "a backup without its note"
    return next(filter(None, (whole(path / notes[path].file) for path in named)), "well")


def first_version(folder: Path) -> None:
    """A file of the first version was not encrypted."""
    folder.mkdir()
    shutil.copyfile(FIRST_VERSION, folder / DATA_FILE)


def convert(folder: Path) -> None:
    with cheaply():
        Vault(folder).convert(NAME, PASSWORD)


def converted(folder: Path) -> str:
    """Whatever came of it, the next start finds everything, plain or under the password."""
    vault = Vault(folder)
    state = vault.state
    if state not in ("plain", "locked"):
        return f"{state}, as if nothing were there"
    keys = vault.unlock(PASSWORD).keys if state == "locked" else None
    with closing(Database(FIRST_VERSION)) as before, closing(Database(folder / DATA_FILE, keys)) as after:
        if problems := after.integrity():
            return problems[0]
        with before.reading() as was, after.reading() as now:
            return "well" if table_counts(was) == table_counts(now) else "rows are missing"


WORKS: dict[str, Work] = {
    "saving": Work(empty_ledger, lambda folder: main(folder, SAVED, {}), saved),
    "rekey": Work(with_password, rekey, rekeyed),
    "password": Work(with_password, change_password, password_changed),
    "conversion": Work(first_version, convert, converted),
    "backup": Work(with_password, back_up, backed_up),
}


if __name__ == "__main__":
    WORKS[sys.argv[1]].do(Path(sys.argv[2]))
