"""From printed headings to fields, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.exchange.vocabulary import (
    Certainty,
    Synonym,
    TableKind,
    Vocabulary,
    key,
    spellings,
    vocabulary,
    without_hints,
    words,
)

CLOSE_ENOUGH = 80
"""rapidfuzz ratio from which a wording counts as likely; 参加工作时问 (a misread 间) has 83."""
REPEATABLE = {"contacts", "mobile", "landline", "family", "special_conditions"}
_DEFINING: Mapping[TableKind, tuple[set[str], ...]] = {
    "cadres": ({"name"},),
    "visits": ({"date"}, {"names"}),
    "payments": ({"name"}, {"amount", "standard"}),
}
_RANKS: Mapping[Certainty, int] = {"sure": 2, "likely": 1, "unknown": 0}


@dataclass(frozen=True)
class Heading:
    """What is printed above one column."""

    index: int
    text: str
    """The lowest heading cell as printed."""
    group: str = ""
    """What stands above it, '' when nothing does."""


@dataclass(frozen=True)
class Column:
    """One column of a table and what it is taken to mean."""

    index: int
    letter: str
    heading: str
    """Its key in lists and JSON: the heading as printed, with its group only where the same text occurs twice."""
    group: str
    field: str | None
    part: str
    certainty: Certainty
    hidden: bool = False
    samples: tuple[str, ...] = ()
    note: str = ""
    """Why it means something else than its heading says, for the user."""


@dataclass(frozen=True)
class Meaning:
    """A field, the part of it, and how sure; field None when the column is not kept or not known."""

    field: str | None
    part: str
    certainty: Certainty


UNKNOWN = Meaning(None, "", "unknown")


def match(headings: Sequence[Heading], kind: TableKind) -> list[Meaning]:
    """What the columns of a table of this kind mean. Each field goes to its best heading only."""
    known = vocabulary(kind)
    return _without_rivals([_match_one(heading, known) for heading in headings])


def kind_of(headings: Sequence[Heading]) -> TableKind | None:
    """The kind of table whose headings fit best; None when no kind has what it needs."""
    best: TableKind | None = None
    highest = 0
    for kind, needed in _DEFINING.items():
        meanings = match(headings, kind)
        fields = {meaning.field for meaning in meanings}
        if all(choice & fields for choice in needed):
            score = sum(_RANKS[each.certainty] for each in meanings if each.field) + len(needed)
            best, highest = (kind, score) if score > highest else (best, highest)
    return best


def _match_one(heading: Heading, known: Vocabulary) -> Meaning:
    group = key(heading.group)
    bracketed, plain = spellings(heading.text)
    if not plain:
        return UNKNOWN
    if exact := _exact(bracketed, group, known) or _exact(plain, group, known):
        return exact
    bare, hint = without_hints(heading.text)
    if bare != plain and (exact := _exact(bare, group, known)):
        return exact if _is_harmless(hint) else replace(exact, certainty="likely")
    return _close(plain, known)


def _exact(plain: str, group: str, known: Vocabulary) -> Meaning | None:
    synonyms = known.by_key.get(plain, [])
    for synonym in synonyms:
        if synonym.groups and synonym.fits(group):
            return _meaning(synonym)
    if group:
        for synonym in known.by_key.get(group + plain, []):
            if not synonym.groups:
                return _meaning(synonym)
        if _is_about_others(group):
            return UNKNOWN
    return next((_meaning(synonym) for synonym in synonyms if not synonym.groups), None)


def _meaning(synonym: Synonym) -> Meaning:
    return Meaning(synonym.field or None, synonym.part, synonym.certainty)


def _is_about_others(plain: str) -> bool:
    """家属 → 身份证号 is not the cadre's own number."""
    return any(word in plain for word in words("other_person"))


def _is_harmless(hint: str) -> bool:
    rest = hint
    for word in words("harmless_hint"):
        rest = rest.replace(word, "")
    return not key(rest) or key(rest).isdigit()


def _close(plain: str, known: Vocabulary) -> Meaning:
    from rapidfuzz import fuzz, process

    if len(plain) < 3 or _is_about_others(plain):
        return UNKNOWN
    inside = max((word for word in known.anywhere if word in plain), key=len, default="")
    if len(inside) * 2 < len(plain):
        found = process.extractOne(plain, known.anywhere, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        inside = found[0] if found else ""
    meaning = _exact(inside, "", known) if inside else None
    return replace(meaning, certainty="likely") if meaning and meaning.field else UNKNOWN


def _without_rivals(meanings: Sequence[Meaning]) -> list[Meaning]:
    best: dict[str, int] = {}
    for at, meaning in enumerate(meanings):
        if meaning.field is None or meaning.field in REPEATABLE:
            continue
        slot = f"{meaning.field}/{meaning.part}"
        rival = best.get(slot)
        if rival is None or _RANKS[meaning.certainty] > _RANKS[meanings[rival].certainty]:
            best[slot] = at
    kept = set(best.values())
    return [
        meaning if meaning.field is None or meaning.field in REPEATABLE or at in kept else UNKNOWN
        for at, meaning in enumerate(meanings)
    ]


def keys_of(headings: Iterable[Heading], letters: Mapping[int, str]) -> list[str]:
    """A name for each column that no other column of the table has."""
    listed = list(headings)
    texts = [heading.text for heading in listed]
    named = [
        f"{heading.group}·{heading.text}" if heading.group and texts.count(heading.text) > 1 else heading.text
        for heading in listed
    ]
    return [
        text if text and named.count(text) == 1 else f"{text}（{letters[heading.index]}列）"
        for heading, text in zip(listed, named, strict=True)
    ]
