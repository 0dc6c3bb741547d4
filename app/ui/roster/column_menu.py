"""The menu of columns: which set, which columns of it, and back to how it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.fields.spec import RecordType
from app.ui.roster.column_sets import ALWAYS, COLUMNS, ColumnSets


class ColumnMenu(QMenu):
    """Stays open while columns are ticked."""

    changed = Signal()
    freeze_wanted = Signal(bool)
    below_wanted = Signal(bool)

    def __init__(
        self,
        sets: ColumnSets,
        record: RecordType,
        *,
        frozen: bool,
        below: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sets = sets
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, on, wanted in (
            ("姓名一列固定不动", frozen, self.freeze_wanted),
            ("档案放在名单下面", below, self.below_wanted),
        ):
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(on)
            action.toggled.connect(wanted)
        back = self.addAction(f"“{sets.in_use}”恢复原来的列")
        back.setEnabled(sets.is_own)
        back.triggered.connect(self._reset)
        self.addSeparator()
        for name in COLUMNS:
            if name != ALWAYS:
                self._add(name, record.field(name).label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def _add(self, name: str, label: str) -> None:
        action = self.addAction(label)
        action.setCheckable(True)
        action.setChecked(name in self._sets.shown)
        action.toggled.connect(lambda _: self._switch(name))

    def _switch(self, name: str) -> None:
        self._sets.switch(name)
        self.changed.emit()

    def _reset(self) -> None:
        self._sets.reset()
        self.changed.emit()
