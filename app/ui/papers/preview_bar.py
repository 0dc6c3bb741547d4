"""The line above the pages: which page, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.ui.icons import icon
from app.ui.widgets.buttons import tool_button
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.words import label

NUMBER_WIDTH = 44


class PreviewBar(QWidget):
    """Steers one PdfView; `add` takes what stands at the right end."""

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self._view = view
        self.back = tool_button(icon("chevron_left"), "上一页", lambda: view.go_to(view.page - 1))
        self.number = QLineEdit()
        self.number.setFixedWidth(NUMBER_WIDTH)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName("第几页")
        self.count = label()
        self.on = tool_button(icon("chevron_right"), "下一页", lambda: view.go_to(view.page + 1))
        self.smaller = tool_button(icon("zoom_out"), "缩小（Ctrl -）", view.zoom_out)
        self.zoom = label()
        self.larger = tool_button(icon("zoom_in"), "放大（Ctrl +）", view.zoom_in)
        self.whole_width = tool_button(icon("fit_width"), "适合宽度（Ctrl 0）", lambda: self._fit("width"))
        self.whole_page = tool_button(icon("fit_page"), "显示整页（Ctrl 9）", lambda: self._fit("page"))
        self._steering = (
            self.back, self.number, self.count, self.on, self.smaller, self.zoom, self.larger,
            self.whole_width, self.whole_page,
        )  # fmt: skip
        self._lay_out()
        view.page_changed.connect(lambda _: self.renew())
        view.zoom_changed.connect(lambda _: self.renew())
        self.number.editingFinished.connect(self._go)
        self.renew()

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._line.addWidget(widget)

    def show_steering(self, *, on: bool) -> None:
        for widget in self._steering:
            widget.setVisible(on)

    def renew(self) -> None:
        view = self._view
        self.number.setText(str(view.page + 1 if view.pages else 0))
        self.count.setText(f"/ {view.pages} 页")
        self.zoom.setText(f"{view.zoom:.0%}")
        self.back.setEnabled(view.page > 0)
        self.on.setEnabled(view.page + 1 < view.pages)

    def _lay_out(self) -> None:
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("100%") + 8)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in self._steering:
            if widget is self.smaller:
                self._line.addSpacing(16)
            self._line.addWidget(widget)
        self._line.addStretch(1)

    def _fit(self, way: str) -> None:
        self._view.set_fit("width" if way == "width" else "page")
        self._view.setFocus()

    def _go(self) -> None:
        typed = self.number.text().strip()
        if typed.isdigit():
            self._view.go_to(int(typed) - 1)
        self.renew()
