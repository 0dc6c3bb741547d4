"""The card of coming birthdays: day, name, age, one line a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.ui.today.day import Birthday
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.words import BigNumber, label


class BirthdayCard(Card):
    opened = Signal()
    person_wanted = Signal(str)
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("近期生日")
        self.verb = self.add_button(push_button("给他们记走访", self.pressed.emit))
        self.number = BigNumber("15 天以内，公历农历都算", unit="人")
        self.number.setToolTip("点开看名单")
        self.calm = label("✓ 近 15 天没有人过生日；档案里只有年月、没有日的算不进来", "ok", wrap=True)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(4)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(2, 1)
        self.add(self.number)
        self.add(self.calm)
        self.body.addWidget(self._area(), 1)
        self.number.pressed.connect(self.opened)

    def show_birthdays(self, birthdays: Sequence[Birthday]) -> None:
        self.number.set_number(str(len(birthdays)))
        self.number.setEnabled(bool(birthdays))
        self.verb.setEnabled(bool(birthdays))
        self.calm.setVisible(not birthdays)
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, birthday in enumerate(birthdays):
            self._show_line(row, birthday)
        self._lines.setRowStretch(len(birthdays), 1)

    def _show_line(self, row: int, birthday: Birthday) -> None:
        name = push_button(birthday.name, lambda: self.person_wanted.emit(birthday.uid), "link")
        name.setToolTip(f"打开 {birthday.name} 的档案")
        self._lines.addWidget(label(birthday.when, "" if birthday.soon else "quiet"), row, 0)
        self._lines.addWidget(name, row, 1)
        what = ElidedLabel(birthday.what)
        what.setProperty("look", "quiet")
        self._lines.addWidget(what, row, 2)

    def _area(self) -> QScrollArea:
        ground = QWidget()
        ground.setLayout(self._lines)
        ground.setProperty("look", "ground")
        area = scrolled(ground)
        area.viewport().setAutoFillBackground(False)
        return area
