"""变更记录: per field old and new, who, when, by which act; a value of before is put back as a step of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.person_history import ACTS_AT_ONCE, PersonHistory, ValueLine
from app.services.undo import UndoSteps
from tests.content_hash import content, differing


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def past(database: Database) -> PersonHistory:
    return PersonHistory(database)


@pytest.fixture
def uid(cadres: Cadres) -> str:
    parts = {"family": [{"relation": "妻", "name": "张淑芬", "phone": "13800001234"}]}
    return next(iter(cadres.save(CadreFile(values={"name": "王秀英", "sex": "2"}, parts=parts)).uids))


def save(cadres: Cadres, uid: str, **values: object) -> None:
    file = cadres.read(uid)
    file.values |= values
    cadres.save(file)


def told(lines: list[ValueLine] | tuple[ValueLine, ...]) -> list[tuple[str, str, str, str]]:
    return [(line.operation, line.label, line.old, line.new) for line in lines]


def test_each_value_has_a_line_of_its_own_newest_first(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    save(cadres, uid, health_status="01", village="东门村")
    save(cadres, uid, village="西河村")
    lines = past.lines(uid).lines
    assert told(lines[:1]) == [("修改", "村（社区）", "东门村", "西河村")]
    assert {line.label for line in lines[1:3]} == {"健康状况", "村（社区）"}
    assert (lines[0].actor, lines[0].act, lines[0].section) == ("林晓芸", "保存档案", "住址与联系")


def test_a_row_of_a_part_is_one_line(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    file = cadres.read(uid)
    file.parts["family"] = []
    cadres.save(file)
    line = past.lines(uid).lines[0]
    assert (line.operation, line.label) == ("删除", "家庭主要成员及重要社会关系")
    assert "张淑芬" in line.old


def test_a_file_that_was_made_is_one_line_with_all_its_parts(past: PersonHistory, uid: str) -> None:
    assert told(past.lines(uid).lines) == [("新增", "整份档案", "", "新增")]


def test_numbers_stay_covered(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    save(cadres, uid, id_number="529999194803120016")
    line = past.lines(uid).lines[0]
    assert "529999194803120016" not in line.new
    assert line.new.endswith("0016")


def test_lines_are_narrowed_to_a_section_a_part_or_one_field(
    cadres: Cadres, past: PersonHistory, uid: str
) -> None:
    save(cadres, uid, village="东门村", illnesses="高血压")
    save(cadres, uid, village="西河村")
    assert {line.label for line in past.lines(uid, "健康").lines} == {"主要疾病"}
    assert {line.table for line in past.lines(uid, "family_member").lines} == {"family_member"}
    [newest, *_] = past.lines(uid).lines
    assert [line.new for line in past.lines(uid, newest.place).lines] == ["西河村", "东门村"]
    assert past.lines(uid, "健康").lines[0].section in dict(past.places)


def test_lines_come_in_pages(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    for number in range(ACTS_AT_ONCE + 5):
        save(cadres, uid, village=f"第{number}村")
    first = past.lines(uid)
    assert len(first.lines) == ACTS_AT_ONCE
    second = past.lines(uid, before=first.before)
    assert second.before == 0
    assert not {line.seq for line in first.lines} & {line.seq for line in second.lines}
    assert [line.new for line in past.lines(uid, "健康").lines] == []


def test_a_value_comes_back_as_one_step_that_can_be_undone(
    database: Database, cadres: Cadres, past: PersonHistory, uid: str
) -> None:
    save(cadres, uid, name="王淑英")
    before = content(database)
    line = next(line for line in past.lines(uid).lines if line.label == "姓名" and line.old)
    past.restore(uid, line)
    assert cadres.read(uid).values["name"] == "王秀英"
    with database.reading() as session:
        from app.models.cadre import Cadre

        assert session.get_one(Cadre, uid).search_key.startswith("wangxiuying")
    UndoSteps(database).undo()
    assert differing(before, content(database)) == {}


def test_values_and_rows_of_parts_come_back_too(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    file = cadres.read(uid)
    file.parts["family"][0]["name"] = "张淑芳"
    cadres.save(file)
    changed = past.lines(uid).lines[0]
    file = cadres.read(uid)
    file.parts["family"] = []
    cadres.save(file)
    gone = past.lines(uid).lines[0]
    with pytest.raises(UserError, match="这一行后来删掉了"):
        past.restore(uid, changed)
    past.restore(uid, gone)
    past.restore(uid, changed)
    assert cadres.read(uid).parts["family"][0]["name"] == "张淑芬"


def test_what_was_added_had_nothing_before(past: PersonHistory, uid: str) -> None:
    assert not any(line.can_be_restored for line in past.lines(uid).lines)


def test_a_file_that_was_removed_is_not_written_to(cadres: Cadres, past: PersonHistory, uid: str) -> None:
    save(cadres, uid, village="东门村")
    line = past.lines(uid).lines[0]
    cadres.remove([uid])
    with pytest.raises(UserError, match="已经不在了"):
        past.restore(uid, line)


def test_a_row_that_came_back_is_not_lost_to_a_file_that_stands_open(
    cadres: Cadres, past: PersonHistory, uid: str
) -> None:
    for rows in ([{"relation": "妻子", "name": "张淑芬"}], []):
        cadres.save(CadreFile(uid, values={"name": "王秀英"}, parts={"family": rows}))
    open_file = cadres.read(uid)
    past.restore(uid, next(line for line in past.lines(uid).lines if line.can_be_restored))
    with pytest.raises(UserError, match="别处改过"):
        cadres.save(open_file)
    assert [row["name"] for row in cadres.read(uid).parts["family"]] == ["张淑芬"]


def test_an_import_is_named_by_its_file(practice: Desk, tmp_path: Path) -> None:
    roster = tmp_path / "花名册.csv"
    name, number = next(row.values for row in practice.cadres.rows(["name", "id_number"]) if row.values[1])
    roster.write_text(f"姓名,身份证号,村（社区）\n{name},{number},新设的村\n", encoding="utf-8")
    preview = practice.imports.preview(roster)
    practice.imports.apply(preview)
    uid = next(row.uid for row in practice.cadres.rows(["id_number"]) if row.values[0] == number)
    assert practice.person_history.lines(uid).lines[0].act == "导入：花名册.csv"
