"""A township with a preparer, two reviewers and a few files, for the tests of the review."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.fields.actors import Actor
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.office import OfficeProfile
from app.services.reviews import Moved, Reviews

MAKER = Actor("maker", "林晓芸", ("preparer", "admin"), "window")
CHECKER = Actor("checker", "周光", ("reviewer",), "window")
BOTH = Actor("both", "陈一", ("preparer", "reviewer"), "window")
READER = Actor("reader", "看的人", ("reader",), "window")
PEOPLE = {
    "廖应": {
        "village": "东门村",
        "party_branch": "第一支部",
        "birth_date": "1951-08",
        "mobile": "19900000001",
    },
    "夏秀英": {
        "village": "东门村",
        "party_branch": "第一支部",
        "birth_date": "1944",
        "mobile": "19900000002",
    },
    "单䶮生": {"village": "西门村", "birth_date": "1949-10-01", "mobile": "19900000003"},
}


@dataclass
class Town:
    database: Database
    people: dict[str, str] = field(default_factory=dict)

    def sit(self, actor: Actor) -> Reviews:
        """Somebody else sits down at the desk."""
        self.database.actor = actor
        return Reviews(self.database)

    def uids(self, *names: str) -> list[str]:
        return [self.people[name] for name in names]

    def move(self, actor: Actor, act: str, *names: str, remark: str = "") -> Moved:
        return self.sit(actor).move(self.uids(*names), act, remark)

    def check(self, *names: str) -> Moved:
        return self.move(MAKER, "review_check", *names)

    def approve(self, *names: str) -> Moved:
        return self.move(CHECKER, "review_approve", *names)

    def state(self, name: str) -> str:
        return Reviews(self.database).state(self.people[name]).state

    def edit(self, name: str, parts: dict[str, list[dict[str, Any]]] | None = None, **values: Any) -> None:
        self.database.actor = MAKER
        cadres = Cadres(self.database)
        file = cadres.read(self.people[name])
        file.values |= values
        file.parts |= parts or {}
        cadres.save(file)

    def values(self, name: str) -> dict[str, Any]:
        return Cadres(self.database).read(self.people[name]).values


def make_town(database: Database) -> Town:
    town = Town(database)
    database.actor = MAKER
    OfficeProfile(database).save({"township": "梧桐镇", "unit": "梧桐镇人民政府", "county": "云山县"})
    for name, values in PEOPLE.items():
        change = Cadres(database).save(CadreFile(values={"name": name, "alive": True, **values}))
        town.people[name] = next(iter(change.uids))
    return town
