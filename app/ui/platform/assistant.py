"""对照录入: a narrow window above all others, in the order of the platform's form.

One key puts the next value into the clipboard. A press of the mouse does too, and can leave the cursor in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.fields.masking import covered
from app.services.changes import Change
from app.services.platform_typing import CellLine, PlatformTyping
from app.services.reveals import Reveals
from app.ui import theme
from app.ui.changes import Changes
from app.ui.forms.assistant_state import AssistantState
from app.ui.icons import icon
from app.ui.platform.cell_list import CellList
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.words import label

WIDTH, HEIGHT, EDGE = 330, 680, 32
ALL_DONE = "这个人都录好了。"
KEYS = "空格：复制下一栏　↓：跳过\n回车：录好了，复制再下一栏"


class Assistant(QWidget):
    """Stays above the browser; the keys work while it has the cursor."""

    closed = Signal()

    def __init__(
        self,
        typing: PlatformTyping,
        reveals: Reveals,
        people: list[tuple[str, str]],
        changes: Changes,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("对照录入")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._changes = changes
        self.state = AssistantState(typing, people)
        self.numbers = WholeNumbers(reveals, self)
        self.platform = QComboBox()
        self.platform.addItems(self.state.platforms)
        self.name = label("", "title")
        self.standing = label("", "quiet", wrap=True)
        self.before = tool_button(icon("chevron_left"), "上一个人", lambda: self._go(-1))
        self.after = tool_button(icon("chevron_right"), "下一个人", lambda: self._go(1))
        self.only_changed = QCheckBox("只录改过的栏")
        self.leaves_cursor = QCheckBox("用鼠标点时，光标留在浏览器里")
        self.cells = CellList()
        self.current = label("", "section", wrap=True)
        self.copy = push_button("复制这一栏", self.take, "primary")
        self.done = push_button("录好了，复制下一栏", self.go_on)
        self.said = label("", "small", wrap=True)
        self._lay_out()
        self._connect()
        self._show()

    def come(self) -> None:
        """To the right edge of the screen, with the cursor, ready for the first key."""
        room = self.screen().availableGeometry()
        self.resize(theme.scaled(WIDTH), min(HEIGHT, room.height() - EDGE))
        self.move(room.right() - self.width() - EDGE, room.top() + EDGE)
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()

    def take(self) -> None:
        """The cell in hand into the clipboard."""
        line = self.state.line
        if line is None:
            return
        if line.cell.is_secret and line.text:
            self.numbers.copy(self.state.name, line.cell.name, line.text)
        else:
            QGuiApplication.clipboard().setText(line.text)
            self.said.setText(f"“{line.cell.name}”已复制，到平台里粘贴（Ctrl+V）")
        self.state.copied = True
        self._show_current()

    def go_on(self) -> None:
        """Ticks the cell in hand and copies the next one."""
        if change := self.state.tick():
            self._changes.tell(change)
        self._show()
        self.take()

    def skip(self) -> None:
        self.state.skip()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self._next,
            Qt.Key.Key_Return: self.go_on,
            Qt.Key.Key_Enter: self.go_on,
            Qt.Key.Key_Down: self.skip,
            Qt.Key.Key_PageDown: partial(self._go, 1),
            Qt.Key.Key_PageUp: partial(self._go, -1),
            Qt.Key.Key_Escape: self.close,
        }
        if act := acts.get(event.key()):
            act()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        """The same key again and again: copy, then tick and copy the next."""
        if self.state.copied:
            self.go_on()
        else:
            self.take()

    def _go(self, by: int) -> None:
        self.state.go_to(self.state.place + by)
        self._show()

    def _take_cell(self, at: int) -> None:
        self.state.take(at)
        self._show()

    def _tick(self, at: int, on: bool) -> None:
        if on:
            self.state.take(at)
            change: Change | None = self.state.tick()
        else:
            change = self.state.untick(at)
        if change:
            self._changes.tell(change)
        self._show()

    def _use(self, platform: str) -> None:
        self.state.use(platform)
        self._show()

    def _narrow(self, on: bool) -> None:
        self.state.only_changed = on
        if not on or self.state.go_to_changed():
            self.state.read()
        self._show()

    def _leave_cursor(self, on: bool) -> None:
        """The window then takes presses only: what was copied is pasted at once where the cursor is."""
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, on)
        self.show()

    def _on_change(self, change: Change) -> None:
        if change.kind in {"cadre", "typed_in"} and change.is_about(self.state.uid):
            self.state.renew()
            self._show()

    def _show(self) -> None:
        state = self.state
        self.name.setText(state.name)
        self.setWindowTitle(f"对照录入 {state.place + 1} / {len(state.people)}")
        self.standing.setText(self._told())
        self.before.setEnabled(state.place > 0)
        self.after.setEnabled(state.place + 1 < len(state.people))
        self.cells.show_lines(state.lines, state.at)
        self._show_current()

    def _show_current(self) -> None:
        line = self.state.line
        self.current.setText(_shown(line) if line else ALL_DONE)
        for button in (self.copy, self.done):
            button.setEnabled(line is not None)

    def _told(self) -> str:
        standing = self.state.standing
        changed = f"，{standing.changed} 栏录入后又改过" if standing.changed else ""
        return f"已录 {standing.typed} / {standing.total} 栏{changed}"

    def _connect(self) -> None:
        self.platform.textActivated.connect(self._use)
        self.only_changed.toggled.connect(self._narrow)
        self.leaves_cursor.toggled.connect(self._leave_cursor)
        self.cells.chosen.connect(self._take_cell)
        self.cells.ticked.connect(self._tick)
        self.numbers.said.connect(self.said.setText)
        self._changes.changed.connect(self._on_change)

    def _lay_out(self) -> None:
        for part in (
            self.platform,
            self.only_changed,
            self.leaves_cursor,
            self.copy,
            self.done,
            self.before,
            self.after,
        ):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(self.before)
        head.addWidget(self.name, 1)
        head.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        self.platform.setVisible(self.platform.count() > 1)
        column.addWidget(self.platform)
        column.addLayout(head)
        column.addWidget(self.standing)
        column.addWidget(self.only_changed)
        column.addWidget(self.leaves_cursor)
        column.addWidget(self.cells, 1)
        column.addWidget(self.current)
        column.addWidget(self.copy)
        column.addWidget(self.done)
        column.addWidget(self.said)
        column.addWidget(label(KEYS, "small", wrap=True))


def _shown(line: CellLine) -> str:
    text = covered(line.text) if line.text else "（空）"
    return f"{line.cell.name}：{text}"
