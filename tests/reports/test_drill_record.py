"""恢复演练记录, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.reports.drill_record import DrillLine, DrillRecord, write_drill_record
from tests.reports.reading import text

RECORD = DrillRecord(
    unit="卫城镇人民政府",
    done_at="2026-10-23 17:05",
    by="林晓芸",
    backup="2026-10-23 17-04-51（演练之前，1.2 MB）",
    lines=(
        DrillLine("离退休干部", "1,051", "1,051", agrees=True),
        DrillLine("发放金额合计", "52,500.00 元", "52,500.00 元", agrees=True),
        DrillLine("操作日志到第 812 步的存证码", "7F3A9-1C2D0", "7F3A9-1C2D0", agrees=True),
    ),
    passed=True,
    preparer="林晓芸",
    reviewer="周敏",
)


def test_the_page_names_what_was_tried_what_agreed_and_who_signs(tmp_path: Path) -> None:
    printed = write_drill_record(tmp_path / "记录.pdf", RECORD)
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    read = text(tmp_path / "记录.pdf")
    for said in (
        "单位卫城镇人民政府演练时间2026-10-2317:05",
        "操作人林晓芸结论通过",
        "离退休干部1,0511,051一致",
        "发放金额合计52,500.00元52,500.00元一致",
        "操作日志到第812步的存证码7F3A9-1C2D07F3A9-1C2D0一致",
        "备份能完整恢复",
        "演练人林晓芸日期年月日审核人周敏日期年月日",
    ):
        assert said in read


def test_a_drill_that_failed_says_why_and_what_to_do(tmp_path: Path) -> None:
    differs = DrillLine("走访", "60", "59", agrees=False)
    failed = replace(RECORD, lines=(differs,), passed=False, problems=("备份和做的时候不一样，已经损坏",))
    assert write_drill_record(tmp_path / "记录.pdf", failed).pages == 1
    read = text(tmp_path / "记录.pdf")
    assert "结论没有通过" in read
    assert "走访6059不一致" in read
    assert "已经损坏；没有通过。请再做一次备份" in read


def test_all_that_is_compared_takes_one_page(tmp_path: Path) -> None:
    lines = tuple(DrillLine(f"项目{n}", "1", "1", agrees=True) for n in range(12))
    assert write_drill_record(tmp_path / "记录.pdf", replace(RECORD, lines=lines)).pages == 1
    assert "审核人" in text(tmp_path / "记录.pdf")
