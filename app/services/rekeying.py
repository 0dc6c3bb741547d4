"""换密钥: other keys for the data, so that whoever knew the former ones is kept out for good.

The database is encrypted anew in one step of its own (`Database.rekey`). The new key file waits beside the old one
meanwhile: whenever the power goes, one of the two opens the data, and the next login finds out which.
"""

from __future__ import annotations

from pathlib import Path

from app.exchange.safe_write import write_file
from app.fields.actors import Keys
from app.models.database import Database, opens
from app.services.notes import SHEET_PRINTED_AT, Notes

NEXT = ".新"
"""Behind the name of a key file that waits for its database."""


def next_of(key_file: Path) -> Path:
    return key_file.with_name(key_file.name + NEXT)


def take_over(key_file: Path, waiting: bytes, database: Database, keys: Keys) -> None:
    """`waiting` is the key file of the new keys. Nobody else may have the data open."""
    write_file(next_of(key_file), waiting)
    database.rekey(keys)
    settle(key_file)


def settle(key_file: Path) -> None:
    """The waiting key file has its database now."""
    write_file(key_file, next_of(key_file).read_bytes())
    next_of(key_file).unlink()


def give_up(key_file: Path) -> None:
    """The database never got the new keys."""
    next_of(key_file).unlink(missing_ok=True)


def finish(data: Path, keys: Keys, old: Keys) -> None:
    """What was cut off after the database had the new keys."""
    database = Database(data, keys)
    database.seal_again(old.audit)
    Notes(database).put(SHEET_PRINTED_AT, "")  # its words open nothing any more
    database.record("rekey", "断电以后接着做完")
    database.close()


def fits(data: Path, keys: Keys) -> bool:
    """Whether these keys open the data as it is now; true where there is no data yet."""
    return not data.exists() or opens(data, keys)
