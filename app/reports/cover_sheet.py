"""上报封面: what a stick holds, with the check code both offices compare and the signatures of both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.form_grid import Cell, Line, draw_grid, label
from app.reports.imprint import NOBODY, Imprint, draw_imprint, draw_sentence
from app.reports.page import A4, HEADING, SMALL, TITLE, Paper, Type
from app.reports.printed import CutText, Printed, find_missing

LEFT, WIDTH = 28.0, 160.0
CODE = Type("song", 20, bold=True)
GROUP = 4
FOOT = 10.0  # from the lower edge
FEW = 12  # kinds that fit in one column of the table
HOW_TO_CHECK = (
    "核对方法：县委老干部局读入后，屏幕上显示的校验码应与本页一致；不一致说明文件在途中有变动，请退回重报。"
)


@dataclass(frozen=True)
class CoverCount:
    """A kind of record and how many of them the stick holds."""

    kind: str
    count: int
    unit: str = "条"
    remarks: str = ""


@dataclass(frozen=True)
class CoverSheet:
    """Dates YYYY, YYYY-MM or YYYY-MM-DD; the period in words; the check code as the screen shows it."""

    unit: str
    period: str
    number: str
    counts: tuple[CoverCount, ...]
    check_code: str
    receiver: str = ""
    preparer: str = ""
    reviewer: str = ""
    telephone: str = ""
    made_on: str | None = None
    title: str = "老干部工作数据上报封面"
    imprint: Imprint = NOBODY


def write_cover_sheet(path: Path, sheet: CoverSheet, fonts: FontBook | None = None) -> Printed:
    paper = Paper(fonts or system_fonts(), A4, sheet.title, sheet.unit)
    paper.text(LEFT + WIDTH / 2, 30, sheet.title, TITLE.sized(22), "centre")
    about = draw_grid(paper, LEFT, 46, WIDTH, _about(sheet))
    counts = draw_grid(paper, LEFT, about.bottom + 8, WIDTH, _counts(sheet))
    bottom = _code(paper, sheet, counts.bottom + 8)
    signers = draw_grid(paper, LEFT, bottom + 8, WIDTH, _signatures(sheet))
    draw_sentence(paper, sheet.imprint.one_person, LEFT, signers.bottom + 2, WIDTH)
    draw_imprint(paper, sheet.imprint, LEFT, LEFT + WIDTH, A4[1] - FOOT)
    paper.next_page()
    paper.save(path)
    shortened = [CutText("封面", name) for grid in (about, counts, signers) for name in grid.cut]
    return Printed(paper.pages, find_missing(paper.fonts, _texts(sheet)), tuple(shortened))


def in_groups(code: str) -> str:
    """Read out over the telephone without losing the place; a code that has its own groups keeps them."""
    if "-" in code:
        return code
    return "  ".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def _texts(sheet: CoverSheet) -> list[tuple[str, str]]:
    lines = (*_about(sheet), *_counts(sheet), *_signatures(sheet))
    return [("封面", cell.text) for line in lines for cell in line.cells] + [("落款", sheet.imprint.text)]


def _about(sheet: CoverSheet) -> tuple[Line, ...]:
    entries = (
        ("报送单位", sheet.unit),
        ("接收单位", sheet.receiver),
        ("报送期间", sheet.period),
        ("报送编号", sheet.number),
        ("联系电话", sheet.telephone),
        ("生成日期", long_date(sheet.made_on)),
    )
    pairs = [(label(title, 26), Cell(text, 54, name=title)) for title, text in entries]
    return tuple(Line(10, (*pairs[n], *pairs[n + 1])) for n in range(0, len(pairs), 2))


def _counts(sheet: CoverSheet) -> tuple[Line, ...]:
    head = Line(9, (label("序号", 16), label("内容", 64), label("数量", 32), label("备注", 48)))
    height = 9.0 if len(sheet.counts) <= FEW else 9.0 * FEW / len(sheet.counts)
    return (head, *(Line(height, _count(n, line)) for n, line in enumerate(sheet.counts, start=1)))


def _count(number: int, line: CoverCount) -> tuple[Cell, ...]:
    amount = f"{line.count:,} {line.unit}"
    return (
        Cell(str(number), 16),
        Cell(line.kind, 64, align="left", name="内容"),
        Cell(amount, 32, align="right"),
        Cell(line.remarks, 48, align="left", name="备注"),
    )


def _code(paper: Paper, sheet: CoverSheet, top: float) -> float:
    height = 30.0
    paper.frame(LEFT, top, WIDTH, height)
    paper.text(LEFT + 4, top + 6, "校验码", HEADING)
    paper.text(LEFT + WIDTH / 2, top + 14, in_groups(sheet.check_code), CODE, "centre")
    paper.text(LEFT + WIDTH / 2, top + 25, HOW_TO_CHECK, SMALL.sized(8.5), "centre")
    return top + height


def _signatures(sheet: CoverSheet) -> tuple[Line, ...]:
    signers = (("填报人", sheet.preparer), ("审核人", sheet.reviewer), ("接收人", ""))
    return tuple(
        Line(13, (label(title, 26), Cell(name, 54, name=title), label("日期", 26), Cell(long_date(None), 54)))
        for title, name in signers
    )
