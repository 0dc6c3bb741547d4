"""Which columns the list shows: a set for each purpose, which the user may change and which is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSettings

ALWAYS = "name"
SETS: Mapping[str, tuple[str, ...]] = {
    "基本": (
        "name", "sex", "birth_date", "retirement_kind", "treatment", "village", "mobile", "former_unit", "former_post",
    ),
    "离退休": (
        "name", "retirement_kind", "retired_on", "work_started_on", "former_unit", "former_post", "rank", "treatment",
        "treatment_approved_on", "unit_nature", "personnel_kind",
    ),
    "联系": ("name", "mobile", "landline", "village", "residence_address", "home_address", "living_arrangement"),
    "党务": (
        "name", "political_status", "party_joined_on", "party_branch", "party_post", "study_method",
        "needs_study_visits", "dues_paid_until",
    ),
    "健康": (
        "name", "birth_date", "health_status", "illnesses", "self_care", "activity", "living_arrangement", "hospital_1",
        "medical_cover",
    ),
}  # fmt: skip
OTHERS = (
    "ethnicity",
    "id_number",
    "education",
    "native_place",
    "marital_status",
    "alive",
    "died_on",
    "remarks",
)
COLUMNS = tuple(dict.fromkeys([name for names in SETS.values() for name in names] + list(OTHERS)))
"""Everything the list can show; the order on the screen."""
WIDTHS: Mapping[str, int] = {  # pixels at the middle size
    "name": 128, "sex": 52, "birth_date": 92, "retirement_kind": 84, "treatment": 92, "village": 104, "mobile": 120,
    "former_unit": 168, "residence_address": 200, "home_address": 200, "party_branch": 208, "id_number": 176,
    "illnesses": 168, "remarks": 200, "match": 220,
}  # fmt: skip
OTHER_WIDTH = 112
_KEY = "roster/columns"
_IN_USE = "roster/set"


class ColumnSets:
    """The sets as the user has made them."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory
        self._changed: dict[str, list[str]] = json.loads(str(memory.value(_KEY, "{}")))
        self.in_use = str(memory.value(_IN_USE, "基本"))
        if self.in_use not in SETS:
            self.in_use = "基本"

    @property
    def shown(self) -> list[str]:
        """The columns of the set in use, in the order of the list."""
        wanted = {ALWAYS, *self._changed.get(self.in_use, SETS[self.in_use])}
        return [name for name in COLUMNS if name in wanted]

    @property
    def is_own(self) -> bool:
        """Whether the user has changed the set in use."""
        return self.in_use in self._changed

    def use(self, name: str) -> None:
        self.in_use = name
        self._keep()

    def show(self, names: Iterable[str]) -> None:
        self._changed[self.in_use] = list(names)
        self._keep()

    def switch(self, name: str) -> None:
        """Shows a hidden column, hides a shown one; the name stays."""
        shown = self.shown
        self.show([one for one in shown if one != name] if name in shown else [*shown, name])

    def reset(self) -> None:
        self._changed.pop(self.in_use, None)
        self._keep()

    def _keep(self) -> None:
        self._memory.setValue(_KEY, json.dumps(self._changed))
        self._memory.setValue(_IN_USE, self.in_use)
