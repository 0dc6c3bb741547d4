"""A backup in the place of the data: from the page, at the door, and after a power cut."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.exchange.drives import Drive
from app.paths import DATA_FILE, KEY_FILE, RESTORING
from app.services import rescue as rescue_service
from app.services.backup_note import Backup
from app.services.cadres import CadreFile
from app.services.changes import Change
from app.services.restore_steps import PLAN, plan_bytes
from app.services.stick_backups import FOLDER
from app.ui.backups.rescue_sheet import RescueSheet
from app.ui.forms.rescue_state import NO_SECRET
from app.ui.login.login_cover import LoginCover
from app.ui.login.sentence_sheet import SentenceSheet
from app.ui.login.stage import Stage
from app.ui.pages.backups_page import BackupsPage
from app.ui.pages.settings_page import SettingsPage
from app.ui.pages.today_page import TodayPage
from app.ui.start import Opening
from tests.desks import PASSWORD, desk_of, with_door


@pytest.fixture(autouse=True)
def drives(monkeypatch: pytest.MonkeyPatch) -> list[Drive]:
    """What is plugged in."""
    plugged: list[Drive] = []
    monkeypatch.setattr(rescue_service.Rescue.__init__, "__defaults__", (None, lambda: list(plugged)))
    return plugged


@pytest.fixture
def folder(practice_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(practice_folder, tmp_path / "桑榆")
    return with_door(tmp_path / "桑榆")


@pytest.fixture
def backup(folder: Path) -> Backup:
    """One person fewer than in the data."""
    with closing(desk_of(folder)) as desk:
        made = desk.backups.make("关闭时")
        desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    return made


def cover(opening: Opening) -> object:
    return opening.program.window.cover if opening.program else None


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=20_000)


def at_the_login(opening: Opening) -> bool:
    return isinstance(cover(opening), LoginCover)


def log_in(opening: Opening, qtbot: QtBot) -> None:
    until(qtbot, lambda: at_the_login(opening))
    login = cover(opening).login  # type: ignore[attr-defined]
    login.password.setText(PASSWORD)
    login.open.click()


def inside(opening: Opening) -> bool:
    return opening.desk is not None and cover(opening) is None


def sheet(opening: Opening) -> RescueSheet:
    stage = cover(opening)
    assert isinstance(stage, Stage)
    assert isinstance(stage.sheet, RescueSheet)
    return stage.sheet


def has_sheet(opening: Opening) -> bool:
    stage = cover(opening)
    return isinstance(stage, Stage) and isinstance(stage.sheet, RescueSheet)


def boxes() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def press(word: str) -> None:
    next(button for button in boxes()[-1].buttons() if button.text() == word).click()


def page(opening: Opening) -> BackupsPage:
    assert opening.program is not None
    opening.program.window.open("settings", "backups")
    settings = opening.program.window.page("settings")
    assert isinstance(settings, SettingsPage)
    found = settings.section("backups")
    assert isinstance(found, BackupsPage)
    return found


def damage(folder: Path) -> bytes:
    path = folder / DATA_FILE
    path.write_bytes(path.read_bytes()[:16] + bytes(4080) + path.read_bytes()[4096:])
    return path.read_bytes()


def people(opening: Opening) -> int:
    assert opening.desk is not None
    return opening.desk.cadres.count()


def test_from_the_page_back_to_the_login_and_in_again(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    former = opening.program
    assert people(opening) == backup.content.people + 1
    shown = page(opening)
    shown.back.click()
    press("恢复到这一份")
    until(qtbot, lambda: opening.program is not former and at_the_login(opening))
    assert boxes()[-1].text() == f"已经恢复，共 {backup.content.people:,} 人。请重新登录。"
    assert "before-restore" in boxes()[-1].informativeText()
    press("知道了")
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    assert people(opening) == backup.content.people


def test_a_backup_that_is_not_whole_leaves_everything_as_it_is(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    content = bytearray(backup.file.read_bytes())
    content[9000] ^= 1
    backup.file.write_bytes(content)
    page(opening).back.click()
    press("恢复到这一份")
    until(qtbot, lambda: bool(boxes()) and "已经损坏" in boxes()[-1].text())
    press("知道了")
    assert inside(opening)
    assert people(opening) == backup.content.people + 1


def test_damaged_data_is_met_by_the_last_good_backup(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    broken = damage(folder)
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: has_sheet(opening))
    shown = sheet(opening)
    assert shown.title.text() == "数据文件损坏了"
    assert shown.state.chosen == backup
    assert not shown.secret.isVisible(), "the password was given a moment ago"
    assert (folder / DATA_FILE).read_bytes() == broken
    shown.go.click()
    until(qtbot, lambda: at_the_login(opening))
    assert any(path.read_bytes() == broken for path in folder.glob(f"{DATA_FILE}.damaged-*"))
    press("知道了")
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    assert people(opening) == backup.content.people


def test_whoever_does_not_agree_keeps_the_damaged_file(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    broken = damage(folder)
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: has_sheet(opening))
    shown = sheet(opening)
    assert opening.program is not None
    with qtbot.waitSignal(shown.given_up, timeout=5000):
        shown.leave.click()
    assert (folder / DATA_FILE).read_bytes() == broken
    assert not list(folder.glob("*damaged*"))


def test_data_that_is_gone_is_fetched_from_a_stick(
    opening: Opening, folder: Path, backup: Backup, drives: list[Drive], tmp_path: Path, qtbot: QtBot
) -> None:
    stick = Drive("桑榆盘", tmp_path / "stick", 1 << 33, 1 << 33, "vfat", read_only=False)
    (tmp_path / "stick" / FOLDER).mkdir(parents=True)
    backup.path.rename(stick.path / FOLDER / backup.name)
    (folder / DATA_FILE).unlink()
    opening.open(folder)
    until(
        qtbot, lambda: isinstance(cover(opening), Stage) and isinstance(cover(opening).sheet, SentenceSheet)
    )  # type: ignore[attr-defined]
    next(way for way in cover(opening).sheet.ways if way.text() == "从备份恢复…").click()  # type: ignore[attr-defined]
    shown = sheet(opening)
    assert shown.none.isVisible()
    assert not shown.go.isEnabled()
    drives.append(stick)
    shown.again.click()
    assert shown.go.isEnabled()
    assert tuple(shown.table.texts.lines[0].texts)[3] == "U 盘"
    shown.go.click()
    assert shown.problem.text() == f"× {NO_SECRET}"
    shown.secret.setText("不是这个口令")
    shown.go.click()
    until(qtbot, lambda: "口令不对" in shown.problem.text())
    shown.secret.setText(PASSWORD)
    shown.go.click()
    until(qtbot, lambda: at_the_login(opening))
    press("知道了")
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    assert people(opening) == backup.content.people


def test_a_folder_that_is_pointed_at_is_offered_too(
    opening: Opening, folder: Path, backup: Backup, tmp_path: Path, qtbot: QtBot
) -> None:
    elsewhere = tmp_path / "移动硬盘" / "旧备份"
    shutil.copytree(backup.path, elsewhere)
    shutil.rmtree(backup.path)
    damage(folder)
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: has_sheet(opening))
    shown = sheet(opening)
    shown.point_at(tmp_path)
    assert "不是桑榆的备份" in shown.problem.text()
    shown.point_at(elsewhere)
    assert shown.state.chosen is not None
    assert shown.state.chosen.path == elsewhere
    shown.go.click()
    until(qtbot, lambda: at_the_login(opening))


def test_a_restore_that_a_power_cut_broke_off_is_finished_at_the_start(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    """Neither data nor key file is in its place just then: it must not be taken for a first run."""
    ready = folder / RESTORING
    ready.mkdir()
    shutil.copyfile(backup.file, ready / DATA_FILE)
    shutil.copyfile(backup.path / KEY_FILE, ready / KEY_FILE)
    (ready / PLAN).write_bytes(plan_bytes("before-restore-20261122-100000"))
    for name in (DATA_FILE, KEY_FILE):
        (folder / name).rename(folder / f"{name}.before-restore-20261122-100000")
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    assert people(opening) == backup.content.people
    assert not ready.exists()


def test_closing_makes_a_backup_where_something_was_written(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    opening.close()
    with closing(desk_of(folder)) as desk:
        newest = desk.backups.list()[0]
        assert (newest.why, newest.content.people) == ("关闭时", backup.content.people + 1)
        assert not desk.backups.is_due


def test_the_foot_of_the_window_leads_to_the_page(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    assert opening.program is not None
    button = opening.program.window.status.backup
    assert button.text().startswith("上次备份 ")
    button.click()
    settings = opening.program.window.page("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.tabs.place == 1
    assert page(opening).chosen == backup
    assert isinstance(opening.program.window.page("today"), TodayPage)


def test_the_foot_of_the_window_tells_of_a_backup_that_a_change_made_first(
    opening: Opening, folder: Path, backup: Backup, qtbot: QtBot
) -> None:
    opening.open(folder)
    log_in(opening, qtbot)
    until(qtbot, lambda: inside(opening))
    program = opening.program
    assert program is not None
    program.window.status.set_backup("")
    program.changes.tell(Change("cadre", frozenset()))
    assert program.window.status.backup.text() == ""  # nothing new, and no time spent on it
    program._desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    program._desk.backups.before("import")
    program.changes.tell(Change("cadre", frozenset()))
    assert program.window.status.backup.text().startswith("上次备份 ")
