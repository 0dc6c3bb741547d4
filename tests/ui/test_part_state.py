"""The rows of one part of a file while they are edited."""

from __future__ import annotations

from app.services.cadres import Cadres
from app.ui.forms.part_state import PartState

FAMILY, CONTACTS = Cadres.parts["family"], Cadres.parts["contacts"]


def test_what_is_typed_becomes_the_value() -> None:
    part = PartState(FAMILY, [{"uid": "甲", "relation": "妻子", "name": "苏素华"}])
    part.type_in(0, "birth_date", "55年7月")
    assert part.rows[0]["birth_date"] == "1955-07"
    assert part.text(0, "birth_date") == "1955.07"
    assert part.rows[0]["uid"] == "甲"


def test_what_cannot_be_read_stays_as_typed_and_is_a_problem() -> None:
    part = PartState(FAMILY, [{"relation": "妻子"}])
    part.type_in(0, "birth_date", "不详")
    assert part.text(0, "birth_date") == "不详"
    assert part.rows[0]["birth_date"] is None
    assert [(one.severity, one.message[:15]) for one in part.problems] == [("E", "第 1 行“出生年月”：“不详")]


def test_an_empty_row_does_not_count() -> None:
    part = PartState(FAMILY)
    part.add()
    assert len(part) == 1
    assert part.rows == []
    assert not part.changed


def test_adding_removing_and_moving_change_the_part() -> None:
    part = PartState(FAMILY, [{"name": "甲一"}, {"name": "乙二"}, {"name": "丙三"}])
    assert part.move(2, -1) == 1
    part.remove(0)
    assert [row["name"] for row in part.rows] == ["丙三", "乙二"]
    assert part.changed


def test_a_row_cannot_be_moved_out_of_the_table() -> None:
    part = PartState(FAMILY, [{"name": "甲一"}, {"name": "乙二"}])
    assert part.move(0, -1) == 0
    assert part.move(1, 1) == 1


def test_there_is_room_for_four_contacts_only() -> None:
    part = PartState(CONTACTS, [{"name": f"人{number}"} for number in range(3)], most=4)
    assert not part.full
    part.add()
    assert part.full


def test_a_draft_brings_back_everything_typed() -> None:
    part = PartState(FAMILY, [{"uid": "甲", "name": "苏素华"}])
    part.type_in(0, "birth_date", "不详")
    part.type_in(part.add(), "name", "周淑芬")
    again = PartState(FAMILY, [{"uid": "甲", "name": "苏素华"}])
    again.take(part.typed())
    assert again.typed() == part.typed()
    assert [row.get("uid") for row in again.rows] == ["甲", None]
