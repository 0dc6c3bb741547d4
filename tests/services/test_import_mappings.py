"""下次照此办理: columns and rules are as they were the last time with the same headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.models.database import Database
from app.services.cadres import Cadres
from app.services.import_preview import Preview
from app.services.imports import Imports
from tests.exchange.sheets import GUANG, KAI, save
from tests.services.test_imports import only, person, piles, roster


def odd(
    folder: Path,
    name: str,
    *rows: tuple[Any, ...],
    heads: tuple[str, ...] = ("姓名", "身份证号", "奇怪的列", "手机"),
) -> Path:
    return save(folder, [heads, *rows], name=name)


def meanings(preview: Preview) -> dict[str, str | None]:
    return {column.heading: column.meaning for column in preview.sheets[0].columns}


def taken_by_hand(imports: Imports, path: Path, **ways: Any) -> None:
    preview = imports.preview(path, {"花名册": {2: "hobbies", 3: "landline"}}, ways={"花名册": ways})
    imports.apply(preview)


def test_columns_are_understood_as_the_last_time(database: Database, tmp_path: Path):
    imports = Imports(database)
    taken_by_hand(imports, odd(tmp_path, "一.xlsx", ("廖开", KAI, "书法", "0851-2220001")))
    again = imports.preview(odd(tmp_path, "二.xlsx", ("阎光", GUANG, "围棋", "0851-2220002")))
    assert again.sheets[0].remembered
    assert meanings(again) == {
        "姓名": "name",
        "身份证号": "id_number",
        "奇怪的列": "hobbies",
        "手机": "landline",
    }
    imports.apply(again)
    assert person(database, "阎光").values["hobbies"] == "围棋"


def test_the_proposal_can_be_had_again_and_is_then_remembered(database: Database, tmp_path: Path):
    imports = Imports(database)
    taken_by_hand(imports, odd(tmp_path, "一.xlsx", ("廖开", KAI, "书法", "19900005062")))
    second = odd(tmp_path, "二.xlsx", ("阎光", GUANG, "围棋", "19900005063"))
    plain = imports.preview(second, {})
    assert (plain.sheets[0].remembered, meanings(plain)["手机"]) == (False, "mobile")
    imports.apply(plain)
    third = imports.preview(odd(tmp_path, "三.xlsx", ("廖开", KAI, "书画", "19900005062")))
    assert (third.sheets[0].remembered, meanings(third)["手机"]) == (False, "mobile")


def test_other_headings_or_another_order_are_another_table(database: Database, tmp_path: Path):
    imports = Imports(database)
    taken_by_hand(imports, odd(tmp_path, "一.xlsx", ("廖开", KAI, "书法", "19900005062")))
    moved = odd(
        tmp_path,
        "二.xlsx",
        ("阎光", GUANG, "19900005063", "围棋"),
        heads=("姓名", "身份证号", "手机", "奇怪的列"),
    )
    assert not imports.preview(moved).sheets[0].remembered
    spaced = odd(
        tmp_path, "三.xlsx", ("阎光", GUANG, "围棋", "1"), heads=("姓  名", "身份证号 ", "奇怪的列", "手机")
    )
    assert imports.preview(spaced).sheets[0].remembered


def test_what_is_only_to_fill_blanks_beats_no_value(database: Database, tmp_path: Path):
    imports = Imports(database)
    full = {
        "姓名": "廖开",
        "身份证号": KAI,
        "民族": "苗族",
        "手机": "19900005062",
        "联系人及电话": "廖甲 19900005061",
    }
    imports.apply(imports.preview(roster(tmp_path, full)))
    other = {
        **full,
        "民族": "汉族",
        "籍贯": "贵州清镇",
        "手机": "19900000001",
        "联系人及电话": "廖乙 19900005069",
    }
    ways = {"花名册": {"ethnicity": "fill", "native_place": "fill", "mobile": "skip", "contacts": "fill"}}
    preview = imports.preview(roster(tmp_path, other, name="二.xlsx"), {}, ways=ways)
    assert {each.label: each.written for each in only(preview).differences} == {
        "民族": False, "籍贯": True, "手机": False, "联系人": False
    }  # fmt: skip
    imports.apply(preview)
    kept = person(database, "廖开")
    texts = Cadres.record.texts(kept.values)
    assert [texts[name] for name in ("ethnicity", "native_place", "mobile")] == [
        "苗族", "贵州清镇", "19900005062"
    ]  # fmt: skip
    assert [contact["name"] for contact in kept.parts["contacts"]] == ["廖甲"]


def test_a_row_that_may_write_nothing_stays_as_it_is(database: Database, tmp_path: Path):
    imports = Imports(database)
    imports.apply(imports.preview(roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "手机": "19900005062"})))
    other = roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "手机": "19900000001"}, name="二.xlsx")
    preview = imports.preview(other, {}, ways={"花名册": {"mobile": "fill"}})
    assert piles(preview) == {"same": 1}
    assert [(each.new, each.written) for each in only(preview).differences] == [("19900000001", False)]


def test_a_column_that_is_not_written_is_not_written_for_somebody_new_either(
    database: Database, tmp_path: Path
):
    imports = Imports(database)
    path = roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "手机": "19900005062"})
    imports.apply(imports.preview(path, {}, ways={"花名册": {"mobile": "skip"}}))
    assert person(database, "廖开").values["mobile"] is None


def test_rules_are_remembered_with_the_columns(database: Database, tmp_path: Path):
    imports = Imports(database)
    taken_by_hand(imports, odd(tmp_path, "一.xlsx", ("廖开", KAI, "书法", "1")), hobbies="fill")
    again = imports.preview(odd(tmp_path, "二.xlsx", ("廖开", KAI, "围棋", "1")))
    assert (again.sheets[0].remembered, again.sheets[0].ways) == (True, {"hobbies": "fill"})
