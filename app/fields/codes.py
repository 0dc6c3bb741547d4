"""Code tables, kept as files that the office can edit: `resources/codes/<name>.csv`.

A code is never deleted, only retired: old records still show it, new ones are not offered it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from app.paths import resource


@dataclass(frozen=True)
class CodeItem:
    """One row of a code table."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    retired: bool = False


@dataclass(frozen=True)
class CodeTable:
    """The codes of one table, found by code, label or any spelling that offices use."""

    name: str
    items: Sequence[CodeItem]
    source: str = ""

    def label(self, code: str) -> str:
        """The label of a code; a code that is not in the table is shown as it is."""
        item = self._by_code.get(code)
        return item.label if item else code

    def has(self, code: str) -> bool:
        return code in self._by_code

    def find(self, text: str) -> str | None:
        """The code meant by a label, an alias or a code; None when nothing is sure."""
        key = _key(text)
        return self._by_text.get(key)

    @property
    def offered(self) -> list[CodeItem]:
        """What a new record may choose from."""
        return [item for item in self.items if not item.retired]

    @cached_property
    def _by_code(self) -> dict[str, CodeItem]:
        return {item.code: item for item in self.items}

    @cached_property
    def _by_text(self) -> dict[str, str]:
        texts: dict[str, str] = {_key(item.code): item.code for item in self.items if not item.code.isdigit()}
        for item in self.items:
            for alias in item.aliases:
                texts[_key(alias)] = item.code
        for item in self.items:
            texts[_key(item.label)] = item.code
        return texts


def _key(text: str) -> str:
    """Spelling without what does not distinguish: width, spaces, brackets' shape, case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if not character.isspace())


@cache
def code_table(name: str) -> CodeTable:
    """The table in `resources/codes/<name>.csv`. Raises FileNotFoundError for an unknown name."""
    with resource(f"codes/{name}.csv").open(encoding="utf-8", newline="") as file:
        first = file.readline()
        source = first.removeprefix("# source:").strip()
        items = [_item(row) for row in csv.DictReader(file)]
    return CodeTable(name, items, source)


def _item(row: dict[str, str]) -> CodeItem:
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    return CodeItem(row["code"], row["label"], aliases, row["parent"], row["retired"] == "1")
