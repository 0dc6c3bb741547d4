"""恢复演练记录: one page that says whether the newest backup gave the data back, with lines to sign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.form_grid import Cell, Line, draw_grid, label
from app.reports.page import A4, SMALL, TITLE, Paper
from app.reports.printed import CutText, Printed, find_missing

LEFT, WIDTH = 25.0, 160.0
PAGE = "恢复演练记录"
AGREES, DIFFERS = "一致", "不一致"
PASSED = "备份能完整恢复，人数、金额和日志与在用数据一致。"
FAILED = "没有通过。请再做一次备份并重新演练；仍不通过时，保留现有备份，请懂技术的同事查看硬盘。"
HOW = "做法：程序把最新一份备份恢复到一个临时文件夹，打开后逐项与在用数据比对，再删去临时文件夹；在用数据没有改动。"


@dataclass(frozen=True)
class DrillLine:
    """One figure of both sides, and whether they are the same."""

    title: str
    live: str
    restored: str
    agrees: bool


@dataclass(frozen=True)
class DrillRecord:
    """`done_at` as it is read, `backup` in words."""

    unit: str
    done_at: str
    by: str
    backup: str
    lines: tuple[DrillLine, ...]
    passed: bool
    problems: tuple[str, ...] = ()
    preparer: str = ""
    reviewer: str = ""


def write_drill_record(path: Path, record: DrillRecord, fonts: FontBook | None = None) -> Printed:
    paper = Paper(fonts or system_fonts(), A4, PAGE, record.unit)
    paper.text(LEFT + WIDTH / 2, 30, PAGE, TITLE.sized(22), "centre")
    grids = [_about(record), _compared(record), _verdict(record), _signatures(record)]
    bottom = 40.0
    cut: list[str] = []
    for lines in grids:
        drawn = draw_grid(paper, LEFT, bottom + 6, WIDTH, lines)
        bottom = drawn.bottom
        cut += drawn.cut
    paper.text(LEFT, bottom + 6, HOW, SMALL.sized(8))
    paper.next_page()
    paper.save(path)
    texts = [(PAGE, cell.text) for lines in grids for line in lines for cell in line.cells]
    return Printed(paper.pages, find_missing(paper.fonts, texts), tuple(CutText(PAGE, name) for name in cut))


def _about(record: DrillRecord) -> tuple[Line, ...]:
    return (
        Line(10, (*_entry("单位", record.unit), *_entry("演练时间", record.done_at))),
        Line(10, (*_entry("操作人", record.by), *_entry("结论", "通过" if record.passed else "没有通过"))),
        Line(10, (label("演练的备份", 26), Cell(record.backup, 134, name="演练的备份"))),
    )


def _entry(title: str, text: str) -> tuple[Cell, Cell]:
    return label(title, 26), Cell(text, 54, name=title)


def _compared(record: DrillRecord) -> tuple[Line, ...]:
    head = Line(9, (label("核对项目", 62), label("在用数据", 38), label("恢复出来", 38), label("结果", 22)))
    return (head, *(Line(9, _cells(line)) for line in record.lines))


def _cells(line: DrillLine) -> tuple[Cell, ...]:
    return (
        Cell(line.title, 62, align="left", name="核对项目"),
        Cell(line.live, 38, align="right", name=line.title),
        Cell(line.restored, 38, align="right", name=line.title),
        Cell(AGREES if line.agrees else DIFFERS, 22),
    )


def _verdict(record: DrillRecord) -> tuple[Line, ...]:
    told = PASSED if record.passed else "；".join((*record.problems, FAILED))
    return (
        Line(16 if record.passed else 30, (label("说明", 26), Cell(told, 134, align="left", name="说明"))),
    )


def _signatures(record: DrillRecord) -> tuple[Line, ...]:
    signers = (("演练人", record.preparer), ("审核人", record.reviewer))
    return tuple(
        Line(14, (label(title, 26), Cell(name, 54, name=title), label("日期", 26), Cell(long_date(None), 54)))
        for title, name in signers
    )
