"""One cell at a time: what it is taken to say, and what is told about it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.exchange.contacts import contacts_in, phones_in
from app.exchange.remarks import facts_in
from app.exchange.unit_post import split_unit_and_post
from app.fields import identity
from tests.exchange.sheets import KAI, codes_of, one_cell, read, save


def value_of(folder: Path, heading: str, cell: Any, field: str) -> Any:
    return one_cell(folder, heading, cell).values.get(field)


# Identity numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (KAI, KAI),
        (f"'{KAI}", KAI),
        (f"{KAI} ", KAI),
        ("529999 19660922 3019", KAI),
        ("５２９９９９１９６６０９２２３０１９", KAI),
        ("52999919600726741x", "52999919600726741X"),
        (f"{KAI}\t", KAI),
    ],
)
def test_an_identity_number_is_read_however_it_was_typed(tmp_path: Path, cell: str, number: str):
    row = one_cell(tmp_path, "身份证号", cell)
    assert row.values["id_number"] == number
    assert codes_of(row, "id_number") == []


@pytest.mark.parametrize(
    "cell", [529999196609223019, 5.29999196609223e17, "5.29999E+17", "529999196607108000"]
)
def test_an_identity_number_that_was_a_number_is_refused(tmp_path: Path, cell: Any):
    row = one_cell(tmp_path, "身份证号", cell)
    assert "id_number" not in row.values
    assert codes_of(row, "id_number") == [("E", "R-09")]
    assert row.problems[0].message.startswith("C2：")


def test_a_wrong_check_character_is_kept_as_read(tmp_path: Path):
    row = one_cell(tmp_path, "身份证号", "529999195203170013")
    assert row.values["id_number"] == "529999195203170013"
    assert codes_of(row, "id_number") == [("E", "R-02")]


def test_an_old_number_is_converted_and_named(tmp_path: Path):
    row = one_cell(tmp_path, "身份证号", "529999280105002")
    assert row.values["id_number"] == "529999192801050025"
    assert ("I", "R-07") in codes_of(row, "id_number")
    assert "15 位旧号 ***********5002 已按规则换成 **************0025" in row.problems[0].message


@pytest.mark.parametrize("cell", ["5299**********3019", "529999XXXXXXXX3019"])
def test_a_masked_number_is_not_taken_for_a_short_one(tmp_path: Path, cell: str):
    row = one_cell(tmp_path, "身份证号", cell)
    assert "id_number" not in row.values
    assert codes_of(row, "id_number") == [("E", "R-01")]


def test_a_missing_number_is_told_only_where_the_list_has_a_column_for_it(tmp_path: Path):
    assert codes_of(one_cell(tmp_path, "身份证号", "", KAI), "id_number") == [("W", "R-10")]
    assert codes_of(one_cell(tmp_path, "民族", "汉"), "id_number") == []


def test_sex_and_birth_that_differ_from_the_number_are_told(tmp_path: Path):
    row = read(save(tmp_path, [["姓名", "性别", "身份证号", "出生年月"], ["廖开", "女", KAI, "1965.09"]]))[0]
    assert {(each.field, each.code) for each in row.problems} == {("sex", "R-06"), ("birth_date", "R-05")}
    assert identity.birth_date(KAI) == "1966-09-22"


# Dates


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("51.8", "1951-08"),
        (51.8, "1951-08"),
        (195108, "1951-08"),
        ("195108", "1951-08"),
        ("1951年8月", "1951-08"),
        ("1951-8", "1951-08"),
        ("１９５１．８", "1951-08"),
        (1951, "1951"),
        ("1951年", "1951"),
        ("1951年8月3日", "1951-08-03"),
        ("1951/08/03", "1951-08-03"),
        (19510803, "1951-08-03"),
        (dt.date(1951, 8, 3), "1951-08-03"),
        (18843, "1951-08-03"),
        ("05.6", "2005-06"),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(tmp_path: Path, cell: Any, date: str):
    assert value_of(tmp_path, "入党时间", cell, "party_joined_on") == date


def test_a_month_that_a_number_may_have_cut_is_not_guessed(tmp_path: Path):
    row = one_cell(tmp_path, "出生日期", 1951.1)
    assert row.values["birth_date"] == "1951"
    assert codes_of(row, "birth_date") == [("W", "C-04")]


@pytest.mark.parametrize("heading", ["出生年月", "出生（年月）"])
def test_a_column_of_months_gives_months_and_says_so(tmp_path: Path, heading: str):
    row = one_cell(tmp_path, heading, dt.date(1951, 8, 3))
    assert row.values["birth_date"] == "1951-08"
    assert codes_of(row, "birth_date") == [("I", "R-34")]


def test_days_that_are_all_the_first_are_nobody_s_days(tmp_path: Path):
    row = one_cell(tmp_path, "入党时间", "1974-07-01", "1980-06-01", "1990-03-01")
    assert row.values["party_joined_on"] == "1974-07"


def test_days_beside_plain_months_that_are_all_the_first_come_from_excel(tmp_path: Path):
    assert (
        one_cell(tmp_path, "入党时间", dt.date(1974, 7, 1), "1980.06").values["party_joined_on"] == "1974-07"
    )


def test_the_last_days_of_february_belong_to_a_column_of_month_ends(tmp_path: Path):
    row = one_cell(tmp_path, "退休时间", "2007-02-28", "2014-11-30", "2019-08-30", "2020-01-30")
    assert row.values["retired_on"] == "2007-02"


def test_days_that_differ_are_kept(tmp_path: Path):
    row = one_cell(tmp_path, "入党时间", "1974-07-01", "1980-06-15", "1990-03-01")
    assert row.values["party_joined_on"] == "1974-07-01"


@pytest.mark.parametrize("cell", ["民盟", "1985.06；民革"])
def test_another_party_is_not_a_joining_date(tmp_path: Path, cell: str):
    row = one_cell(tmp_path, "入党时间", cell)
    assert "party_joined_on" not in row.values
    assert [severity for severity, _ in codes_of(row, "party_joined_on")] == ["W"]


@pytest.mark.parametrize("cell", ["不详", "1951.13", "2月30日", "去年"])
def test_what_is_no_date_gives_no_value(tmp_path: Path, cell: str):
    row = one_cell(tmp_path, "出生日期", cell)
    assert "birth_date" not in row.values
    assert codes_of(row, "birth_date") == [("E", "C-01")]


@pytest.mark.parametrize("cell", ["无", "/", "—", " "])
def test_signs_for_nothing_are_nothing(tmp_path: Path, cell: str):
    row = one_cell(tmp_path, "入党时间", cell, "1974.05")
    assert "party_joined_on" not in row.values
    assert codes_of(row, "party_joined_on") == []


# Codes


@pytest.mark.parametrize(
    ("heading", "cell", "field", "code"),
    [
        ("民族", "汉", "ethnicity", "01"),
        ("民族", "僳僳族", "ethnicity", "20"),
        ("政治面貌", "共产党员", "political_status", "01"),
        ("现享受待遇", "享受副科级待遇", "treatment", "142"),
        ("文化程度", "大学（函授）", "education", "20"),
        ("是否独居", "是", "living_arrangement", "4"),
        ("是否党员", "√", "political_status", "01"),
        ("易地安置", "□是 ☑否", "relocated", False),
        ("是否离世", "否", "alive", True),
        ("是否在世", "否", "alive", False),
    ],
)
def test_labels_become_codes(tmp_path: Path, heading: str, cell: str, field: str, code: Any):
    assert value_of(tmp_path, heading, cell, field) == code


@pytest.mark.parametrize(("heading", "field"), [("民族", "ethnicity"), ("政治面貌", "political_status")])
@pytest.mark.parametrize("cell", ["火星族", 3])
def test_unknown_labels_and_bare_digits_give_no_value(tmp_path: Path, heading: str, field: str, cell: Any):
    row = one_cell(tmp_path, heading, cell)
    assert field not in row.values
    assert codes_of(row, field) == [("E", "C-01")]
    assert str(cell) in row.problems[0].message


def test_no_party_member_is_not_called_one_of_the_masses(tmp_path: Path):
    row = one_cell(tmp_path, "党员", "否")
    assert "political_status" not in row.values
    assert codes_of(row, "political_status") == [("I", "C-03")]


def test_illnesses_in_brackets_and_illnesses_alone(tmp_path: Path):
    row = one_cell(tmp_path, "健康状况", "有慢性病（高血压）")
    assert (row.values["health_status"], row.values["illnesses"]) == ("3", "高血压")
    row = one_cell(tmp_path, "健康状况", "高血压、糖尿病")
    assert (row.values.get("health_status"), row.values["illnesses"]) == (None, "高血压、糖尿病")
    assert codes_of(row, "health_status") == [("W", "C-03")]


def test_special_conditions_are_rows(tmp_path: Path):
    row = one_cell(tmp_path, "特殊情况", "☑患病 □丧偶 ☑独居")
    assert row.values["special_conditions"] == [{"condition": "sick"}, {"condition": "alone"}]


# Names


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("廖  应", "廖应"),
        ("廖\u3000开", "廖开"),
        ("王𬎆", "王𬎆"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("欧阳光荣", "欧阳光荣"),
    ],
)
def test_names_lose_their_padding_and_nothing_else(tmp_path: Path, cell: str, name: str):
    assert read(save(tmp_path, [["姓名", "性别", "民族"], [cell, "男", "汉"]]))[0].values["name"] == name


def test_a_note_behind_a_name_is_told(tmp_path: Path):
    row = read(save(tmp_path, [["姓名", "性别", "民族"], ["廖开（已故）", "男", "汉"]]))[0]
    assert row.values["name"] == "廖开"
    assert codes_of(row, "name") == [("W", "C-04")]


# Telephone numbers and contacts


@pytest.mark.parametrize(
    ("cell", "mobile", "landline"),
    [
        ("19900004712", "19900004712", None),
        (19900004712, "19900004712", None),
        ("199-0000-0463", "19900000463", None),
        ("199 0000 0463", "19900000463", None),
        ("19900004350/0851-25501234", "19900004350", "0851-25501234"),
        ("0851-25501234、19900004350", "19900004350", "0851-25501234"),
        ("19900004350 19900004351", "19900004350", "19900004351"),
        ("0851-25501234", None, "0851-25501234"),
        ("手机：19900004350", "19900004350", None),
        ("(0851)25501234", None, "0851-25501234"),
        ("19900004350（儿子廖二19900004351）", "19900004350", None),
    ],
)
def test_several_numbers_find_their_fields(
    tmp_path: Path, cell: Any, mobile: str | None, landline: str | None
):
    values = one_cell(tmp_path, "联系电话", cell).values
    assert (values.get("mobile"), values.get("landline")) == (mobile, landline)


def test_a_number_that_may_be_somebody_else_s_is_told(tmp_path: Path):
    assert codes_of(one_cell(tmp_path, "联系电话", "19900004350（儿子）"), "mobile") == [("W", "C-04")]


def test_no_number_is_refused(tmp_path: Path):
    assert codes_of(one_cell(tmp_path, "联系电话", "问村长"), "mobile") == [("E", "R-58")]


def test_a_second_column_of_numbers_is_kept(tmp_path: Path):
    rows = [["姓名", "手机", "联系电话"], ["廖开", "19900004350", "19900004351"]]
    values = read(save(tmp_path, rows))[0].values
    assert (values["mobile"], values["landline"]) == ("19900004350", "19900004351")


@pytest.mark.parametrize(
    ("people", "relation", "phones", "contacts"),
    [
        ("廖长（女儿）", "", "19900005062", [{"name": "廖长", "relation": "女儿", "mobile": "19900005062"}]),
        ("女儿廖长", "", "", [{"name": "廖长", "relation": "女儿"}]),
        ("女儿：廖长", "", "", [{"name": "廖长", "relation": "女儿"}]),
        (
            "廖长",
            "女儿",
            "0851-25501234",
            [{"name": "廖长", "relation": "女儿", "landline": "0851-25501234"}],
        ),
        ("廖长（女儿）19900005062", "", "", [{"name": "廖长", "relation": "女儿", "mobile": "19900005062"}]),
        ("", "", "19900005062", [{"mobile": "19900005062"}]),
        (
            "廖长（女儿）、廖二（次子）",
            "",
            "19900005062、19900005063",
            [
                {"name": "廖长", "relation": "女儿", "mobile": "19900005062"},
                {"name": "廖二", "relation": "次子", "mobile": "19900005063"},
            ],
        ),
    ],
)
def test_contacts(people: str, relation: str, phones: str, contacts: list[dict[str, str]]):
    assert contacts_in(people, relation, phones) == contacts


def test_words_beside_a_number_are_kept_apart():
    assert phones_in("19900005062（廖长）") == (["19900005062"], "廖长")


# Addresses, units, remarks


def test_the_address_above_where_there_is_none_to_the_left(tmp_path: Path):
    rows = [["姓名", "性别", "家庭住址"], ["廖开", "男", "北门社区"], ["周光", "男", "同上"]]
    second = read(save(tmp_path, rows))[1]
    assert second.values["home_address"] == "北门社区"
    assert codes_of(second, "home_address") == [("I", "C-03")]


def test_the_value_above_elsewhere(tmp_path: Path):
    rows = [
        ["姓名", "性别", "工作单位"],
        ["廖开", "男", "派出所"],
        ["周光", "男", "同上"],
        ["于家", "男", "〃"],
    ]
    assert [row.values["former_unit"] for row in read(save(tmp_path, rows))] == ["派出所"] * 3


def test_nothing_above_is_told(tmp_path: Path):
    assert codes_of(one_cell(tmp_path, "工作单位", "同上"), "former_unit") == [("E", "C-03")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("卫城镇农业服务中心站长", ("卫城镇农业服务中心", "站长")),
        ("卫城中学校长", ("卫城中学", "校长")),
        ("卫城供销社会计", ("卫城供销社", "会计")),
        ("卫城镇人民政府 副镇长", ("卫城镇人民政府", "副镇长")),
        ("卫城镇政府办公室主任", None),
        ("卫城中学", None),
        ("原任过多种职务", None),
    ],
)
def test_unit_and_post_are_parted_only_where_it_is_certain(text: str, parts: tuple[str, str] | None):
    assert split_unit_and_post(text) == parts


def test_unit_and_post_that_stay_together_are_told(tmp_path: Path):
    row = one_cell(tmp_path, "原工作单位及职务", "卫城镇政府办公室主任")
    assert row.values["former_unit"] == "卫城镇政府办公室主任"
    assert "former_post" not in row.values
    assert codes_of(row, "former_unit") == [("W", "C-04")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("2026年3月12日去世", [("died_on", "2026-03-12")]),
        ("于2026年3月因病去世，遗属已领抚恤金", [("died_on", "2026-03")]),
        ("已故", [("alive", False)]),
        ("独居", [("living_arrangement", "4")]),
        ("随子女住贵阳", [("living_arrangement", "8")]),
        ("现随儿子居住", [("living_arrangement", "2")]),
        ("配偶2019年去世", []),
        ("老伴去世后独居多年", []),
        ("新换手机号", []),
        ("未独居", []),
    ],
)
def test_remarks_are_believed_only_where_a_clause_says_nothing_else(text: str, facts: list[tuple[str, Any]]):
    assert [(field, value) for field, value, _ in facts_in(text)] == facts


def test_remarks_do_not_overrule_the_table(tmp_path: Path):
    rows = [["姓名", "居住情况", "备注"], ["廖开", "与配偶同住", "独居"]]
    row = read(save(tmp_path, rows))[0]
    assert row.values["living_arrangement"] == "1"
    assert codes_of(row, "living_arrangement") == [("W", "C-04")]


# Visits and money


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("廖开、周光", ["廖开", "周光"]),
        ("廖开,周光；于家", ["廖开", "周光", "于家"]),
        ("廖  应", ["廖应"]),
        ("廖开 周光", ["廖开", "周光"]),
        ("廖开\n周光", ["廖开", "周光"]),
        ("周光/男/71岁", ["周光"]),
        ("顾少云、阿依古丽·买买提", ["顾少云", "阿依古丽·买买提"]),
        ("廖开等3人", ["廖开"]),
    ],
)
def test_several_names_in_a_cell(tmp_path: Path, cell: str, names: list[str]):
    rows = [["走访时间", "走访对象", "慰问金"], ["2025.1.20", cell, 500]]
    row = read(save(tmp_path, rows))[0]
    assert row.values["names"] == names
    assert bool(codes_of(row, "names")) == ("等" in cell)


@pytest.mark.parametrize(
    ("cell", "cents"),
    [(500, 50000), ("500.00", 50000), ("25,100.00", 2510000), ("￥500元", 50000), (0.1, 10)],
)
def test_money_is_whole_cents(tmp_path: Path, cell: Any, cents: int):
    rows = [["姓名", "金额（元）", "签字"], ["廖开", cell, ""]]
    assert read(save(tmp_path, rows))[0].values["amount"] == cents


def test_what_is_no_amount_is_refused(tmp_path: Path):
    row = read(save(tmp_path, [["姓名", "金额（元）", "签字"], ["廖开", "每人500", ""]]))[0]
    assert "amount" not in row.values
    assert codes_of(row, "amount") == [("E", "C-01")]


def test_a_bank_account_that_was_a_number_is_refused(tmp_path: Path):
    row = read(save(tmp_path, [["姓名", "金额", "银行账号"], ["廖开", 500, 6210003110539454122]]))[0]
    assert "bank_account" not in row.values
    assert codes_of(row, "bank_account") == [("E", "R-09")]
