"""催报单: whose information is still missing in a village or a branch, and by when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.reports import table_workbook
from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.imprint import NOBODY, Imprint
from app.reports.page import A4, Paper
from app.reports.printed import CutText, MissingGlyph, Printed
from app.reports.section_pages import Column, Section, SectionPaper, draw_sections

TITLE = "离退休干部信息采集催报单"
COLUMNS = (
    Column("序号", 0.9),
    Column("姓名", 1.7),
    Column("核对状态", 1.6),
    Column("完整度", 1.2, "right"),
    Column("要补齐、更正的", 6, "left"),
    Column("补报情况", 2.2),
)


@dataclass(frozen=True)
class ReminderLine:
    name: str
    state: str
    percent: int
    wanted: str


@dataclass(frozen=True)
class ReminderSheet:
    """What one village or branch gets. `people` are all that belong to it, `lines` those with something missing."""

    place: str
    unit: str
    people: int
    lines: Sequence[ReminderLine]
    until: str
    officer: str = ""
    telephone: str = ""
    made_on: str | None = None
    imprint: Imprint = NOBODY


def write_reminder_sheets(
    path: Path, sheets: Sequence[ReminderSheet], fonts: FontBook | None = None
) -> Printed:
    """Each sheet begins a page and counts its own: it is handed out by itself."""
    paper = Paper(fonts or system_fonts(), A4, TITLE, sheets[0].unit)
    cut: list[CutText] = []
    missing: list[MissingGlyph] = []
    for sheet in sheets:
        content = _content(sheet)
        cut += draw_sections(paper, content)
        missing += content.missing(paper.fonts)
    paper.save(path)
    return Printed(paper.pages, tuple(missing), tuple(cut))


def reminder_table(sheets: Sequence[ReminderSheet], place: str) -> table_workbook.Table:
    """All of them as one list; `place` is the heading of the first column."""
    rows = [
        (number, sheet.place, line.name, line.state, f"{line.percent}%", line.wanted, "")
        for number, (sheet, line) in enumerate(
            ((sheet, line) for sheet in sheets for line in sheet.lines), start=1
        )
    ]
    first = sheets[0]
    return table_workbook.Table(
        title=TITLE,
        columns=(
            table_workbook.Column("序号", "number", width=5),
            table_workbook.Column(place, align="left"),
            table_workbook.Column("姓名"),
            table_workbook.Column("核对状态", width=10),
            table_workbook.Column("完整度", width=8, align="right"),
            table_workbook.Column("要补齐、更正的", width=48, align="left"),
            table_workbook.Column("补报情况", width=16),
        ),
        rows=rows,
        sheet="催报单",
        left_line=f"单位：{first.unit}",
        right_line=f"请于 {long_date(first.until)} 前补齐",
        bottom_line=_bottom(first),
        frozen_columns=3,
        imprint=first.imprint,
    )


def _bottom(sheet: ReminderSheet) -> str:
    told = [f"经办人：{sheet.officer}", f"电话：{sheet.telephone}", f"日期：{long_date(sheet.made_on)}"]
    return "　　".join(told)


def _content(sheet: ReminderSheet) -> SectionPaper:
    rows = [
        (str(number), line.name, line.state, f"{line.percent}%", line.wanted, "")
        for number, line in enumerate(sheet.lines, start=1)
    ]
    return SectionPaper(
        title=TITLE,
        unit=sheet.unit,
        under_title=(f"单位：{sheet.unit}", f"制表日期：{long_date(sheet.made_on)}"),
        sections=[
            Section(
                f"致：{sheet.place}",
                [
                    f"登记在这里的离退休干部 {sheet.people} 人，其中 {len(sheet.lines)} 人的信息还没有采集完整，"
                    f"或者需要更正。请照下表核实，于 {long_date(sheet.until)} 前补齐，"
                    "不瞒报、不误报、不漏报；确实没有的项目，请在“补报情况”里写明。"
                ],
                COLUMNS,
                rows,
            )
        ],
        signing=(
            f"经办人：{sheet.officer}",
            f"联系电话：{sheet.telephone}",
            "收到人（签字）：",
            f"收到日期：{long_date(None)}",
        ),
        foot="　".join(part for part in (sheet.imprint.by("打印人"), sheet.imprint.proof) if part),
    )
