"""Locking the window: nothing is to be seen, nothing is lost, nobody gets at the data without a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QClipboard, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import LockedError
from app.services.cadres import CadreFile
from app.services.users import UserFile
from app.services.vault import Vault
from app.ui.dialogs import ask
from app.ui.login.locker import Locker
from app.ui.login.login_cover import LoginCover
from app.ui.main_window import MainWindow
from app.ui.program import Program
from app.ui.start import Opening
from app.ui.tasks import CancelledError
from tests.desks import ACTOR, KEYS, PASSWORD, desk_of, with_door

OTHER_PASSWORD = "ling-yi-ge-kouling"
WANG = "0c0ffee0-0000-4000-8000-000000000002"


@pytest.fixture
def opening(opening: Opening, tmp_path: Path, qtbot: QtBot) -> Opening:
    """Somebody is at work on data with one person in it."""
    folder = with_door(tmp_path / "桑榆")
    desk = desk_of(folder)
    desk.office.save({"township": "卫城镇", "unit": "卫城镇人民政府", "one_person_reason": "只有一人"})
    desk.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": ";".join(ACTOR.roles)}))
    desk.users.save(UserFile(WANG, {"name": "王建国", "roles": "reader"}))
    desk.cadres.save(CadreFile(values={"name": "周光"}))
    desk.close()
    Vault(folder).set_password(KEYS, WANG, "王建国", OTHER_PASSWORD)
    opening.open(folder)
    qtbot.waitUntil(lambda: isinstance(cover(opening), LoginCover))
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: opening.desk is not None and cover(opening) is None)
    return opening


def program(opening: Opening) -> Program:
    assert opening.program is not None
    return opening.program


def locker(opening: Opening) -> Locker:
    assert opening.locker is not None
    return opening.locker


def cover(opening: Opening) -> object:
    return program(opening).window.cover


def login(opening: Opening) -> LoginCover:
    found = cover(opening)
    assert isinstance(found, LoginCover)
    return found


def log_in(opening: Opening, qtbot: QtBot, password: str = PASSWORD, name: str = ACTOR.name) -> None:
    sheet = login(opening).login
    place = sheet.who.findText(name)
    sheet.who.setCurrentIndex(place)
    sheet.who.activated.emit(place)
    qtbot.keyClicks(sheet.password, password)
    qtbot.keyClick(sheet.password, Qt.Key.Key_Return)


def windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


def last_acts(opening: Opening, count: int) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from app.models.audit import AUDIT_ACT

    assert opening.desk is not None
    with opening.desk.database.reading() as session:
        rows = session.execute(select(AUDIT_ACT.c.act, AUDIT_ACT.c.actor).order_by(AUDIT_ACT.c.seq.desc()))
        return [(act, actor) for act, actor in rows][:count][::-1]


def test_ctrl_l_covers_everything_and_closes_the_data(opening: Opening, qtbot: QtBot) -> None:
    window = program(opening).window
    window.open("roster")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert login(opening).login.state.locked
    assert not window.page("roster").isVisible()
    assert window.windowTitle() == "桑榆"
    assert opening.desk is not None
    with pytest.raises(LockedError):
        opening.desk.cadres.count()


def test_the_same_person_goes_on_where_he_was(opening: Opening, qtbot: QtBot) -> None:
    window = program(opening).window
    window.open("roster")
    roster = window.page("roster")
    roster.panel.draft.form.type_in("former_name", "周广")  # type: ignore[attr-defined]
    former = program(opening)
    window.lock_button.click()
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: cover(opening) is None)
    assert program(opening) is former
    assert window.key == "roster"
    assert roster.panel.draft.form.text("former_name") == "周广"  # type: ignore[attr-defined]
    assert last_acts(opening, 2)[0][0] in ("lock", "keep_draft")
    assert last_acts(opening, 1) == [("unlock", ACTOR.name)]


def test_what_was_typed_is_kept_as_a_draft_too(opening: Opening, qtbot: QtBot) -> None:
    """The power may go while it is locked."""
    window = program(opening).window
    window.open("roster")
    roster = window.page("roster")
    roster.panel.draft.form.type_in("former_name", "周广")  # type: ignore[attr-defined]
    window.lock_button.click()
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: cover(opening) is None)
    assert opening.desk is not None
    assert [draft.about.split(":")[0] for draft in opening.desk.drafts.all()] == ["cadre"]


def test_somebody_else_gets_a_window_of_his_own(opening: Opening, qtbot: QtBot) -> None:
    former = program(opening)
    former.window.open("roster")
    former.window.lock_button.click()
    log_in(opening, qtbot, OTHER_PASSWORD, "王建国")
    qtbot.waitUntil(lambda: program(opening) is not former and cover(opening) is None)
    assert opening.desk is not None
    assert opening.desk.database.actor.name == "王建国"
    assert program(opening).window.who.text() == "王建国"
    assert program(opening).window.key == "today"
    assert program(opening).window in windows()
    qtbot.waitUntil(lambda: len(windows()) == 1)  # the former one goes when the events come to it
    assert last_acts(opening, 1) == [("login", "王建国")]


def test_a_wrong_password_leaves_it_locked(opening: Opening, qtbot: QtBot) -> None:
    program(opening).window.lock_button.click()
    log_in(opening, qtbot, "falsch-falsch")
    qtbot.waitUntil(login(opening).login.problem.isVisible)
    assert opening.desk is not None
    with pytest.raises(LockedError):
        opening.desk.cadres.count()


def test_a_question_that_stands_open_is_put_away_and_comes_back(opening: Opening, qtbot: QtBot) -> None:
    window = program(opening).window
    box = ask.tell(window, "周光的档案有一处要核对")
    window.lock_wanted.emit()
    assert not box.isVisible()
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: cover(opening) is None)
    assert box.isVisible()
    box.done(0)


def test_what_was_copied_here_cannot_be_pasted_afterwards(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QClipboard, "ownsClipboard", lambda _: True
    )  # a platform without a screen never says so
    QApplication.clipboard().setText("529999196607108674")
    program(opening).window.lock_wanted.emit()
    assert QApplication.clipboard().text() == ""


def test_running_work_is_ended_first(opening: Opening) -> None:
    ended: list[str] = []

    def work(report: object) -> None:
        try:
            while True:
                report(0, 0, "")  # type: ignore[operator]
        except CancelledError:
            ended.append("stopped")
            raise

    program(opening).tasks.start("长活", work)
    program(opening).window.lock_wanted.emit()
    assert ended == ["stopped"]


def test_a_page_that_asks_too_late_says_nothing(opening: Opening) -> None:
    program(opening).window.lock_wanted.emit()
    assert program(opening).errors.show(LockedError("数据已经锁定")) is None


def test_nobody_at_the_desk_locks_and_a_key_press_does_not(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = locker(opening).watch
    watch.look()
    assert cover(opening) is None
    now = watch._seconds()
    monkeypatch.setattr(watch, "_seconds", lambda: now + 599)
    watch.eventFilter(watch, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    watch.idle.due(now + 700, at_work=False)
    monkeypatch.setattr(watch._jump, "seen", lambda *_: False)
    monkeypatch.setattr(watch, "_seconds", lambda: now + 700)
    watch.look()
    assert cover(opening) is None
    monkeypatch.setattr(watch, "_seconds", lambda: now + 1200)
    watch.look()
    assert login(opening).login.state.locked
    assert not watch._clock.isActive()


def test_sleep_and_the_lock_of_the_screen_lock_too(opening: Opening) -> None:
    locker(opening).watch._system.on_sleep(begins=True)
    assert login(opening).login.state.locked


def test_the_minutes_of_the_office_hold_at_once(opening: Opening) -> None:
    assert opening.desk is not None
    program(opening).changes.tell(opening.desk.office.save({"idle_minutes": 3}))
    assert locker(opening).watch.idle.minutes == 3


def test_a_locked_window_closes_without_a_word_about_people(opening: Opening, qtbot: QtBot) -> None:
    window = program(opening).window
    window.open("roster")
    window.page("roster").panel.draft.form.type_in("former_name", "周广")  # type: ignore[attr-defined]
    window.lock_wanted.emit()
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not window.isVisible()


def test_ctrl_l_locks_although_a_dialog_is_open(opening: Opening, qtbot: QtBot) -> None:
    box = ask.tell(program(opening).window, "一件要先看的事。")
    qtbot.waitUntil(lambda: box.windowHandle() is not None)
    box.windowHandle().installEventFilter(opening.locker.watch)  # offscreen gives no window the focus
    qtbot.keyClick(box.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program(opening).window.cover is not None
    assert not box.isVisible()
