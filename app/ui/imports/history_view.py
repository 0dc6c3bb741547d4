"""导入记录: what was taken in, when and by whom, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.import_history import NAMED, PastImport, Undoing
from app.ui.dialogs import ask
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.tables.text_table import Line, TextTable
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

HEADINGS = ("时间", "文件", "谁导入的", "新增", "变化", "相同", "待定", "状态")
WIDTHS = (140, 330, 110, 70, 70, 70, 70)
EMPTY = "还没有导入过文件。\n导入过的文件都记在这里，导错了可以撤销。"
FINAL = "撤销以前先做一个备份。撤掉的人不进回收站；要找回他们，把这个文件再导入一次。"
MEANS = "撤销会恢复原来的内容、撤掉新增的；原来就在的人不会删，导入以后改过的不动，并说出是谁。"


class HistoryView(QWidget):
    undo_wanted = Signal(object)
    """A PastImport."""
    doubts_wanted = Signal(str)
    failed_wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = Banner()
        self.table = TextTable(HEADINGS, WIDTHS)
        self.table.setObjectName("imports")
        self.empty = EmptyState(EMPTY, "去导入", icon("import", "leaf"))
        self.back = push_button("回到导入", self.left.emit, "quiet")
        self.failed = push_button("没有导入的存成表…", lambda: self.failed_wanted.emit(self._uid))
        self.decide = push_button("去定待定的行", lambda: self.doubts_wanted.emit(self._uid))
        self.undo = push_button("撤销这次导入…", self._want_undo, "danger")
        needs("export", self.failed)
        needs("edit", self.undo, self.decide)
        self._lay_out()
        self.table.moved_to.connect(self._offer)
        self.empty.pressed.connect(self.left)

    def show_history(self, history: Sequence[PastImport]) -> None:
        here = self.table.key.uid if self.table.key else ""
        self.table.show_lines([_line(past) for past in history])
        places = [place for place, past in enumerate(history) if past.uid == here]
        if places:
            self.table.go_to(places[0])
        for widget in (self.table, self.failed, self.decide, self.undo, self.back):
            widget.setVisible(bool(history))
        self.empty.setVisible(not history)
        self._offer(self.table.key)

    def take_focus(self) -> None:
        if self.table.isVisible():
            self.table.setFocus()
        else:
            self.empty.take_focus()

    def ask_about(self, undoing: Undoing, then: Callable[[], object]) -> None:
        """What would be done, and who stays, before anything is."""
        details = f"不动的：{undoing.named}。" if undoing.left else ""
        if undoing.is_empty:
            ask.tell(self, f"“{undoing.file}”写入的，后来都改过或用上了，没有可以撤销的。", details=details)
            return
        question = f"撤销导入“{undoing.file}”？{undoing.sentence}。"
        whole = "\n".join(undoing.left) if len(undoing.left) > NAMED else ""
        ask.confirm(self, question, "撤销这次导入", then, details=f"{details}{FINAL}", whole=whole)

    def tell(self, undone: Undoing) -> None:
        rest = f"不动的：{undone.named}。" if undone.left else ""
        self.told.say("ok", f"“{undone.file}”的导入已经撤销：{undone.sentence}。{rest}")

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        for button in (self.failed, self.decide, self.undo):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(label(MEANS, "quiet", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self.empty.hide()

    def _offer(self, past: PastImport | None) -> None:
        self.undo.setEnabled(past is not None and not past.undone_at)
        self.decide.setEnabled(past is not None and past.waiting > 0)
        self.failed.setEnabled(past is not None and past.not_taken > 0)

    @property
    def _uid(self) -> str:
        return self.table.key.uid if self.table.key is not None else ""

    def _want_undo(self) -> None:
        if self.table.key is not None:
            self.undo_wanted.emit(self.table.key)


def _line(past: PastImport) -> Line:
    at = f"{past.taken_at[:10]} {past.taken_at[11:16]}"
    counts = (past.new, past.changed, past.same, past.doubtful)
    state, tone = _state(past)
    return Line(past, (at, past.file, past.by, *map(str, counts), state), {7: tone})


def _state(past: PastImport) -> tuple[str, str]:
    if past.undone_at:
        return f"↶ {past.undone_at[:10]} 已撤销", "quiet"
    if past.waiting:
        return f"? 还有 {past.waiting} 行待定", "dusk"
    return "✓ 完成", "leaf"
