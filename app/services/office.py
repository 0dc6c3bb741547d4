"""The office's own profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.errors import InvalidError
from app.fields.spec import RecordType
from app.models.base import new_uid, values_of
from app.models.database import Database
from app.models.office import OFFICE, Office
from app.services.changes import Change

DEFAULTS: dict[str, Any] = {
    "form_title": "全省离退休干部基本信息采集表",
    "form_name": "collection",
    "apps": "xyh;szql",
}


class OfficeProfile:
    """Who fills the forms and for which township."""

    record: RecordType = OFFICE

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[str, Any]:
        """The profile; sensible defaults before the first run has asked."""
        with self._database.reading() as session:
            office = session.scalar(select(Office))
            return values_of(office, OFFICE) if office else dict(DEFAULTS)

    @property
    def is_set(self) -> bool:
        return bool(self.read().get("township"))

    @property
    def site_id(self) -> str:
        """This installation's identity in what it sends."""
        with self._database.reading() as session:
            return session.scalar(select(Office.uid)) or ""

    def save(self, values: dict[str, Any]) -> Change:
        """Raises InvalidError when a value cannot be right."""
        problems = [problem for problem in OFFICE.problems(values) if problem.severity == "E"]
        if problems:
            raise InvalidError(problems)
        with self._database.transaction("save_office", values.get("township") or "") as session:
            office = session.scalar(select(Office))
            if office is None:
                office = Office(uid=new_uid(), **DEFAULTS)
                session.add(office)
            for name, value in values.items():
                setattr(office, name, value)
            return Change("office", frozenset({office.uid}))


def unit_of(profile: Mapping[str, Any]) -> str:
    """The office's name as papers carry it."""
    return profile.get("unit") or profile.get("township") or ""


def county_office(profile: Mapping[str, Any]) -> str:
    """Whom the township reports to."""
    return f"{profile.get('county') or '县'}委老干部局"
