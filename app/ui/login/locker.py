"""Locks the window over an open desk, and opens it again for whoever knows a password."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.services.changes import Change
from app.services.desk import Desk, open_desk
from app.services.locking import lock_desk, unlock_desk
from app.services.vault import Opened
from app.ui.login.lock_watch import LockWatch
from app.ui.login.login_cover import LoginCover
from app.ui.program import Program


class Locker(QObject):
    """Lives as long as the program does on this desk."""

    came_back = Signal()
    """The same person; everything is as it was."""
    changed_hands = Signal(object)
    """The Desk of somebody else: the window has to be made anew."""

    def __init__(self, program: Program, desk: Desk) -> None:
        super().__init__(program)
        self._program, self._desk = program, desk
        self._put_away: list[QWidget] = []
        self.cover: LoginCover | None = None
        self.watch = LockWatch(lambda: program.at_work, self)
        self.watch.due.connect(self.lock)
        program.window.lock_wanted.connect(lambda: self.lock("wanted"))
        program.changes.changed.connect(self._follow_office)

    def begin(self) -> None:
        """The desk is in sight now."""
        self.watch.begin(self._minutes(), self._program.window.windowHandle())

    def end(self) -> None:
        self.watch.end()

    def lock(self, why: str) -> None:
        """First nothing is to be seen any more, then what is typed is kept, then the data is closed."""
        if self.cover:
            return
        self.watch.rest()
        self._cover_up()
        self._program.stop_work()
        self._program.keep_drafts()
        self._hide_the_rest()  # work that ended just now may have opened a window
        try:
            lock_desk(self._desk, why)
        finally:
            self._desk_is_left()

    def let_in(self, opened: Opened) -> Desk:
        """Off the window's thread."""
        if opened.uid == self._desk.database.actor.uid:
            return unlock_desk(self._desk, opened)
        return open_desk(self._desk.folder, opened, "window")

    def enter(self, desk: Desk) -> None:
        if desk is not self._desk:
            self.changed_hands.emit(desk)
            return
        self._program.window.uncover()
        self.cover = None
        self._bring_back()
        self.watch.wake()
        self.came_back.emit()

    def _cover_up(self) -> None:
        vault, uid = self._desk.vault, self._desk.database.actor.uid
        self.cover = LoginCover(vault, self._program.tasks, self.let_in, uid, locked=True)
        self.cover.entered.connect(self.enter)
        self._hide_the_rest()
        self._program.window.cover_with(self.cover)
        self._program.window.repaint()
        self.cover.take_focus()

    def _hide_the_rest(self) -> None:
        """Dialogs and lists that stand beside the window show names too."""
        while popup := QApplication.activePopupWidget():
            popup.close()
        beside = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
        found = [each for each in beside if each is not self._program.window]
        self._put_away += found
        for each in found:
            each.hide()

    def _bring_back(self) -> None:
        """Dialogs that were closed meanwhile are gone from the list of all windows."""
        alive = QApplication.topLevelWidgets()
        for each in self._put_away:
            if each in alive:
                each.show()
        self._put_away = []

    def _desk_is_left(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():  # a number copied here must not be pasted by whoever comes next
            clipboard.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _follow_office(self, change: Change) -> None:
        if change.kind == "office":
            self.watch.idle.set_minutes(self._minutes())

    def _minutes(self) -> int | None:
        minutes: int | None = self._desk.office.read().get("idle_minutes")
        return minutes
