"""The control for exporting: straight under the final name, and nothing is forced to the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.reliability.exporting import content
from tests.reliability.power_cut.replay import SAID


def main(place: Path, count: int) -> None:
    said = os.open(place / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(count):
        name = f"花名册_{number}.xlsx"
        (place / name).write_bytes(content(name))
        os.write(said, f"{name}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
