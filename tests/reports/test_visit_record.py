"""走访登记表: one visit on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from app.reports.printed import CutText, MissingGlyph
from app.reports.visit_record import VisitRecord, write_visit_records
from tests.reports.reading import text

RECORD = VisitRecord(
    unit="卫城镇",
    on="2025-01-20",
    name="王𬎆",
    sex="男",
    born="1937-02",
    kind="春节慰问",
    money=1000_00,
    situation="情绪稳定。",
    preparer="张某",
)


def test_a_visit_is_one_page_with_its_money_in_figures_and_words(tmp_path: Path) -> None:
    printed = write_visit_records(tmp_path / "登记表.pdf", [RECORD])
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    read = text(tmp_path / "登记表.pdf")
    for said in (
        "姓名王𬎆性别男出生日期1937年2月",
        "走访时间2025年1月20日",
        "¥1,000.00人民币（大写）：壹仟元整",
        "情绪稳定。",
        "填表人：张某",
    ):
        assert said in read


def test_the_photos_are_on_the_page_and_a_bad_one_is_named(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 80), "navy").save(tmp_path / "好.png")
    record = replace(RECORD, photos=(tmp_path / "好.png", tmp_path / "无.jpg"))
    printed = write_visit_records(tmp_path / "登记表.pdf", [record])
    assert (printed.pages, printed.unreadable_photos) == (1, ("无.jpg",))
    assert "照片无法读取" in text(tmp_path / "登记表.pdf")


def test_a_text_too_long_for_its_box_is_cut_and_named(tmp_path: Path) -> None:
    printed = write_visit_records(tmp_path / "登记表.pdf", [replace(RECORD, situation="很长。" * 900)])
    assert printed.cut == (CutText("2025年1月20日 王𬎆", "了解的情况与诉求"),)


def test_a_character_without_glyph_is_named_with_its_person(tmp_path: Path) -> None:
    printed = write_visit_records(tmp_path / "登记表.pdf", [replace(RECORD, staff="\U0010fffd某")])
    assert printed.missing == (MissingGlyph("\U0010fffd", "2025年1月20日 王𬎆"),)
