"""Finding people as one types: name, pinyin, initials, ID tail, phone, unit, village."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.fields import identity
from app.fields.addresses import village_of
from app.fields.names import search_name
from app.models.cadre import Cadre
from app.models.database import Database

_ID_TAIL = 6
_LATIN, _CHINESE = re.compile("[\x00-\x7f]"), re.compile("[^\x00-\x7f]")


class SearchIndex:
    """Two short texts a person, made once, then searched without the database.

    Looking through 100,000 short texts takes 3 to 5 ms; what is typed on looks only through the last answer.
    """

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        pairs = list(people)
        self._uids = [uid for uid, _ in pairs]
        # What is typed is Latin or Chinese: a half is quicker to look through, and Latin takes half the memory.
        latin = _side_by_side([_only(keys, _LATIN) for _, keys in pairs])
        chinese = _side_by_side([_only(keys, _CHINESE) for _, keys in pairs])
        self._people = list(zip(self._uids, chinese, latin, strict=True))
        self._typed: list[str] = []
        self._found = self._people

    def find(self, typed: str) -> list[str]:
        """Uids of the people who match every word typed, in the order of the list."""
        words = [word for each in typed.split() if (word := _word(each))]
        found = self._found if _goes_on(self._typed, words) else self._people
        for word in words:
            half = 2 if word.isascii() else 1
            found = [person for person in found if word in person[half]]
        self._typed, self._found = words, found
        return self._uids if len(found) == len(self._people) else [person[0] for person in found]


def _only(keys: str, wanted: re.Pattern[str]) -> str:
    """Those of the keys in which such a character stands; '3号楼' is found by either."""
    return " ".join(key for key in keys.split(" ") if wanted.search(key))


def _side_by_side(texts: Sequence[str]) -> list[str]:
    """Split from one text, they lie next to each other in memory, which saves a fifth of the time."""
    return "\n".join(texts).split("\n") if texts else []


def _goes_on(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether whoever matches `now` also matches `before`."""
    return all(any(word in longer for longer in now) for word in before)


def _word(typed: str) -> str:
    """As the keys are written; of a whole identity number only the tail is kept there."""
    word = search_name(typed)
    return word[-_ID_TAIL:] if identity.is_shaped(word.upper()) else word


_COLUMNS = (
    Cadre.uid,
    Cadre.name,
    Cadre.former_name,
    Cadre.search_key,
    Cadre.id_number,
    Cadre.mobile,
    Cadre.landline,
    Cadre.former_unit,
    Cadre.village,
    Cadre.home_address,
)


class Search:
    """The index over the present data; `renew` after a change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index: SearchIndex | None = None

    def renew(self) -> None:
        self._index = None

    def find(self, typed: str) -> list[str]:
        """Uids in the order of the roster."""
        if self._index is None:
            self._index = self._make()
        return self._index.find(typed)

    def _make(self) -> SearchIndex:
        query = select(*_COLUMNS).order_by(Cadre.search_key, Cadre.uid)
        with self._database.reading() as session:
            return SearchIndex((line[0], _keys(*tuple(line)[1:])) for line in session.execute(query))


def _keys(
    name: str | None,
    former: str | None,
    readings: str,
    number: str | None,
    mobile: str | None,
    landline: str | None,
    unit: str | None,
    village: str | None,
    address: str | None,
) -> str:
    tail = (number or "")[-_ID_TAIL:]
    place = village or village_of(address)
    names = [search_name(text) for text in (name, former) if text]
    undivided = landline.replace("-", "") if landline else None
    keys = [*names, readings, tail, mobile, landline, undivided, unit, place]
    return " ".join(" ".join(key for key in keys if key).casefold().split())
