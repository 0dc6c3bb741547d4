"""The foot of the window: whose data, how many people, what is safe, what is running."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from app.ui.tasks import Task, Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label


class StatusLine(QFrame):
    backup_pressed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "status")
        self._township = label()
        self._people = label()
        self._saved = label()
        self._export = label()
        self.backup = push_button("", self.backup_pressed.emit, "link")
        self.backup.setToolTip("打开“备份与恢复”")
        self.backup.hide()
        self._reminder = Tag("", "warning")
        self._reminder.hide()
        self._practice = Tag("练习", "warning")
        self._practice.setToolTip("这是练习镇的虚构数据，随便改，不影响真实资料")
        self._practice.hide()
        self._work = _RunningTask()
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 2, 16, 2)
        line.setSpacing(24)
        line.addWidget(self._practice)
        line.addWidget(self._township)
        line.addWidget(self._people)
        line.addStretch()
        line.addWidget(self._work)
        line.addWidget(self._reminder, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._export)
        line.addWidget(self.backup)
        line.addWidget(self._saved)
        self.setMinimumHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        tasks.started.connect(self._work.follow)

    def set_township(self, name: str) -> None:
        self._township.setText(name)

    def set_people(self, count: int) -> None:
        self._people.setText(f"{count:,} 人")

    def set_saved(self, when: str) -> None:
        """`when` as it is read: '14:03'."""
        self._saved.setText(f"已保存 {when}" if when else "")

    def set_export(self, text: str) -> None:
        """Such as '上次上报 11月20日'."""
        self._export.setText(text)

    def set_backup(self, text: str) -> None:
        """Such as '上次备份 14:03'."""
        self.backup.setText(text)
        self.backup.setVisible(bool(text))

    def set_reminder(self, text: str, hint: str = "") -> None:
        """Something that should not be forgotten, such as '恢复单还没有印'; '' takes it away."""
        self._reminder.setText(text)
        self._reminder.setToolTip(hint)
        self._reminder.setVisible(bool(text))

    def set_practice(self, *, on: bool) -> None:
        self._practice.setVisible(on)


class _RunningTask(QWidget):
    """The newest task: what it does, how far it is, and 停止."""

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._what = label()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        stop = push_button("停止", self._stop, "link")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._what, self._bar, stop):
            line.addWidget(widget)
        self.hide()

    def follow(self, task: Task) -> None:
        self._task = task
        self._what.setText(task.title)
        self._bar.setRange(0, 0)
        task.progressed.connect(self._show)
        task.ended.connect(self._end)
        self.show()

    def _show(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(what)

    def _end(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self.hide()

    def _stop(self) -> None:
        if self._task:
            self._what.setText("正在停止……")
            self._task.stop()
