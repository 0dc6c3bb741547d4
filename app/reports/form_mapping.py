"""Which field goes where on an office's own blank: a folder with `form.toml` and the blank workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.errors import UserError
from app.reports.fillings import Filling
from app.reports.text_fitting import SMALLEST
from app.reports.ticks import Ticks

MAPPING = "form.toml"


class ShownOfChildren(Protocol):
    @property
    def child_names(self) -> set[tuple[str, str]]: ...


class Shown(ShownOfChildren, Protocol):
    @property
    def field_names(self) -> set[str]: ...


@dataclass(frozen=True)
class Resume:
    """The résumé cell: one line a period, 'YYYY.MM--YYYY.MM  text'."""

    at: str
    label: str
    """The cell that says （续页） when the periods do not all fit."""
    children: str = "resume"
    started: str = "started_on:YYYY.MM"
    ended: str = "ended_on:YYYY.MM"
    text: str = "text"
    reading_size: float = 9.0
    """The size of what stays on the first page when the rest goes to the next."""

    @property
    def child_names(self) -> set[tuple[str, str]]:
        return Filling((self.started, self.ended, self.text), children=self.children).child_names


@dataclass(frozen=True)
class Family:
    """Rows of a sub-table."""

    first_row: int
    rows: int
    heading_row: int
    label: str
    columns: Mapping[str, Filling]
    children: str = "family"

    @property
    def child_names(self) -> set[tuple[str, str]]:
        return {(self.children, name) for filling in self.columns.values() for name in filling.names}


@dataclass(frozen=True)
class OfficeLine:
    """A text of the blank that the office's own particulars are written into, behind words standing there."""

    at: str
    after: Mapping[str, str] = field(default_factory=dict)
    """Words of the blank → unit, preparer, reviewer, telephone or filled_on."""


@dataclass(frozen=True)
class FormMapping:
    """One form: its blank, and what goes into which cell."""

    title: str
    blank: Path
    sheet: str
    cells: Mapping[str, Filling]
    ticks: Sequence[Ticks] = ()
    lines: Sequence[OfficeLine] = ()
    resume: Resume | None = None
    family: Family | None = None
    photo: str = ""
    title_cell: str = ""
    value_font: str = ""
    """For cells in which the blank names no font of its own."""
    smallest: float = SMALLEST
    left: Sequence[str] = ()
    """Cells of running text, which is not centred."""

    @property
    def field_names(self) -> set[str]:
        """Fields of the person's own record that the form shows."""
        parts: list[Shown] = [*self.cells.values(), *self.ticks]
        return set().union(*(part.field_names for part in parts))

    @property
    def child_names(self) -> set[tuple[str, str]]:
        """Sub-tables and their fields that the form shows."""
        parts: list[ShownOfChildren] = [*self.cells.values(), *self.ticks]
        parts += filter(None, (self.resume, self.family))
        return set().union(*(part.child_names for part in parts))


def read_form(folder: Path) -> FormMapping:
    """Raises UserError when the folder does not hold a form that can be used."""
    try:
        given = tomllib.loads((folder / MAPPING).read_text(encoding="utf-8-sig"))
        mapping = _mapping(folder, given)
    except OSError as error:
        raise UserError(f"表样“{folder.name}”里没有 {MAPPING}，或打不开它。请检查表样文件夹。") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            f"表样“{folder.name}”的 {MAPPING} 写得不对（{error}）。请对照自带的表样修改。"
        ) from error
    if not mapping.blank.is_file():
        raise UserError(f"表样“{folder.name}”里没有空表“{mapping.blank.name}”。请把空表放进表样文件夹。")
    return mapping


def _mapping(folder: Path, given: dict[str, Any]) -> FormMapping:
    parts: dict[str, Any] = {
        "blank": folder / given.pop("blank"),
        "cells": _fillings(given.pop("cells")),
        "ticks": [Ticks(**ticks) for ticks in given.pop("ticks", [])],
        "lines": [OfficeLine(**line) for line in given.pop("lines", [])],
    }
    if resume := given.pop("resume", None):
        parts["resume"] = Resume(**resume)
    if family := given.pop("family", None):
        parts["family"] = Family(columns=_fillings(family.pop("columns")), **family)
    return FormMapping(**parts, **given)


def _fillings(given: Mapping[str, Any]) -> dict[str, Filling]:
    return {at: Filling.read(filling) for at, filling in given.items()}
