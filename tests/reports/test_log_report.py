"""年度操作与导出情况报告 on real pages, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.reports.log_report import Counted, LogReport, Revealed, Told, write_log_report
from tests.reports.reading import pages, text

KINDS = ("改动", "登录")
REPORT = LogReport(
    unit="卫城镇人民政府",
    year="2026",
    summary=("2026 年日志共记 1,234 步。",),
    kinds=KINDS,
    months=tuple(Counted(f"{month} 月", (month, 0)) for month in range(1, 13)),
    people=(Counted("林晓芸", (78, 3), "填报、审核"), Counted("程序", (0, 9))),
    left=(Told("2026-03-05 09:30", "林晓芸", "导出", "花名册", "上报", "县委老干部局", "51"),),
    failed=(Told("2026-03-06 08:01", "林晓芸", "登录失败"),),
    revealed=(Revealed("林晓芸", 1_200, 3, 40),),
    kept=("备份 60 次。",),
    events=(Told("2026-06-30 17:00", "周启明", "恢复演练", "全部一致"),),
    verified=("共 1,234 步，链完整。",),
    code="3F2A1-9B0C4",
    preparer="林晓芸",
    made_on="2027-01-05",
)


def test_the_report_says_what_was_done_by_whom_and_what_left(tmp_path: Path) -> None:
    printed = write_log_report(tmp_path / "报告.pdf", REPORT)
    assert (printed.missing, printed.cut) == ((), ())
    read = text(tmp_path / "报告.pdf")
    for said in (
        "2026年度操作与导出情况报告单位：卫城镇人民政府制表日期：2027年1月5日存证码：3F2A1-9B0C4",
        "月份改动登录合计1月1–1",
        "12月12–12合计78–78",
        "林晓芸（填报、审核）78381程序–99",
        "2026-03-0509:30林晓芸导出花名册上报县委老干部局51",
        "登录失败（1次）",
        "林晓芸1,200次3次40份",
        "备份60次。",
        "2026-06-3017:00周启明恢复演练全部一致",
        "共1,234步，链完整。",
        "制表人：林晓芸审核人：负责人：单位（盖章）：日期：年月日",
    ):
        assert said in read


def test_nothing_is_said_to_be_nothing(tmp_path: Path) -> None:
    empty = replace(REPORT, left=(), failed=(), revealed=(), events=(), people=())
    write_log_report(tmp_path / "报告.pdf", empty)
    read = text(tmp_path / "报告.pdf")
    for said in (
        "这一年没有打印和导出",
        "没有登录失败",
        "没有查看过完整号码",
        "没有需要说明的事项",
        "这一年没有操作",
    ):
        assert said in read


def test_long_lists_go_on_with_their_heading_and_pages_are_numbered(tmp_path: Path) -> None:
    line = replace(REPORT.left[0], purpose="民政局核对高龄津贴名单，按通知要求提供，用完收回" * 2)
    printed = write_log_report(tmp_path / "报告.pdf", replace(REPORT, left=(line,) * 200))
    read = pages(tmp_path / "报告.pdf")
    assert printed.pages == len(read) > 5
    for number, page in enumerate(read, start=1):
        assert page.endswith(f"存证码3F2A1-9B0C4第{number}页/共{len(read)}页")
    whole = [page for page in read if page.count("县委老干部局") > 3]
    assert all("时间人员方式内容用途交给行数" in page for page in whole)
    assert sum(page.count("县委老干部局") for page in read) == 200


def test_a_heading_does_not_stand_alone_at_the_foot(tmp_path: Path) -> None:
    for count in range(1, 40):
        report = replace(REPORT, left=REPORT.left * count)
        write_log_report(tmp_path / "报告.pdf", report)
        for page in pages(tmp_path / "报告.pdf"):
            assert not page.partition("存证码3F2A1-9B0C4第")[0].endswith(
                ("号码", "行数", "说明", "登录失败（1次）")
            )


def test_what_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    line = replace(REPORT.left[0], purpose="很长的用途" * 200)
    printed = write_log_report(tmp_path / "报告.pdf", replace(REPORT, left=(line,)))
    assert [(each.where, each.column) for each in printed.cut] == [("四、打印、导出和上报（1 次）", "用途")]
    assert "……" in text(tmp_path / "报告.pdf")


def test_characters_without_a_font_are_named(tmp_path: Path) -> None:
    line = replace(REPORT.left[0], who="张\ue123")
    printed = write_log_report(tmp_path / "报告.pdf", replace(REPORT, left=(line,)))
    assert [each.character for each in printed.missing] == ["\ue123"]
