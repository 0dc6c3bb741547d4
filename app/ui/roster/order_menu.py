"""How the list is sorted when no heading was pressed; the printed roster keeps it and says it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.services.roster_order import ORDERS, RosterOrder


class OrderMenu(QMenu):
    chosen = Signal(str)

    def __init__(self, now: RosterOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(self)
        for order in ORDERS.values():
            action = self.addAction(order.title)
            action.setCheckable(True)
            action.setChecked(order == now)
            group.addAction(action)
            action.triggered.connect(lambda _=False, code=order.code: self.chosen.emit(code))
