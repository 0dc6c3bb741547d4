"""补助发放签领表: who gets how much, with room for each signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.fields.amounts import in_words, yuan
from app.fields.masking import last_four
from app.reports.dates import long_date
from app.reports.fonts import FontBook
from app.reports.imprint import NOBODY, Imprint
from app.reports.ledger import Band, Column, Ledger, PageSetup, Row, Span
from app.reports.ledger_paper import write_ledger
from app.reports.page import A4_LANDSCAPE
from app.reports.printed import Printed

COLUMNS = (
    Column("序号", 9),
    Column("姓名", 20),
    Column("性别", 8),
    Column("身份证号", 34.5, wrap=False),
    Column("离退休\n类别", 13),
    Column("职级/\n享受待遇", 16.5),
    Column("发放\n标准", 16, "right", wrap=False),
    Column("月(次)\n数", 11.5),
    Column("应发\n金额", 18, "right", wrap=False),
    Column("扣减/\n补发", 14, "right", wrap=False),
    Column("实发\n金额", 18, "right", wrap=False),
    Column("发放\n方式", 11),
    Column("银行卡号\n(尾4位)", 16),
    Column("签领人", 24),
    Column("代领人\n及关系", 17),
    Column("签领\n日期", 14),
    Column("备注", 11, "left"),
)
BEFORE_DUE = 8
SHOWN = 4


@dataclass(frozen=True)
class PaymentHead:
    """What stands above and below the table. Dates as YYYY, YYYY-MM or YYYY-MM-DD."""

    unit: str
    fund: str
    period: str
    source: str = ""
    basis: str = ""
    paid_on: str | None = None
    chief: str = ""
    finance: str = ""
    reviewer: str = ""
    preparer: str = ""
    handler: str = ""
    signed_on: str | None = None
    title: str = ""
    imprint: Imprint = NOBODY


@dataclass(frozen=True)
class PaymentLine:
    """One payee; amounts in 分. The sheet shows the last four digits of the card, whatever is given."""

    name: str
    sex: str = ""
    id_number: str = ""
    category: str = ""
    treatment: str = ""
    standard: int | None = None
    times: int | None = None
    due: int = 0
    adjustment: int = 0
    paid: int = 0
    way: str = ""
    card: str = ""
    proxy: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class SignOffOptions:
    setup: PageSetup = field(default_factory=PageSetup)
    mask_id_numbers: bool = False


def write_sign_off_sheet(
    path: Path,
    head: PaymentHead,
    lines: Sequence[PaymentLine],
    options: SignOffOptions | None = None,
    fonts: FontBook | None = None,
) -> Printed:
    return write_ledger(
        path, _ledger(head, lines, options or SignOffOptions()), head.unit, fonts, A4_LANDSCAPE
    )


def _ledger(head: PaymentHead, lines: Sequence[PaymentLine], options: SignOffOptions) -> Ledger:
    return Ledger(
        title=head.title or f"{head.unit}{head.fund}发放签领表",
        heading=(
            (f"发放单位：{head.unit}", f"补助（慰问）项目：{head.fund}", f"资金来源（科目）：{head.source}"),
            (
                f"发放期间：{head.period}",
                f"依据文号：{head.basis}",
                f"发放日期：{long_date(head.paid_on)}",
                "单位：元",
            ),
        ),
        columns=COLUMNS,
        rows=[_row(number, line, options) for number, line in enumerate(lines, start=1)],
        empty="本期没有发放记录",
        subtotal=lambda indexes: _sum("本页小计", [lines[n] for n in indexes]),
        total=_sum("合　　计", lines, words=True),
        signing=(
            f"单位负责人：{head.chief}",
            f"财务：{head.finance}",
            f"审核：{head.reviewer}",
            f"制表：{head.preparer}",
            f"经办人：{head.handler}",
            "单位（盖章）：",
            f"日期：{long_date(head.signed_on)}",
        ),
        setup=options.setup,
        imprint=head.imprint,
    )


def _row(number: int, line: PaymentLine, options: SignOffOptions) -> Row:
    cells = (
        str(number),
        line.name,
        line.sex,
        last_four(line.id_number) if options.mask_id_numbers else line.id_number,
        line.category,
        line.treatment,
        "" if line.standard is None else yuan(line.standard),
        "" if line.times is None else str(line.times),
        yuan(line.due),
        yuan(line.adjustment) if line.adjustment else "",
        yuan(line.paid),
        line.way,
        line.card[-SHOWN:],
        "",
        line.proxy,
        "",
        line.remarks,
    )
    return Row(cells, f"第{number}行 {line.name}")


def _sum(label: str, lines: Sequence[PaymentLine], words: bool = False) -> Band:
    due = sum(line.due for line in lines)
    adjustment = sum(line.adjustment for line in lines)
    paid = sum(line.paid for line in lines)
    behind = len(COLUMNS) - BEFORE_DUE - 3
    return (
        Span(BEFORE_DUE, f"{label}（{len(lines)}人）"),
        Span(1, yuan(due), "right"),
        Span(1, yuan(adjustment) if adjustment else "", "right"),
        Span(1, yuan(paid), "right"),
        Span(behind, f"实发人民币（大写）：{in_words(paid)}　¥{yuan(paid)}" if words else "", "left"),
    )
