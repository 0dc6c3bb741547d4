"""The roster of the office, its columns kept as data: `resources/rosters/<name>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from app.errors import UserError
from app.fields import dates
from app.paths import resource
from app.reports.fillings import Filling
from app.reports.sheet_names import SheetNames
from app.reports.subject import FormOffice, FormSubject
from app.reports.table_workbook import Column, Table, write_table

USUAL_ROSTER = "full"


@dataclass(frozen=True)
class RosterColumn:
    """A column and the fields it shows; without fields it counts the rows."""

    column: Column
    filling: Filling | None = None

    def text(self, number: int, subject: FormSubject, on: str) -> str:
        return self.filling.text(subject, on) if self.filling else str(number)


@dataclass(frozen=True)
class Roster:
    """A layout: its title and its columns."""

    title: str
    columns: Sequence[RosterColumn]
    frozen_columns: int = 2

    @property
    def field_names(self) -> set[str]:
        return set().union(*(entry.filling.field_names for entry in self.columns if entry.filling))

    @property
    def child_names(self) -> set[tuple[str, str]]:
        return set().union(*(entry.filling.child_names for entry in self.columns if entry.filling))


@dataclass(frozen=True)
class RosterHeading:
    """What stands around the rows; empty texts are left for the pen."""

    office: FormOffice = field(default_factory=FormOffice)
    title: str = ""
    sorted_by: str = ""
    """Such as 按姓氏笔画排序: a list of people says how it is sorted."""
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Field → what its column offers as a drop-down, where the roster goes back into offices."""


def named_roster(name: str = USUAL_ROSTER) -> Roster:
    """A layout that comes with the program, or that the office added."""
    path = resource(f"rosters/{name}.toml")
    try:
        return _roster(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"花名册样式“{path.name}”打不开或写得不对（{error}）。请对照自带的样式修改。"
        ) from error


def roster_of_fields(title: str, fields: Iterable[tuple[str, str]]) -> Roster:
    """The columns a screen shows: (name, label) of each, behind a column of numbers."""
    numbers = RosterColumn(Column("序号", width=5))
    shown = [RosterColumn(Column(label), Filling((name,))) for name, label in fields]
    return Roster(title, [numbers, *shown])


def write_roster(
    target: BinaryIO, roster: Roster, subjects: Iterable[FormSubject], heading: RosterHeading
) -> None:
    on = heading.office.filled_on
    rows = [
        [entry.text(number, subject, on) for entry in roster.columns]
        for number, subject in enumerate(subjects, 1)
    ]
    title = heading.title or roster.title
    table = Table(
        title=title,
        columns=[_with_choices(entry, heading.choices) for entry in roster.columns],
        rows=rows,
        sheet=SheetNames().take(title),
        left_line=f"填报单位：{heading.office.unit}",
        right_line=(f"（{heading.sorted_by}）　" if heading.sorted_by else "") + f"共 {len(rows)} 人",
        bottom_line=_signatures(heading.office),
        imprint=heading.office.imprint,
        frozen_columns=roster.frozen_columns,
    )
    write_table(target, table)


def _signatures(office: FormOffice) -> str:
    date = dates.show(office.filled_on, "年") if office.filled_on else "    年    月    日"
    parts = (f"填表人：{office.preparer:　<6}", f"审核人：{office.reviewer:　<6}", f"日期：{date}")
    return "　　　　".join(parts)


def _with_choices(entry: RosterColumn, choices: Mapping[str, Sequence[str]]) -> Column:
    names = entry.filling.names if entry.filling and not entry.filling.children else []
    offered = choices.get(names[0], ()) if len(names) == 1 else ()
    return replace(entry.column, choices=offered) if offered else entry.column


def _roster(given: dict[str, Any]) -> Roster:
    columns = [_column(dict(column)) for column in given.pop("columns")]
    return Roster(columns=columns, **given)


def _column(given: dict[str, Any]) -> RosterColumn:
    shows = given.pop("shows", None)
    return RosterColumn(Column(**given), Filling.read(shows) if shows else None)
