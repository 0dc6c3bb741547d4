"""Writes files and folders into a folder in a process of its own, and notes each name once it was called written.

    python -m tests.reliability.exporting FOLDER 20 [over]

With `over`, one file is written again and again in place of the one before. A refusal goes to stdout as it would be
shown, and ends the work.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

from app.errors import UserError
from app.exchange.safe_write import Draft, write_file, write_folder
from tests.reliability.power_cut.replay import SAID

FILES = 4
OVERWRITTEN = "台账.pdf"


def content(name: str) -> bytes:
    """Known by its name, so that whoever finds it knows whether it is whole."""
    chance = Random(name)
    return chance.randbytes(chance.randrange(20, 30_000))


def files_of(folder: str) -> dict[str, bytes]:
    names = ["清单.json", *(f"forms/采集表_{number}.xlsx" for number in range(FILES))]
    return {name: content(f"{folder}/{name}") for name in names}


def write_next(place: Path, number: int) -> str:
    """A file and a folder in turn."""
    if number % 2:
        name = f"第{number}包"
        write_folder(place, name, lambda draft: _fill(draft, name))
    else:
        name = f"花名册_{number}.xlsx"
        write_file(place / name, content(name))
    return name


def _fill(draft: Draft, folder: str) -> None:
    for name, piece in files_of(folder).items():
        draft.add(name, piece)


def write_again(place: Path, number: int) -> str:
    write_file(place / OVERWRITTEN, content(f"{OVERWRITTEN} {number}"))
    return str(number)


def main(place: Path, count: int, over: bool) -> None:
    said = (
        os.open(place / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        if not os.path.ismount(place)
        else sys.stdout.fileno()
    )
    write = write_again if over else write_next
    for number in range(count):
        try:
            name = write(place, number)
        except UserError as error:
            os.write(sys.stdout.fileno(), f"refused {error}\n".encode())
            return
        os.write(said, f"{name}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), "over" in sys.argv[3:])
