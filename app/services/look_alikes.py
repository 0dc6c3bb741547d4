"""People who may be the same person, while a name is being typed or a number filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.fields import identity
from app.fields.names import search_name
from app.services.cadres import Cadres
from app.services.readings import search_key, surname

MOST = 6
LEAST = 30
"""What is less sure than this is only in the way."""
_COLUMNS = (
    "name",
    "former_name",
    "search_key",
    "sex",
    "birth_date",
    "id_number",
    "village",
    "photo",
    "former_unit",
)
SURE, LIKELY = 90, 60


def certainty_word(certainty: int) -> str:
    return "几乎肯定" if certainty >= SURE else "很可能" if certainty >= LIKELY else "也许"


def whole_number(number: str) -> str:
    """A number of 15 digits as the 18 that it became; anything else as it is."""
    return (identity.from_old(number) if identity.is_old(number) else None) or number


@dataclass(frozen=True)
class OtherName:
    """Name and number of a file that went into the one with this uid."""

    uid: str
    name: str
    id_number: str


@dataclass(frozen=True)
class LookAlike:
    """Somebody on the roster, why they are shown, and how sure it is (0 to 100)."""

    uid: str
    name: str
    birth_date: str | None
    village: str | None
    former_unit: str | None
    photo: str | None
    reason: str
    certainty: int

    @property
    def how_sure(self) -> str:
        return certainty_word(self.certainty)


class LookAlikes:
    """Over the present data; `renew` after a change."""

    def __init__(self, cadres: Cadres) -> None:
        self._cadres = cadres
        self._people: list[_Person] | None = None
        self.other_names: Callable[[], Iterable[OtherName]] = lambda: ()
        """Under which a person is found whose other file was merged into this one."""

    def renew(self) -> None:
        self._people = None

    def find(self, values: Mapping[str, Any], but: str | None = None) -> list[LookAlike]:
        """The likeliest first; `but` is the file being edited."""
        asked = _Person("", values)
        if self._people is None:
            self._people = self._everybody()
        found = [alike for person in self._people if person.uid != but and (alike := _compare(asked, person))]
        found.sort(key=lambda alike: -alike.certainty)
        return found[:MOST]

    def _everybody(self) -> list[_Person]:
        others: dict[str, list[OtherName]] = defaultdict(list)
        for each in self.other_names():
            others[each.uid].append(each)
        rows = self._cadres.rows(_COLUMNS)
        return [
            _Person(row.uid, dict(zip(_COLUMNS, row.values, strict=True)), others.get(row.uid, ()))
            for row in rows
        ]


class _Person:
    """What is compared of a person, made once."""

    __slots__ = ("former", "full", "names", "number", "numbers", "readings", "uid", "values")

    def __init__(self, uid: str, values: Mapping[str, Any], others: Sequence[OtherName] = ()) -> None:
        self.uid = uid
        self.values = values
        self.full = search_name(values.get("name") or "")
        self.former = search_name(values.get("former_name") or "")
        self.names = {self.full, self.former, *(search_name(each.name) for each in others)} - {""}
        keys = values.get("search_key") or search_key(values.get("name") or "")
        self.readings = {word for word in keys.split() if len(word) > len(self.full)}
        self.number = whole_number(values.get("id_number") or "")
        self.numbers = {self.number, *(whole_number(each.id_number) for each in others)} - {""}


def _compare(asked: _Person, person: _Person) -> LookAlike | None:
    """The strongest reason, raised when the birth month agrees, lowered when it contradicts."""
    reason, certainty = _strongest(asked, person)
    same_month = _same_month(asked.values.get("birth_date"), person.values.get("birth_date"))
    if reason and same_month and certainty < SURE:
        reason, certainty = f"{reason}，出生年月相同", min(95, certainty + 20)
    elif same_month and _same_surname(asked, person):
        reason, certainty = "同姓，出生年月相同", 40
    elif reason and same_month is False and certainty < SURE:
        certainty -= 15
    return _alike(person, reason, certainty) if reason and certainty >= LEAST else None


def _strongest(asked: _Person, person: _Person) -> tuple[str, int]:
    if asked.number in person.numbers:
        return ("身份证号相同" if asked.number == person.number else "与并入的档案身份证号相同"), 100
    if not asked.full or not person.names:
        return "", 0
    if asked.full == person.full:
        return "姓名相同", 75
    if shared := asked.names & person.names:
        known = {person.full, person.former, asked.former}
        return ("与曾用名相同" if shared & known else "与并入的档案姓名相同"), 70
    if asked.readings & person.readings:
        return "姓名同音", 50
    return _near(asked, person)


def _near(asked: _Person, person: _Person) -> tuple[str, int]:
    """One character apart behind the same surname, or one letter apart when read aloud."""
    from rapidfuzz.distance import Levenshtein  # 20 ms, and only when somebody is being added

    long_enough = min(len(asked.full), len(person.full)) >= 3
    if long_enough and _same_surname(asked, person) and Levenshtein.distance(asked.full, person.full) == 1:
        return "姓名只差一个字", 40
    pairs = ((one, other) for one in asked.readings for other in person.readings)
    same_length = len(asked.full) == len(person.full)
    if same_length and any(Levenshtein.distance(one, other, score_cutoff=1) <= 1 for one, other in pairs):
        return "姓名读音相近", 35
    return "", 0


def _same_month(one: str | None, other: str | None) -> bool | None:
    """None where a month is not known."""
    if not one or not other or len(one) < 7 or len(other) < 7:
        return None
    return one[:7] == other[:7]


def _same_surname(asked: _Person, person: _Person) -> bool:
    return bool(asked.full) and surname(asked.full) != "" and surname(asked.full) == surname(person.full)


def _alike(person: _Person, reason: str, certainty: int) -> LookAlike:
    values = person.values
    return LookAlike(
        person.uid,
        values.get("name") or "",
        values.get("birth_date"),
        values.get("village"),
        values.get("former_unit"),
        values.get("photo"),
        reason,
        certainty,
    )
