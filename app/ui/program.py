"""The window with all its pages on one data folder, wired together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Signal
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
    restored = Signal(object)
    """Restored: a backup stands in the place of the data, and everything in the window is of before."""

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
        from app.ui.reminding import Reminding
        from app.ui.wiring.around import Around

        self._desk = desk
        self.around = Around(desk, self.window, self.changes, self.tasks, self.settings)
        self.reminding = Reminding(desk, self.window, self)
        self.reminding.sheet_wanted.connect(self._print_recovery)
        self.window.who.setText(desk.database.actor.name)
        self.window.permit(desk.may)
        self._show_state()
        self._keep_safe()
        self.window.open(self.keys[0])
        self.reminding.show()
        self._offer_way_back()

    def _offer_way_back(self) -> None:
        from app.ui.history.undoing import Undoing

        self.undoing = Undoing(self._desk.undo, self.window, self.changes, self._desk.may)

    def _keep_safe(self) -> None:
        """What goes on by itself as long as the desk is open."""
        from app.ui.backups.rounds import BackupRounds
        from app.ui.checkpoints import Checkpoints

        desk = self._desk
        self.checkpoints = Checkpoints(desk.checkpoint, self.changes, self.tasks, self)
        self.rounds = BackupRounds(desk.backups, desk.stick_backups, self.changes, self.tasks, self)
        self.rounds.says.connect(self.window.say)
        self.rounds.failed.connect(self.window.say)
        self.rounds.made.connect(self.reminding.renew)
        self.rounds.begin()
        self.reminding.renew()

    @property
    def at_work(self) -> bool:
        """Whether something runs that nobody wants to be cut off."""
        return any(task.matters for task in self.tasks.running)

    def stop_work(self) -> None:
        """Returns when nothing runs any more; what was finished meanwhile has been shown."""
        self.tasks.stop_all()
        self.tasks.wait()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)

    def keep_drafts(self) -> None:
        """A page that cannot does not keep the others from it, nor the data from being locked."""
        for page in self.window.made_pages:
            try:
                page.keep_draft()
            except Exception as error:  # noqa: BLE001 - shown and logged where all errors are
                self.errors.raised.emit(error)

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
            Page("check", "数据体检", "ok", self._check, hint="查错、审核、采集进度、重复的人"),
            Page("papers", "表格与台账", "forms", self._papers, hint="填采集表，印台账"),
            Page("delivery", "上报", "send", self._delivery, hint="写上报包到 U 盘"),
            Page(
                "import",
                "导入",
                "import",
                self._import,
                foot=True,
                hint="读入花名册、台账、发放表",
                right="edit",
            ),
            Page("settings", "设置", "settings", self._settings_page, foot=True, hint="单位、经办人、外观"),
            Page("help", "帮助", "help", self._help, foot=True, hint="怎么用"),
        ]

    def _connect(self) -> None:
        self.errors.catch_all()
        self.tasks.failed.connect(self.errors.show)
        self.changes.changed.connect(self._on_change)
        self.window.search_typed.connect(self._search_roster)
        self.window.status.backup_pressed.connect(lambda: self.window.open("settings", "backups"))
        self.window.add_shortcut("F1", lambda: self.window.open("help"))

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self._desk.search.renew()
        self.reminding.look_for_backup()
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
        self.reminding.show()

    def _print_recovery(self) -> None:
        from app.services.recovery import new_recovery

        self.show_recovery_sheet(new_recovery(self._desk))

    def _search_roster(self, text: str) -> None:
        if text:
            self.window.open("roster")
            self.window.search_box.setText(text)

    def _today(self) -> QWidget:
        from app.services.waiting import waiting
        from app.ui.pages.today_page import TodayPage

        desk, around = self._desk, self.around
        page = TodayPage(desk.today, desk.office, self.changes, self.tasks, lambda: waiting(desk))
        page.show_people.connect(around.show_people)
        page.complete.connect(around.show_people)
        page.record_visits.connect(around.go("visits", "new"))
        page.sign.connect(around.go("payments"))
        page.import_wanted.connect(around.go("import"))
        page.deliver_wanted.connect(around.go("delivery"))
        page.settings_wanted.connect(around.go("settings"))
        page.reminder_pressed.connect(self.reminding.act)
        return page

    def _roster(self) -> QWidget:
        from app.ui.wiring.roster import roster_page

        return roster_page(self.around)

    def _visits(self) -> QWidget:
        from app.ui.wiring.ledgers import visits_page

        return visits_page(self.around)

    def _payments(self) -> QWidget:
        from app.ui.wiring.ledgers import payments_page

        return payments_page(self.around)

    def _check(self) -> QWidget:
        from app.ui.wiring.checks import check_page

        return check_page(self.around)

    def _papers(self) -> QWidget:
        from app.ui.wiring.ledgers import papers_page

        return papers_page(self.around)

    def _delivery(self) -> QWidget:
        from app.ui.wiring.ledgers import delivery_page

        return delivery_page(self.around)

    def _import(self) -> QWidget:
        from app.ui.wiring.ledgers import import_page

        return import_page(self.around)

    def _settings_page(self) -> QWidget:
        from app.ui.pages.settings_page import SettingsPage
        from app.ui.wiring.settings import settings_sections

        sections = settings_sections(self.around, self._backups, self._users)
        page = SettingsPage(self._desk.office, self.look, self._desk.folder, self.changes, sections)
        page.own_data_wanted.connect(self._leave_practice)
        return page

    def _backups(self) -> QWidget:
        from app.ui.backups.restoring import Restoring
        from app.ui.pages.backups_page import BackupsPage

        page = BackupsPage(self._desk, self.tasks)
        restoring = Restoring(self.window, self.tasks, self.stop_work, self)
        restoring.restored.connect(self.restored)
        page.restore_wanted.connect(lambda backup, keys: restoring.run(self._desk.restores, backup, keys))
        page.changed.connect(self.reminding.renew)
        page.changed.connect(self.rounds.look_for_sticks)
        self.rounds.made.connect(page.renew)
        return page

    def _users(self) -> QWidget:
        from app.ui.login.users_view import UsersView

        view = UsersView(self._desk, self.changes, self.tasks)
        view.paper_wanted.connect(self.show_recovery_sheet)
        view.said.connect(self.window.say)
        return view

    def show_recovery_sheet(self, code: str) -> None:
        """Over the whole window, until it is on paper: its words are kept nowhere."""
        from app.ui.login.paper_sheet import WIDTH, PaperSheet
        from app.ui.login.stage import Stage

        sheet, stage = PaperSheet(self._desk, code, self.tasks, may_wait=True), Stage()
        stage.bring(sheet, WIDTH)
        sheet.finished.connect(self.window.uncover)
        sheet.finished.connect(self._show_state)
        self.window.cover_with(stage)
        sheet.take_focus()

    def _help(self) -> QWidget:
        from app.ui.pages.help_page import HelpPage

        return HelpPage()
