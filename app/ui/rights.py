"""What the one who is logged in may not do is shut, and says why. The services refuse anyway."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.fields.acts import Right

May = Callable[[Right], bool]
NEEDS = "needs"
REFUSALS: Mapping[Right, str] = {
    "edit": "您的角色只能看，不能改。要改的，请找填报的人。",
    "review": "审定由审核的人来做。",
    "export": "您的角色不能打印和导出。",
    "manage": "这件事由管理员来做。",
    "settings": "您的角色不能改单位设置。",
}


def needs(right: Right, *widgets: QWidget) -> None:
    """Says of buttons and forms what they are for; `shut_in` shuts them where that is not allowed."""
    for widget in widgets:
        widget.setProperty(NEEDS, right)


def shut_in(page: QWidget, may: May) -> None:
    """Everything on the page that needs a right which is not there."""
    for widget in page.findChildren(QWidget):
        right = widget.property(NEEDS)
        if right and not may(right):
            _Shut(widget, REFUSALS[right])


class _Shut(QObject):
    """Keeps a widget shut, whatever the page thinks of it; lives as long as it."""

    def __init__(self, widget: QWidget, refusal: str) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.setEnabled(False)
        widget.setToolTip(refusal)
        widget.setAccessibleDescription(refusal)
        widget.setProperty(NEEDS, None)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and self._widget.isEnabled():
            self._widget.setEnabled(False)
        return False
