"""Visits and payments as plain lists for a workbook, one row each, sums at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.fields.amounts import yuan
from app.fields.kinds import Kind, LongText, Money
from app.fields.spec import RecordType
from app.models.cadre import CADRE
from app.models.payments import BATCH, PAYMENT
from app.models.visits import VISIT
from app.reports.imprint import NOBODY, Imprint
from app.reports.table_workbook import Align, Column, Table, Value
from app.services.masked_texts import masked_values
from app.services.paper import MOST_LOOKED_AT, Look
from app.services.payments import BatchFile
from app.services.visits import VisitLine

WIDTHS = {"id_number": 21.0, "bank_account": 23.0, "goods": 14.0, "staff": 14.0}
"""Room for long numbers also where the computer has no 宋体 and takes a wider face."""
NUMBER = Column("序号", "number", width=5)


def visits_table(title: str, unit: str, lines: Sequence[VisitLine], imprint: Imprint = NOBODY) -> Table:
    rows: list[Sequence[Value]] = [
        (number, line.names, *_cells(VISIT, line.values)) for number, line in enumerate(lines, 1)
    ]
    columns = (NUMBER, Column("走访对象", align="left"), *_columns(VISIT))
    return _table(title, unit, columns, rows, f"共 {len(lines)} 次", imprint)


def payments_table(
    title: str,
    unit: str,
    batches: Iterable[BatchFile],
    people: Mapping[str, Mapping[str, Any]],
    imprint: Imprint = NOBODY,
    *,
    masked: bool = False,
) -> Table:
    """`masked` leaves of identity numbers, cards and telephones their ends."""
    rows: list[Sequence[Value]] = []
    for batch in batches:
        about = tuple(BATCH.texts(batch.values)[name] for name in ("title", "period", "paid_on"))
        for paid in batch.payments:
            person = people.get(paid["cadre_uid"], {})
            payment = masked_values(PAYMENT, paid) if masked else paid
            person = masked_values(CADRE, person) if masked else person
            who = (person.get("name") or "", person.get("id_number") or "")
            rows.append((len(rows) + 1, *who, *about, *_cells(PAYMENT, payment)))
    columns = (
        NUMBER,
        Column("姓名"),
        Column("身份证号", width=WIDTHS["id_number"]),
        *(Column(BATCH.field(name).label, align="left") for name in ("title", "period", "paid_on")),
        *_columns(PAYMENT),
    )
    return _table(title, unit, columns, rows, f"共 {len(rows)} 笔", imprint)


def look_of(table: Table) -> Look:
    """The table as it will be read: amounts in 元."""
    shown = [
        [_shown(column, value) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows[:MOST_LOOKED_AT]
    ]
    return Look([column.title.replace("\n", "") for column in table.columns], shown, len(table.rows))


def _table(
    title: str,
    unit: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    counted: str,
    imprint: Imprint,
) -> Table:
    return Table(
        title=title,
        columns=columns,
        rows=rows,
        sheet=title[:31],
        left_line=f"单位：{unit}",
        right_line=f"{counted}　金额单位：元",
        totals=_totals(columns, rows) if rows else (),
        frozen_columns=2,
        imprint=imprint,
    )


def _totals(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> list[Value]:
    """Only sums of money that can be added up: a standard is a rate, not an amount."""
    sums: list[Value] = ["", "合计"]
    for place, column in enumerate(columns[2:], 2):
        amounts = [row[place] for row in rows]
        summed = column.kind == "money" and column.title != PAYMENT.field("standard").label
        sums.append(sum(amount for amount in amounts if isinstance(amount, int)) if summed else "")
    return sums


def _columns(record: RecordType) -> list[Column]:
    return [
        Column(
            field.label.removesuffix("（元）"),
            "money" if isinstance(field.kind, Money) else "text",
            width=WIDTHS.get(field.name, 0),
            align=_align(field.kind),
        )
        for field in record.fields
    ]


def _align(kind: Kind) -> Align:
    if isinstance(kind, Money):
        return "right"
    return "left" if isinstance(kind, LongText) else "center"


def _cells(record: RecordType, values: Mapping[str, Any]) -> list[Value]:
    texts = record.texts(values)
    return [
        values.get(field.name) if isinstance(field.kind, Money) else texts[field.name]
        for field in record.fields
    ]


def _shown(column: Column, value: Value) -> str:
    if value is None:
        return ""
    return yuan(value) if column.kind == "money" and isinstance(value, int) else str(value)
