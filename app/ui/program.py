"""The window with all its pages on one data folder, wired together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app import clock
from app.services.changes import Change
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.errors import Errors
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.page import Page
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.desk import Desk

SETTINGS_FILE = "界面设置.ini"


class Program(QObject):
    """Holds what lives as long as the window: settings, tasks, changes, errors."""

    own_data_wanted = Signal()
    """The user has practised enough."""

    def __init__(self, folder: Path, application: QApplication) -> None:
        """The window without a page: it can be seen before the data, and all that reads it, is loaded."""
        super().__init__()
        self._desk: Desk
        self.settings = QSettings(str(folder / SETTINGS_FILE), QSettings.Format.IniFormat)
        self.look = Look(application, self.settings)
        self.look.apply()
        self.changes = Changes()
        self.tasks = Tasks(self)
        pages = self._pages()
        self.keys = [page.key for page in pages]
        self.window = MainWindow(pages, self.settings, self.tasks)
        self.errors = Errors(folder, self.window)
        self._connect()

    def begin(self, desk: Desk) -> None:
        """Opens the first page on the data."""
        self._desk = desk
        self._show_state()
        self.window.open(self.keys[0])

    def retire(self) -> None:
        """Closes the window without asking; nothing is held any more."""
        self.window.leave()
        self.window.deleteLater()
        self.deleteLater()

    def _leave_practice(self) -> None:
        """Nothing is left half done in the practice township."""
        if losses := self.window.losses:
            ask.tell(self.window, "请先保存或放弃没有做完的，再换成自己的数据。", details="\n".join(losses))
        else:
            self.own_data_wanted.emit()

    def _pages(self) -> list[Page]:
        return [
            Page("today", "今天", "today", self._today, hint="今天要做的事"),
            Page("roster", "花名册", "roster", self._roster, hint="找人、看档案、改档案"),
            Page("visits", "走访", "visit", self._visits, hint="走访台账"),
            Page("payments", "发放", "payment", self._payments, hint="慰问金和补助"),
            Page("papers", "表格与台账", "forms", self._papers, hint="填采集表，印台账"),
            Page("delivery", "上报", "send", self._delivery, hint="写上报包到 U 盘"),
            Page("import", "导入", "import", self._import, foot=True, hint="读入花名册、台账、发放表"),
            Page("settings", "设置", "settings", self._settings_page, foot=True, hint="单位、经办人、外观"),
            Page("help", "帮助", "help", self._help, foot=True, hint="怎么用"),
        ]

    def _connect(self) -> None:
        self.errors.catch_all()
        self.tasks.failed.connect(self.errors.show)
        self.changes.changed.connect(self._on_change)
        self.window.search_typed.connect(self._search_roster)
        QShortcut(QKeySequence("F1"), self.window).activated.connect(lambda: self.window.open("help"))

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._desk.search.renew()
        self.window.status.set_saved(f"{clock.now():%H:%M}")
        self._show_state()

    def _show_state(self) -> None:
        status, profile = self.window.status, self._desk.office.read()
        status.set_township(profile.get("township") or "还没有填写单位")
        status.set_practice(on=bool(profile.get("practice")))
        status.set_people(self._desk.cadres.count())
        last = self._desk.today.last_delivery()
        status.set_export(
            f"上次上报 {last.written_at[5:10].replace('-', '月')}日" if last else "还没有上报过"
        )

    def _search_roster(self, text: str) -> None:
        if text:
            self.window.open("roster")
            self.window.search_box.setText(text)

    def _go(self, key: str, verb: str = "") -> Callable[[object], None]:
        """Opens a page on what a signal carries: nothing, a text, or a list of uids."""

        def go(about: object = "") -> None:
            told = " ".join(about) if isinstance(about, list) else str(about or "")
            self.window.open(key, f"{verb} {told}".strip())

        return go

    def _show_people(self, uids: list[str]) -> None:
        """The names behind a figure, on the roster."""
        self.window.open("roster", " ".join(["only", *uids]))

    def _today(self) -> QWidget:
        from app.ui.pages.today_page import TodayPage

        page = TodayPage(self._desk.today, self._desk.office, self.changes, self.tasks)
        page.show_people.connect(self._show_people)
        page.complete.connect(self._show_people)
        page.record_visits.connect(self._go("visits", "new"))
        page.sign.connect(self._go("payments"))
        page.import_wanted.connect(self._go("import"))
        page.deliver_wanted.connect(self._go("delivery"))
        page.settings_wanted.connect(self._go("settings"))
        return page

    def _roster(self) -> QWidget:
        from app.ui.pages.roster_page import RosterPage

        desk = self._desk
        page = RosterPage(
            desk.cadres,
            desk.search,
            desk.drafts,
            desk.pictures,
            desk.visits,
            desk.payments,
            self.changes,
            self.tasks,
            self.settings,
        )
        page.import_wanted.connect(self._go("import"))
        page.visit_wanted.connect(self._go("visits", "new"))
        page.payment_wanted.connect(self._go("payments", "new"))
        page.export_wanted.connect(self._go("papers", "roster"))
        return page

    def _visits(self) -> QWidget:
        from app.ui.pages.visits_page import VisitsPage

        desk = self._desk
        page = VisitsPage(desk.visits, desk.cadres, desk.search, desk.pictures, self.changes)
        page.print_wanted.connect(self._go("papers", "visits"))
        page.import_wanted.connect(self._go("import"))
        return page

    def _payments(self) -> QWidget:
        from app.ui.pages.payments_page import PaymentsPage

        desk = self._desk
        page = PaymentsPage(desk.payments, desk.cadres, desk.search, self.changes)
        page.print_wanted.connect(self._go("papers", "sign-off"))
        page.import_wanted.connect(self._go("import"))
        return page

    def _import(self) -> QWidget:
        from app.ui.pages.import_page import ImportPage

        page = ImportPage(self._desk.imports, self._desk.cadres, self.changes, self.tasks)
        page.left.connect(self._go("roster"))
        return page

    def _papers(self) -> QWidget:
        from app.ui.pages.papers_page import PapersPage

        desk = self._desk
        return PapersPage(
            desk.printing,
            desk.visits,
            desk.payments,
            desk.cadres,
            desk.search,
            self.changes,
            self.tasks,
        )

    def _delivery(self) -> QWidget:
        from app.ui.pages.delivery_page import DeliveryPage

        return DeliveryPage(self._desk.deliveries, self._desk.printing, self.changes, self.tasks)

    def _settings_page(self) -> QWidget:
        from app.ui.pages.settings_page import SettingsPage

        page = SettingsPage(self._desk.office, self.look, self._desk.folder, self.changes)
        page.own_data_wanted.connect(self._leave_practice)
        return page

    def _help(self) -> QWidget:
        from app.ui.pages.help_page import HelpPage

        return HelpPage()
