"""缺项清单: who still misses what in his file, whom to ask for it, and a box to tick when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    Column("序号", 10),
    Column("村（社区）", 26),
    Column("姓名", 22),
    Column("完整度", 15),
    Column("缺什么（打√表示已补）", 100, "left"),
    Column("补齐日期", 20),
)
BOX = "□"
EMPTY = "没有缺项，档案都已填全"


@dataclass(frozen=True)
class GapHead:
    """What stands around the names; the date as YYYY-MM-DD."""

    unit: str
    printed_on: str
    village: str = ""
    preparer: str = ""
    imprint: Imprint = NOBODY

    @property
    def title(self) -> str:
        return f"{self.village or self.unit}离退休干部档案缺项清单"


@dataclass(frozen=True)
class GapLine:
    """One person. `asked` pairs whom to ask with what to ask for."""

    name: str
    village: str
    percent: int
    asked: Sequence[tuple[str, Sequence[str]]] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        return sum(len(labels) for _, labels in self.asked)


def write_gap_list(
    path: Path, head: GapHead, lines: Sequence[GapLine], fonts: FontBook | None = None
) -> Printed:
    return write_ledger(path, _ledger(head, lines), head.unit, fonts)


def gap_table(head: GapHead, lines: Sequence[GapLine]) -> Table:
    """A row for each thing that is missing, so that the list can be filtered by whom to ask."""
    rows = [
        (line.village, line.name, f"{line.percent}%", label, whom, BOX, "")
        for line in lines
        for whom, labels in line.asked
        for label in labels
    ]
    return Table(
        title=head.title,
        columns=(
            table_workbook.Column("序号", "number", width=6),
            table_workbook.Column("村（社区）", width=16),
            table_workbook.Column("姓名", width=12),
            table_workbook.Column("完整度", width=9),
            table_workbook.Column("缺什么", width=22, align="left"),
            table_workbook.Column("问谁", width=18, align="left"),
            table_workbook.Column("已补", width=7),
            table_workbook.Column("补齐日期", width=14),
        ),
        rows=[(number, *row) for number, row in enumerate(rows, 1)],
        sheet="缺项清单",
        left_line=f"单位：{head.unit}",
        right_line=_counted(lines),
        bottom_line=_signing(head),
        imprint=head.imprint,
        frozen_columns=3,
        landscape=False,
    )


def _ledger(head: GapHead, lines: Sequence[GapLine]) -> Ledger:
    return Ledger(
        title=head.title,
        heading=((f"单位：{head.unit}", _counted(lines)),),
        columns=COLUMNS,
        rows=[_row(number, line) for number, line in enumerate(lines, 1)],
        empty=EMPTY,
        subtotal=lambda indexes: _sum("本页", [lines[place] for place in indexes]),
        total=_sum("合　　计", lines),
        signing=(f"核对人：{head.preparer}", f"打印日期：{long_date(head.printed_on)}"),
        setup=PageSetup(row_height=9.0),
        imprint=head.imprint,
    )


def _row(number: int, line: GapLine) -> Row:
    asked = "\n".join(
        f"{whom}：" + "　".join(f"{BOX}{label}" for label in labels) for whom, labels in line.asked
    )
    cells = (str(number), line.village, line.name, f"{line.percent}%", asked, "")
    return Row(cells, f"第{number}行 {line.name}")


def _sum(label: str, lines: Sequence[GapLine]) -> Band:
    return (Span(len(COLUMNS), f"{label}　{_counted(lines)}"),)


def _counted(lines: Sequence[GapLine]) -> str:
    return f"{len(lines)} 人，{sum(line.count for line in lines)} 项"


def _signing(head: GapHead) -> str:
    return f"核对人：{head.preparer}　　　日期：{long_date(head.printed_on)}"
