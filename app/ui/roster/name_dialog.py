"""One line to type: what something is to be called."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.widgets.line_editor import LineEditor
from app.ui.widgets.words import label


class NameDialog(QDialog):
    """`take` gets the name; what it refuses is said under the line, and the dialog stays."""

    def __init__(
        self,
        title: str,
        hint: str,
        take: Callable[[str], object],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(360, 150)
        self._take = take
        self.line = LineEditor()
        self.line.setAccessibleName("名字")
        self.line.setText(name)
        self.line.selectAll()
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("存下")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        buttons.accepted.connect(self.try_it)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(hint, "quiet", wrap=True))
        column.addWidget(self.line)
        column.addWidget(self._wrong)
        column.addStretch(1)
        column.addWidget(buttons)

    def try_it(self) -> None:
        try:
            self._take(self.line.text())
        except UserError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            self.line.setFocus()
        else:
            self.accept()
