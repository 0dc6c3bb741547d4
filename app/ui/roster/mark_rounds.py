"""Gaps and doubts of everybody, found off the window's thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.progress import Progress
from app.services.cadres import Cadres
from app.services.readings import search_key
from app.services.roster_marks import RosterMarks
from app.ui.tasks import Tasks

AT_ONCE = 3
"""Files that are looked at again without going to the background."""
Marks = dict[str, tuple[str, ...]]


class MarkRounds(QObject):
    """Everybody once the page is looked at; later only those whose files have changed."""

    found = Signal(object)
    """What is to do for whom."""

    def __init__(self, cadres: Cadres, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cadres, self._tasks = cadres, tasks
        self._marks = RosterMarks(cadres)
        self._stale = True

    def look(self) -> None:
        if self._stale:
            self._stale = False
            self._tasks.start("查看缺项和疑点", self._find, self._tell, self._fail)

    def look_again(self, uids: Iterable[str], *, seen: bool) -> None:
        """A few are looked at on the spot; many are left to the background, at once when the page is seen."""
        few = list(uids)
        if len(few) <= AT_ONCE:
            self.found.emit({uid: self._marks.of(self._cadres.read(uid)) for uid in few})
            return
        self._stale = True
        if seen:
            self.look()

    def _tell(self, marks: Marks) -> None:
        """A method of this object, not the signal's own: with the page it is let go of."""
        self.found.emit(marks)

    def _fail(self, error: Exception) -> None:
        self._stale = True
        self._tasks.failed.emit(error)

    def _find(self, _report: Progress) -> Marks:
        # It loads the pinyin dictionary: half a second, better spent here than at the first 保存.
        search_key("一")
        return self._marks.of_all()
