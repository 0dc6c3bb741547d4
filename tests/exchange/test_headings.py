"""Headings by their wording: sure, likely or unknown, and what the values under them say."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from app.exchange.headings import Heading, Meaning, kind_of, match
from app.exchange.vocabulary import FILES, TableKind, key
from app.models.cadre import CADRE
from app.models.parts import PARTS
from app.models.payments import PAYMENT
from app.models.visits import VISIT
from app.paths import resource
from tests.exchange.sheets import KAI, only_table, save

FIELDS: dict[TableKind, set[str]] = {
    "cadres": {field.name for field in CADRE.fields} | set(PARTS),
    "visits": {field.name for field in VISIT.fields} | {"names"},
    "payments": {field.name for field in PAYMENT.fields} | {"name", "id_number"},
}


def meaning(text: str, group: str = "", kind: TableKind = "cadres") -> Meaning:
    return match([Heading(0, text, group)], kind)[0]


@pytest.mark.parametrize("kind", FILES)
def test_every_synonym_names_a_field_of_the_program(kind: TableKind):
    with resource(f"headings/{FILES[kind]}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["field"] for row in rows} - FIELDS[kind] <= {""}
    assert {row["certainty"] for row in rows} <= {"sure", "likely"}
    texts = [(key(row["heading"]), row["group"]) for row in rows]
    assert [text for text in texts if texts.count(text) > 1] == []


@pytest.mark.parametrize(
    ("text", "group", "field", "certainty"),
    [
        ("姓  名", "", "name", "sure"),
        ("身份证\n号码", "", "id_number", "sure"),
        ("参加工作时间", "", "work_started_on", "sure"),
        ("出生年月（年龄）", "", "birth_date", "sure"),
        ("时间", "离退休情况", "retired_on", "sure"),
        ("时间", "入党", "party_joined_on", "sure"),
        ("类别", "离（退）休情况", "retirement_kind", "sure"),
        ("电话", "家属", "contacts", "sure"),
        ("身份证号", "家属情况", None, "unknown"),
        ("退休时间（以档案为准）", "", "retired_on", "likely"),
        ("电话（子女）", "", "mobile", "likely"),
        ("参加工作的时间", "", "work_started_on", "likely"),
        ("现在居住地址", "", "residence_address", "likely"),
        ("配偶身份证号", "", None, "unknown"),
        ("片区", "", None, "unknown"),
        ("序号", "", None, "sure"),
        ("年龄（岁）", "", None, "sure"),
    ],
)
def test_a_heading_means_a_field_with_a_certainty(text: str, group: str, field: str | None, certainty: str):
    found = meaning(text, group)
    assert (found.field, found.certainty) == (field, certainty)


def test_the_better_of_two_headings_has_the_field():
    found = match([Heading(0, "姓名"), Heading(1, "类别"), Heading(2, "离退休类别")], "cadres")
    assert [each.field for each in found] == ["name", None, "retirement_kind"]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["姓名", "性别", "身份证号"], "cadres"),
        (["走访时间", "走访对象", "慰问金"], "visits"),
        (["日期", "姓名", "走访类型", "慰问品"], "visits"),
        (["姓名", "身份证号", "开户行", "账号", "金额"], "payments"),
        (["姓名", "补助标准", "签字"], "payments"),
        (["书名", "作者", "价格"], None),
    ],
)
def test_the_headings_say_what_kind_of_table_it_is(texts: list[str], kind: str | None):
    assert kind_of([Heading(at, text) for at, text in enumerate(texts)]) == kind


def field_under(folder: Path, heading: str, values: list[Any], *others: str) -> tuple[str | None, str]:
    head = ["姓名", *others, heading]
    rows = [head, *(["廖开", *("" for _ in others), value] for value in values)]
    column = only_table(save(folder, rows)).columns[-1]
    return column.field, column.certainty


def test_posts_under_a_heading_of_titles_are_posts(tmp_path: Path):
    values = ["校长", "教导主任", "中学一级教师", "指导员"]
    assert field_under(tmp_path, "职称", values, "性别") == ("former_post", "likely")


def test_titles_under_a_heading_of_titles_are_titles(tmp_path: Path):
    values = ["中学一级教师", "高级农艺师", "主治医师", "会计师"]
    assert field_under(tmp_path, "职称", values, "性别") == ("professional_title", "sure")


def test_posts_under_titles_stay_when_posts_have_their_own_column(tmp_path: Path):
    values = ["校长", "教导主任", "所长", "指导员"]
    assert field_under(tmp_path, "职称", values, "职务") == ("professional_title", "sure")


def test_ages_under_a_heading_of_birth_are_no_dates(tmp_path: Path):
    assert field_under(tmp_path, "出生", [71, 65, 80], "性别")[0] is None


def test_retirement_kinds_under_personnel_kind(tmp_path: Path):
    assert field_under(tmp_path, "人员类别", ["退休", "离休", "退休"], "性别") == (
        "retirement_kind",
        "likely",
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ([KAI, "529999195505148814", "529999196607108674"], "id_number"),
        (["19900004712", "19900004713", "0851-25501234"], "mobile"),
        (["汉族", "回族", "苗"], "ethnicity"),
        (["中共党员", "群众", "党员"], "political_status"),
    ],
)
def test_values_name_a_column_that_its_heading_does_not(tmp_path: Path, values: list[str], field: str):
    assert field_under(tmp_path, "栏目", values, "性别", "备注") == (field, "likely")


def test_values_of_somebody_else_s_column_name_nothing(tmp_path: Path):
    values = [KAI, "529999195505148814", "529999196607108674"]
    assert field_under(tmp_path, "配偶证件", values, "性别", "备注")[0] is None
