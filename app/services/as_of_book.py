"""截至某日 as a workbook: the list, and above it what the figures come to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.fields import dates
from app.models.cadre import CADRE
from app.reports.imprint import NOBODY, Imprint
from app.reports.table_workbook import Column, Table, Value, write_table
from app.services.masked_texts import masked_values
from app.services.paper import XLSX, Facts, Paper

if TYPE_CHECKING:
    from app.services.as_of import Snapshot

WIDTHS = {"id_number": 21.0, "former_unit": 20.0, "former_post": 16.0}


def as_of_book(snapshot: Snapshot, *, masked: bool, imprint: Imprint = NOBODY) -> Paper:
    from app.services.as_of import COLUMNS

    columns = (
        Column("序号", "number", width=5),
        *(Column(CADRE.field(name).label, width=WIDTHS.get(name, 0)) for name in COLUMNS),
        Column("专项名单", align="left"),
        Column("说明", align="left"),
    )
    rows: list[Sequence[Value]] = []
    for number, one in enumerate(snapshot.people, 1):
        values = masked_values(CADRE, one.values) if masked else one.values
        texts = [CADRE.field(name).kind.format(values.get(name)) for name in COLUMNS]
        rows.append((number, *texts, "、".join(one.lists), one.note))
    day = dates.show(snapshot.date, "年")
    target = io.BytesIO()
    table = Table(
        f"离退休干部名册（截至 {day}）",
        columns,
        rows,
        sheet="截至某日",
        left_line=f"在册在世 {len(snapshot.people)} 人",
        right_line="；".join(snapshot.notes),
        bottom_line=_figures(snapshot),
        imprint=imprint,
        frozen_columns=2,
    )
    write_table(target, table)
    facts = Facts("as_of", len(rows), len(rows), [column.title for column in columns], masked)
    return Paper(f"名册_截至{snapshot.date.replace('-', '')}{XLSX}", target.getvalue(), facts=facts)


def _figures(snapshot: Snapshot) -> str:
    groups: dict[str, list[str]] = {}
    for figure in snapshot.figures:
        groups.setdefault(figure.group, []).append(f"{figure.label} {len(figure.uids)}")
    return "　".join(f"{group}：{'、'.join(parts)}" for group, parts in groups.items())
