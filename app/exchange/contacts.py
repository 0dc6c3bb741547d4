"""Telephone numbers and the people who answer for a cadre."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.fields import names
from app.fields.codes import code_table
from app.fields.kinds import Phone

Contact = dict[str, str]
"""Fields of a contact: name, relation, mobile, landline; only those that are known."""

_NUMBER = re.compile(
    r"(?<!\d)(?:1\d{2}[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}\)?[- ]?\d{7,8}(?:-\d{1,6})?|\d{7,8})(?!\d)"
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AREA = re.compile(r"\((0\d{2,3})\)[- ]?")
_DIGIT = re.compile(r"\d")
_LEFT_OVER = re.compile(r"[\s/、,，;；:：|'和或及\-—()（）]+")
_HARMLESS = re.compile(r"手机|电话|座机|固话|宅电|家|办|号码|本人|移动|联系|tel|[HhOo]")
_NAMED = re.compile(r"\s*([^（()）:：]+?)\s*[（(]([^（()）]*)[)）]\s*")
_SEPARATORS = re.compile(r"[、;；\n]+")


def phones_in(text: str) -> tuple[list[str], str]:
    """Every number in a text, and the words beside them that say more than 手机 or 电话."""
    if _MOBILE.fullmatch(text):
        return [text], ""
    plain = _AREA.sub(r"\1-", unicodedata.normalize("NFKC", text))
    numbers = [Phone().parse(found) or "" for found in _NUMBER.findall(plain)]
    rest = _LEFT_OVER.sub("", _HARMLESS.sub("", _NUMBER.sub(" ", plain)))
    if not numbers and (whole := Phone().parse(plain)) and re.fullmatch(r"[\d\-]{5,}", whole):
        return [whole], ""
    return list(dict.fromkeys(numbers)), rest


@lru_cache(maxsize=1)
def _relations() -> tuple[str, ...]:
    table = code_table("family_relation")
    found = {text for item in table.items for text in (item.label, *item.aliases)}
    return tuple(sorted(found, key=len, reverse=True))


@lru_cache(maxsize=1)
def _relation_words() -> frozenset[str]:
    return frozenset(_relations())


def person_in(text: str) -> Contact:
    """'廖长（女儿）', '女儿廖长', '廖长 女儿' or '廖长' as name and relation."""
    if match := _NAMED.fullmatch(text):
        return _in_order(match[1], match[2])
    parts = [part for part in re.split(r"[\s:：/]+", text.strip()) if part]
    if len(parts) == 2 and (parts[0] in _relations() or parts[1] in _relations()):
        return _in_order(*parts)
    plain = names.clean_name(text)
    for relation in _relations():
        if len(relation) > 1 and plain.startswith(relation) and 2 <= len(plain) - len(relation) <= 4:
            return {"name": plain[len(relation) :], "relation": relation}
    if plain in _relations():
        return {"relation": plain}
    return {"name": plain} if plain else {}


def _in_order(first: str, second: str) -> Contact:
    if first in _relation_words() and second not in _relation_words():
        first, second = second, first
    found = {"name": names.clean_name(first), "relation": second.strip()}
    return {field: value for field, value in found.items() if value}


def contacts_in(people: str, relation: str, phones: str) -> list[Contact]:
    """The contacts that one set of columns names; several in a cell go with several numbers in order."""
    inside = phones_in(people)[0] if _DIGIT.search(people) else []
    written = _NUMBER.sub(" ", unicodedata.normalize("NFKC", people)) if inside else people
    found = [person_in(part) for part in _SEPARATORS.split(written) if part.strip()]
    numbers = inside + (phones_in(phones)[0] if phones else [])
    if relation and found and "relation" not in found[0]:
        found[0]["relation"] = relation.strip()
    if len(found) <= 1:
        contact = {**(found[0] if found else {}), **_numbered(numbers)}
        return [contact] if contact else []
    return [{**person, **_numbered(numbers[at : at + 1])} for at, person in enumerate(found)]


def _numbered(numbers: list[str]) -> Contact:
    found: Contact = {}
    for number in numbers:
        field = "mobile" if number.startswith("1") and len(number) == 11 else "landline"
        found.setdefault(field if field not in found else "landline", number)
    return found
