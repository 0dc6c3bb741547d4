"""From a data folder to an open desk: which sheet stands over the window, and what comes after it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app import clock
from app.errors import UserError
from app.fields import dates
from app.paths import DATA_FILE
from app.services.desk import Desk, open_desk
from app.services.key_files import put_aside, take_key_file, trouble
from app.services.locking import confirm_clock, later_than_now
from app.services.vault import Opened, Vault
from app.ui.dialogs.files import documents
from app.ui.login.login_cover import LoginCover
from app.ui.login.paper_sheet import WIDTH as PAPER_WIDTH
from app.ui.login.paper_sheet import PaperSheet
from app.ui.login.password_sheet import PasswordSheet
from app.ui.login.sentence_sheet import SentenceSheet, Way
from app.ui.login.stage import Sheet, Stage
from app.ui.program import Program

USUAL = "login/usual"
"""The uid of who was here last; a name would stand in the open."""
CONVERT_WHY = (
    "这个文件夹里的数据是旧版本写的，没有加密，谁拷走都能看。"
    "现在设一个口令，给它加密；内容一条不变，转好后旧文件会抹掉。"
)
NO_KEY, WRONG_KEY = "钥匙文件不见了", "钥匙文件不对"
GONE = "钥匙文件还在，数据文件“{name}”却不见了。它可能被挪走或误删了，请放回来，或者从备份恢复。"


class Door(QObject):
    entered = Signal(object)
    """The Desk, when nothing stands in the way any more. The last sheet is still there."""
    given_up = Signal()
    """The program is to end."""
    restore_wanted = Signal()
    damaged = Signal(str)
    """The sentence about data that no password opens any more; `came_in` has tried."""
    anew_wanted = Signal()
    """There is no data here after all."""

    def __init__(self, program: Program, folder: Path) -> None:
        super().__init__(program)
        self._program, self._folder = program, folder
        self._vault = Vault(folder)
        self.came_in: Opened | None = None
        """Who has given the right password, whether or not the data could be opened then."""

    def knock(self) -> None:
        """Shows what the folder asks for."""
        state = self._vault.state
        if state == "plain":
            self._offer_conversion()
        elif state == "new":
            self._say_gone()
        elif sentence := trouble(self._vault):
            self.say_trouble(NO_KEY if state == "keyless" else WRONG_KEY, sentence)
        else:
            self._ask_who()

    def _say_gone(self) -> None:
        def start_anew() -> None:
            put_aside(self._vault)
            self.anew_wanted.emit()

        ways: list[Way] = [
            ("从备份恢复…", self.restore_wanted.emit),
            ("这里本来没有数据，重新开始", start_anew),
            ("退出", self.given_up.emit),
        ]
        self._bring(SentenceSheet("数据文件不见了", GONE.format(name=DATA_FILE), ways))

    def say_trouble(self, title: str, sentence: str, *, key_file: bool = True) -> None:
        """What no password mends; never without a way on."""
        choose: list[Way] = [("选一个钥匙文件…", self._choose_key_file)] if key_file else []
        ways: list[Way] = [*choose, ("从备份恢复…", self.restore_wanted.emit), ("退出", self.given_up.emit)]
        self._bring(SentenceSheet(title, sentence, ways))

    def show_paper(self, desk: Desk, code: str, *, may_wait: bool) -> None:
        """The recovery sheet, and only then the desk."""
        sheet = PaperSheet(desk, code, self._program.tasks, may_wait=may_wait)
        sheet.finished.connect(lambda: self.enter(desk))
        self._bring(sheet, PAPER_WIDTH)

    def enter(self, desk: Desk) -> None:
        """Remembers who came; a calendar that cannot be right is asked about first."""
        self._program.settings.setValue(USUAL, desk.database.actor.uid)
        newest = later_than_now(desk.database)
        if newest:
            self._ask_about_clock(desk, newest)
        else:
            self.entered.emit(desk)

    def _ask_who(self) -> None:
        usual = str(self._program.settings.value(USUAL) or "")
        cover = LoginCover(self._vault, self._program.tasks, self._let_in, usual)
        cover.entered.connect(self.enter)
        cover.hurt.connect(lambda error: self.damaged.emit(str(error)))
        self._program.window.cover_with(cover)
        cover.take_focus()

    def _let_in(self, opened: Opened) -> Desk:
        self.came_in = opened
        return open_desk(self._folder, opened, "window")

    def _ask_about_clock(self, desk: Desk, newest: str) -> None:
        def go_on() -> None:
            confirm_clock(desk.database, newest)
            self.entered.emit(desk)

        def mend() -> None:
            desk.close()
            self.given_up.emit()

        sentence = (
            f"电脑上今天是 {dates.show(clock.today().isoformat())}，可是桑榆里最近的一笔是 {dates.show(newest)} 记的。"
            "日期不对的话，走访和发放都会记到错的日子上。请看一眼屏幕右下角的日期。"
        )
        ways: list[Way] = [("我去校准，先不打开", mend), ("日期没有错，继续", go_on)]
        self._bring(SentenceSheet("电脑的日期好像不对", sentence, ways))

    def _offer_conversion(self) -> None:
        sheet = PasswordSheet("给数据设一个口令", CONVERT_WHY, "设好口令，开始加密")
        sheet.chosen.connect(lambda _uid, name, password: self._convert(sheet, name, password))
        self._bring(sheet)

    def _convert(self, sheet: PasswordSheet, name: str, password: str) -> None:
        def done(made: tuple[Desk, Opened]) -> None:
            desk, opened = made
            self.show_paper(desk, opened.recovery_code, may_wait=True)

        def failed(error: Exception) -> None:
            sheet.refuse(str(error) if isinstance(error, UserError) else "没有做成，数据没有改动。")
            if not isinstance(error, UserError):
                self._program.tasks.failed.emit(error)

        sheet.work("正在加密并逐行核对，请不要关机……")
        self._program.tasks.start("加密数据", lambda _: self._encrypt(name, password), done, failed)

    def _encrypt(self, name: str, password: str) -> tuple[Desk, Opened]:
        opened = self._vault.convert(name, password)
        return open_desk(self._folder, opened, "window"), opened

    def _choose_key_file(self) -> None:
        dialog = QFileDialog(self._program.window, "选择钥匙文件", documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["钥匙文件 (*.json)", "所有文件 (*)"])
        dialog.fileSelected.connect(lambda chosen: self.take_key_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_key_file(self, chosen: Path) -> None:
        try:
            take_key_file(self._vault, chosen)
        except UserError as error:
            self.say_trouble(WRONG_KEY, str(error))
            return
        self.knock()

    def _bring(self, sheet: Sheet, width: int = 0) -> None:
        """On a stage of its own: what was typed on the former sheet goes with it."""
        stage = Stage()
        stage.bring(sheet, width) if width else stage.bring(sheet)
        self._program.window.cover_with(stage)
        sheet.take_focus()
