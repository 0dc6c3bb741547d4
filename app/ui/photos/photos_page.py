"""照片: a folder of photos is taken in as one step; who has none is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.fields.masking import covered
from app.services.changes import Change
from app.services.exports import Exports
from app.services.missing_photos import MissingPhotos
from app.services.photo_intake import PhotoIntake, PhotosFound
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.dialogs.files import PICTURES, FileQuestions, documents
from app.ui.icons import icon
from app.ui.page import PageWidget
from app.ui.photos.missing_head import MissingHead
from app.ui.photos.photo_detail import PhotoDetail
from app.ui.photos.photos_state import PhotosState, Tray
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.looks import set_look

LIST_WIDTH = 330
STANDING = {
    "nobody": ("? 是谁的", "dusk"),
    "asked": ("? 已有照片", "dusk"),
    "twice": ("? 两张同一人", "dusk"),
    "taken": ("✓ 收", "leaf"),
    "left": ("不收", "quiet"),
}
EMPTY = (
    "把装照片的文件夹或照片拖到这里。按文件名里的身份证号或姓名认人，认不出的您来选；\n"
    "收入前可以看裁剪，同名的不猜，已有照片的会问您。"
)
TRAY, NOTHING = range(2)


class PhotosPage(PageWidget):
    """`about` when opened: 'folder' asks for one at once."""

    show_people = Signal(list)
    """The names behind a figure."""

    def __init__(
        self, intake: PhotoIntake, missing: MissingPhotos, exports: Exports, changes: Changes, tasks: Tasks
    ) -> None:
        super().__init__()
        self._state = PhotosState(intake)
        self._changes, self._tasks = changes, tasks
        self._busy = False
        self._questions = FileQuestions(self)
        self.head = MissingHead(missing, exports, tasks)
        self.banner = Banner()
        self.folder = push_button("选文件夹…", self.ask_folder, "primary")
        self.files = push_button("选照片…", self.ask_files)
        self.trays = TextTable(("文件", "谁的", ""), (130, 84))
        self.trays.setAccessibleName("读到的照片")
        self.detail = PhotoDetail(self._state)
        self.empty = EmptyState(EMPTY, "", icon("photo", "leaf"))
        self.give_up = push_button("都不收了", self._give_up, "quiet")
        self.take = push_button("", self.take_all, "primary")
        needs("edit", self.folder, self.files, self.take)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show()

    def opened(self, about: str = "") -> None:
        self.head.renew()
        if about == "folder":
            self.ask_folder()

    def unsaved(self) -> str:
        return "照片还没有收入" if self._state.trays else ""

    def ask_folder(self) -> None:
        self._questions.ask_folder("照片在哪个文件夹", lambda folder: self.look([folder]))

    def ask_files(self) -> None:
        dialog = QFileDialog(self, "选照片，可以多选", documents())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([PICTURES, "所有文件 (*)"])
        dialog.filesSelected.connect(lambda chosen: self.look([Path(each) for each in chosen]))
        dialog.open()

    def look(self, paths: Sequence[Path]) -> None:
        """Reads them off the window's thread; a bad one is named and does not stop the others."""
        if self._busy:
            return
        self.banner.hide()
        self._be_busy(on=True)
        self._tasks.start(
            "读取照片",
            lambda report: self._state.look(paths, report),
            self._show_found,
            self._refuse,
            cancelled=lambda: self._be_busy(on=False),
        )

    def take_all(self) -> None:
        """Ctrl+Enter: everything that is decided, as one step."""
        if not self.take.isEnabled():
            return
        self._be_busy(on=True)
        count = len(self._state.choices)
        self._tasks.start(
            f"收入 {count} 张照片",
            lambda report: self._state.take(report),
            lambda change: self._after_take(count, change),
            self._refuse,
            cancelled=lambda: self._be_busy(on=False),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.folder.isEnabled():
            self.look(paths)

    def _lay_out(self) -> None:
        self.head.add(self.files, self.folder)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._tray())
        self._stack.addWidget(self.empty)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 8, 16, 8)
        inside.setSpacing(8)
        inside.addWidget(self.head)
        inside.addWidget(self.banner)
        inside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self._foot())

    def _tray(self) -> QWidget:
        tray = QWidget()
        line = QHBoxLayout(tray)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.trays.setFixedWidth(LIST_WIDTH)
        line.addWidget(self.trays)
        line.addWidget(self.detail, 1)
        return tray

    def _foot(self) -> QFrame:
        self.foot = QFrame()
        self.foot.setProperty("look", "head")
        line = QHBoxLayout(self.foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.give_up)
        line.addStretch(1)
        line.addWidget(self.take)
        return self.foot

    def _connect(self) -> None:
        self.trays.moved_to.connect(self._go_to)
        self.trays.opened.connect(lambda _place: self.detail.take_focus())
        self.detail.changed.connect(self._renew)
        self.detail.settled.connect(self._go_on)
        self.banner.pressed.connect(self._tell_refused)
        self.head.show_people.connect(self.show_people)
        self.head.said.connect(lambda told: self.banner.say("ok", told))
        self._changes.changed.connect(self._take_change)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take_all)

    def _show_found(self, found: PhotosFound) -> None:
        self._be_busy(on=False)
        self._state.take_up(found)
        if found.refused:
            several = len(found.refused) > 1
            told = f"{len(found.refused)} 个文件没有读入" if several else found.refused[0][1]
            self.banner.say("warning", told, "看原因" if several else "")
        self._show()
        if self._state.trays:
            self.trays.go_to(0)
            self._go_to(0)
            self.detail.take_focus()

    def _show(self) -> None:
        """All pictures anew."""
        has_any = bool(self._state.trays)
        self._stack.setCurrentIndex(TRAY if has_any else NOTHING)
        self.foot.setVisible(has_any)
        set_look(self.folder, look="" if has_any else "primary")
        self.trays.show_lines([self._line(at, tray) for at, tray in enumerate(self._state.trays)])
        self._show_verb()

    def _renew(self) -> None:
        """As many as before: the user stays where he is."""
        if self._state.trays:
            self.trays.texts.replace([self._line(at, tray) for at, tray in enumerate(self._state.trays)])
        self._show_verb()

    def _line(self, at: int, tray: Tray) -> Line:
        word, tone = STANDING[self._state.standing(tray)]
        return Line(at, (covered(tray.photo.path.name), self._state.name(tray), word), {2: tone})

    def _show_verb(self) -> None:
        count, waiting = len(self._state.choices), len(self._state.open_places)
        left = f"（还有 {waiting} 张没定，留在这里）" if waiting and count else ""
        self.take.setText(f"收入 {count} 张{left}" if count else "还没有定下来的照片")
        self.take.setToolTip("Ctrl+Enter")
        self.take.setEnabled(bool(count) and not self._busy)

    def _go_to(self, place: int | None) -> None:
        known = place is not None and 0 <= place < len(self._state.trays)
        self.detail.show_tray(self._state.trays[place] if known and place is not None else None)

    def _go_on(self) -> None:
        """To the next that waits; when none does, to the button."""
        waiting = self._state.open_places
        if not waiting:
            self.take.setFocus()
            return
        following = next((place for place in waiting if place > self.trays.place), waiting[0])
        self.trays.go_to(following)
        self._go_to(following)
        self.detail.take_focus()

    def _after_take(self, count: int, change: Change) -> None:
        self._be_busy(on=False)
        self._state.after_take()
        self._changes.tell(change)
        self._show()
        self.banner.say("ok", f"收入了 {count} 张照片。")
        if self._state.trays:
            self.trays.go_to(0)
            self._go_to(0)

    def _give_up(self) -> None:
        def leave() -> None:
            self._state.clear()
            self._show()

        count = len(self._state.trays)
        ask.confirm(self, f"{count} 张照片都不收了吗？文件本身不受影响。", "都不收了", leave)

    def _take_change(self, change: Change) -> None:
        if change.kind != "cadre":
            return
        if self.isVisible():
            self.head.renew()
        if self._state.trays and not self._busy:
            self._state.read_people()
            self._renew()
            self._go_to(self.trays.place)

    def _tell_refused(self) -> None:
        details = "\n".join(f"· {why}" for _, why in self._state.refused)
        ask.tell(self, "这些文件没有读入，别的照片不受影响。", details=details)

    def _refuse(self, error: Exception) -> None:
        self._be_busy(on=False)
        if isinstance(error, UserError):
            self.banner.say("error", covered(str(error)))
        else:
            self._tasks.failed.emit(error)

    def _be_busy(self, *, on: bool) -> None:
        self._busy = on
        self._stack.setEnabled(not on)
        self._show_verb()
