"""On 导入: files about one person each, and folders of them, are shown side by side instead of in the steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import UserError
from app.services.desk import Desk
from app.services.person_readings import PersonFilesRead
from app.ui.changes import Changes
from app.ui.pages.import_page import FILE, ImportPage
from app.ui.person_files.person_files_state import PersonFilesState
from app.ui.person_files.person_files_view import PersonFilesView
from app.ui.tasks import Tasks

ENDINGS = (".lrmx", ".lrm")
"""Of other files the content decides."""


def offer_person_files(page: ImportPage, desk: Desk, changes: Changes, tasks: Tasks) -> PersonFilesOnImport:
    return PersonFilesOnImport(page, desk, changes, tasks)


class PersonFilesOnImport(QObject):
    def __init__(self, page: ImportPage, desk: Desk, changes: Changes, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._tasks = page, tasks
        self._state = PersonFilesState(desk.person_files, desk.cadres, desk.pictures)
        self.view = PersonFilesView(self._state, page.numbers, changes, tasks)
        page.takes_elsewhere = self._takes
        page.unsaved_elsewhere = self._unsaved
        self.view.finished.connect(lambda: page.go_to(FILE))
        self.view.page_wanted.connect(self._leave_for)

    def read(self, paths: Sequence[Path]) -> None:
        """Off the window's thread, a file after the other; the user may stop it."""
        self._page.go_to(FILE)
        self._page.file.wait_for(paths[0])
        self._tasks.start(
            f"读取“{paths[0].name}”",
            lambda report: self._state.read(paths, report),
            self._show,
            self._refuse,
            cancelled=self._page.file.rest,
        )

    def _takes(self, path: Path, about_people: bool) -> bool:
        wanted = about_people or path.suffix.lower() in ENDINGS or path.is_dir()
        if wanted:
            self.read([path])
        return wanted

    def _show(self, read: PersonFilesRead) -> None:
        self._page.file.rest()
        if not read.people:
            told = "；".join(why for _, why in read.refused) or "这个文件夹里没有采集表或任免表。请换一个。"
            self._page.file.refuse(told)
            return
        self._page.show_instead(self.view)
        self.view.show_read(read)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._page.file.refuse(str(error))
        else:
            self._page.file.rest()
            self._tasks.failed.emit(error)

    def _unsaved(self) -> str:
        return "表格还没有看完，没有保存" if self.view.isVisible() and self.view.open_count else ""

    def _leave_for(self, key: str) -> None:
        self._page.go_to(FILE)
        self._page.wants_page.emit(key, "")
