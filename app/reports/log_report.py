"""年度操作与导出情况报告: what was done with the data in a year, by whom, and what left the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.page import A4, Paper
from app.reports.printed import Printed
from app.reports.section_pages import Column, Section, SectionPaper, draw_sections


@dataclass(frozen=True)
class Counted:
    """One line of figures: a month, or a person with roles."""

    label: str
    counts: Sequence[int]
    note: str = ""


@dataclass(frozen=True)
class Told:
    """One thing that happened, at 'YYYY-MM-DD HH:MM'."""

    at: str
    who: str
    what: str
    about: str = ""
    purpose: str = ""
    recipient: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Revealed:
    """Who looked at whole numbers, how often, and at how many people's."""

    who: str
    seen: int
    copied: int
    people: int


@dataclass(frozen=True)
class LogReport:
    """`kinds` are the headings of the counts. Sentences are printed as they are."""

    unit: str
    year: str
    summary: Sequence[str]
    kinds: Sequence[str]
    months: Sequence[Counted]
    people: Sequence[Counted]
    left: Sequence[Told]
    """Prints, exports, deliveries."""
    failed: Sequence[Told]
    revealed: Sequence[Revealed]
    kept: Sequence[str]
    """Backups in sentences."""
    events: Sequence[Told]
    """Restores, drills, keys, refused files: what a reader asks about."""
    verified: Sequence[str]
    code: str
    preparer: str = ""
    reviewer: str = ""
    head: str = ""
    made_on: str | None = None


def write_log_report(path: Path, report: LogReport, fonts: FontBook | None = None) -> Printed:
    content = _content(report)
    paper = Paper(fonts or system_fonts(), A4, content.title, report.unit)
    shortened = draw_sections(paper, content)
    paper.save(path)
    return Printed(paper.pages, content.missing(paper.fonts), shortened)


def _content(report: LogReport) -> SectionPaper:
    return SectionPaper(
        title=f"{report.year}年度操作与导出情况报告",
        unit=report.unit,
        under_title=(
            f"单位：{report.unit}",
            f"制表日期：{long_date(report.made_on)}",
            f"存证码：{report.code}",
        ),
        sections=_sections(report),
        signing=(
            f"制表人：{report.preparer}",
            f"审核人：{report.reviewer}",
            f"负责人：{report.head}",
            "单位（盖章）：",
            f"日期：{long_date(None)}",
        ),
        foot=f"存证码 {report.code}",
    )


def _sections(report: LogReport) -> list[Section]:
    return [
        Section("一、概况", report.summary),
        _figures("二、按月统计", "月份", report.kinds, report.months, summed=True),
        _figures("三、按人员统计", "人员", report.kinds, report.people, summed=False),
        _left(report.left),
        _failed(report.failed),
        _revealed(report.revealed),
        _kept(report.kept, report.events),
        Section("八、日志核对", report.verified),
    ]


def _figures(
    title: str, first: str, kinds: Sequence[str], lines: Sequence[Counted], *, summed: bool
) -> Section:
    sums = [sum(line.counts[place] for line in lines) for place in range(len(kinds))]
    return Section(
        title,
        columns=(Column(first, 2.4, "left"), *(Column(kind, 1.2, "right") for kind in (*kinds, "合计"))),
        rows=[(_who(line), *_counts(line.counts)) for line in lines],
        total=("合计", *_counts(sums)) if summed else (),
        empty="这一年没有操作",
    )


def _who(line: Counted) -> str:
    return f"{line.label}（{line.note}）" if line.note else line.label


def _counts(counts: Sequence[int]) -> list[str]:
    """Nothing is shown as a dash, so that figures are found at a glance."""
    return [f"{count:,}" if count else "–" for count in (*counts, sum(counts))]


def _left(lines: Sequence[Told]) -> Section:
    columns = (
        Column("时间", 2.1),
        Column("人员", 1.5),
        Column("方式", 1.1),
        Column("内容", 3.6, "left"),
        Column("用途", 2.4, "left"),
        Column("交给", 2.2, "left"),
        Column("行数", 1, "right"),
    )
    rows = [(t.at, t.who, t.what, t.about, t.purpose, t.recipient, t.rows) for t in lines]
    return Section(
        f"四、打印、导出和上报（{len(lines)} 次）", columns=columns, rows=rows, empty="这一年没有打印和导出"
    )


def _failed(lines: Sequence[Told]) -> Section:
    columns = (Column("时间", 2), Column("人员", 2), Column("做了什么", 2), Column("说明", 5, "left"))
    rows = [(t.at, t.who, t.what, t.about) for t in lines]
    return Section(f"五、登录失败（{len(lines)} 次）", columns=columns, rows=rows, empty="这一年没有登录失败")


def _revealed(lines: Sequence[Revealed]) -> Section:
    columns = (
        Column("人员", 3, "left"),
        Column("查看完整号码", 2, "right"),
        Column("复制号码", 2, "right"),
        Column("涉及档案", 2, "right"),
    )
    rows = [(line.who, f"{line.seen:,} 次", f"{line.copied:,} 次", f"{line.people:,} 份") for line in lines]
    return Section("六、查看和复制完整号码", columns=columns, rows=rows, empty="这一年没有查看过完整号码")


def _kept(sentences: Sequence[str], events: Sequence[Told]) -> Section:
    columns = (Column("时间", 2), Column("人员", 2), Column("事项", 2), Column("说明", 5, "left"))
    rows = [(t.at, t.who, t.what, t.about) for t in events]
    return Section(
        "七、备份、恢复和需要说明的事项", sentences, columns, rows, empty="这一年没有需要说明的事项"
    )
