"""Who takes a paper out, when, and where the log stands then: what is printed at the foot of each."""

from __future__ import annotations

from app import clock
from app.models.database import Database
from app.reports.imprint import Imprint
from app.services.office import OfficeProfile
from app.services.users import Users, both_roles


class Imprints:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._office = OfficeProfile(database)
        self._users = Users(database)

    def read(self) -> Imprint:
        """As of now; made anew for every paper."""
        return Imprint(
            who=self._database.actor.name,
            at=f"{clock.now():%Y-%m-%d %H:%M}",
            code=self._database.head().code,
            one_person=self._one_person(),
        )

    def _one_person(self) -> str:
        """Said only where somebody who works here really is both."""
        reason = " ".join(str(self._office.read().get("one_person_reason") or "").split()).rstrip("。")
        if not reason or not any(user.active and both_roles(user.roles) for user in self._users.all()):
            return ""
        return f"填报、审核由同一人承担：{reason}。"
