"""The lines of the log as a workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app import clock
from app.progress import Progress
from app.reports.table_workbook import Column, Table, Value, write_table
from app.services.log_filter import LogFilter
from app.services.paper import XLSX, Facts, Paper

if TYPE_CHECKING:
    from app.services.audit_log import AuditLog, LogLine

AT_ONCE, MOST = 1000, 50_000
COLUMNS = (
    Column("步", "number", width=8),
    Column("时间", width=17),
    Column("人员", width=10),
    Column("角色", width=16),
    Column("做了什么", width=12),
    Column("关于", width=30, align="left"),
    Column("用途", width=20, align="left"),
    Column("交给", width=16, align="left"),
    Column("改动行数", "number", width=9),
    Column("从哪里", width=8),
)


def log_book(log: AuditLog, wanted: LogFilter, progress: Progress) -> Paper:
    """The newest 50,000 at most: more than that no program shows in a useful way."""
    count = log.count(wanted)
    rows: list[tuple[Value, ...]] = []
    while len(rows) < MOST and (lines := log.lines(wanted, AT_ONCE, _last(rows))):
        progress(len(rows), min(count, MOST), "正在写日志")
        rows += map(_row, lines)
    target = io.BytesIO()
    name = f"操作日志_{clock.today():%Y%m%d}"
    write_table(
        target,
        Table(
            "操作日志",
            COLUMNS,
            rows,
            sheet="操作日志",
            left_line=f"共 {len(rows):,} 步",
            right_line=f"存证码 {log.head.code}",
            frozen_columns=2,
        ),
    )
    left = count - len(rows)
    warnings = [f"只写了最近的 {len(rows):,} 步，更早的 {left:,} 步请缩短日期分几次导出"] if left else []
    facts = Facts("log", rows=len(rows), fields=[column.title for column in COLUMNS], masked=True)
    return Paper(name + XLSX, target.getvalue(), warnings=warnings, facts=facts)


def _last(rows: list[tuple[Value, ...]]) -> int:
    return int(rows[-1][0] or 0) if rows else 0


def _row(line: LogLine) -> tuple[Value, ...]:
    purpose, recipient = (str(line.details.get(name) or "") for name in ("purpose", "recipient"))
    return (
        line.seq,
        line.time,
        line.actor,
        line.roles,
        line.act_label,
        line.about,
        purpose,
        recipient,
        line.rows,
        line.source,
    )
