"""上报封面, read back."""

from __future__ import annotations

from pathlib import Path

from app.reports.cover_sheet import CoverCount, CoverSheet, in_groups, write_cover_sheet
from tests.reports.reading import text

SHEET = CoverSheet(
    unit="卫城镇",
    period="2026年4月",
    number="卫城镇-2026-04-07",
    counts=(CoverCount("人员", 1051, "人", "其中离休5人"), CoverCount("走访记录", 60)),
    check_code="7F3A91C2D05E",
    receiver="县委老干部局",
    preparer="张某",
    made_on="2026-04-30",
)


def test_the_cover_names_unit_period_counts_code_and_signers(tmp_path: Path) -> None:
    printed = write_cover_sheet(tmp_path / "封面.pdf", SHEET)
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    read = text(tmp_path / "封面.pdf")
    for said in (
        "报送单位卫城镇接收单位县委老干部局报送期间2026年4月报送编号卫城镇-2026-04-07",
        "1人员1,051人其中离休5人2走访记录60条",
        "校验码7F3A91C2D05E",
        "填报人张某日期年月日审核人日期年月日接收人日期年月日",
    ):
        assert said in read


def test_the_check_code_is_read_out_in_groups_of_four() -> None:
    assert in_groups("7F3A91C2D05E") == "7F3A  91C2  D05E"


def test_many_kinds_still_take_one_page(tmp_path: Path) -> None:
    counts = tuple(CoverCount(f"内容{n}", n) for n in range(1, 19))
    sheet = CoverSheet("卫城镇", "2026年4月", "07", counts, "7F3A")
    assert write_cover_sheet(tmp_path / "封面.pdf", sheet).pages == 1
    assert "接收人" in text(tmp_path / "封面.pdf")
