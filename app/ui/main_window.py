"""The window: rail, head, pages, status line. It knows pages only by the list it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.dialogs import ask
from app.ui.history.undo_bar import UndoBar
from app.ui.page import Page, PageWidget
from app.ui.rights import REFUSALS, May
from app.ui.status_line import StatusLine
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.toast import SECONDS, Toast
from app.ui.widgets.words import label

TITLE = "桑榆"
RAIL_WIDTH = 92
FIRST_SIZE = QSize(1280, 700)
LEAST_SIZE = QSize(860, 440)
SHORTCUT_PAGES = 9
WayBack = Callable[[], tuple[str, Callable[[], object]] | None]


class MainWindow(QMainWindow):
    search_typed = Signal(str)
    """What the head's search box holds, when the page in front does not search by itself."""
    lock_wanted = Signal()

    def __init__(self, pages: Sequence[Page], settings: QSettings, tasks: Tasks) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(LEAST_SIZE)
        self._pages = {page.key: page for page in pages}
        self._made: dict[str, QWidget] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._settings = settings
        self._tasks = tasks
        self._leaving = False
        self._may: May = lambda _: True
        self._key = ""
        self._searched: dict[str, str] = {}
        """What each page was last asked for: the box says what the page in front shows."""
        self.search_box = SearchField("搜索：姓名、拼音首字母、证件尾号、电话（Ctrl+F）")
        self.status = StatusLine(tasks)
        self.undo_bar = UndoBar()
        self.way_back: WayBack = lambda: None
        """What stands beside a word of a page, such as 撤销."""
        self.who = label("", "quiet")
        self.lock_button = push_button("锁定", self.lock_wanted.emit, "quiet", icons.icon("lock", "quiet"))
        self.lock_button.setToolTip("离开座位时锁上，回来输口令接着做（Ctrl+L）")
        self._stack = QStackedWidget()
        self._shortcuts: list[QShortcut] = []
        self._ground = self._build(pages)
        self._layers = QStackedWidget()
        self._layers.addWidget(self._ground)
        self.setCentralWidget(self._layers)
        self.toasts = Toast(self._ground, self.lock_button)
        self._connect(pages)
        self._restore_place()
        self._stack.setFocus()

    def permit(self, may: May) -> None:
        """What the one who is logged in may do; before the first page is made."""
        self._may = may
        for page in self._pages.values():
            if page.right and not may(page.right):
                self._buttons[page.key].setEnabled(False)
                self._buttons[page.key].setToolTip(REFUSALS[page.right])

    @property
    def key(self) -> str:
        """The page in front."""
        return self._key

    def page(self, key: str) -> QWidget:
        """The page itself, made now if nobody has opened it yet."""
        if key not in self._made:
            widget = self._pages[key].factory()
            self._made[key] = widget
            self._stack.addWidget(widget)
            if isinstance(widget, PageWidget):
                widget.permit(self._may)
                widget.wants_page.connect(self.open)
                widget.says.connect(self._say_for_page)
                widget.search_dropped.connect(self.search_box.clear)
        return self._made[key]

    def open(self, key: str, about: str = "") -> None:
        """Brings a page to the front; `about` tells it what to show."""
        right = self._pages[key].right
        if right and not self._may(right):
            self.say(REFUSALS[right])
            return
        page = self.page(key)
        if key != self._key:
            told = self.search_box.blockSignals(True)
            self.search_box.setText(self._searched.get(key, ""))
            self.search_box.blockSignals(told)
        self._key = key
        self._buttons[key].setChecked(True)
        self._stack.setCurrentWidget(page)
        self._show_title()
        if isinstance(page, PageWidget):
            page.opened(about)

    def come_forward(self) -> None:
        """Somebody has started the program once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def say(
        self, text: str, verb: str = "", act: Callable[[], object] | None = None, seconds: int = SECONDS
    ) -> None:
        """A word at the foot that goes away by itself, with one way back such as 撤销."""
        self.toasts.say(text, verb, act, seconds)

    def _say_for_page(self, text: str) -> None:
        self.say(text, *(self.way_back() or ()))

    @property
    def made_pages(self) -> list[PageWidget]:
        """Those that somebody has opened."""
        return [page for page in self._made.values() if isinstance(page, PageWidget)]

    @property
    def cover(self) -> QWidget | None:
        """What stands over the whole window; None when the pages are to be seen."""
        return self._layers.currentWidget() if self._layers.currentWidget() is not self._ground else None

    def cover_with(self, cover: QWidget) -> None:
        """Hides rail, pages and their names behind it; keys and pages are dead until `uncover`."""
        self.uncover()
        self._layers.addWidget(cover)
        self._layers.setCurrentWidget(cover)
        self._wake(on=False)

    def uncover(self) -> None:
        """The cover goes for good."""
        if cover := self.cover:
            self._layers.setCurrentWidget(self._ground)
            self._layers.removeWidget(cover)
            cover.deleteLater()
            self._wake(on=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and not self.cover and (losses := self.losses):
            event.ignore()
            ask.confirm(
                self,
                "现在退出会丢掉没有保存的内容",
                "不保存，退出",
                self.leave,
                details="\n".join(losses),
                safe="留下来",
            )
            return
        self._settings.setValue("window/place", self.saveGeometry())
        self._settings.sync()
        self._tasks.stop_all()
        self._tasks.wait()
        event.accept()

    @property
    def losses(self) -> list[str]:
        """A sentence for each thing that would be lost if the window closed now."""
        return [sentence for page in self.made_pages if (sentence := page.unsaved())] + [
            f"“{task.title}”还没有做完，会停在这里" for task in self._tasks.running if task.matters
        ]

    def leave(self) -> None:
        """Closes without asking."""
        self._leaving = True
        self.close()

    def _build(self, pages: Sequence[Page]) -> QWidget:
        ground = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head())
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._rail(pages))
        line.addLayout(right, 1)
        return ground

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("look", "head")
        self.search_box.setMaximumWidth(460)
        self.search_box.setMinimumWidth(260)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        line.addWidget(self.search_box, 1)
        line.addWidget(self.undo_bar)
        line.addStretch(1)
        line.addWidget(self.who)
        line.addWidget(self.lock_button)
        return head

    def _rail(self, pages: Sequence[Page]) -> QWidget:
        rail = QFrame()
        rail.setProperty("look", "rail")
        rail.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        for page in (page for page in pages if not page.foot):
            column.addWidget(self._rail_button(page), 1)
        column.addStretch(3)
        for page in (page for page in pages if page.foot):
            column.addWidget(self._rail_button(page), 1)
        return rail

    def _rail_button(self, page: Page) -> QToolButton:
        button = QToolButton()
        button.setText(page.title)
        button.setIcon(icons.icon(page.icon))
        button.setIconSize(QSize(22, 22))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        button.setMaximumHeight(64)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoExclusive(True)
        button.setToolTip(page.hint or page.title)
        button.setObjectName(f"rail_{page.key}")
        button.clicked.connect(lambda: self.open(page.key))
        self._buttons[page.key] = button
        return button

    def _connect(self, pages: Sequence[Page]) -> None:
        for place, page in enumerate(pages[:SHORTCUT_PAGES], start=1):
            self.add_shortcut(f"Alt+{place}", partial(self.open, page.key))
            button = self._buttons[page.key]
            button.setToolTip(f"{button.toolTip()}（Alt+{place}）")
        for keys in ("Ctrl+K", "Ctrl+F"):
            self.add_shortcut(keys, self.search_box.take_focus)
        self.add_shortcut("Ctrl+L", self.lock_wanted.emit)
        self.search_box.asked.connect(self._search)
        self.search_box.returnPressed.connect(self._take_search)
        self.search_box.moved_down.connect(self._take_search)

    def add_shortcut(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)
        self._shortcuts.append(shortcut)

    def _wake(self, *, on: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)
        self._show_title()

    def _show_title(self) -> None:
        """No page and no name is told while the window is covered."""
        page = self._pages[self._key].title if self._key and not self.cover else ""
        self.setWindowTitle(f"{page} – {TITLE}" if page else TITLE)

    def _search(self, text: str) -> None:
        page = self._made[self._key]
        if isinstance(page, PageWidget) and page.search(text):
            self._searched[self._key] = text
        else:
            self.search_typed.emit(text)

    def _take_search(self) -> None:
        page = self._made[self._key]
        if isinstance(page, PageWidget):
            page.take_search()

    def _restore_place(self) -> None:
        """The kept place, if it is still on a screen; else a size that fits the one there is."""
        kept = self._settings.value("window/place")
        if isinstance(kept, QByteArray) and self.restoreGeometry(kept):
            return
        room = QApplication.primaryScreen().availableGeometry()
        self.resize(FIRST_SIZE.boundedTo(room.size()))
        if room.width() <= FIRST_SIZE.width() + 160:
            self.setWindowState(Qt.WindowState.WindowMaximized)
