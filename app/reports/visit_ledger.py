"""走访慰问台账: every visit of a period, and on request a page of photos for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.fields import dates
from app.fields.amounts import in_words, yuan
from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.imprint import NOBODY, Imprint
from app.reports.ledger import Band, Column, Ledger, PageSetup, Row, Span, draw_ledger
from app.reports.page import A4_LANDSCAPE, Paper
from app.reports.photo_page import PhotoPage, draw_photo_page
from app.reports.printed import Printed

COLUMNS = (
    Column("序号", 9),
    Column("走访时间", 20, wrap=False),
    Column("走访对象(姓名/\n性别/年龄)", 27),
    Column("离退休类别\n及待遇", 21),
    Column("走访\n类型", 17),
    Column("地点", 14),
    Column("带队\n领导", 14),
    Column("陪同及\n工作人员", 20),
    Column("慰问金\n(元)", 18, "right", wrap=False),
    Column("慰问品(名称×\n数量,折价)", 23, "left"),
    Column("了解的情况与诉求", 37, "left"),
    Column("答复/\n办理结果", 20, "left"),
    Column("对象(家属)\n签字", 19),
    Column("备注", 12, "left"),
)
MONEY = 8


@dataclass(frozen=True)
class LedgerHead:
    """What stands above and below the table. Dates as YYYY, YYYY-MM or YYYY-MM-DD."""

    unit: str
    period: str
    team: str = ""
    preparer: str = ""
    reviewer: str = ""
    printed_on: str | None = None
    title: str = ""
    imprint: Imprint = NOBODY


@dataclass(frozen=True)
class Visited:
    """A person visited, as the ledger names them."""

    name: str
    sex: str = ""
    age: int | None = None


@dataclass(frozen=True)
class LedgerLine:
    """A visit; money in 分 for the visit as a whole."""

    on: str
    people: tuple[Visited, ...]
    category: str = ""
    kind: str = ""
    place: str = ""
    leader: str = ""
    staff: str = ""
    money: int | None = None
    goods: str = ""
    situation: str = ""
    answer: str = ""
    remarks: str = ""
    photos: tuple[Path, ...] = ()

    @property
    def names(self) -> str:
        return "、".join(person.name for person in self.people)


@dataclass(frozen=True)
class VisitLedgerOptions:
    setup: PageSetup = field(default_factory=PageSetup)
    photo_pages: bool = False


def write_visit_ledger(
    path: Path,
    head: LedgerHead,
    lines: Sequence[LedgerLine],
    options: VisitLedgerOptions | None = None,
    fonts: FontBook | None = None,
) -> Printed:
    options = options or VisitLedgerOptions()
    ledger = _ledger(head, lines, options.setup)
    paper = Paper(fonts or system_fonts(), A4_LANDSCAPE, ledger.title, head.unit)
    shortened = draw_ledger(paper, ledger)
    shown = [line for line in lines if line.photos] if options.photo_pages else []
    unreadable = [name for line in shown for name in draw_photo_page(paper, _photo_page(head, line))]
    paper.save(path)
    return Printed(paper.pages, ledger.missing(paper.fonts), shortened, tuple(unreadable))


def _ledger(head: LedgerHead, lines: Sequence[LedgerLine], setup: PageSetup) -> Ledger:
    return Ledger(
        title=head.title or f"{head.unit}走访慰问老干部台账",
        heading=((f"单位：{head.unit}", f"期间：{head.period}", f"走访组：{head.team}", "金额单位：元"),),
        columns=COLUMNS,
        rows=[_row(number, line) for number, line in enumerate(lines, start=1)],
        empty="本期没有走访记录",
        subtotal=lambda indexes: _sum("本页小计", [lines[n] for n in indexes]),
        total=_sum("合　　计", lines, words=True),
        signing=(
            f"填表人：{head.preparer}",
            f"审核人：{head.reviewer}",
            "单位（盖章）：",
            f"日期：{long_date(head.printed_on)}",
        ),
        setup=setup,
        imprint=head.imprint,
    )


def _row(number: int, line: LedgerLine) -> Row:
    cells = (
        str(number),
        dates.show(line.on),
        "\n".join(_person(person) for person in line.people),
        line.category,
        line.kind,
        line.place,
        line.leader,
        line.staff,
        "" if line.money is None else yuan(line.money),
        line.goods,
        line.situation,
        line.answer,
        "",
        line.remarks,
    )
    return Row(cells, f"第{number}行 {line.names}")


def _person(person: Visited) -> str:
    age = "" if person.age is None else f"{person.age}岁"
    return "\n".join(part for part in (person.name, f"{person.sex} {age}".strip()) if part)


def _sum(label: str, lines: Sequence[LedgerLine], words: bool = False) -> Band:
    money = sum(line.money or 0 for line in lines)
    visits, people = len(lines), sum(len(line.people) for line in lines)
    return (
        Span(MONEY, f"{label}（走访{visits}次，{people}人次）"),
        Span(1, yuan(money), "right"),
        Span(
            len(COLUMNS) - MONEY - 1,
            f"人民币（大写）：{in_words(money)}　¥{yuan(money)}" if words else "",
            "left",
        ),
    )


def _photo_page(head: LedgerHead, line: LedgerLine) -> PhotoPage:
    staff = "、".join(part for part in (line.leader, line.staff) if part)
    return PhotoPage(
        title="走访慰问照片",
        unit=head.unit,
        captions=(
            ("走访时间", long_date(line.on)),
            ("走访对象", line.names),
            ("走访类型", line.kind),
            ("地点", line.place),
            ("走访人员", staff),
        ),
        photos=line.photos,
        imprint=head.imprint,
    )
