"""What speaks for two files being one person's, and what against: a reason in words and a certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from app.fields import identity
from app.fields.addresses import village_of
from app.fields.names import search_name
from app.services.look_alikes import certainty_word, whole_number
from app.services.readings import surname

LEAST = 50
"""Pairs that are less sure are not listed."""
LONG_ENOUGH = 3
"""Characters of a name of which one may differ."""
MOST_SURE = 99
SAME_NUMBER, SAME_NUMBER_OTHER_NAME = 100, 92
SAME_NAME, FORMER_NAME, SOUNDS_ALIKE, ONE_CHARACTER = 55, 50, 35, 28
SAME_DAY, SAME_MONTH, SAME_YEAR = 35, 30, 10
SLIP, SAME_PHONE, SAME_CARD, SAME_UNIT, SAME_VILLAGE = 30, 25, 30, 20, 8
OTHER_MONTH, OTHER_YEAR, OTHER_SEX, OTHER_NUMBER = -15, -25, -25, -50
MOST_DIGITS = 2
"""Two digits that changed places are two digits apart."""


@dataclass(eq=False)
class Someone:
    """What a file is compared by. Not frozen: making 50,000 frozen ones takes three times as long."""

    uid: str
    name: str
    former_name: str = ""
    search_key: str = ""
    sex: str = ""
    birth_date: str = ""
    id_number: str = ""
    former_unit: str = ""
    village: str = ""
    home_address: str = ""
    mobile: str = ""
    bank_account: str = ""
    photo: str = ""
    other_names: tuple[str, ...] = field(default=())
    """Of files that went into this one."""

    @cached_property
    def full(self) -> str:
        return search_name(self.name)

    @cached_property
    def names(self) -> frozenset[str]:
        others = (self.former_name, *self.other_names)
        return frozenset([self.full, *(search_name(name) for name in others if name)]) - {""}

    @cached_property
    def readings(self) -> frozenset[str]:
        """The name in pinyin; initials are no longer than the name."""
        return frozenset(word for word in self.search_key.split() if len(word) > len(self.full))

    @cached_property
    def surname(self) -> str:
        return surname(self.full) if self.full else ""

    @cached_property
    def number(self) -> str:
        """With 18 characters where it was kept with 15."""
        return whole_number(self.id_number)

    @property
    def place(self) -> str:
        """The village as it was filled in, or as the address says."""
        return self.village or village_of(self.home_address) or ""

    @property
    def month(self) -> str:
        return self.birth_date[:7] if len(self.birth_date) >= 7 else ""

    @property
    def identifying(self) -> list[str]:
        """What a decision about two files was made on; another value and it has to be made again."""
        return [self.name, self.id_number, self.birth_date]


@dataclass(frozen=True)
class Pair:
    """Two files that may be one person's."""

    one: Someone
    other: Someone
    reason: str
    certainty: int

    @property
    def how_sure(self) -> str:
        return certainty_word(self.certainty)

    @property
    def uids(self) -> tuple[str, str]:
        return self.one.uid, self.other.uid


def compared(one: Someone, other: Someone) -> Pair | None:
    """None where they are too unlike to be looked at."""
    if one.number and one.number == other.number:
        same = bool(one.names & other.names)
        reason = "身份证号相同" if same else "身份证号相同，姓名不同"
        return Pair(one, other, reason, SAME_NUMBER if same else SAME_NUMBER_OTHER_NAME)
    found = list(_by_name(one, other))
    if not found:
        return None
    found += [*_by_birth(one, other), *_by_number(one, other), *_by_the_rest(one, other)]
    certainty = min(MOST_SURE, sum(points for points, _ in found))
    reason = "，".join(word for _, word in found if word)
    return Pair(one, other, reason, certainty) if certainty >= LEAST else None


Evidence = Iterator[tuple[int, str]]


def _by_name(one: Someone, other: Someone) -> Evidence:
    if one.full == other.full:
        yield SAME_NAME, "姓名相同"
    elif one.names & other.names:
        yield FORMER_NAME, "与曾用名相同"
    elif one.readings & other.readings:
        yield SOUNDS_ALIKE, "姓名同音"
    elif _one_character_apart(one, other):
        yield ONE_CHARACTER, "姓名只差一个字"


def _one_character_apart(one: Someone, other: Someone) -> bool:
    from rapidfuzz.distance import Levenshtein  # 20 ms, and only when duplicates are sought

    long_enough = min(len(one.full), len(other.full)) >= LONG_ENOUGH
    return (
        long_enough
        and one.surname == other.surname != ""
        and Levenshtein.distance(one.full, other.full, score_cutoff=1) == 1
    )


def _by_birth(one: Someone, other: Someone) -> Evidence:
    mine, theirs = one.birth_date, other.birth_date
    if not mine or not theirs:
        return
    if len(mine) == len(theirs) == 10 and mine == theirs:
        yield SAME_DAY, "出生日期相同"
    elif one.month and one.month == other.month:
        yield SAME_MONTH, "出生年月相同"
    elif mine[:4] != theirs[:4]:
        yield OTHER_YEAR, "出生年份不同"
    elif one.month and other.month:
        yield OTHER_MONTH, "出生月份不同"
    else:
        yield SAME_YEAR, "出生年份相同"


def _by_number(one: Someone, other: Someone) -> Evidence:
    if not one.number or not other.number:
        return
    if _digits_apart(one.number, other.number) <= MOST_DIGITS:
        yield SLIP, "身份证号只差一两位"
    elif _is_right(one.number) and _is_right(other.number):
        yield OTHER_NUMBER, "身份证号不同"


def _digits_apart(one: str, other: str) -> int:
    if len(one) != len(other):
        return len(one)
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True))


@lru_cache(maxsize=4096)
def _is_right(number: str) -> bool:
    """A number that was mistyped hardly ever fits its check character."""
    return identity.birth_date(number) is not None and identity.check_character(number) == number[17]


def _by_the_rest(one: Someone, other: Someone) -> Evidence:
    same = (
        ("mobile", SAME_PHONE, "手机相同"),
        ("bank_account", SAME_CARD, "银行卡相同"),
        ("former_unit", SAME_UNIT, "单位相同"),
        ("place", SAME_VILLAGE, "同村（社区）"),
    )
    for name, points, word in same:
        mine = getattr(one, name)
        if mine and mine == getattr(other, name):
            yield points, word
    if one.sex and other.sex and one.sex != other.sex:
        yield OTHER_SEX, "性别不同"


def clusters(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Pairs that hang together, the surest first in each and among them."""
    leader: dict[str, str] = {}

    def find(uid: str) -> str:
        while leader.setdefault(uid, uid) != uid:
            leader[uid] = leader[leader[uid]]
            uid = leader[uid]
        return uid

    ordered = sorted(pairs, key=lambda pair: (-pair.certainty, pair.one.search_key, pair.uids))
    for pair in ordered:
        leader[find(pair.other.uid)] = find(pair.one.uid)
    found: dict[str, list[Pair]] = {}
    for pair in ordered:
        found.setdefault(find(pair.one.uid), []).append(pair)
    return list(found.values())
