"""`python -m benchmarks [NAME …]`: the table of docs/benchmarks.md; of all benchmarks, or those named."""

from __future__ import annotations

import argparse
import importlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.comparison import Comparison, as_table

BENCHMARKS = (
    "window",
    "search",
    "scrolling",
    "roster_workbook",
    "import_preview",
    "import_undo",
    "audit",
    "check",
    "duplicates",
    "history",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks", description="Our times beside the least possible ones."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or BENCHMARKS
    with tempfile.TemporaryDirectory() as folder:
        print(as_table(_compared(names, Path(folder))))


def _compared(names: Sequence[str], folder: Path) -> Iterator[Comparison]:
    for name in names:
        yield from importlib.import_module(f"benchmarks.{name}").run(folder)


if __name__ == "__main__":
    main()
