"""From nothing to a window: application, theme, Chinese words, first run."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.paths import remember_folder
from app.services.desk import Desk, has_data
from app.ui import icons, theme
from app.ui.chinese import speak_chinese
from app.ui.forms.first_run_state import FirstRunAnswers
from app.ui.program import Program


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
        self._wizard: QObject | None = None
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

    def _ask(self, folder: Path) -> None:
        from app.ui.dialogs.first_run import FirstRun

        wizard = FirstRun(folder)
        wizard.answered.connect(self._set_up)
        wizard.rejected.connect(self._application.quit)
        wizard.show()
        self._wizard = wizard

    def _set_up(self, answers: FirstRunAnswers) -> None:
        """The data folder as answered, then the window."""
        desk = Desk(answers.folder)
        desk.office.save(dict(answers.office))
        if answers.start == "practice":
            from app.services.practice import make_practice  # once in the life of a folder

            make_practice(desk)
        if self._may_move:
            remember_folder(answers.folder)
        program = self._show(desk)
        if answers.start == "import":
            program.window.open("import", str(answers.workbook or ""))

    def _show(self, desk: Desk) -> Program:
        self.desk = desk
        self.program = Program(desk, self._application)
        self.program.window.show()
        return self.program
