"""The first run: five questions in one window; the answers are acted upon elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.first_run.questions import (
    STARTS,
    FolderQuestion,
    OfficeQuestion,
    PasswordQuestion,
    Question,
    StartQuestion,
)
from app.ui.forms.first_run_state import PEOPLE, TOWNSHIP, FirstRunAnswers, FirstRunState
from app.ui.widgets.buttons import push_button
from app.ui.widgets.scrolled import FollowingScroll
from app.ui.widgets.steps import Steps
from app.ui.widgets.words import label, rule

WORDS = ("哪个乡镇", "谁来用", "数据放哪里", "从哪里开始", "设口令")
FOLDER = 2


class FirstRun(QDialog):
    """Accepted with `answers`, or rejected: then nothing has been written anywhere."""

    answered = Signal(object)
    """FirstRunAnswers, after the last question."""

    def __init__(
        self,
        folder: Path,
        parent: QWidget | None = None,
        *,
        known: Mapping[str, str] | None = None,
        practised_in: Path | None = None,
    ) -> None:
        """`folder` is the one proposed for the data, `known` what the user has told before.

        `practised_in` is the folder of the practice township when the user has done with it.
        """
        super().__init__(parent)
        self.setWindowTitle("欢迎使用桑榆")
        self.setMinimumSize(560, 360)
        room = self.screen().availableSize()
        self.resize(min(680, room.width() - 40), min(640, room.height() - 60))
        self._state = FirstRunState(folder, known, practised_in)
        ways = [way for way in STARTS if way != "practice" or not practised_in]
        self.steps = Steps(WORDS)
        self.questions: list[Question] = [
            OfficeQuestion(
                "您在哪个乡镇？",
                "印在采集表、台账和上报封面上，以后在“设置”里都能改。",
                self._state,
                TOWNSHIP,
            ),
            OfficeQuestion("谁来用？", "表上的填报人、审核人从这里来。", self._state, PEOPLE),
            FolderQuestion(
                "数据放在哪里？",
                "只放在这台电脑上，不联网。花名册、照片、台账都在这一个文件夹里，程序会自己备份，也可以关掉程序后整个拷走。",
                self._state,
            ),
            StartQuestion("从哪里开始？", "选一种，进去以后随时可以导入别的表格。", self._state, ways),
            PasswordQuestion(
                "设一个口令",
                "花名册里有证件号、电话、病情，所以数据是加密的，打开时要输口令。口令只有您知道，谁也查不到。",
                self._state,
            ),
        ]
        self.cancel = push_button("取消", self.reject, "quiet")
        self.back = push_button("上一步", self.go_back)
        self.next = push_button("下一步", self.go_on, "primary")
        self._stack = QStackedWidget()
        self._lay_out()
        for question in self.questions:
            question.answered.connect(self.go_on)
            question.mended.connect(self._show_verb)
        self._go_to(0)

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    @property
    def answers(self) -> FirstRunAnswers:
        return self._state.answers

    def go_on(self) -> None:
        if not self.questions[self.step].check():
            return
        if not self._is_last:
            self._go_to(self.step + 1)
            return
        self.answered.emit(self.answers)
        self.accept()

    def go_back(self) -> None:
        self._go_to(max(0, self.step - 1))

    @property
    def _is_last(self) -> bool:
        """A folder that has data has its own logins: nothing more is asked."""
        return self.step + 1 == len(self.questions) or (self.step == FOLDER and self._state.folder_has_data)

    def _show_verb(self) -> None:
        there = self._is_last and self.step == FOLDER
        self.next.setText("打开这些数据" if there else "开始使用" if self._is_last else "下一步")

    def _go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.go_to(step)
        self.back.setEnabled(step > 0)
        self._show_verb()
        question = self.questions[step]
        question.renew()
        question.take_focus()

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(icons.program_icon().pixmap(32, 32))
        head = QHBoxLayout()
        head.addWidget(picture)
        head.addWidget(label("桑榆", "title"))
        head.addStretch(1)
        head.addWidget(self.steps)
        for question in self.questions:
            question.setProperty("look", "ground")
            self._stack.addWidget(FollowingScroll(question))  # a small screen must not hide the buttons
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        for button in (self.cancel, self.back):
            button.setAutoDefault(False)
        self.next.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
