"""How names are read aloud and typed: pinyin and initials, with the readings of surnames.

pypinyin reads surnames as ordinary words (单 dan, 查 cha); `resources/surnames.csv` says how they are
read as surnames (domain.md §8.3). Old readings are tolerated too, because people type them.
"""

from __future__ import annotations

import csv
from functools import lru_cache

from app.fields.names import SEPARATOR
from app.paths import resource


@lru_cache(maxsize=1)
def _surnames() -> dict[str, list[str]]:
    with resource("surnames.csv").open(encoding="utf-8", newline="") as file:
        file.readline()
        return {row["surname"]: row["readings"].split("|") for row in csv.DictReader(file)}


def surname(name: str) -> str:
    """The surname of a Chinese name; '' for names without one, such as Uygur names."""
    if SEPARATOR in name:
        return ""
    return name[:2] if len(name) > 2 and name[:2] in _surnames() else name[:1]


PinyinKey = tuple[tuple[str, str, str], ...]
"""Of each character its syllable, its syllable with the tone, itself."""


def pinyin_key(name: str) -> PinyinKey:
    """By which names are sorted by sound: the surname in its own reading, then character by character."""
    head = surname(name)
    proper = _surnames().get(head, [""])[0].split("'")
    keys = [_sound(character) for character in name.replace(SEPARATOR, "")]
    for place, reading in enumerate(reading for reading in proper if reading):
        keys[place] = (reading, reading, keys[place][2])
    return tuple(keys)


@lru_cache(maxsize=4096)
def _sound(character: str) -> tuple[str, str, str]:
    from pypinyin import Style, lazy_pinyin

    toned = "".join(lazy_pinyin(character, style=Style.TONE3, errors="ignore")).replace("ü", "v")
    return _character(character) or character, toned, character


def search_key(name: str) -> str:
    """Everything by which the name may be typed: pinyin and initials in each reading, joined by spaces."""
    keys: list[str] = []
    for syllables in _readings(name):
        keys += ["".join(syllables), "".join(syllable[0] for syllable in syllables if syllable)]
    return " ".join(dict.fromkeys(key for key in keys if key))


def _readings(name: str) -> list[list[str]]:
    plain = [_character(character) for character in name.replace(SEPARATOR, "")]
    head = surname(name)
    proper = [reading.split("'") + plain[len(head) :] for reading in _surnames().get(head, [])]
    return [*proper, plain]


@lru_cache(maxsize=4096)
def _character(character: str) -> str:
    from pypinyin import Style, lazy_pinyin  # 60 ms of dictionaries

    found = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
    return str(found[0]).replace("ü", "v") if found else ""


def initials(text: str) -> str:
    """The initials by which a label is found in a drop-down: '中共党员' → 'zgdy'."""
    return "".join(_character(character)[:1] for character in text)
