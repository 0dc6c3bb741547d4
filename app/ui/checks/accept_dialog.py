"""已核实: why a warning is no fault, in a sentence; the usual ones are one key away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label

USUAL = ("已看档案原件，属实", "已看证件，属实", "已问本人或家属，属实", "原始材料如此，无法补证")
WIDTH = 460
LINES = 3


class AcceptDialog(QDialog):
    """`open()` it; `take` gets the reason and may refuse it with a UserError, which is shown."""

    def __init__(self, about: str, message: str, take: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("已核实")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self._take = take
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("核实的情况，例如“已看档案原件，属实”")
        self.reason.setAccessibleName("核实的情况")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * LINES + 20)
        self.told = label("", "error", wrap=True)
        self.told.hide()
        self.buttons = QDialogButtonBox()
        self.go = push_button("已核实，以后不提示", self._accept, "primary", keys="Ctrl+Return")
        self.go.setDefault(True)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(about, message)

    def _accept(self) -> None:
        try:
            self._take(self.reason.toPlainText())
        except UserError as error:
            self.told.setText(str(error))
            self.told.show()
            self.adjustSize()
            self.reason.setFocus()
        else:
            self.accept()

    def _lay_out(self, about: str, message: str) -> None:
        usual = QGridLayout()
        usual.setSpacing(8)
        for place, sentence in enumerate(USUAL):
            choice = push_button(sentence, partial(self._fill, sentence))
            choice.setAutoDefault(False)
            usual.addWidget(choice, *divmod(place, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(about, "section", wrap=True))
        column.addWidget(label(message, wrap=True))
        column.addWidget(self.reason)
        column.addLayout(usual)
        column.addWidget(label("以后不再提示；这里涉及的内容一改，提示会再出来。", "quiet", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.buttons)

    def _fill(self, sentence: str) -> None:
        self.reason.setPlainText(sentence)
        self.go.setFocus()
