"""What stands out before writing, each sentence with the names behind its number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.deliveries import Remark
from app.ui.widgets.banner import sign
from app.ui.widgets.buttons import push_button
from app.ui.widgets.names_popup import NamesPopup
from app.ui.widgets.words import label


class RemarkList(QWidget):
    person_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names = NamesPopup(self)
        self._names.chosen.connect(self.person_wanted)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.texts: list[str] = []

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.texts = [remark.text for remark in remarks]
        self._lines = [self._line(remark) for remark in remarks]
        for line in self._lines:
            self._column.addWidget(line)

    def open_names(self, number: int) -> None:
        self._lines[number].findChildren(QPushButton)[0].click()

    @property
    def names(self) -> NamesPopup:
        return self._names

    def _line(self, remark: Remark) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(sign(remark.level), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(remark.text))
        if remark.people:
            row.addWidget(push_button("看名单", lambda: self._open(line, remark), "link"))
        row.addStretch(1)
        return line

    def _open(self, line: QWidget, remark: Remark) -> None:
        rows = [(uid, [name, about]) for uid, name, about in remark.people]
        self._names.open_at(line, remark.text, rows)
