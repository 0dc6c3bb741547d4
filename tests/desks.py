"""Desks for tests: always encrypted, always somebody acting, without the price of a password."""

from __future__ import annotations

from pathlib import Path

from app.fields.actors import Actor, Keys
from app.paths import KEY_FILE
from app.services.desk import Desk
from app.vault.costs import Cost
from app.vault.key_file import KeyFile

KEYS = Keys.from_bytes(bytes(range(80)))
PASSWORD = "chuntian-zai-xihe"
ACTOR = Actor(
    "0c0ffee0-0000-4000-8000-000000000001", "林晓芸", ("preparer", "reviewer", "head", "admin"), "window"
)

CHEAP = Cost(8, 1, 1)


def desk_of(folder: Path, actor: Actor = ACTOR) -> Desk:
    """A desk without a key file beside it: whoever tests the door makes one with `Vault`."""
    return Desk(folder, KEYS, actor)


def with_door(folder: Path) -> Path:
    """Puts the key file of `KEYS` into the folder: `ACTOR` gets in with `PASSWORD`, at the least price."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    return folder


def cheap_key_file(keys: Keys = KEYS, password: str = PASSWORD) -> KeyFile:
    """A key file that opens at once."""
    return KeyFile.new("a file of a test", keys, CHEAP).with_slot(keys, ACTOR.uid, ACTOR.name, password)
