"""What an office hands over, cell by cell against truth.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.exchange.readings import Reading
from app.exchange.tables import Table
from app.fields.kinds import Code
from tests.exchange.sheets import (
    RECORDS,
    SAMPLES,
    codes_of,
    find,
    ignored,
    only_table,
    read,
    understand,
    understood,
)

TRUTH: dict[str, Any] = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
ROSTERS = ("roster", "schools", "qianlao")
SAID = {
    "id_number": ("id_number", "E"),
    "id_number_15": ("id_number", "I"),
    "id_number_missing": ("id_number", "W"),
    "sex_vs_id": ("sex", "W"),
}


def label(kind: str, field: str, value: Any) -> Any:
    record = RECORDS[kind]
    if value is None:
        return ""
    if record.has(field) and isinstance(record.field(field).kind, Code):
        return record.field(field).kind.format(value)
    return value


def rows_of(name: str) -> tuple[Table, dict[int, Reading]]:
    table = only_table(SAMPLES / TRUTH[name]["file"])
    return table, {row.row: row for row in understand(table).rows}


@pytest.mark.parametrize("name", ROSTERS)
def test_a_roster_gives_exactly_the_people_of_the_truth(name: str):
    _, rows = rows_of(name)
    assert list(rows) == [person["row"] for person in TRUTH[name]["rows"]]


@pytest.mark.parametrize("name", ROSTERS)
def test_a_roster_agrees_with_the_truth_in_every_cell_it_holds(name: str):
    table, rows = rows_of(name)
    held = {column.field for column in table.columns} & set(TRUTH[name]["rows"][0])
    for person in TRUTH[name]["rows"]:
        found = {field: label("cadres", field, rows[person["row"]].values.get(field)) for field in held}
        wanted = {field: person[field] for field in held}
        if name == "schools" and wanted["political_status"] != "中共党员":
            wanted["political_status"] = ""  # the column only says 否, which is not 群众
        assert found == wanted


def test_what_remarks_say_about_death_is_taken_down():
    _, rows = rows_of("roster")
    assert rows[17].values["died_on"] == "2026-03-12"
    assert rows[17].values["alive"] is False
    assert rows[17].values["remarks"] == "2026年3月12日去世"
    assert codes_of(rows[17], "died_on") == [("I", "C-03")]


def test_what_remarks_say_about_living_is_taken_down():
    _, rows = rows_of("roster")
    said = {
        row: label("cadres", "living_arrangement", rows[row].values.get("living_arrangement"))
        for row in (21, 28)
    }
    assert said == {21: "独居", 28: "随子女异地居住"}


def test_every_fault_of_the_roster_is_flagged_and_no_other_number_is():
    _, rows = rows_of("roster")
    wanted = {
        person["row"]: SAID[person["problem"]]
        for person in TRUTH["roster"]["rows"]
        if person.get("problem") in SAID
    }
    found = {
        row: (each.field, each.severity)
        for row, reading in rows.items()
        for each in reading.problems
        if each.field in {"id_number", "sex"}
    }
    assert found == wanted


def test_a_number_that_lost_its_tail_is_refused_with_its_cell():
    _, rows = rows_of("roster")
    (problem,) = rows[10].problems
    assert (problem.code, problem.message.split("：")[0]) == ("R-09", "F10")
    assert "id_number" not in rows[10].values


def test_the_roster_has_two_heading_rows_and_a_hidden_column():
    table, _ = rows_of("roster")
    assert (table.header_rows, table.first_row) == (
        TRUTH["roster"]["header_rows"],
        TRUTH["roster"]["first_row"],
    )
    assert [column.heading for column in table.columns if column.hidden] == ["职级"]
    assert understood(table)["姓  名"] == "name"
    assert ignored(table) == ["序号"]


def test_sections_totals_and_notes_are_nobody():
    table, rows = rows_of("roster")
    assert table.skipped == [
        (5, "分类行"),
        (25, "分类行"),
        (43, "分类行"),
        (60, "合计行"),
        (61, "表下说明"),
        (62, "表下说明"),
    ]
    assert {rows[row].section for row in (6, 24)} == {"一、机关退休干部"}
    assert rows[59].section == "三、事业及其他退休干部"


def test_a_sheet_of_notes_is_listed_with_the_reason():
    assert find(SAMPLES / TRUTH["roster"]["file"]).ignored == [
        ("填表说明", "没有认得出的表头，像是说明或别的内容")
    ]


def test_the_same_address_is_that_of_the_same_row():
    _, rows = rows_of("roster")
    assert rows[7].values["residence_address"] == "卫城镇北门社区2组81号"
    assert rows[7].raw["residence_address"] == "同上"


def test_a_merged_unit_holds_for_all_its_rows():
    _, rows = rows_of("roster")
    assert [rows[row].values["former_unit"] for row in range(53, 58)] == ["卫城中学"] * 5


def test_contacts_illnesses_and_second_numbers_find_their_fields():
    _, rows = rows_of("roster")
    assert rows[6].values["contacts"] == [{"name": "廖长", "relation": "女儿", "mobile": "19900005062"}]
    assert rows[24].values["illnesses"] == "高血压"
    assert (rows[37].values["mobile"], rows[37].values["landline"]) == ("19900004350", "0851-25501234")


def test_days_that_an_exporter_invented_are_dropped_and_told_once():
    table, _ = rows_of("qianlao")
    assert [note[:8] for note in understand(table).notes] == [
        "“入党时间”的日",
        "“参加工作时间”",
        "“退/离休时间”",
    ]


def test_a_clean_export_has_no_problems():
    _, rows = rows_of("qianlao")
    assert [each for row in rows.values() for each in row.problems] == []


def test_visits_agree_with_the_truth():
    table, rows = rows_of("visits")
    found = [
        {
            "row": row,
            "date": reading.values["date"],
            "names": reading.values["names"],
            "kind": label("visits", "kind", reading.values["kind"]),
            "money": reading.values.get("money", 0) // 100,
            "goods": reading.values.get("goods", ""),
        }
        for row, reading in rows.items()
    ]
    assert table.kind == "visits"
    assert found == TRUTH["visits"]["rows"]


def test_payments_agree_with_the_truth():
    table, rows = rows_of("payments")
    found = [
        {"row": row, "name": reading.values["name"], "amount": reading.values["amount"] // 100}
        for row, reading in rows.items()
    ]
    assert (table.kind, table.year, table.title) == ("payments", 2026, "2026年春节慰问金发放表")
    assert found == TRUTH["payments"]["rows"]
    assert sum(row["amount"] for row in found) == TRUTH["payments"]["total"]
    assert rows[3].values["bank_account"] == "6210003110539454122"


def one_person_agrees(reading: Reading, person: dict[str, Any]) -> None:
    values = reading.values
    held = [field for field in person if field not in {"file", "row", "family", "resume"} and field in values]
    assert {field: label("cadres", field, values[field]) for field in held} == {
        field: person[field] for field in held
    }
    family = [
        [
            member["relation"],
            member["name"],
            member["birth_date"].replace("-", "."),
            label("cadres", "political_status", member["political_status"]),
            member["work"],
        ]
        for member in values["family"]
    ]
    assert family == person["family"]


def test_a_filled_form_is_one_person():
    (reading,) = read(SAMPLES / TRUTH["filled_form"]["file"])
    one_person_agrees(reading, TRUTH["filled_form"])
    resume = [
        [part.get(name, "").replace("-", ".") for name in ("started_on", "ended_on", "text")]
        for part in reading.values["resume"]
    ]
    assert resume == TRUTH["filled_form"]["resume"]
    assert reading.problems == []


def test_blank_forms_hold_nobody():
    assert find(SAMPLES / "采集表_空表.xlsx").tables == []
    table = only_table(SAMPLES / "精准服务台账_空表.xlsx")
    assert (table.header_rows, list(table.lines)) == ([4, 5], [])


@pytest.mark.parametrize("person", TRUTH["lrmx"], ids=lambda person: person["file"])
def test_an_lrmx_file_is_one_person(person: dict[str, Any]):
    (reading,) = read(SAMPLES / person["file"])
    one_person_agrees(reading, person)
    assert {"former_unit", "former_post", "retired_on", "birth_date"} <= set(reading.values)
