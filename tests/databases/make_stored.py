"""Makes the stored file of this version: a small practice township with a row in every table, and its row counts.

    python -m tests.databases.make_stored

Run once for each new revision, before the release; the files of older versions are never made again.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from sqlalchemy import delete

from app.models.base import Base
from app.models.database import table_counts
from app.models.migrate import NEWEST
from app.models.pictures import Picture
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.practice import make_practice
from app.services.users import UserFile
from tests.desks import ACTOR, desk_of

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "任免表1.lrmx"
KEPT = {
    *("王𬎆", "陆柏年", "宋立本", "赵志强"),  # a rare name, a veteran, home from hospital, newly retired
    *("唐开明", "郭天成"),  # events with steps put off
    *("何淑贤", "周德明", "吕凤翀", "高忠信", "顾少卿", "田家祥"),  # at every step of the review
    *("彭天佑", "余静如"),  # a warning looked into, half typed in
    *("夏慧敏", "夏惠敏"),  # one person
}
LEFT_ROW = "姓名,走访时间,类型\n查无此人,2026-03-08,日常走访\n"
ALWAYS_EMPTY = {"audit_context"}


def fill(desk: Desk) -> None:
    desk.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": "preparer;admin"}))
    make_practice(desk)
    desk.cadres.remove([row.uid for row in desk.cadres.rows(["name"]) if row.values[0] not in KEPT])
    desk.visits.remove([line.uid for line in desk.visits.lines() if not line.people])
    desk.imports.apply(desk.imports.preview(SAMPLE))
    _leave_a_row(desk)
    _merge(desk)
    desk.rule_switches.put("R-34", "off")
    _what_practice_lacks(desk)
    desk.drafts.keep("cadre:new", {"values": {"name": "王𬎆"}})
    _keep_used_pictures(desk)
    with tempfile.TemporaryDirectory() as stick:
        desk.deliveries.deliver(Path(stick), "2026")


def _leave_a_row(desk: Desk) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "走访台账.csv"
        path.write_text(LEFT_ROW, encoding="utf-8")
        desk.imports.apply(desk.imports.preview(path))


def _merge(desk: Desk) -> None:
    [[pair]] = desk.duplicates.scan()
    one, other = pair.uids
    keep = desk.merging.better_kept(one, other)
    plan = desk.merging.plan(keep, other if keep == one else one)
    desk.merging.merge(plan, plan.choices)


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
        empty = {name for name in Base.metadata.tables if not counts[name]} - ALWAYS_EMPTY
        assert not empty, f"nothing in {empty}"
        with desk.database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            driver.set_authorizer(None)  # VACUUM attaches a file of its own, which is denied otherwise
            driver.execute("VACUUM")
        desk.database.copy_to(target)
        desk.close()
    target.with_suffix(".json").write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
