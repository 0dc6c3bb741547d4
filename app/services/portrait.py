"""What the head of a file says of a person at one glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.fields import dates, identity
from app.fields.rules.groups import VETERAN_KINDS
from app.services.cadres import CadreFile, Cadres

TAGS = 3
ALONE = {"4", "5", "9"}
"""Living arrangements that want more attention."""


@dataclass(frozen=True)
class Portrait:
    """Every line as people read it; '' where nothing is known."""

    name: str
    about: str
    """Sex, people, birth: '男 · 苗族 · 1955.05 生'."""
    age: str
    alive: bool
    died: str
    post: str
    phones: tuple[tuple[str, str], ...]
    """(whose, number), the person's own first."""
    tags: tuple[str, ...]
    more_tags: tuple[str, ...]
    photo: str | None


def portrait(file: CadreFile, today: dt.date) -> Portrait:
    values, text = file.values, Cadres.record.texts(file.values)
    alive = values.get("alive") is not False and not values.get("died_on")
    tags = tuple(dict.fromkeys(_tags(file)))
    about = [text["sex"], text["ethnicity"], f"{text['birth_date']} 生" if text["birth_date"] else ""]
    post = " ".join(part for part in (text["former_unit"], text["former_post"]) if part)
    return Portrait(
        name=text["name"],
        about=" · ".join(part for part in about if part),
        age=age_line(values, today),
        alive=alive,
        died=text["died_on"],
        post=post,
        phones=tuple(_phones(file)),
        tags=tags[:TAGS],
        more_tags=tags[TAGS:],
        photo=values.get("photo"),
    )


def age_line(values: dict[str, Any], today: dt.date) -> str:
    """By the archive and by the ID number; both are said where they differ. Of the dead, the age reached."""
    died = values.get("died_on")
    on = dates.first_day(died) if died else today
    inside = identity.birth_date(values.get("id_number") or "")
    found = [
        (word, dates.age(birth, on))
        for word, birth in (("档案", values.get("birth_date")), ("身份证", inside))
        if birth
    ]
    ages = [(word, age) for word, age in found if 0 <= age <= identity.OLDEST]
    said = "终年 " if died else ""
    if len({age for _, age in ages}) > 1:
        return said + "，".join(f"{word} {age} 岁" for word, age in ages)
    return f"{said}{ages[0][1]} 岁" if ages else ""


def _phones(file: CadreFile) -> Iterator[tuple[str, str]]:
    for name, word in (("mobile", "手机"), ("landline", "固话")):
        if number := file.values.get(name):
            yield word, number
    for contact in file.parts.get("contacts", []):
        if number := contact.get("mobile") or contact.get("landline"):
            yield (
                " ".join(part for part in (contact.get("relation"), contact.get("name")) if part) or "联系人",
                number,
            )


def _tags(file: CadreFile) -> Iterator[str]:
    """What the officer must not forget, the weightiest first."""
    record, values = Cadres.record, file.values
    if values.get("retirement_kind") in VETERAN_KINDS:
        yield "离休"
    condition = Cadres.parts["special_conditions"].field("condition").kind
    for row in file.parts.get("special_conditions", []):
        if row.get("condition") and not row.get("ended_on"):
            yield condition.format(row["condition"])
    if values.get("living_arrangement") in ALONE:
        yield record.field("living_arrangement").kind.format(values["living_arrangement"])
    if str(values.get("health_status") or "")[:1] in {"3", "4", "6"}:
        yield record.field("health_status").kind.format(values["health_status"])
    if values.get("relocated"):
        yield "易地安置"
    if values.get("lost_contact"):
        yield "失联党员"
