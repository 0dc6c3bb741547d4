"""The rows of one file that waited for a decision; no Qt here."""

from __future__ import annotations

from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.import_doubts import Decided, ImportDoubts, Waiting
from app.ui.forms.doubt_state import DoubtState


class WaitingState(DoubtState):
    def __init__(self, doubts: ImportDoubts, cadres: Cadres) -> None:
        super().__init__(doubts.sides, cadres)
        self._doubts = doubts
        self.files: list[Waiting] = []
        self.file: Waiting | None = None

    def look(self, intake: str = "") -> None:
        """Reads which files have rows that wait, and opens this one, else the one that was open, else the first."""
        self.files = self._doubts.waiting()
        wanted = intake or (self.file.intake if self.file else "")
        found = next((each for each in self.files if each.intake == wanted), None) or next(
            iter(self.files), None
        )
        stays = found is not None and self.file is not None and found.intake == self.file.intake
        self.file = found
        self.preview = self._doubts.open(found.intake) if found else None
        if stays:
            self._people = None
            self.keep_possible()
        else:
            self.forget()

    def apply(self) -> tuple[Decided, Change]:
        """Raises UserError when something was changed since the rows were compared."""
        assert self.file is not None, "a file is open"
        assert self.preview is not None, "a file is open"
        done = self._doubts.decide(self.file.intake, self.preview, self.decisions)
        self.forget()
        return done
