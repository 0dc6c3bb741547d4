"""What is still to do in a file: gaps in it, or doubts about it."""

from __future__ import annotations

from app.services.cadres import CadreFile, Cadres
from app.services.completeness import with_gaps
from app.services.judgement import Judgement
from app.services.roster_filter import DOUBTS, GAPS


class RosterMarks:
    """Looks at whole files, so it is asked off the window's thread when there are many."""

    def __init__(self, cadres: Cadres) -> None:
        self._cadres = cadres

    def of_all(self) -> dict[str, tuple[str, ...]]:
        judgement = self._cadres.judgement()
        return {file.uid: self.of(file, judgement) for file in self._cadres.read_all() if file.uid}

    def of(self, file: CadreFile, judgement: Judgement | None = None) -> tuple[str, ...]:
        """Rules that are off and warnings that were looked into mark nothing."""
        found = []
        if with_gaps([file]):
            found.append(GAPS)
        if any(problem.severity in "EW" for problem in self._cadres.problems(file, judgement)):
            found.append(DOUBTS)
        return tuple(found)
