"""The list of gaps as a paper to walk with: by village and person, and whom to ask."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import clock
from app.exchange.file_names import tidy_name
from app.fields.addresses import village_in
from app.models.cadre import CADRE
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import Completeness, Gap, with_gaps
from app.services.imprints import Imprints
from app.services.list_tables import look_of
from app.services.office import OfficeProfile, unit_of
from app.services.paper import XLSX, Facts, Paper, pdf_paper

if TYPE_CHECKING:
    from app.reports.gap_list import GapHead, GapLine
    from app.reports.printed import Printed

WHOM: Mapping[str, str] = {
    "联": "问本人或家属",
    "档": "查档案",
    "证": "看证件",
    "支": "问党支部",
    "县": "问县委老干部局",
}
"""By whom a field is vouched for, the nearest first; whom the field names first is asked."""
NO_VILLAGE = "未填村"


class GapLists:
    """Of the living, or those of one village."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._office = OfficeProfile(database)
        self._imprints = Imprints(database)

    def name(self, village: str = "") -> str:
        """Without what kind of file it is."""
        whose = village or self._office.read().get("township") or "本单位"
        return f"{whose}_缺项清单"

    def paper(self, village: str = "") -> Paper:
        """As PDF: a line a person, a box before each thing that is missing."""
        from app.reports.gap_list import write_gap_list

        head, lines = self._head(village), self._lines(village)

        def write(path: Path) -> Printed:
            return write_gap_list(path, head, lines)

        return pdf_paper(self.name(village), write, _facts(lines))

    def book(self, village: str = "") -> Paper:
        """As a workbook: a row for each thing that is missing."""
        from app.reports.gap_list import gap_table
        from app.reports.table_workbook import write_table

        lines, target = self._lines(village), io.BytesIO()
        table = gap_table(self._head(village), lines)
        write_table(target, table)
        look = look_of(table)
        name = tidy_name(f"{self.name(village)}_{clock.today():%Y%m%d}", XLSX)
        return Paper(name, target.getvalue(), look=look, facts=_facts(lines, look.columns))

    def _head(self, village: str) -> GapHead:
        from app.reports.gap_list import GapHead

        profile = self._office.read()
        return GapHead(
            unit=unit_of(profile),
            printed_on=clock.today().isoformat(),
            village=village,
            preparer=profile.get("preparer") or "",
            imprint=self._imprints.read(),
        )

    def _lines(self, village: str) -> list[GapLine]:
        lines = [_line(file, state) for file, state in with_gaps(self._cadres.read_all())]
        wanted = [line for line in lines if village in ("", line.village)]
        return sorted(wanted, key=lambda line: (line.village == NO_VILLAGE, line.village))


def whom_to_ask(gap: Gap) -> str:
    """Parts of the file, such as the résumé, have no single voucher: they stand in the archive, or are asked for."""
    if CADRE.has(gap.field):
        return WHOM.get(CADRE.field(gap.field).verifier[:1], WHOM["联"])
    return WHOM["档" if gap.field == "resume" else "联"]


def _line(file: CadreFile, state: Completeness) -> GapLine:
    from app.reports.gap_list import GapLine

    asked: dict[str, list[str]] = {}
    for gap in state.gaps:
        asked.setdefault(whom_to_ask(gap), []).append(gap.label)
    values = file.values
    village = village_in(values) or NO_VILLAGE
    ordered = [(whom, asked[whom]) for whom in WHOM.values() if whom in asked]
    return GapLine(values.get("name") or "", village, state.percent, ordered)


def _facts(lines: Sequence[GapLine], columns: Sequence[str] = ()) -> Facts:
    return Facts("gaps", len(lines), sum(line.count for line in lines), columns)
