"""恢复演练: the newest backup is tried, compared, written down, and leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from app.paths import KEY_FILE
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.drills import DrillResult
from tests.desks import ACTOR, cheap_key_file
from tests.reports.reading import text as read_pdf


@pytest.fixture
def desk(practice: Desk) -> Desk:
    (practice.folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    return practice


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def line(result: DrillResult, title: str) -> tuple[str, str, bool]:
    found = next(each for each in result.lines if each.title.startswith(title))
    return found.live, found.restored, found.agrees


def last_act(desk: Desk, act: str) -> tuple[str, dict[str, object]]:
    query = text("SELECT about, details FROM audit_act WHERE act = :act ORDER BY seq DESC LIMIT 1")
    with desk.database.reading() as session:
        about, details = session.execute(query, {"act": act}).one()
    return about, json.loads(details)


def test_a_drill_compares_people_money_and_the_log(desk: Desk) -> None:
    result = desk.drills.run()
    assert result.passed
    people = f"{desk.cadres.count():,}"
    assert line(result, "离退休干部") == (people, people, True)
    assert line(result, "发放金额合计")[2]
    live, restored, agrees = line(result, "操作日志")
    assert (live, agrees) == (restored, True)
    assert live == result.backup.content.code


def test_it_makes_a_backup_first_where_something_was_written(desk: Desk) -> None:
    old = desk.backups.make()
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    result = desk.drills.run()
    assert result.passed
    assert result.backup != old
    assert desk.drills.run().backup == result.backup


def test_it_is_remembered_and_stands_in_the_log(desk: Desk) -> None:
    assert desk.drills.last is None
    result = desk.drills.run()
    assert desk.drills.last == result.at
    assert last_act(desk, "drill") == (result.backup.name, {"passed": True, "differ": [], "problems": []})
    assert result.who == ACTOR.name


def test_it_leaves_nothing_behind(desk: Desk) -> None:
    result = desk.drills.run()
    assert [path.name for path in desk.backups.folder.iterdir()] == [result.backup.name]


def test_a_backup_that_was_damaged_since_fails_it(desk: Desk) -> None:
    made = desk.backups.make()
    flip_a_bit(made.file)
    result = desk.drills.run()
    assert not result.passed
    assert result.problems == ("备份和做的时候不一样，已经损坏",)
    assert last_act(desk, "drill")[1]["passed"] is False
    assert [path.name for path in desk.backups.folder.iterdir()] == [made.name]


def test_a_key_file_of_other_data_beside_the_backup_fails_it(desk: Desk) -> None:
    from tests.services.test_restores import OTHER_KEYS

    made = desk.backups.make()
    (made.path / KEY_FILE).write_bytes(cheap_key_file(OTHER_KEYS).to_bytes())
    result = desk.drills.run()
    assert not result.passed
    assert result.problems == ("备份旁边的钥匙文件不是这份数据的",)


def test_the_record_is_one_page_with_the_office_and_the_verdict(desk: Desk, tmp_path: Path) -> None:
    result = desk.drills.run()
    paper = desk.drills.record(result)
    assert (paper.pages, paper.warnings) == (1, [])
    assert paper.name.startswith("恢复演练记录_")
    (tmp_path / "记录.pdf").write_bytes(paper.content)
    read = read_pdf(tmp_path / "记录.pdf")
    assert "结论通过" in read
    assert result.backup.content.code in read
    assert f"操作人{ACTOR.name}" in read
