"""待定: the rows that earlier imports left, decided now, a file after the other."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.services.import_doubts import Decided, Waiting
from app.services.import_preview import PreviewRow
from app.ui.forms.waiting_state import WaitingState
from app.ui.imports.doubt_view import DoubtView
from app.ui.rights import needs
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.secret_edit import SHOWN_FOR
from app.ui.widgets.words import label

EMPTY = "没有待定的行。\n导入时程序不能自己作主、您又没有当场定下的，都会留在这里。"


class WaitingView(QWidget):
    write_wanted = Signal()
    file_wanted = Signal(str)
    """The rows of another file are to be decided."""
    failed_wanted = Signal(str)
    left = Signal()
    show_wanted = Signal(object)
    """The whole numbers of a row are wanted."""

    def __init__(self, state: WaitingState, shown_for: int = SHOWN_FOR) -> None:
        super().__init__()
        self._state = state
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(shown_for)
        self.told = Banner()
        self.files = QComboBox()
        self.files.setAccessibleName("哪个文件")
        self.about = label("", "quiet")
        self.doubts = DoubtView(state)
        self.empty = EmptyState(EMPTY, "回到导入")
        self.back = push_button("回到导入", self.left.emit, "quiet")
        self.failed = push_button("没有导入的存成表…", self._want_failed)
        needs("export", self.failed)
        self.write = push_button("", self.write_wanted.emit, "primary")
        needs("edit", self.write)
        self._lay_out()
        self.files.activated.connect(lambda: self.file_wanted.emit(self.files.currentData()))
        self.empty.pressed.connect(self.left)
        self.doubts.decided.connect(self._show_verb)
        self.doubts.show_wanted.connect(self.show_wanted)
        self._clock.timeout.connect(self.cover)

    def renew(self) -> None:
        """Shows the rows of the file that was just read."""
        self.files.clear()
        for each in self._state.files:
            self.files.addItem(_words(each), each.intake)
        if self._state.file:
            self.files.setCurrentIndex(self.files.findData(self._state.file.intake))
        some = bool(self._state.doubtful)
        for widget in (self.doubts, self.files, self.about, self.failed, self.write, self.back):
            widget.setVisible(some)
        self.empty.setVisible(not some)
        self.doubts.renew()
        self._show_verb()

    def tell(self, done: Decided) -> None:
        said = [f"写入 {done.written} 行"] if done.written else []
        said += [f"不导入 {done.left} 行"] if done.left else []
        said += [f"还有 {done.waiting} 行待定" if done.waiting else "这个文件没有待定的了"]
        self.told.say("ok", "，".join(said) + "。")

    def take_focus(self) -> None:
        if self._state.doubtful:
            self.doubts.take_focus()
        else:
            self.empty.take_focus()

    def go_to_undecided(self) -> bool:
        return bool(self._state.undecided) and self.doubts.go_to_undecided()

    def reveal(self, row: PreviewRow) -> None:
        """Shows the whole numbers of this row for a while, after that was allowed."""
        self._state.revealed = row
        self.doubts.show_again()
        self._clock.start()

    def cover(self) -> None:
        self._clock.stop()
        if self._state.revealed is not None:
            self._state.revealed = None
            self.doubts.show_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()
        self.told.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.files)
        line.addWidget(self.about, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addWidget(self.failed)
        foot.addStretch(1)
        foot.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addLayout(line)
        column.addWidget(self.doubts, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self.empty.hide()

    def _show_verb(self) -> None:
        done, waiting = len(self._state.decisions), len(self._state.undecided)
        self.about.setText(f"还有 {waiting} 行没有定" if waiting else "都定了，点右下角写入")
        self.write.setText(f"照定下的办（{done} 行）" if done else "先定，再写入")
        self.write.setEnabled(done > 0)

    def _want_failed(self) -> None:
        if self._state.file:
            self.failed_wanted.emit(self._state.file.intake)


def _words(waiting: Waiting) -> str:
    by = f"，{waiting.by}导入" if waiting.by else ""
    return f"{waiting.file}（{waiting.taken_at[:10]}{by}，{waiting.rows} 行）"
