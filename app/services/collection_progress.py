"""采集进度: per village and per branch, how far the files have come, and the paper that reminds of the rest."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app import clock
from app.errors import UserError
from app.exchange.file_names import tidy_name
from app.fields.addresses import village_in
from app.fields.masking import covered
from app.fields.review_states import OPEN, word_of
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import completeness
from app.services.imprints import Imprints
from app.services.list_tables import look_of
from app.services.office import OfficeProfile, unit_of
from app.services.paper import XLSX, Facts, Paper, pdf_paper
from app.services.readings import search_key
from app.services.reviews import Reviews

if TYPE_CHECKING:
    from app.reports.reminder_sheet import ReminderSheet

By = Literal["village", "branch"]
Figure = Literal["people", "new", "checked", "approved", "reported", "returned", "idle"]
NOWHERE: Mapping[By, str] = {"village": "没有填村（社区）", "branch": "不在支部"}
IDLE_BELOW = 30
"""Percent. Nobody has begun with a file that is 未核 and emptier than this."""
SIGNED = frozenset({"preparer", "prepared_on", "reviewer", "reviewed_on"})
"""Filled by the steps of the review: nobody in the village is asked for them."""
_STATES: Mapping[Figure, tuple[str, ...]] = {
    "new": ("new", "changed"),
    "checked": ("checked",),
    "approved": ("approved",),
    "reported": ("reported", "settled"),
    "returned": ("returned",),
}
"""Every state is counted in one figure, so that they add up to the people."""


@dataclass(frozen=True)
class Standing:
    """One person: how far the file has come, and what it lacks."""

    uid: str
    name: str
    village: str
    branch: str
    state: str
    percent: int
    missing: tuple[str, ...]
    remark: str = ""

    @property
    def is_idle(self) -> bool:
        return self.state == "new" and self.percent < IDLE_BELOW

    @property
    def is_due(self) -> bool:
        """Whether somebody has to be reminded: nobody stands for the file yet, and something is missing."""
        return self.state in OPEN and (self.state == "returned" or bool(self.missing))

    @property
    def wanted(self) -> str:
        """What is to be done, in words."""
        asked = [f"更正：{covered(self.remark)}"] if self.state == "returned" and self.remark else []
        asked += ["更正"] if self.state == "returned" and not self.remark else []
        return "；".join([*asked, *(["补齐：" + "、".join(self.missing)] if self.missing else [])])


@dataclass(frozen=True)
class Place:
    """A village or a branch with its people in the order of the roster."""

    name: str
    people: Sequence[Standing]

    @property
    def percent(self) -> int:
        """Mean completeness."""
        return round(sum(each.percent for each in self.people) / len(self.people)) if self.people else 0

    def of(self, figure: Figure) -> list[Standing]:
        """The names behind a figure."""
        if figure == "people":
            return list(self.people)
        if figure == "idle":
            return [each for each in self.people if each.is_idle]
        return [each for each in self.people if each.state in _STATES[figure]]

    @property
    def due(self) -> list[Standing]:
        return [each for each in self.people if each.is_due]


class CollectionProgress:
    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._reviews = Reviews(database)
        self._office = OfficeProfile(database)
        self._imprints = Imprints(database)

    def standings(self) -> list[Standing]:
        """Everybody, in the order of the roster."""
        kept = {line.uid: line for line in self._reviews.queue()}
        return [
            _standing(file, kept[file.uid].state, kept[file.uid].remark)
            for file in self._cadres.read_all()
            if file.uid in kept
        ]

    def places(self, by: By) -> list[Place]:
        """By pinyin; those who belong nowhere come last."""
        found: dict[str, list[Standing]] = {}
        for each in self.standings():
            found.setdefault(each.village if by == "village" else each.branch, []).append(each)
        named = sorted((name for name in found if name), key=lambda name: (search_key(name), name))
        places = [Place(name, found[name]) for name in named]
        return [*places, Place(NOWHERE[by], found[""])] if "" in found else places

    def reminder(self, by: By, names: Sequence[str] | None, until: str) -> Paper:
        """催报单 as PDF, each place on its own pages; of all that have somebody due, or of the named.

        `until` is the day by which it is wanted, 'YYYY-MM-DD'. Raises UserError when nobody is due.
        """
        from app.reports.reminder_sheet import write_reminder_sheets

        sheets = self._sheets(by, names, until)
        return pdf_paper(self._title(names), lambda path: write_reminder_sheets(path, sheets), _facts(sheets))

    def reminder_book(self, by: By, names: Sequence[str] | None, until: str) -> Paper:
        """The same as one list in a workbook."""
        from app.reports.reminder_sheet import reminder_table
        from app.reports.table_workbook import write_table

        sheets, target = self._sheets(by, names, until), io.BytesIO()
        table = reminder_table(sheets, "村（社区）" if by == "village" else "党支部")
        write_table(target, table)
        look = look_of(table)
        name = tidy_name(f"{self._title(names)}_{clock.today():%Y%m%d}", XLSX)
        return Paper(name, target.getvalue(), look=look, facts=_facts(sheets))

    def _sheets(self, by: By, names: Sequence[str] | None, until: str) -> list[ReminderSheet]:
        from app.reports.reminder_sheet import ReminderLine, ReminderSheet

        profile, imprint = self._office.read(), self._imprints.read()
        places = [place for place in self.places(by) if (names is None or place.name in names) and place.due]
        if not places:
            raise UserError("这里没有要催的人：该填的都填了，也没有待更正的。请换一个村或支部。")
        return [
            ReminderSheet(
                place=place.name,
                unit=unit_of(profile),
                people=len(place.people),
                lines=[
                    ReminderLine(each.name, word_of(each.state), each.percent, each.wanted)
                    for each in place.due
                ],
                until=until,
                officer=profile.get("officer") or profile.get("preparer") or "",
                telephone=profile.get("telephone") or "",
                made_on=clock.today().isoformat(),
                imprint=imprint,
            )
            for place in places
        ]

    def _title(self, names: Sequence[str] | None) -> str:
        where = names[0] if names and len(names) == 1 else self._office.read().get("township") or "本单位"
        return f"{where}_信息采集催报单"


def _standing(file: CadreFile, state: str, remark: str) -> Standing:
    values, done = file.values, completeness(file)
    return Standing(
        uid=file.uid or "",
        name=values.get("name") or "",
        village=village_in(values),
        branch=values.get("party_branch") or "",
        state=state,
        percent=done.percent,
        missing=tuple(gap.label for gap in done.gaps if gap.field not in SIGNED),
        remark=remark,
    )


def _facts(sheets: Sequence[ReminderSheet]) -> Facts:
    people = sum(len(sheet.lines) for sheet in sheets)
    return Facts("reminder", people, people)
