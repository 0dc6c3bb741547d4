"""From nothing to a window: application, theme, Chinese words, first run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import UserError
from app.paths import has_data, remember_folder
from app.ui import icons, theme
from app.ui.chinese import speak_chinese
from app.ui.dialogs import ask
from app.ui.program import Program

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.ui.dialogs.first_run import FirstRun
    from app.ui.forms.first_run_state import FirstRunAnswers

COULD_NOT_OPEN = 1
FRAME = 16
"""Milliseconds that the screen needs to show what was painted."""


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
        """The window is seen first; what reads the data takes twice as long to load as the window itself."""
        if has_data(folder):
            program = self._window(folder)
            program.window.show()
            FirstPaint(program.window, lambda: self._begin(program, folder))
        else:
            self._ask(folder)

    def _begin(self, program: Program, folder: Path) -> None:
        """Data that cannot be opened gives its sentence, and then the program ends."""
        from app.services.desk import Desk

        try:
            self.desk = Desk(folder)
        except UserError as error:
            program.errors.show(error).finished.connect(lambda: self._application.exit(COULD_NOT_OPEN))
            return
        program.begin(self.desk)

    def close(self) -> None:
        if self.desk:
            self.desk.close()

    def leave_practice(self) -> None:
        """The first run once more, over the practice township; its folder stays as it is."""
        from app.services.practice import own_person
        from app.ui.dialogs.first_run import FirstRun
        from app.ui.forms.first_run_state import PEOPLE

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
        from app.services.desk import Desk

        desk = Desk(answers.folder)
        if not desk.office.is_set:  # a folder carried over from another computer keeps its own office
            desk.office.save(dict(answers.office))
        if answers.start == "practice":
            from app.services.practice import make_practice  # once in the life of a folder

            make_practice(desk, answers.person)
        if self._may_move:
            remember_folder(answers.folder)
        program = self._window(answers.folder)
        self.desk = desk
        program.begin(desk)
        program.window.show()
        if answers.start == "import":
            program.window.open("import", str(answers.workbook or ""))

    def _window(self, folder: Path) -> Program:
        self.program = Program(folder, self._application)
        self.program.own_data_wanted.connect(self.leave_practice)
        return self.program


class FirstPaint(QObject):
    """Acts once, right after the widget was painted for the first time; the widget owns it."""

    def __init__(self, widget: QWidget, act: Callable[[], None]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(FRAME, self._act)
        return False


def folder_beside(folder: Path) -> Path:
    """A folder that is not there yet, next to this one."""
    names = (f"{folder.name}-本单位{number if number > 1 else ''}" for number in count(1))
    return next(place for name in names if not (place := folder.with_name(name)).exists())
