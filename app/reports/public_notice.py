"""公示表: who gets how much, for everybody to read. It has no place for anything else about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.fields.amounts import in_words, yuan
from app.reports import table_workbook
from app.reports.dates import long_date
from app.reports.fonts import FontBook
from app.reports.imprint import NOBODY, Imprint
from app.reports.ledger import Band, Column, Ledger, PageSetup, Row, Span
from app.reports.ledger_paper import write_ledger
from app.reports.printed import Printed
from app.reports.table_workbook import Table

COLUMNS = (
    Column("序号", 14),
    Column("姓名", 34),
    Column("村（社区）/支部", 62),
    Column("类别", 36),
    Column("金额(元)", 34, "right", wrap=False),
)
MONEY = 4
DAYS = 7
SETUP = PageSetup(binder=0, row_height=7.5)
OBJECTIONS = "对公示内容有异议的，请在公示期内拨打监督电话反映。"


@dataclass(frozen=True)
class NoticeHead:
    """What stands around the names; dates as YYYY-MM-DD."""

    unit: str
    fund: str
    period: str
    begins_on: str
    telephone: str = ""
    days: int = DAYS
    title: str = ""
    imprint: Imprint = NOBODY

    @property
    def time(self) -> str:
        """The day it is put up counts."""
        last = dt.date.fromisoformat(self.begins_on) + dt.timedelta(days=self.days - 1)
        return f"{long_date(self.begins_on)}至{long_date(last.isoformat())}（{self.days} 天）"


@dataclass(frozen=True)
class NoticeLine:
    """One payee; the amount in 分."""

    name: str
    group: str = ""
    category: str = ""
    amount: int = 0


def write_public_notice(
    path: Path, head: NoticeHead, lines: Sequence[NoticeLine], fonts: FontBook | None = None
) -> Printed:
    return write_ledger(path, _ledger(head, lines), head.unit, fonts)


def public_table(head: NoticeHead, lines: Sequence[NoticeLine]) -> Table:
    numbered = enumerate(lines, 1)
    return Table(
        title=_title(head),
        columns=(
            table_workbook.Column("序号", "number", width=7),
            table_workbook.Column("姓名", width=16),
            table_workbook.Column("村（社区）/支部", width=30),
            table_workbook.Column("类别", width=16),
            table_workbook.Column("金额", "money", width=16, align="right"),
        ),
        rows=[(number, line.name, line.group, line.category, line.amount) for number, line in numbered],
        sheet="公示表",
        left_line=head.period,
        right_line=f"公示期：{head.time}",
        totals=("", "合计", "", f"{len(lines)} 人", sum(line.amount for line in lines)),
        bottom_line=f"{head.unit}（盖章）　　监督电话：{head.telephone}　　金额单位：元",
        imprint=head.imprint,
        landscape=False,
    )


def _title(head: NoticeHead) -> str:
    return head.title or f"{head.unit}{head.fund}发放公示表"


def _ledger(head: NoticeHead, lines: Sequence[NoticeLine]) -> Ledger:
    return Ledger(
        title=_title(head),
        heading=(
            (f"发放项目：{head.fund}", f"发放期间：{head.period}"),
            (f"公示期：{head.time}", f"监督电话：{head.telephone}"),
            (OBJECTIONS,),
        ),
        columns=COLUMNS,
        rows=[_row(number, line) for number, line in enumerate(lines, start=1)],
        empty="本期没有发放记录",
        subtotal=lambda indexes: _sum("本页小计", [lines[n] for n in indexes]),
        total=_sum("合　　计", lines),
        signing=("单位（盖章）：", f"日期：{long_date(head.begins_on)}"),
        setup=SETUP,
        imprint=head.imprint,
    )


def _row(number: int, line: NoticeLine) -> Row:
    cells = (str(number), line.name, line.group, line.category, yuan(line.amount))
    return Row(cells, f"第{number}行 {line.name}")


def _sum(label: str, lines: Sequence[NoticeLine]) -> Band:
    amount = sum(line.amount for line in lines)
    return (Span(MONEY, f"{label}（{len(lines)}人）　{in_words(amount)}"), Span(1, yuan(amount), "right"))
