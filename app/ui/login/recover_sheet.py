"""The words of the recovery sheet instead of a password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from app.ui.login.stage import Sheet
from app.ui.widgets.buttons import push_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.words import label

WHY = (
    "拿出装在信封里的那张“恢复单”，把上面的词照着打进来。"
    "汉字、拼音都行，中间空格、换行都不要紧。没有恢复单，请找管理员给您换一个口令；您就是管理员的，没有别的办法。"
)
EMPTY = "请先把恢复单上的词打进来。"
LINES = 4


class RecoverSheet(Sheet):
    tried = Signal(str)
    """What was typed."""
    given_up = Signal()

    def __init__(self, number: str) -> None:
        """`number` is that of the data, as it stands on the sheet."""
        super().__init__("用恢复单打开", WHY)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("恢复词")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * LINES + 20)
        self.words.installEventFilter(self)
        self.problem = label("", "error", wrap=True)
        self.open = push_button("打开", self.try_it, "primary")
        self.back = push_button("返回", self.given_up.emit, "quiet")
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addWidget(self.open, 1)
        for part in (
            label(f"恢复词（数据编号 {number}，和单子上的对一对）", "quiet"),
            self.words,
            self.problem,
        ):
            self.body.addWidget(part)
        self.body.addSpacing(8)
        self.body.addLayout(foot)
        self.words.textChanged.connect(lambda: self._say(""))
        self._say("")

    def try_it(self) -> None:
        typed = self.words.toPlainText().strip()
        if not typed:
            self.refuse(EMPTY)
            return
        self._set_busy(on=True)
        self.tried.emit(typed)

    def refuse(self, sentence: str) -> None:
        """What is typed stays: one word mended is quicker than all typed again."""
        self._set_busy(on=False)
        self._say(sentence)
        self.words.setFocus()

    def forget(self) -> None:
        self._set_busy(on=False)
        self.words.clear()

    def take_focus(self) -> None:
        self.words.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens; Shift+Enter begins a line."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.try_it()
            return True
        return False

    def _set_busy(self, *, on: bool) -> None:
        self.open.setEnabled(not on)
        self.open.setText("正在核对……" if on else "打开")

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"× {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        set_look(self.words, problem="E" if sentence else "")
