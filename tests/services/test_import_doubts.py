"""Rows that an import left for somebody to decide: tomorrow, after a restart, by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.fields.actors import Actor
from app.models.audit import AUDIT_ACT
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.import_choices import choices
from app.services.import_doubts import ImportDoubts
from app.services.import_preview import Decision, Preview, PreviewRow
from app.services.imports import Imports
from tests.desks import desk_of
from tests.exchange.sheets import KAI, SAMPLES
from tests.services.test_imports import PAYMENTS, ROSTER, SCHOOLS, VISITS, person, roster, take

OTHER = Actor("0c0ffee0-0000-4000-8000-000000000002", "周明", ("preparer",), "window")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_of(tmp_path / "desk")
    opened.imports.apply(opened.imports.preview(SAMPLES / ROSTER))
    yield opened
    opened.close()


def first(doubts: ImportDoubts) -> tuple[str, Preview, list[PreviewRow]]:
    intake = doubts.waiting()[0].intake
    preview = doubts.open(intake)
    return intake, preview, list(preview.rows())


def labels(row: PreviewRow) -> list[str]:
    return [choice.label for choice in choices(row)]


def test_what_was_not_decided_waits_with_its_reason(desk: Desk):
    (waiting,) = desk.import_doubts.waiting()
    assert (waiting.file, waiting.by, waiting.rows, desk.import_doubts.count()) == (ROSTER, "林晓芸", 3, 3)
    _, _, rows = first(desk.import_doubts)
    assert [(row.row, row.label) for row in rows] == [(10, "阎光荣"), (20, "夏秀英"), (59, "司徒美蓉")]
    assert rows[0].doubts == ["F10：身份证号存成了数字，末几位已经丢失，没有读入，请照证件重新录入"]
    assert rows[2].doubts == ["司徒美蓉 与第 8 行是同一个人，请确定以哪一行为准"]
    assert rows[1].raw["id_number"] != ""


def test_a_double_row_now_finds_the_person_that_the_first_one_made(desk: Desk):
    _, preview, rows = first(desk.import_doubts)
    uid = person(desk.database, "司徒美蓉").uid
    assert (rows[2].uid, labels(rows[2])[0]) == (uid, "更新 司徒美蓉 的档案")
    said = {
        side.field: (side.said, side.kept, side.writes)
        for side in desk.import_doubts.sides(preview, rows[2], None)
    }
    assert said["mobile"] == ("19900009999", person(desk.database, "司徒美蓉").values["mobile"], True)


def test_somebody_else_decides_after_a_restart(desk: Desk, tmp_path: Path):
    desk.close()
    tomorrow = desk_of(tmp_path / "desk", OTHER)
    intake, preview, rows = first(tomorrow.import_doubts)
    decisions = {id(row): choices(row)[0].decision for row in rows}
    decided, change = tomorrow.import_doubts.decide(intake, preview, decisions)
    assert (decided.written, decided.left, decided.waiting, change.kind) == (3, 0, 0, "cadre")
    assert Cadres(tomorrow.database).count() == 49
    assert person(tomorrow.database, "司徒美蓉").values["mobile"] == "19900009999"
    assert tomorrow.import_doubts.waiting() == []
    with tomorrow.database.reading() as session:
        acts = session.execute(AUDIT_ACT.select().where(AUDIT_ACT.c.act == "import")).all()
    assert [act.actor for act in acts] == ["林晓芸", "周明"]
    assert len({act.batch for act in acts}) == 1
    tomorrow.close()


def test_only_the_wanted_fields_are_taken(desk: Desk):
    intake, preview, rows = first(desk.import_doubts)
    before = person(desk.database, "司徒美蓉").values
    desk.import_doubts.decide(intake, preview, {id(rows[2]): Decision(True, rows[2].uid, ("mobile",))})
    assert person(desk.database, "司徒美蓉").values["mobile"] == before["mobile"]
    assert desk.import_doubts.count() == 2


def test_a_row_that_is_not_wanted_is_asked_about_no_more(desk: Desk):
    intake, preview, rows = first(desk.import_doubts)
    decided, _ = desk.import_doubts.decide(intake, preview, {id(row): Decision(False) for row in rows})
    assert (decided.written, decided.left, desk.import_doubts.count()) == (0, 3, 0)
    assert Cadres(desk.database).count() == 47


def test_a_person_who_changed_meanwhile_is_compared_anew(desk: Desk):
    intake, preview, rows = first(desk.import_doubts)
    file = person(desk.database, "司徒美蓉")
    file.values["mobile"] = "19900008888"
    desk.cadres.save(file)
    with pytest.raises(UserError, match="又有改动，没有写入"):
        desk.import_doubts.decide(intake, preview, {id(rows[2]): Decision(True, rows[2].uid)})
    _, preview, rows = first(desk.import_doubts)
    (mobile,) = [each for each in desk.import_doubts.sides(preview, rows[2], None) if each.field == "mobile"]
    assert (mobile.said, mobile.kept) == ("19900009999", "19900008888")


def test_a_row_that_was_typed_in_by_hand_meanwhile_settles_with_the_next_import(desk: Desk, tmp_path: Path):
    _, _, rows = first(desk.import_doubts)
    desk.cadres.save(CadreFile(values=dict(rows[0].values), parts=dict(rows[0].parts)))
    take(desk.imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI}))
    assert [row.label for row in first(desk.import_doubts)[2]] == ["夏秀英", "司徒美蓉"]


def test_the_same_file_again_does_not_let_its_rows_wait_twice(desk: Desk):
    desk.imports.apply(desk.imports.preview(SAMPLES / ROSTER))
    assert [each.rows for each in desk.import_doubts.waiting()] == [3]


def test_a_photo_waits_with_its_row(database: Database, tmp_path: Path):
    imports, doubts = Imports(database), ImportDoubts(database)
    imports.apply(imports.preview(roster(tmp_path, {"姓名": "廖应", "性别": "男", "民族": "汉族"})))
    imports.apply(imports.preview(SAMPLES / "任免表1.lrmx"))
    intake, preview, (row,) = first(doubts)
    doubts.decide(intake, preview, {id(row): Decision(True, row.candidates[0].uid)})
    assert person(database, "廖应").values["photo"]


def test_visits_and_payments_wait_too(desk: Desk):
    take(desk.imports, SAMPLES / SCHOOLS)
    for name in (VISITS, PAYMENTS):
        desk.imports.apply(desk.imports.preview(SAMPLES / name))
    for _ in range(2):
        waiting = desk.import_doubts.waiting()[-1]
        preview = desk.import_doubts.open(waiting.intake)
        decisions = {id(row): choices(row)[0].decision for row in preview.rows()}
        decided, _ = desk.import_doubts.decide(waiting.intake, preview, decisions)
        assert decided.waiting == 0
        assert decided.written + decided.left == waiting.rows > 0


def test_an_import_that_was_undone_asks_nothing_any_more(desk: Desk):
    intake, preview, rows = first(desk.import_doubts)
    desk.import_history.undo(intake)
    assert (desk.import_doubts.count(), desk.import_doubts.waiting()) == (0, [])
    with pytest.raises(UserError, match="已经撤销"):
        desk.import_doubts.decide(intake, preview, {id(rows[0]): Decision(False)})
