"""One sheet of a form: its labels with their answers beside, below or behind a colon, and the tables inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.form_areas import Area, Areas
from app.exchange.form_blocks import Block, blocks_in, continued_resume
from app.exchange.form_labels import answers, inside, is_about_another, meaning_of
from app.exchange.headings import Meaning
from app.exchange.workbook import Sheet
from app.fields.kinds import cell_text

_SIGNED_BY = {"preparer": "preparer_phone", "reviewer": ""}
"""Whose telephone it is that stands behind these in one line."""


@dataclass(frozen=True)
class Label:
    area: Area
    text: str
    meaning: Meaning
    value: Any
    place: str


@dataclass
class FormPage:
    """One sheet of a form."""

    sheet: Sheet
    labels: list[Label] = field(default_factory=list)
    periods: str = ""
    """Of the résumé, where this page only goes on with it."""
    blocks: list[Block] = field(default_factory=list)
    photo_area: Area | None = None

    @property
    def fields(self) -> set[str]:
        return {label.meaning.field for label in self.labels if label.meaning.field}

    @property
    def names(self) -> bool:
        return any(label.meaning.field == "name" and cell_text(label.value).strip() for label in self.labels)


class _Reader:
    def __init__(self, sheet: Sheet) -> None:
        self._areas = Areas(sheet)
        self._page = FormPage(sheet, blocks=blocks_in(self._areas), periods=continued_resume(self._areas))
        self._in_blocks = {
            (row, column)
            for block in self._page.blocks
            for row in block.rows
            for column in range(block.first_column, self._areas.width)
        }

    def page(self) -> FormPage:
        values: set[tuple[int, int]] = set()
        for row in range(len(self._areas.rows)):
            for area in self._areas.in_row(row):
                at = area.top, area.left
                if area.text and at not in values and at not in self._in_blocks:
                    values |= set(self._look_at(area))
        return self._page

    def _look_at(self, area: Area) -> Iterator[tuple[int, int]]:
        """Takes a label; gives the cells of its answer, which are no labels themselves."""
        if within := inside(area.text):
            self._take_line(area, within)
            if len(within) > 1 or within[0][1]:
                return
        meaning = meaning_of(area.text, self._group(area))
        if meaning is None:
            return
        if meaning.field == "photo":
            self._page.photo_area = area
            return
        answer = self._answer(area, meaning)
        if answer is not None and meaning.field:
            self._page.labels.append(Label(area, area.text, meaning, answer.value, answer.place))
        if answer is not None:
            yield answer.top, answer.left

    def _take_line(self, area: Area, within: Sequence[tuple[str, str]]) -> None:
        """'填表人：…  审核人：…  联系电话：…' in one cell: the number is of who stands before it."""
        signed = ""
        for text, value in within:
            meaning = meaning_of(text, self._group(area))
            name = meaning.field if meaning else None
            if meaning and name in ("mobile", "landline") and signed:
                name = _SIGNED_BY[signed]
                meaning = replace(meaning, field=name or None)
            signed = name if name in _SIGNED_BY else signed
            if meaning and meaning.field and meaning.field != "photo" and value:
                self._page.labels.append(Label(area, text, meaning, value, area.place))

    def _answer(self, area: Area, meaning: Meaning) -> Area | None:
        """Beside the label; where another label stands there, or nothing can, below it."""
        beside = self._areas.right_of(area)
        can_hold = beside is not None and beside.top <= area.top and not self._is_label(beside, meaning)
        if beside is not None and can_hold and (beside.text or not self._heads_column(area)):
            return beside
        below = self._areas.below(area)
        if below is None or (below.top, below.left) in self._in_blocks or self._is_label(below, meaning):
            return None
        return below

    def _heads_column(self, area: Area) -> bool:
        """The last of a row of labels whose answers stand below: its left neighbour is a label with one below."""
        left = self._areas.left_of(area)
        below = self._areas.below(area)
        return (
            left is not None
            and below is not None
            and bool(below.text)
            and meaning_of(left.text) is not None
            and not any(label.place == left.place for label in self._page.labels)
            and meaning_of(below.text) is None
        )

    def _is_label(self, area: Area, of: Meaning) -> bool:
        text = area.text
        if not text or answers(of, text):
            return False
        return meaning_of(text) is not None or bool(inside(text))

    def _group(self, area: Area) -> str:
        """Whose the label is, where that is not the cadre: said in its row before it, or in a cell along its left."""
        for label in reversed(self._page.labels):
            if label.area.top == area.top and label.meaning.field == "contacts":
                return "联系人"
        for column in range(area.left - 1, -1, -1):
            beside = self._areas.at(area.top, column)
            if beside and beside.bottom > beside.top and is_about_another(beside.text):
                return beside.text
        return ""


def read_page(sheet: Sheet) -> FormPage:
    return _Reader(sheet).page()
