"""From nothing to a window: application, theme, Chinese words, first run."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from app.paths import has_data, remember_folder
from app.services.desk import Desk
from app.ui import icons, theme
from app.ui.chinese import speak_chinese
from app.ui.dialogs import ask
from app.ui.forms.first_run_state import PEOPLE, FirstRunAnswers
from app.ui.program import Program

if TYPE_CHECKING:
    from app.ui.dialogs.first_run import FirstRun


def start(folder: Path, *, may_move: bool) -> int:
    """Runs until the window is closed; returns the exit code. `may_move` lets the first run choose a folder."""
    made = application()
    opening = Opening(made, may_move=may_move)
    opening.open(folder)
    code = made.exec()
    opening.close()
    return code


def application() -> QApplication:
    """The one QApplication, in Chinese and in our theme."""
    made = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(made, QApplication)
    made.setApplicationName("桑榆")
    made.setDesktopFileName("sangyu")
    speak_chinese(made)
    theme.apply(made)
    made.setWindowIcon(icons.program_icon())
    return made


class Opening(QObject):
    """Opens a data folder, after the four questions of the first run where it holds nothing yet."""

    def __init__(self, made: QApplication, *, may_move: bool) -> None:
        super().__init__()
        self._application, self._may_move = made, may_move
        self.wizard: FirstRun | None = None
        self.desk: Desk | None = None
        self.program: Program | None = None

    def open(self, folder: Path) -> None:
        """Raises UserError when the data cannot be opened."""
        if has_data(folder):
            self._show(Desk(folder))
        else:
            self._ask(folder)

    def close(self) -> None:
        if self.desk:
            self.desk.close()

    def leave_practice(self) -> None:
        """The first run once more, over the practice township; its folder stays as it is."""
        from app.services.practice import own_person
        from app.ui.dialogs.first_run import FirstRun

        assert self.desk is not None, "there is a township to leave"
        assert self.program is not None
        practised_in = self.desk.folder
        known = own_person(self.desk.office.read(), PEOPLE)
        wizard = FirstRun(
            folder_beside(practised_in), self.program.window, known=known, practised_in=practised_in
        )
        wizard.answered.connect(self._replace)
        wizard.finished.connect(wizard.deleteLater)
        wizard.open()
        self.wizard = wizard

    def _ask(self, folder: Path) -> None:
        from app.ui.dialogs.first_run import FirstRun

        wizard = FirstRun(folder)
        wizard.answered.connect(self._set_up)
        wizard.rejected.connect(self._application.quit)
        wizard.show()
        self.wizard = wizard

    def _replace(self, answers: FirstRunAnswers) -> None:
        """The new window stands before the old one goes, or the program would end with it."""
        desk, program = self.desk, self.program
        try:
            self._set_up(answers)
        except UserError as error:
            ask.tell(program.window if program else None, str(error))
            return
        if program and desk:
            program.retire()
            desk.close()

    def _set_up(self, answers: FirstRunAnswers) -> None:
        """The data folder as answered, then the window."""
        desk = Desk(answers.folder)
        desk.office.save(dict(answers.office))
        if answers.start == "practice":
            from app.services.practice import make_practice  # once in the life of a folder

            make_practice(desk, answers.person)
        if self._may_move:
            remember_folder(answers.folder)
        program = self._show(desk)
        if answers.start == "import":
            program.window.open("import", str(answers.workbook or ""))

    def _show(self, desk: Desk) -> Program:
        self.desk = desk
        self.program = Program(desk, self._application)
        self.program.own_data_wanted.connect(self.leave_practice)
        self.program.window.show()
        return self.program


def folder_beside(folder: Path) -> Path:
    """A folder that is not there yet, next to this one."""
    names = (f"{folder.name}-本单位{number if number > 1 else ''}" for number in count(1))
    return next(place for name in names if not (place := folder.with_name(name)).exists())
