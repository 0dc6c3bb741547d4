"""Choosing whose papers are to be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.people import Person
from app.ui.forms.people_choice import PeopleChoice
from app.ui.forms.people_picker import PeoplePicker
from app.ui.widgets.buttons import push_button


class ChoosePeople(QDialog):
    """`chosen` brings the uids in the order of the roster."""

    chosen = Signal(list)

    def __init__(
        self,
        people: Sequence[Person],
        find: Callable[[str], list[str]],
        ticked: Iterable[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("选人")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = PeopleChoice(people, find, set(ticked))
        self.picker = PeoplePicker(self.choice, ("village", "kind", "treatment"))
        self.take = push_button("就选这些人", self._take, "primary")
        leave = push_button("取消", self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.picker, 1)
        column.addLayout(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the search field must not press 清空
        self.picker.changed.connect(self._weigh)
        self.resize(460, 560)
        self._weigh()

    def _weigh(self) -> None:
        self.take.setEnabled(bool(self.choice.ticked))

    def _take(self) -> None:
        self.chosen.emit([person.uid for person in self.choice.chosen])
        self.accept()
