"""缺照名单: whose file has no photo, by village, with the telephone to ask for one and a box to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.reports import table_workbook
from app.reports.dates import long_date
from app.reports.fonts import FontBook
from app.reports.imprint import NOBODY, Imprint
from app.reports.ledger import Band, Column, Ledger, PageSetup, Row, Span
from app.reports.ledger_paper import write_ledger
from app.reports.printed import Printed
from app.reports.table_workbook import Table

COLUMNS = (
    Column("序号", 12),
    Column("村（社区）", 40),
    Column("姓名", 32),
    Column("性别", 14),
    Column("离退休类别", 28),
    Column("联系电话", 40, wrap=False),
    Column("已拍", 20),
    Column("备注", 44),
)
TITLE = "离退休干部缺照名单"
EMPTY = "人人都有照片"
SETUP = PageSetup(row_height=8.5)


@dataclass(frozen=True)
class MissingHead:
    """What stands around the names; the date as YYYY-MM-DD."""

    unit: str
    printed_on: str
    everybody: int = 0
    preparer: str = ""
    imprint: Imprint = NOBODY

    @property
    def title(self) -> str:
        return f"{self.unit}{TITLE}"


@dataclass(frozen=True)
class MissingLine:
    name: str
    village: str = ""
    sex: str = ""
    kind: str = ""
    telephone: str = ""


def write_missing_photos(
    path: Path, head: MissingHead, lines: Sequence[MissingLine], fonts: FontBook | None = None
) -> Printed:
    return write_ledger(path, _ledger(head, lines), head.unit, fonts)


def missing_table(head: MissingHead, lines: Sequence[MissingLine]) -> Table:
    return Table(
        title=head.title,
        columns=(
            table_workbook.Column("序号", "number", width=7),
            table_workbook.Column("村（社区）", width=20),
            table_workbook.Column("姓名", width=14),
            table_workbook.Column("性别", width=7),
            table_workbook.Column("离退休类别", width=14),
            table_workbook.Column("联系电话", width=18),
        ),
        rows=[
            (number, line.village, line.name, line.sex, line.kind, line.telephone)
            for number, line in enumerate(lines, 1)
        ],
        sheet="缺照名单",
        left_line=f"单位：{head.unit}",
        right_line=_counted(head, lines),
        bottom_line=f"填表人：{head.preparer}　　　日期：{long_date(head.printed_on)}",
        frozen_columns=3,
        imprint=head.imprint,
        landscape=False,
    )


def _ledger(head: MissingHead, lines: Sequence[MissingLine]) -> Ledger:
    return Ledger(
        title=head.title,
        heading=((f"单位：{head.unit}", _counted(head, lines)),),
        columns=COLUMNS,
        rows=[_row(number, line) for number, line in enumerate(lines, 1)],
        empty=EMPTY,
        subtotal=lambda indexes: _sum(f"本页 {len(indexes)} 人"),
        total=_sum(f"合　　计　{len(lines)} 人"),
        signing=(f"填表人：{head.preparer}", f"打印日期：{long_date(head.printed_on)}"),
        setup=SETUP,
        imprint=head.imprint,
    )


def _row(number: int, line: MissingLine) -> Row:
    cells = (str(number), line.village, line.name, line.sex, line.kind, line.telephone, "", "")
    return Row(cells, f"第{number}行 {line.name}")


def _sum(text: str) -> Band:
    return (Span(len(COLUMNS), text),)


def _counted(head: MissingHead, lines: Sequence[MissingLine]) -> str:
    return f"在世 {head.everybody} 人，缺照 {len(lines)} 人"
