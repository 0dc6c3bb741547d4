"""Who has no photo: how many, who they are, and the list of them on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.services.exports import Errand, Exports
from app.services.missing_photos import KIND, MissingPhotos
from app.services.paper import PDF, XLSX, Paper
from app.ui.icons import icon
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.rights import needs
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import BigNumber, label


class MissingHead(QWidget):
    show_people = Signal(list)
    said = Signal(str)

    def __init__(self, missing: MissingPhotos, exports: Exports, tasks: Tasks) -> None:
        super().__init__()
        self._missing = missing
        self.outlet = PaperOutlet(exports, tasks, self)
        self.without = BigNumber("缺照（点开看名单）", unit="人")
        self.alive = label("", "quiet")
        self.list = push_button("缺照名单", self._open_menu, icon=icon("print"))
        needs("export", self.list)
        self._lay_out()
        self.without.pressed.connect(self._show_them)
        self.outlet.saved.connect(self._tell_saved)

    def renew(self) -> None:
        self.without.set_number(str(len(self._missing.people())))
        self.alive.setText(f"在世 {self._missing.everybody()} 人")

    def add(self, *widgets: QWidget) -> None:
        """At the right end."""
        for widget in widgets:
            self._line.addWidget(widget)

    def _show_them(self) -> None:
        self.show_people.emit([each.uid for each in self._missing.people()])

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("print"), "打印", self._print_list)
        menu.addAction(icon("export"), "保存为 PDF", self._save_pdf)
        menu.addAction(icon("export"), "保存为表格（.xlsx）", self._save_book)
        menu.popup(self.list.mapToGlobal(self.list.rect().bottomLeft()))

    def _print_list(self) -> None:
        self.outlet.print(KIND, self._paper)

    def _save_pdf(self) -> None:
        self.outlet.save(KIND, self._missing.name + PDF, self._paper)

    def _save_book(self) -> None:
        self.outlet.save(KIND, self._missing.name + XLSX, self._book)

    def _paper(self, _report: object, errand: Errand) -> Paper:
        return self._missing.paper(masked=errand.masked)

    def _book(self, _report: object, errand: Errand) -> Paper:
        return self._missing.book(masked=errand.masked)

    def _tell_saved(self, saved: Saved) -> None:
        self.said.emit(f"已保存到 {saved.path}。{saved.told}")

    def _lay_out(self) -> None:
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self._line.addWidget(self.without)
        self._line.addWidget(self.alive, 0, Qt.AlignmentFlag.AlignBottom)
        self._line.addStretch(1)
        self._line.addWidget(self.list)
