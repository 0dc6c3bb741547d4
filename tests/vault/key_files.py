"""Key files for the tests, cheap to open."""

from __future__ import annotations

import datetime as dt

from app.fields.actors import Keys
from app.vault.costs import Cost
from app.vault.key_file import KeyFile

CHEAP = Cost(8, 1, 1)
KEYS = Keys.from_bytes(bytes(range(80)))
PASSWORD, OTHER_PASSWORD = "Tg7#nv2Lq9", "我家门前有三棵老槐树"
NOON = dt.datetime(2026, 11, 22, 12, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def key_file(file_id: str = "7f3a91c2", keys: Keys = KEYS) -> KeyFile:
    """Two logins, no recovery."""
    file = KeyFile.new(file_id, keys, CHEAP)
    return file.with_slot(keys, "u1", "林晓芸", PASSWORD).with_slot(keys, "u2", "赵文远", OTHER_PASSWORD)
