"""A cadre's file while it is edited: its values and its parts; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.fields import identity
from app.fields.spec import Problem
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import Completeness, completeness
from app.ui.forms.form_state import FormState
from app.ui.forms.part_state import UNREADABLE, PartState

NEW = "cadre:new"
NEW_VALUES: Mapping[str, Any] = {"alive": True, "counted": True}
PHOTO = "photo"
UNREADABLE_VALUE = "R-00U"


class CadreDraft:
    """The file as it was read beside the file as it is now."""

    def __init__(self, cadres: Cadres, file: CadreFile | None = None) -> None:
        self._cadres = cadres
        read = file or CadreFile(values=dict(NEW_VALUES))
        self.uid, self.version = read.uid, read.version
        self._judgement = cadres.judgement(self.uid or "")
        self.form = FormState(cadres.record, read.values, self._judged)
        self.parts = {
            name: PartState(record, read.parts.get(name, ()), cadres.most_rows.get(name))
            for name, record in cadres.parts.items()
        }

    @property
    def about(self) -> str:
        """Under what the draft is kept."""
        return f"cadre:{self.uid}" if self.uid else NEW

    @property
    def name(self) -> str:
        return self.form.values.get("name") or ""

    @property
    def changed(self) -> bool:
        return self.form.changed or any(part.changed for part in self.parts.values())

    @property
    def file(self) -> CadreFile:
        parts = {name: part.rows for name, part in self.parts.items()}
        return CadreFile(self.uid, self.version, dict(self.form.values), parts)

    @property
    def completeness(self) -> Completeness:
        return completeness(self.file)

    @property
    def problems(self) -> list[Problem]:
        """Doubts and errors of the file, and what was typed and cannot be read."""
        unreadable = self.unreadable
        names = {problem.field for problem in unreadable}
        found = self._judged(self._cadres.unjudged(self.file))
        return unreadable + [each for each in found if names.isdisjoint((each.field, *each.reads))]

    def judge_anew(self) -> None:
        """The office decided about a rule or a warning."""
        self._judgement = self._cadres.judgement(self.uid or "")

    @property
    def unreadable(self) -> list[Problem]:
        """What keeps the file from being saved, since it would be lost."""
        found = [problem for problem in self.form.problems if problem.code == UNREADABLE_VALUE]
        for name, part in self.parts.items():
            texts = [problem for problem in part.problems if problem.code == UNREADABLE]
            found += [Problem(name, "E", one.code, f"{part.record.title}{one.message}") for one in texts]
        return found

    def fill_from_number(self) -> list[str]:
        """Birth and sex out of the ID number where they are empty; the labels of what was filled."""
        number = self.form.values.get("id_number") or ""
        if not identity.is_shaped(number) or identity.birth_date(number) is None:
            return []
        found = {"birth_date": identity.birth_date(number), "sex": identity.sex(number)}
        empty = [name for name in found if self.form.text(name) == ""]
        for name in empty:
            self.form.put(name, found[name])
        return [self._cadres.record.field(name).label for name in empty]

    def gap_after(self, name: str) -> str:
        """The next empty field or part from there on, else the first; '' where everything is filled."""
        gaps = [gap.field for gap in self.completeness.gaps if gap.field != PHOTO]
        order = [*(field.name for field in self._cadres.record.fields), *self.parts]
        ahead = [gap for gap in gaps if not name or order.index(gap) > order.index(name)]
        return next(iter(ahead or gaps), "")

    def content(self) -> dict[str, Any]:
        """What was typed and not saved, for a bad moment."""
        form = {name: text for name, text in self.form.draft().items() if name != PHOTO}
        parts = {name: part.typed() for name, part in self.parts.items() if part.changed}
        kept: dict[str, Any] = {"name": self.name, "form": form, "parts": parts}
        return {**kept, PHOTO: self.form.values[PHOTO]} if PHOTO in self.form.changes else kept

    def restore(self, content: Mapping[str, Any]) -> None:
        """A kept draft on top of the file."""
        self.form.restore(content.get("form", {}))
        if PHOTO in content:
            self.form.put(PHOTO, content[PHOTO])
        for name, rows in content.get("parts", {}).items():
            if name in self.parts:
                self.parts[name].take(rows)

    def _judged(self, problems: list[Problem]) -> list[Problem]:
        """The whole file is put together only where a warning in it was looked into."""
        values = self.file.checked_values if self._judgement.seen else {}
        return self._judgement.of(self.uid, values, problems)
