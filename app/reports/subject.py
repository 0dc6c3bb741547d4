"""The plain values that forms and rosters are filled from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.reports.imprint import NOBODY, Imprint

Texts = Mapping[str, str]
"""Field name → the value as people read it; a field left out counts as empty."""


@dataclass(frozen=True)
class FormSubject:
    """One person, as texts ready for paper."""

    texts: Texts
    codes: Texts = field(default_factory=dict)
    """Codes as they are stored, for forms that ask for the code instead of its label."""
    children: Mapping[str, Sequence[Texts]] = field(default_factory=dict)
    """'family', 'resume', 'contacts', 'apps', 'special_conditions' → their rows as texts."""
    photo: bytes | None = None

    @property
    def name(self) -> str:
        return self.texts.get("name", "")


@dataclass(frozen=True)
class FormOffice:
    """The office that fills the form."""

    unit: str = ""
    preparer: str = ""
    reviewer: str = ""
    telephone: str = ""
    filled_on: str = ""
    """'YYYY-MM-DD', or '' where the date is to be written by hand."""
    apps: Sequence[str] = ()
    title: str = ""
    """Stands in for the form's own title when the province words it differently."""
    imprint: Imprint = NOBODY
