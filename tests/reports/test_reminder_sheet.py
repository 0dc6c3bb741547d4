"""催报单 on real pages, read back by another program than the one that wrote it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.reports.imprint import Imprint
from app.reports.reminder_sheet import ReminderLine, ReminderSheet, reminder_table, write_reminder_sheets

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
SHEET = ReminderSheet(
    place="东门村",
    unit="卫城镇人民政府",
    people=12,
    lines=(
        ReminderLine("廖应", "未核", 25, "补齐：照片、入党时间、联系人"),
        ReminderLine("单䶮生", "待更正", 90, "更正：职级与任免文件不一致"),
    ),
    until="2026-12-01",
    officer="林晓芸",
    telephone="0851-82500000",
    made_on="2026-11-22",
    imprint=Imprint(who="林晓芸", at="2026-11-22 09:30", code="3F2A1-9B0C4"),
)


def read(path: Path) -> list[str]:
    """Each page without its gaps."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return ["".join(page.split()) for page in done.stdout.decode().split("\f") if page.strip()]


@needs_poppler
def test_whom_what_until_when_and_who_signs(tmp_path: Path) -> None:
    printed = write_reminder_sheets(tmp_path / "催报单.pdf", [SHEET])
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    (page,) = read(tmp_path / "催报单.pdf")
    for said in (
        "离退休干部信息采集催报单",
        "单位：卫城镇人民政府",
        "致：东门村",
        "12人，其中2人",
        "于2026年12月1日前补齐",
        "1廖应未核25%补齐：照片、入党时间、联系人",
        "2单䶮生待更正90%更正：职级与任免文件不一致",
        "经办人：林晓芸",
        "联系电话：0851-82500000",
        "收到人（签字）：",
        "打印人：林晓芸2026-11-2209:30",
        "存证码：3F2A1-9B0C4",
        "第1页/共1页",
    ):
        assert said in page


@needs_poppler
def test_a_long_list_goes_on_under_its_heading(tmp_path: Path) -> None:
    long = replace(SHEET, lines=SHEET.lines * 40, people=80)
    printed = write_reminder_sheets(tmp_path / "催报单.pdf", [long, SHEET])
    found = read(tmp_path / "催报单.pdf")
    assert len(found) == printed.pages > 2
    assert all("要补齐、更正的" in page for page in found)
    assert f"第2页/共{printed.pages - 1}页" in found[1]
    assert "第1页/共1页" in found[-1], "each place counts its own pages"


def test_a_character_without_a_font_is_named(tmp_path: Path) -> None:
    odd = replace(SHEET, lines=(ReminderLine("王\ue000", "未核", 10, "补齐：照片"),))
    printed = write_reminder_sheets(tmp_path / "催报单.pdf", [odd])
    assert [each.character for each in printed.missing] == ["\ue000"]


def test_the_list_says_for_each_line_where_it_belongs() -> None:
    table = reminder_table([SHEET, replace(SHEET, place="西门村")], "村（社区）")
    assert [row[:3] for row in table.rows] == [
        (1, "东门村", "廖应"),
        (2, "东门村", "单䶮生"),
        (3, "西门村", "廖应"),
        (4, "西门村", "单䶮生"),
    ]
    assert [column.title for column in table.columns][1] == "村（社区）"
    assert table.right_line == "请于 2026年12月1日 前补齐"
