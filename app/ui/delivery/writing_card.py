"""The last step: the button, then how far the writing is, then what went wrong if something did."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.icons import icon
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import label


class WritingCard(Card):
    write_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.write = push_button("写入上报包", self.write_wanted.emit, "primary", icon("send", "on_leaf"))
        self.hint = label("", "quiet", wrap=True)
        self.what = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = push_button("停止", self.stop_wanted.emit)
        self.banner = Banner()
        self._ready = _row(self.write, self.hint)
        self._busy = _row(self.what, self.bar, self.stop)
        self.add(self.banner)
        self.add(self._ready)
        self.add(self._busy)
        self.wait()

    def wait(self) -> None:
        """For the user to begin."""
        self._ready.show()
        self._busy.hide()

    def begin(self) -> None:
        self.banner.hide()
        self._ready.hide()
        self._busy.show()
        self.stop.setEnabled(True)
        self.show_progress(0, 0, "正在准备")

    def show_progress(self, done: int, total: int, what: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.what.setText(f"{what}（{done} / {total}）" if total else f"{what}…")

    def show_stopping(self) -> None:
        self.stop.setEnabled(False)
        self.what.setText("正在停止，收回写了一半的文件…")


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    for widget in widgets:
        line.addWidget(widget, 1 if isinstance(widget, QProgressBar) else 0)
    if not any(isinstance(widget, QProgressBar) for widget in widgets):
        line.addStretch(1)
    return row
