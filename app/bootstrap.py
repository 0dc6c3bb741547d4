"""Puts the program together: the only place that knows every part."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app import commands
from app.errors import UserError
from app.paths import READ_FILES, data_folder, is_half_restored
from app.private_process import keep_memory_private


def run(words: Sequence[str] | None = None) -> int:
    """A command where one is named, the window otherwise; returns the exit code."""
    if words is None:
        keep_memory_private()
    words = sys.argv[1:] if words is None else list(words)
    if words == [READ_FILES]:
        return read_files()
    asked = commands.parser().parse_args(words)
    try:
        if asked.command == "self-check":
            return self_check()
        if asked.command:
            finish_restore(data_folder(asked.data))
            return commands.run(asked)
        return open_window(data_folder(asked.data), asked_for=bool(asked.data))
    except UserError as error:
        print(str(error), file=sys.stderr)
        return commands.MUST_ACT


def read_files() -> int:
    """The frozen program reading foreign files for another one of it; no command of the user's."""
    from app.exchange.child_main import serve

    return serve()


def finish_restore(folder: Path) -> None:
    """One that a power cut broke off; the window does it for itself."""
    if is_half_restored(folder):
        from app.services.restore_steps import finish

        finish(folder)


def open_window(folder: Path, *, asked_for: bool) -> int:
    """Opens the window on the folder; a folder without data is set up by four questions first."""
    from app.ui.display import need_a_display

    need_a_display(os.environ)
    from app.ui.start import start  # Qt, which no command needs

    return start(folder, may_move=not asked_for)


def self_check() -> int:
    """The whole program on a temporary folder: one case from the first run to a delivery, and the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.ui.self_check import check

    for step in check():
        print(step)
    return 0
