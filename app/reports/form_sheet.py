"""Fills one sheet that is a copy of an office's blank."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from app.errors import UserError
from app.fields import dates
from app.reports import form_photo, text_fitting
from app.reports.cells import clear, write_text
from app.reports.fillings import styled
from app.reports.form_mapping import Family, FormMapping, OfficeLine, Resume
from app.reports.sheet_geometry import SheetGeometry
from app.reports.subject import FormOffice, FormSubject, Texts
from app.reports.text_fitting import Box
from app.reports.ticks import Ticks, tick

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

CONTINUED = "（续页）"
GROWING_SIZE = 9.0
"""In rows without a stated height, text shrinks no further than this; the row grows instead."""
GROWN_BY = 3.0
_OPEN_END = " " * len("YYYY.MM")
_DATE_TO_FILL = re.compile(r"\s*年\s*月\s*日")


@dataclass(frozen=True)
class FormProblem:
    """Something that keeps a form from being printed as it should be."""

    person: str
    place: str
    message: str


@dataclass
class Overflow:
    """What the first page has no room for."""

    periods: list[tuple[str, str]] = field(default_factory=list)
    family: list[Texts] = field(default_factory=list)
    family_from: int = 0
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.periods or self.family or self.texts)


class FormSheet:
    """The sheet of one person. After `fill`, `problems` and `overflow` say what did not go in."""

    def __init__(self, sheet: Worksheet, mapping: FormMapping) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._geometry = SheetGeometry(sheet)
        self._person = ""
        self.problems: list[FormProblem] = []
        self.overflow = Overflow()

    def fill(self, subject: FormSubject, office: FormOffice) -> None:
        mapping, self._person = self._mapping, subject.name
        for at, filling in mapping.cells.items():
            self._write_in(at, filling.text(subject, office.filled_on))
        for ticks in mapping.ticks:
            self._tick(ticks, subject, office)
        for line in mapping.lines:
            self._complete(line, office)
        if mapping.title_cell:
            self._place(mapping.title_cell, office.title or mapping.title)
        if mapping.resume:
            self._write_resume(mapping.resume, subject)
        if mapping.family:
            self._write_family(mapping.family, subject)
        if mapping.photo:
            self._place_photo(mapping.photo, subject.photo)

    def label_of(self, at: str) -> str:
        """The words of the blank that say what the cell holds: to its left, else above it."""
        cell = self._sheet[at]
        row = [self._sheet.cell(cell.row, column).value for column in range(cell.column - 1, 0, -1)]
        above = [self._sheet.cell(upper, cell.column).value for upper in range(cell.row - 1, 0, -1)]
        return next(("".join(str(value).split()) for value in (*row, *above) if value), at)

    def _report(self, place: str, message: str) -> None:
        self.problems.append(FormProblem(self._person, place, message))

    def _write_in(self, at: str, text: str) -> None:
        """A text too long even for small print goes to the next page as a whole."""
        if not text or self._place(at, text):
            return
        label = self.label_of(at)
        self.overflow.texts.append((label, text))
        self._report(label, f"“{label}”太长，首页放不下，全文印在续页上")

    def _place(self, at: str, text: str) -> bool:
        """Writes the text as large as the cell lets it be; False when its end is cut off."""
        cell = self._sheet[at]
        write_text(cell, text)
        largest = float(cell.font.sz or 11)
        size = self._fitting_size(at, text, largest)
        self._style(cell, size or self._mapping.smallest, left=at in self._mapping.left)
        return size is not None

    def _fitting_size(self, at: str, text: str, largest: float) -> float | None:
        box, free = self._geometry.box(at), self._geometry.free_row(at)
        if free is None:
            return text_fitting.largest_size(text, box, largest, self._mapping.smallest)
        smallest = min(GROWING_SIZE, largest)
        one_line = Box(box.width, max(box.height, largest * text_fitting.LINE_HEIGHT))
        size = text_fitting.largest_size(text, one_line, largest, smallest) or smallest
        self._grow(free, text_fitting.height_needed(text, box.width, size) - box.height)
        return size

    def _grow(self, row: int, missing: float) -> None:
        if missing > 0:
            self._sheet.row_dimensions[row].height = self._geometry.height(row, row) + missing + GROWN_BY

    def _style(self, cell: Cell, size: float, *, left: bool) -> None:
        from openpyxl.styles import Alignment

        standing, font = cell.alignment, cast("Font", copy(cell.font))
        if self._mapping.value_font and font.scheme:  # the theme's font: the blank itself chose none
            font.name, font.scheme = self._mapping.value_font, None
        font.sz = size
        cell.font = font
        bordered = bool(cell.border.left and cell.border.left.style)
        cell.alignment = Alignment(
            horizontal="left" if left else standing.horizontal or ("center" if bordered else None),
            vertical=standing.vertical or "center",
            wrap_text=True,
        )

    def _tick(self, ticks: Ticks, subject: FormSubject, office: FormOffice) -> None:
        boxes = ticks.blank(str(self._sheet[ticks.at].value or ""), office.apps)
        words = ticks.words(subject)
        if unknown := ticks.missing(words, boxes):
            label = self.label_of(ticks.at)
            self._report(label, f"“{label}”里没有“{'、'.join(unknown)}”这一项，没有打勾")
        text = tick(boxes, words)
        if ticks.none and ticks.none in words and (reason := ticks.why_none(subject)):
            text += f"：{reason}"
        self._write_in(ticks.at, self._between_options(ticks.at, text))

    def _between_options(self, at: str, text: str) -> str:
        """Broken into lines where a program would part a box from its word."""
        box, largest = self._geometry.box(at), float(self._sheet[at].font.sz or 11)
        size = text_fitting.largest_size(text, box, largest, self._mapping.smallest)
        return text_fitting.broken_at_spaces(text, box.width, size or self._mapping.smallest)

    def _complete(self, line: OfficeLine, office: FormOffice) -> None:
        text = str(self._sheet[line.at].value or "")
        for words, name in line.after.items():
            value = str(getattr(office, name))
            if value and words in text:
                text = _written_after(text, words, value, is_date=name == "filled_on")
        if "reviewer" in line.after.values() and (sentence := office.imprint.one_person):
            text += f"\n{sentence}"
            self._make_room(line.at, sentence)
        if not self._place(line.at, text):
            self._report(line.at, f"“{text[:12]}…”太长，印出来会缺一截，请在设置里改短")

    def _make_room(self, at: str, sentence: str) -> None:
        """Below the signatures a row may be as high as it must; its neighbours stay as they are."""
        row = self._geometry.area(at).max_row
        if self._sheet.row_dimensions[row].customHeight:
            size = float(self._sheet[at].font.sz or 11)
            self._grow(row, text_fitting.height_needed(sentence, self._geometry.box(at).width, size))

    def _write_resume(self, resume: Resume, subject: FormSubject) -> None:
        periods = [_period(resume, row) for row in subject.children.get(resume.children, ())]
        if not periods:
            return
        box = self._geometry.box(resume.at)
        largest = float(self._sheet[resume.at].font.sz or 11)
        size = text_fitting.largest_size(_as_text(periods), box, largest, self._mapping.smallest)
        shown = len(periods)
        if size is None:
            size = resume.reading_size
            shown = _most_that_fit(periods, box, size)
            self.overflow.periods = periods[shown:]
            self._mark_continued(resume.label)
        cell = self._sheet[resume.at]
        write_text(cell, _as_text(periods[:shown]))
        self._style(cell, size, left=True)

    def _write_family(self, family: Family, subject: FormSubject) -> None:
        members = subject.children.get(family.children, ())
        for row, member in enumerate(members[: family.rows], family.first_row):
            relative = FormSubject(member)
            for column, filling in family.columns.items():
                self._write_in(f"{column}{row}", filling.text(relative))
        if len(members) > family.rows:
            self.overflow.family = list(members[family.rows :])
            self.overflow.family_from = family.rows + 1
            self._mark_continued(family.label)

    def _mark_continued(self, at: str) -> None:
        text = str(self._sheet[at].value or "")
        self._place(at, f"{text}\n{CONTINUED}")

    def _place_photo(self, at: str, photo: bytes | None) -> None:
        if not photo:
            return
        from openpyxl.drawing.image import Image

        area, box = self._geometry.area(at), self._geometry.box(at)
        try:
            content, printed = form_photo.prepared(photo, box)
        except UserError as error:
            self._report("照片", str(error))
            return
        image = Image(io.BytesIO(content))
        image.anchor = form_photo.centred_anchor(area.min_col - 1, area.min_row - 1, box, printed)
        clear(self._sheet[at])
        self._sheet.add_image(image)


def _written_after(text: str, words: str, value: str, *, is_date: bool) -> str:
    before, _, behind = text.partition(words)
    if is_date:
        value, behind = dates.show(value, "年"), _DATE_TO_FILL.sub("", behind, count=1)
    return before + words + value + behind


def _period(resume: Resume, row: Texts) -> tuple[str, str]:
    started, ended = styled(resume.started, row), styled(resume.ended, row)
    dated = f"{started.ljust(len(_OPEN_END))}--{ended.ljust(len(_OPEN_END))}" if started or ended else ""
    return dated, row.get(resume.text, "")


def _as_text(periods: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{dated}  {text}" if dated else text for dated, text in periods)


def _most_that_fit(periods: Sequence[tuple[str, str]], box: Box, size: float) -> int:
    shown = 0
    while shown < len(periods) and text_fitting.fits(_as_text(periods[: shown + 1]), box, size):
        shown += 1
    return shown
