"""What conditions and facets look at beyond the columns of the list: any field, and the rows of the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select

from app import clock
from app.fields.addresses import village_of
from app.fields.spec import Field
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.parts import PART_TYPES, PARTS
from app.models.review import Review
from app.services.questions import NOW, Question, questions_for

Values = Mapping[str, tuple[Any, ...]]
"""Uid → what is filled: nothing, one value, or one from each row of a part."""
CONDITION = "special_conditions.condition"
CONDITIONS_NOW = "conditions_now"
"""The facet of those that last."""
END = "ended_on"
_SHORT = {"family": "家庭成员", "resume": "简历", "apps": "手机应用", "check_ups": "体检"}
"""Titles of parts as a chip has room for them."""
NEVER_ASKED = frozenset({"photo_original"})


def field_of(path: str) -> Field:
    """'native_place', or 'family.name' for the rows of a part. Raises KeyError for what is no field."""
    part, _, name = path.rpartition(".")
    return PART_TYPES[part].field(name) if part else CADRE.field(name)


def title_of(path: str) -> str:
    """As it stands on a chip: '籍贯', '家庭成员 姓名'."""
    if path == CONDITION:
        return PART_TYPES["special_conditions"].title
    part, _, _ = path.rpartition(".")
    title = _SHORT.get(part) or PART_TYPES[part].title if part else ""
    return f"{title} {field_of(path).label}".strip()


def paths() -> list[tuple[str, list[str]]]:
    """Every field that can be asked, under the sections of the file and the titles of its parts."""
    sections = [
        (section, [field.name for field in CADRE.in_section(section) if field.name not in NEVER_ASKED])
        for section in CADRE.sections
    ]
    parts = [
        (record.title, [f"{name}.{field.name}" for field in record.fields])
        for name, record in PART_TYPES.items()
    ]
    return sections + parts


def questions_of(path: str) -> list[Question]:
    part, _, name = path.rpartition(".")
    dated = bool(part) and PART_TYPES[part].has(END)
    return questions_for(field_of(path).kind, dated=dated, birth=name == "birth_date")


class RosterValues:
    """Read from the database when somebody asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, path: str, question: str) -> Values:
        """`question` matters where rows of the past are left out."""
        part, _, name = path.rpartition(".")
        if part:
            return self._of_part(part, name, now=question == NOW)
        if name == "village":
            return self._villages()
        with self._database.reading() as session:
            found = session.execute(select(Cadre.uid, getattr(Cadre, name))).all()
        return {uid: () if value in (None, "") else (value,) for uid, value in found}

    def review_states(self) -> dict[str, str]:
        """Of everybody whose file has gone one step."""
        with self._database.reading() as session:
            found = session.execute(select(Review.cadre_uid, Review.state)).all()
        return dict(found)

    def conditions_now(self) -> Values:
        """The special conditions that last."""
        return self.of(CONDITION, NOW)

    def _of_part(self, part: str, name: str, *, now: bool) -> Values:
        model = PARTS[part]
        query = select(model.cadre_uid, getattr(model, name)).order_by(model.cadre_uid, model.position)
        if now:
            end, today = getattr(model, END), clock.today().isoformat()
            query = query.where(or_(end.is_(None), end >= func.substr(today, 1, func.length(end))))
        found: dict[str, tuple[Any, ...]] = {}
        with self._database.reading() as session:
            for uid, value in session.execute(query):
                if value not in (None, ""):
                    found[uid] = (*found.get(uid, ()), value)
        return found

    def _villages(self) -> Values:
        with self._database.reading() as session:
            found = session.execute(select(Cadre.uid, Cadre.village, Cadre.home_address)).all()
        villages = {uid: village or village_of(address) for uid, village, address in found}
        return {uid: (village,) if village else () for uid, village in villages.items()}
