"""Titles that a worksheet may carry, no two alike, and names of files."""

from __future__ import annotations

import re

from app.fields.formula_text import clean_text

LONGEST, LONGEST_FILE = 31, 80
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_UNFIT_IN_FILE = re.compile(r'[\\/:*?"<>|\n\t]')


class SheetNames:
    """Gives each sheet of a workbook a title of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # a title that Excel keeps for itself

    def take(self, wanted: str, ending: str = "") -> str:
        """The wanted title, shortened or numbered where it has to be; `ending` is kept whole."""
        plain = _FORBIDDEN.sub("_", clean_text(wanted)).strip("' ") or "未命名"
        number, title = 1, shortened(plain, LONGEST - units(ending)) + ending
        while title.casefold() in self._taken:
            number += 1
            numbered = f"_{number}{ending}"
            title = shortened(plain, LONGEST - units(numbered)) + numbered
        self._taken.add(title.casefold())
        return title


def units(text: str) -> int:
    """Length as spreadsheet programs count it: 𬎆 is two."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, longest: int) -> str:
    while units(text) > longest:
        text = text[:-1]
    return text


def form_file_name(name: str, id_number: str) -> str:
    """采集表_姓名_尾4位.xlsx; without the number when there is none."""
    parts = ("采集表", clean_text(name).strip(". ")[:LONGEST] or "未命名", clean_text(id_number)[-4:])
    return _UNFIT_IN_FILE.sub("_", "_".join(filter(None, parts))) + ".xlsx"


class FileNames:
    """Gives each file of a folder a name of its own, on systems that do not tell A from a."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        stem, _, ending = wanted.rpartition(".")
        number, name = 1, wanted
        while name.casefold() in self._taken:
            number += 1
            tail = f"_{number}.{ending}"
            name = stem[: LONGEST_FILE - len(tail)] + tail
        self._taken.add(name.casefold())
        return name
