"""Whose file has no photo: the list by village, on paper and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock
from app.exchange.file_names import tidy_name
from app.fields.rules.across import is_dead
from app.models.cadre import CADRE
from app.models.database import Database
from app.services.cadres import Cadres
from app.services.imprints import Imprints
from app.services.list_tables import look_of
from app.services.masked_texts import masked_values
from app.services.office import OfficeProfile, unit_of
from app.services.paper import XLSX, Facts, Paper, pdf_paper

if TYPE_CHECKING:
    from app.reports.missing_photos import MissingHead, MissingLine
    from app.reports.printed import Printed

KIND = "missing_photos"
NO_VILLAGE = "未填村"
_FIELDS = ("name", "village", "sex", "retirement_kind", "mobile", "landline", "photo", "alive", "died_on")


@dataclass(frozen=True)
class Missing:
    """One of the living without a photo; values by field."""

    uid: str
    village: str
    values: dict[str, Any]


class MissingPhotos:
    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._office = OfficeProfile(database)
        self._imprints = Imprints(database)

    def people(self) -> list[Missing]:
        """By village, those of no village last; in a village as in the roster."""
        found = [_missing(uid, values) for uid, values in self._living() if not values["photo"]]
        return sorted(found, key=lambda each: (each.village == NO_VILLAGE, each.village))

    def everybody(self) -> int:
        """How many are alive."""
        return len(self._living())

    @property
    def name(self) -> str:
        """Without what kind of file it is."""
        return f"{self._office.read().get('township') or '本单位'}_缺照名单"

    def paper(self, *, masked: bool = False) -> Paper:
        from app.reports.missing_photos import write_missing_photos

        head, lines = self._head(), self._lines(masked=masked)

        def write(path: Path) -> Printed:
            return write_missing_photos(path, head, lines)

        return pdf_paper(self.name, write, _facts(lines, masked=masked))

    def book(self, *, masked: bool = False) -> Paper:
        from app.reports.missing_photos import missing_table
        from app.reports.table_workbook import write_table

        lines, target = self._lines(masked=masked), io.BytesIO()
        table = missing_table(self._head(), lines)
        write_table(target, table)
        look = look_of(table)
        name = tidy_name(f"{self.name}_{clock.today():%Y%m%d}", XLSX)
        return Paper(name, target.getvalue(), look=look, facts=_facts(lines, look.columns, masked=masked))

    def _living(self) -> list[tuple[str, dict[str, Any]]]:
        rows = ((row.uid, dict(zip(_FIELDS, row.values, strict=True))) for row in self._cadres.rows(_FIELDS))
        return [(uid, each) for uid, each in rows if not is_dead(each)]

    def _head(self) -> MissingHead:
        from app.reports.missing_photos import MissingHead

        profile = self._office.read()
        return MissingHead(
            unit=unit_of(profile),
            printed_on=clock.today().isoformat(),
            everybody=self.everybody(),
            preparer=profile.get("preparer") or "",
            imprint=self._imprints.read(),
        )

    def _lines(self, *, masked: bool) -> list[MissingLine]:
        from app.reports.missing_photos import MissingLine

        lines = []
        for each in self.people():
            values = masked_values(CADRE, each.values) if masked else each.values
            lines.append(
                MissingLine(
                    values["name"] or "",
                    each.village,
                    CADRE.text(values, "sex"),
                    CADRE.text(values, "retirement_kind"),
                    values["mobile"] or values["landline"] or "",
                )
            )
        return lines


def _missing(uid: str, values: dict[str, Any]) -> Missing:
    return Missing(uid, values["village"] or NO_VILLAGE, values)


def _facts(lines: Sequence[MissingLine], columns: Sequence[str] = (), *, masked: bool) -> Facts:
    return Facts(KIND, len(lines), len(lines), columns, masked)
