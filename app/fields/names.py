"""People's names as they are stored: by code point, never folded (domain.md §8.1, §8.2)."""

from __future__ import annotations

import re

SEPARATOR = "\u00b7"
_OTHER_SEPARATORS = re.compile("[\u2022\u2027\u2219\u22c5\u30fb\uff0e\u0387\u16eb]")
_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s*[.\-]\s*(?=[{_CHINESE}])")
_CONTROL = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]")
_AROUND_SEPARATOR = re.compile(rf"\s*{SEPARATOR}\s*")


def clean_name(text: str) -> str:
    """Drops spaces that only pad ('廖  应'), and writes the separator of minority names as U+00B7."""
    text = _CONTROL.sub(" ", text).strip()
    text = _OTHER_SEPARATORS.sub(SEPARATOR, text)
    text = _BETWEEN_CHINESE.sub(SEPARATOR, text)
    text = _AROUND_SEPARATOR.sub(SEPARATOR, text)
    return text if _is_latin(text) else "".join(text.split())


def _is_latin(text: str) -> bool:
    return all(character < "\u2e80" for character in text)


def search_name(text: str) -> str:
    """The form in which names are compared while searching: no separator, no spaces."""
    return "".join(clean_name(text).split()).replace(SEPARATOR, "").casefold()
