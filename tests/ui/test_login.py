"""From a data folder to its first page: the password, the recovery words, and what no password mends."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import clock
from app.fields.actors import Keys
from app.paths import DATA_FILE, KEY_FILE
from app.services.desk import Desk
from app.services.notes import SHEET_PRINTED_AT
from app.services.vault import Vault
from app.ui.backups.rescue_sheet import RescueSheet
from app.ui.login.login_cover import LoginCover
from app.ui.login.paper_sheet import PaperSheet
from app.ui.login.password_sheet import PasswordSheet
from app.ui.login.recover_sheet import RecoverSheet
from app.ui.login.sentence_sheet import SentenceSheet
from app.ui.login.stage import Sheet, Stage
from app.ui.start import Opening
from tests.desks import ACTOR, KEYS, PASSWORD, cheap_key_file, desk_of, with_door

NEW = "xin-kouling-hen-hao-ji"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data with a door, nobody in it."""
    desk = desk_of(with_door(tmp_path / "桑榆"))
    desk.office.save({"township": "卫城镇", "unit": "卫城镇人民政府"})
    desk.close()
    return tmp_path / "桑榆"


def knock(opening: Opening, folder: Path, qtbot: QtBot) -> Sheet:
    opening.open(folder)
    qtbot.waitUntil(lambda: sheet(opening) is not None)
    return front(opening)


def sheet(opening: Opening) -> Sheet | None:
    """What is asked; None while the program is still opening."""
    cover = opening.program.window.cover if opening.program else None
    found = cover.sheet if isinstance(cover, Stage) else None
    return found if isinstance(found, Sheet) and type(found) is not Sheet else None


def front(opening: Opening) -> Sheet:
    found = sheet(opening)
    assert found is not None
    return found


def cover(opening: Opening) -> LoginCover:
    assert opening.program is not None
    found = opening.program.window.cover
    assert isinstance(found, LoginCover)
    return found


def log_in(opening: Opening, qtbot: QtBot, password: str = PASSWORD) -> None:
    qtbot.keyClicks(cover(opening).login.password, password)
    qtbot.keyClick(cover(opening).login.password, Qt.Key.Key_Return)


def inside(opening: Opening) -> bool:
    return opening.desk is not None and opening.program is not None and opening.program.window.cover is None


def acts(desk: Desk) -> list[str]:
    from sqlalchemy import select

    from app.models.audit import AUDIT_ACT

    with desk.database.reading() as session:
        return list(session.scalars(select(AUDIT_ACT.c.act).order_by(AUDIT_ACT.c.seq)))


def test_the_right_password_opens_the_first_page(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    knock(opening, folder, qtbot)
    assert cover(opening).login.state.name == ACTOR.name
    assert not cover(opening).login.who.isVisible()
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: inside(opening))
    assert opening.program is not None
    assert opening.program.window.key == "today"
    assert opening.program.window.who.text() == ACTOR.name
    assert opening.desk is not None
    assert acts(opening.desk)[-1] == "login"


def test_before_that_nothing_of_the_data_is_to_be_seen(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    knock(opening, folder, qtbot)
    assert opening.program is not None
    window = opening.program.window
    assert window.windowTitle() == "桑榆"
    assert not window.status.isVisible()
    assert not window.search_box.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.key == ""


def test_a_wrong_password_tells_how_often_one_may_try(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    knock(opening, folder, qtbot)
    log_in(opening, qtbot, "falsch-falsch")
    login = cover(opening).login
    qtbot.waitUntil(login.problem.isVisible)
    assert "口令不对" in login.problem.text()
    assert "还可以试 4 次" in login.problem.text()
    assert login.password.selectedText()
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: inside(opening))
    assert opening.desk is not None
    assert acts(opening.desk)[-2:] == ["login_failed", "login"]


def test_nothing_typed_is_not_tried(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    knock(opening, folder, qtbot)
    cover(opening).login.open.click()
    assert cover(opening).login.problem.text() == "× 请先输入口令。"
    assert Vault(folder).tries_left == 5


def test_after_five_wrong_ones_a_clock_runs_down(
    opening: Opening, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    knock(opening, folder, qtbot)
    login = cover(opening).login
    for _ in range(5):
        login.password.clear()
        log_in(opening, qtbot, "falsch-falsch")
        qtbot.waitUntil(lambda: not login.state.busy)
    assert not login.open.isEnabled()
    assert "请等 5 分再试" in login.problem.text() or "4 分 59 秒" in login.problem.text()
    later = clock.now() + dt.timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    login.renew()
    assert login.open.isEnabled()
    assert not login.problem.isVisible()


def test_the_recovery_words_lead_to_a_new_password_and_a_new_sheet(
    opening: Opening, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    key_file, code = cheap_key_file().with_recovery(KEYS)
    (folder / KEY_FILE).write_bytes(key_file.to_bytes())
    login = knock(opening, folder, qtbot)
    login.forgot.click()  # type: ignore[attr-defined]
    words = front(opening)
    assert isinstance(words, RecoverSheet)
    words.words.setPlainText(code.replace(" ", "\n").upper())
    words.open.click()
    qtbot.waitUntil(lambda: isinstance(front(opening), PasswordSheet))
    asked = front(opening)
    assert isinstance(asked, PasswordSheet)
    asked.password.first.setText(NEW)
    asked.password.second.setText(NEW)
    asked.go.click()
    qtbot.waitUntil(lambda: isinstance(front(opening), PaperSheet), timeout=10_000)
    paper = front(opening)
    assert isinstance(paper, PaperSheet)
    assert not paper.done.isVisible()  # it must be on paper first
    qtbot.waitUntil(paper.save.isEnabled, timeout=10_000)
    paper.save_to(tmp_path / "恢复单.pdf")
    assert (tmp_path / "恢复单.pdf").read_bytes().startswith(b"%PDF")
    paper.done.click()
    qtbot.waitUntil(lambda: inside(opening))
    assert opening.desk is not None
    assert opening.desk.notes.get(SHEET_PRINTED_AT)
    assert Vault(folder).unlock(NEW).uid == ACTOR.uid
    assert {"recovery", "password", "recovery_sheet"} <= set(acts(opening.desk))


def test_words_that_do_not_fit_stay_to_be_mended(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    key_file, _ = cheap_key_file().with_recovery(KEYS)
    (folder / KEY_FILE).write_bytes(key_file.to_bytes())
    login = knock(opening, folder, qtbot)
    login.forgot.click()  # type: ignore[attr-defined]
    words = front(opening)
    assert isinstance(words, RecoverSheet)
    words.words.setPlainText("春天 月亮")
    words.open.click()
    qtbot.waitUntil(words.problem.isVisible)
    assert words.words.toPlainText() == "春天 月亮"
    words.back.click()
    assert front(opening) is login


def test_a_damaged_key_file_gives_its_sentence_and_ways_on(
    opening: Opening, folder: Path, qtbot: QtBot, ended: list[int]
) -> None:
    (folder / KEY_FILE).write_text("{", encoding="utf-8")
    told = knock(opening, folder, qtbot)
    assert isinstance(told, SentenceSheet)
    assert KEY_FILE in told.why.text()
    assert [way.text() for way in told.ways] == ["选一个钥匙文件…", "从备份恢复…", "退出"]


def test_the_key_file_of_other_data_is_told_before_any_password(
    opening: Opening, folder: Path, qtbot: QtBot
) -> None:
    (folder / KEY_FILE).write_bytes(cheap_key_file(Keys.new()).to_bytes())
    told = knock(opening, folder, qtbot)
    assert isinstance(told, SentenceSheet)
    assert "另一份数据" in told.why.text()


def test_a_key_file_that_was_lost_is_put_back(opening: Opening, folder: Path, qtbot: QtBot) -> None:
    kept = folder.parent / "备份的钥匙.json"
    (folder / KEY_FILE).replace(kept)
    told = knock(opening, folder, qtbot)
    assert isinstance(told, SentenceSheet)
    assert "不在数据文件夹里" in told.why.text()
    assert opening.door is not None
    opening.door.take_key_file(kept)
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: inside(opening))


def test_damaged_data_gives_its_sentence_and_stays_as_it_is(
    opening: Opening, folder: Path, qtbot: QtBot
) -> None:
    content = (folder / DATA_FILE).read_bytes()
    damaged = content[:20] + bytes(2000) + content[2020:]
    (folder / DATA_FILE).write_bytes(damaged)
    knock(opening, folder, qtbot)
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: isinstance(front(opening), RescueSheet))
    assert "损坏" in front(opening).why.text()
    assert (folder / DATA_FILE).read_bytes() == damaged


def test_a_calendar_that_went_back_is_asked_about_once(
    opening: Opening, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - dt.timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    monkeypatch.setattr(clock, "today", earlier.date)
    knock(opening, folder, qtbot)
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: isinstance(front(opening), SentenceSheet))
    asked = front(opening)
    assert isinstance(asked, SentenceSheet)
    assert f"{earlier:%Y.%m.%d}" in asked.why.text()
    asked.ways[1].click()
    qtbot.waitUntil(lambda: inside(opening))
    assert opening.desk is not None
    assert acts(opening.desk)[-1] == "clock_back"


def test_a_calendar_that_is_to_be_set_right_ends_the_program(
    opening: Opening, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - dt.timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    knock(opening, folder, qtbot)
    log_in(opening, qtbot)
    qtbot.waitUntil(lambda: isinstance(front(opening), SentenceSheet))
    asked = front(opening)
    assert isinstance(asked, SentenceSheet)
    asked.ways[0].click()
    assert opening.program is not None
    assert not opening.program.window.isVisible()
