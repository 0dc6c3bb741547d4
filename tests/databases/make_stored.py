"""Makes the stored file of this version: a small practice township with everything in it, and its row counts.

    python -m tests.databases.make_stored

Run once for each new revision, before the release; the files of older versions are never made again.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from sqlalchemy import delete

from app.models.database import table_counts
from app.models.migrate import NEWEST
from app.models.pictures import Picture
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.practice import make_practice
from tests.desks import desk_of

HERE = Path(__file__).parent
PEOPLE = 12
SAMPLE = HERE.parent / "samples" / "任免表1.lrmx"


def fill(desk: Desk) -> None:
    make_practice(desk)
    desk.cadres.remove([row.uid for row in desk.cadres.rows(["name"])][PEOPLE:])
    desk.visits.remove([line.uid for line in desk.visits.lines() if not line.people])
    desk.imports.apply(desk.imports.preview(SAMPLE))
    _what_practice_lacks(desk)
    desk.drafts.keep("cadre:new", {"values": {"name": "王𬎆"}})
    _keep_used_pictures(desk)
    with tempfile.TemporaryDirectory() as stick:
        desk.deliveries.deliver(Path(stick), "2026")


def _what_practice_lacks(desk: Desk) -> None:
    parts = {
        "check_ups": [{"year": 2025, "checked_on": "2025-09", "hospital": "县医院", "feedback": True}],
        "suggestions": [{"topic": "1", "text": "多组织活动", "given_on": "2026-03-08"}],
        "survivors": [{"name": "苏素华", "relation": "妻子", "birth_date": "1935-07"}],
    }
    values = {"name": "周光", "died_on": "2026-03-12", "birthday": "农历闰04-15", "dues_monthly": 1250}
    desk.cadres.save(CadreFile(values=values, parts=parts))
    visit = desk.visits.read(desk.visits.lines()[0].uid)
    visit.photos = [next(file.values["photo"] for file in desk.cadres.read_all() if file.values["photo"])]
    desk.visits.save(visit)


def _keep_used_pictures(desk: Desk) -> None:
    """Pictures of the people who were removed would only make the file large."""
    used = [file.values["photo"] for file in desk.cadres.read_all() if file.values["photo"]]
    with desk.database.transaction("keep_picture") as session:
        session.execute(delete(Picture).where(Picture.sha256.not_in(used)))


def main() -> None:
    target = HERE / f"v{NEWEST}.sqlite"
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_of(Path(folder))
        fill(desk)
        with desk.database.reading() as session:
            counts = table_counts(session)
        with desk.database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            driver.set_authorizer(None)  # VACUUM attaches a file of its own, which is denied otherwise
            driver.execute("VACUUM")
        desk.database.copy_to(target)
        desk.close()
    target.with_suffix(".json").write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
