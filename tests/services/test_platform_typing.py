"""Typing into the province's platform by hand: its order, what was typed, what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.platform_typing import Cell, cells_of, platforms
from tests.desks import desk_of

SAMPLE = Path(__file__).parent.parent / "samples" / "数字黔老导出.xlsx"
PLATFORM = "数字黔老"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_of(tmp_path)
    yield made
    made.close()


def added(desk: Desk, **values: Any) -> str:
    return next(iter(desk.cadres.save(CadreFile(values={"name": "张三", **values})).uids))


def changed(desk: Desk, uid: str, **values: Any) -> None:
    file = desk.cadres.read(uid)
    desk.cadres.save(CadreFile(uid, file.version, {**file.values, **values}, file.parts))


def type_all(desk: Desk, uid: str) -> None:
    for line in desk.platform_typing.lines(uid, PLATFORM):
        if line.text:
            desk.platform_typing.tick(uid, PLATFORM, line.cell.name, line.text)


def test_the_default_order_is_that_of_the_platforms_own_export() -> None:
    heading = CalamineWorkbook.from_path(str(SAMPLE)).get_sheet_by_index(0).to_python()[0]
    assert platforms() == [PLATFORM]
    assert [cell.name for cell in cells_of(PLATFORM)] == heading


def test_what_the_export_of_the_platform_says_is_what_we_would_type(desk: Desk) -> None:
    """Taken in, every person's cells read as they stood there."""
    desk.imports.apply(desk.imports.preview(SAMPLE))
    rows = CalamineWorkbook.from_path(str(SAMPLE)).get_sheet_by_index(0).to_python()
    wanted = {row[2]: row for row in rows[1:]}
    seen = 0
    for file in desk.cadres.read_all():
        row = wanted.get(file.values["id_number"])
        if row and row[34] != "是":
            texts = [cell.text(file.values) for cell in cells_of(PLATFORM)]
            assert texts[:4] == [row[0], row[1] or "", row[2], row[3]]
            assert str(row[4]).startswith(texts[4])
            assert texts[5:7] == [row[5], row[6]]
            seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("cell", "values", "text"),
    [
        (Cell("出生日期", "birth_date", "date"), {"birth_date": "1955-05"}, "1955-05"),
        (Cell("是否离世", "alive", "no"), {"alive": True}, "否"),
        (Cell("是否离世", "alive", "no"), {"alive": False}, "是"),
        (Cell("是否离世", "alive", "no"), {"alive": None}, ""),
        (Cell("性别", "sex"), {"sex": "2"}, "女"),
        (Cell("人员类型", "=干部"), {}, "干部"),
        (Cell("爱好", "hobbies"), {}, ""),
    ],
)
def test_a_cell_says_what_is_typed_there(cell: Cell, values: dict[str, Any], text: str) -> None:
    assert cell.text(values) == text


def test_a_tick_is_kept_with_who_and_when(desk: Desk) -> None:
    uid = added(desk, sex="1")
    desk.platform_typing.tick(uid, PLATFORM, "姓名", "张三")
    line = desk.platform_typing.lines(uid, PLATFORM)[0]
    assert (line.state, line.typed, line.typed_by) == ("same", "张三", "林晓芸")
    assert line.typed_at


def test_what_was_changed_since_is_told_cell_by_cell(desk: Desk) -> None:
    uid = added(desk, sex="1", mobile="19900000001")
    type_all(desk, uid)
    assert desk.platform_typing.changed_since(PLATFORM) == []
    changed(desk, uid, mobile="19900000002")
    states = {line.cell.name: line.state for line in desk.platform_typing.lines(uid, PLATFORM)}
    assert (states["电话号码"], states["性别"]) == ("changed", "same")
    assert desk.platform_typing.changed_since(PLATFORM) == [uid]


def test_a_value_taken_away_after_typing_is_a_change_too(desk: Desk) -> None:
    uid = added(desk, mobile="19900000001")
    type_all(desk, uid)
    changed(desk, uid, mobile=None)
    assert desk.platform_typing.standings([uid], PLATFORM)[uid].changed == 1


def test_empty_cells_ask_for_nothing(desk: Desk) -> None:
    uid = added(desk, sex="1")
    before = desk.platform_typing.standings([uid], PLATFORM)[uid]
    type_all(desk, uid)
    after = desk.platform_typing.standings([uid], PLATFORM)[uid]
    assert (before.typed, before.is_done) == (0, False)
    assert (after.typed, after.is_done) == (before.total, True)


def test_typed_again_it_is_as_it_is_now(desk: Desk) -> None:
    uid = added(desk, mobile="19900000001")
    type_all(desk, uid)
    changed(desk, uid, mobile="19900000002")
    type_all(desk, uid)
    assert desk.platform_typing.changed_since(PLATFORM) == []


def test_the_log_names_whose_cell_it_was(desk: Desk) -> None:
    uid = added(desk, sex="1")
    name = desk.cadres.read(uid).values["name"]
    desk.platform_typing.tick(uid, PLATFORM, "姓名", "张三")
    desk.platform_typing.untick(uid, PLATFORM, ["姓名", "性别"])
    said = [line.about for line in desk.log.lines()[:2]]
    assert said == [f"{name} 取消已录：姓名、性别", f"{name} 姓名"]


def test_a_tick_can_be_taken_away(desk: Desk) -> None:
    uid = added(desk)
    type_all(desk, uid)
    desk.platform_typing.untick(uid, PLATFORM, ["姓名"])
    assert desk.platform_typing.lines(uid, PLATFORM)[0].state == "new"


def test_somebody_who_is_gone_has_no_lines(desk: Desk) -> None:
    uid = added(desk)
    type_all(desk, uid)
    desk.cadres.remove([uid])
    assert desk.platform_typing.lines(uid, PLATFORM) == []
    assert desk.platform_typing.standings([uid], PLATFORM) == {}
