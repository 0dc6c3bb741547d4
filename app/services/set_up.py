"""A new data folder: its keys, its first user, its office, and the practice township where that is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.services.desk import Desk, open_desk
from app.services.vault import Opened, Vault


def make_data(
    folder: Path,
    name: str,
    password: str,
    office: Mapping[str, Any],
    *,
    practice_for: Mapping[str, Any] | None = None,
) -> tuple[Desk, Opened]:
    """Raises UserError where there is data already, or the folder cannot be written.

    `practice_for` is what the user has told about himself, when it is to be the practice township.
    """
    opened = Vault(folder).create(name, password)
    desk = open_desk(folder, opened, "window")
    desk.office.save(dict(office))
    if practice_for is not None:
        from app.services.practice import make_practice  # once in the life of a folder

        make_practice(desk, practice_for)
    return desk, opened
