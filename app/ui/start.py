"""From nothing to a window: application, theme, Chinese words, the login, the first run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import UserError
from app.paths import has_data, has_key, is_half_restored, remember_folder
from app.ui import icons, theme
from app.ui.chinese import speak_chinese
from app.ui.collector import Collector
from app.ui.dialogs import ask
from app.ui.login.stage import Sheet, Stage
from app.ui.program import Program
from app.ui.single_instance import SingleInstance

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.restores import Restored
    from app.services.vault import Opened
    from app.ui.dialogs.first_run import FirstRun
    from app.ui.forms.first_run_state import FirstRunAnswers
    from app.ui.login.door import Door
    from app.ui.login.locker import Locker

RESTORE = ("从备份恢复", "选一份备份，换上它。备份里带着自己的钥匙文件。")
DAMAGED = "数据文件损坏了"
FRAME = 16
"""Milliseconds that the screen needs to show what was painted."""


def start(folder: Path, *, may_move: bool) -> int:
    """Runs until the window is closed; returns the exit code. `may_move` lets the first run choose a folder."""
    made = application()
    opening = Opening(made, may_move=may_move)
    if not opening.open(folder):
        return 0
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
    if made.findChild(Collector) is None:
        Collector(made)
    return made


@dataclass
class Held:
    """What belongs to one open window, and goes with it."""

    program: Program
    instance: SingleInstance | None = None
    desk: Desk | None = None
    locker: Locker | None = None

    def let_go(self) -> None:
        """But not the window: it has been closed, or is about to be."""
        if self.locker:
            self.locker.end()
        if self.desk:
            self.desk.backups.make_on_leaving()
            self.desk.close()
        if self.instance:
            self.instance.let_go()


class Opening(QObject):
    """Opens a data folder: one window for it, the login, and the first run where it holds nothing yet."""

    def __init__(self, made: QApplication, *, may_move: bool) -> None:
        super().__init__()
        self._application, self._may_move = made, may_move
        self._held: Held | None = None
        self._former: Held | None = None
        """The window that goes as soon as the next one has its data."""
        self._import_first: str | None = None
        self.wizard: FirstRun | None = None
        self.door: Door | None = None

    @property
    def program(self) -> Program | None:
        return self._held.program if self._held else None

    @property
    def desk(self) -> Desk | None:
        """None until somebody was let in."""
        return self._held.desk if self._held else None

    @property
    def locker(self) -> Locker | None:
        return self._held.locker if self._held else None

    def open(self, folder: Path) -> bool:
        """The window is seen first; what reads the data takes twice as long to load as the window itself.

        False when another window on the same folder has come to the front instead.
        """
        if is_half_restored(folder) and not self._finish_restore(folder):
            return True
        if not has_data(folder) and not has_key(folder):
            self._ask(folder)
            return True
        instance = SingleInstance(folder, self)
        if not instance.take():
            return self._leave_it_to_the_other(folder, instance)
        self._open_in(instance, folder)
        return True

    def close(self) -> None:
        for held in (self._held, self._former):
            if held:
                held.let_go()

    def _finish_restore(self, folder: Path) -> bool:
        """One that a power cut broke off; False when somebody holds a file, which is said."""
        from app.services.restore_steps import finish

        try:
            finish(folder)
        except UserError as error:
            ask.tell(None, str(error), title="恢复没有做完", then=self._application.quit)
            return False
        return True

    def _open_in(self, instance: SingleInstance, folder: Path) -> None:
        program = self._window(folder, instance)
        program.window.show()
        FirstPaint(program.window, instance.listen)
        FirstPaint(program.window, lambda: self._door(program, folder).knock())

    def _leave_it_to_the_other(self, folder: Path, instance: SingleInstance) -> bool:
        holder = instance.holder
        if not holder.is_elsewhere and instance.call():
            return False
        if holder.is_elsewhere:
            ask.confirm(
                None,
                holder.sentence,
                "那边已经关了，在这里打开",
                lambda: self._take_over(folder, instance),
                safe="不打开",
                otherwise=self._application.quit,
            )
        else:
            ask.tell(None, holder.sentence, then=self._application.quit)
        return True

    def _take_over(self, folder: Path, instance: SingleInstance) -> None:
        if instance.take_over():
            self._open_in(instance, folder)
        else:
            ask.tell(None, instance.holder.sentence, then=self._application.quit)

    def _door(self, program: Program, folder: Path) -> Door:
        from app.ui.login.door import Door

        self.door = Door(program, folder)
        self.door.entered.connect(self._begin)
        self.door.given_up.connect(program.window.leave)
        self.door.restore_wanted.connect(lambda: self._rescue(program, folder, *RESTORE))
        self.door.damaged.connect(lambda told: self._rescue(program, folder, DAMAGED, told))
        self.door.anew_wanted.connect(lambda: self._start_anew(program, folder))
        return self.door

    def _rescue(self, program: Program, folder: Path, title: str, why: str) -> None:
        """Nothing is touched before the user agrees; afterwards the door asks for the password again."""
        from app.services.rescue import Rescue
        from app.ui.backups.rescue_sheet import WIDTH, RescueSheet

        came_in = self.door.came_in if self.door else None
        sheet, stage = RescueSheet(Rescue(folder, came_in), program.tasks, title, why), Stage()
        stage.bring(sheet, WIDTH)
        sheet.given_up.connect(program.window.leave)
        sheet.restored.connect(lambda restored: self._knock_again(program, folder, restored))
        program.window.cover_with(stage)
        sheet.take_focus()

    def _knock_again(self, program: Program, folder: Path, restored: Restored) -> None:
        self._door(program, folder).knock()
        tell_restored(program.window, restored)

    def _open_again(self, restored: Restored) -> None:
        """A backup stands in the place of the data: a new window, and its login."""
        held = self._held
        assert held is not None, "it was restored in a window"
        assert held.desk is not None
        folder, (instance, held.instance) = held.desk.folder, (held.instance, None)
        self._former = held
        program = self._window(folder, instance)
        program.window.show()
        self._retire()
        self._knock_again(program, folder, restored)

    def _start_anew(self, program: Program, folder: Path) -> None:
        """There is no data after all: the first run, and then a window of its own."""
        self._former, self._held = self._held, None
        self._ask(folder)
        program.window.hide()

    def _begin(self, desk: Desk) -> None:
        """The pages on the data, behind the cover; then the cover goes."""
        from app.ui.login.locker import Locker

        held = self._held
        assert held is not None, "somebody enters through a door, and a door stands in a window"
        held.desk = desk
        held.program.begin(desk)
        held.locker = Locker(held.program, desk)
        held.locker.changed_hands.connect(self._change_hands)
        held.program.window.uncover()
        held.locker.begin()
        if self._import_first is not None:
            held.program.window.open("import", self._import_first)
            self._import_first = None

    def _change_hands(self, desk: Desk) -> None:
        """Somebody else has unlocked: nothing of the former window is left for him."""
        held = self._held
        assert held is not None, "a window was locked"
        instance, held.instance = held.instance, None
        self._former = held
        self._window(desk.folder, instance).window.show()
        self._begin(desk)
        self._retire()

    def _retire(self) -> None:
        """The new window stands before the old one goes, or the program would end with it."""
        if self._former:
            former, self._former = self._former, None
            former.let_go()
            former.program.retire()

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
        wizard.answered.connect(self._set_up)
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

    def _set_up(self, answers: FirstRunAnswers) -> None:
        """The data folder as answered, in a window of its own; one that holds data already is just opened."""
        if self._held:
            self._former = self._held
        if self._may_move:
            remember_folder(answers.folder)
        if has_data(answers.folder):
            self._go_over(answers.folder)
            return
        try:
            answers.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            ask.tell(self._parent, f"数据文件夹“{answers.folder}”建不起来，请换一个文件夹或检查权限。")
            return
        self._make(answers)

    def _go_over(self, folder: Path) -> None:
        """From the practice township to a folder that has data: its own login comes first."""
        instance = SingleInstance(folder, self)
        if not instance.take():
            ask.tell(self._parent, instance.holder.sentence)
            return
        self._open_in(instance, folder)
        self._retire()

    def _make(self, answers: FirstRunAnswers) -> None:
        """Making keys, and even more a township, takes a moment: it is done off the window's thread."""
        instance = SingleInstance(answers.folder, self)
        instance.take()
        program = self._window(answers.folder, instance, "正在建立数据，请稍等……")
        program.window.show()
        instance.listen()
        door = self._door(program, answers.folder)

        def made(result: tuple[Desk, Opened]) -> None:
            desk, opened = result
            assert self._held is not None
            self._held.desk = desk
            self._retire()
            if answers.start == "import":
                self._import_first = str(answers.workbook or "")
            door.show_paper(desk, opened.recovery_code, may_wait=True)

        def failed(error: Exception) -> None:
            told = str(error) if isinstance(error, UserError) else "没有做成，请把程序记录发给维护的人。"
            door.say_trouble("数据没有建起来", told, key_file=False)
            if not isinstance(error, UserError):
                program.errors.show(error)

        program.tasks.start("建立数据", lambda _: _made(answers), made, failed)

    @property
    def _parent(self) -> QWidget | None:
        return self.program.window if self.program else None

    def _window(self, folder: Path, instance: SingleInstance | None, doing: str = "正在打开……") -> Program:
        program = Program(folder, self._application)
        program.own_data_wanted.connect(self.leave_practice)
        program.restored.connect(self._open_again)
        self._held = Held(program, instance)
        if instance:
            instance.raise_wanted.connect(program.window.come_forward)
        stage = Stage()
        stage.bring(Sheet("桑榆", doing))
        program.window.cover_with(stage)
        return program


def _made(answers: FirstRunAnswers) -> tuple[Desk, Opened]:
    from app.services.set_up import make_data

    practice_for = answers.person if answers.start == "practice" else None
    return make_data(
        answers.folder, answers.name, answers.password, answers.office, practice_for=practice_for
    )


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


def tell_restored(window: QWidget, restored: Restored) -> None:
    kept = "、".join(path.name for path in restored.kept)
    details = f"原来的文件留在数据文件夹里：{kept}" if kept else ""
    ask.tell(
        window,
        f"已经恢复，共 {restored.content.people:,} 人。请重新登录。",
        details=details,
        title="恢复好了",
    )


def folder_beside(folder: Path) -> Path:
    """A folder that is not there yet, next to this one."""
    names = (f"{folder.name}-本单位{number if number > 1 else ''}" for number in count(1))
    return next(place for name in names if not (place := folder.with_name(name)).exists())
