"""What the data check says of the files under review; looked through again are only those that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from threading import Lock

from sqlalchemy import select

from app.models.cadre import Cadre
from app.models.database import Database
from app.services.data_check import CheckResult, DataCheck
from app.services.findings import Finding
from app.services.review_refusals import said


class FileFindings:
    """One after the other: the window looks ahead in the background."""

    def __init__(self, database: Database) -> None:
        self._database, self._check = database, DataCheck(database)
        self._lock = Lock()
        self._checked: CheckResult | None = None
        self._seen: dict[str, int] = {}

    def of(self, uids: Collection[str]) -> dict[str, list[Finding]]:
        """Of the files themselves; what is about their visits and payments is left out."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._renewed(uids).findings:
            if finding.uid in uids and not finding.about:
                found[finding.uid].append(finding)
        return found

    def errors(self, uids: Collection[str]) -> dict[str, list[str]]:
        """What stands against an approval, as sentences."""
        return {
            uid: [said(each) for each in found if each.problem.severity == "E"]
            for uid, found in self.of(uids).items()
        }

    def _renewed(self, uids: Collection[str]) -> CheckResult:
        with self._lock:
            with self._database.reading() as session:
                versions = dict(session.execute(select(Cadre.uid, Cadre.version)).all())
            changed = {uid for uid, version in versions.items() if self._seen.get(uid) != version} | {*uids}
            gone = self._seen.keys() - versions.keys()
            last = self._checked
            self._checked = self._check.renew(last, changed | gone) if last else self._check.run()
            self._seen = versions
            return self._checked
