"""备份与恢复 as it is used."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.exchange.drives import Drive
from app.fields.actors import Keys
from app.paths import KEY_FILE
from app.services.backup_note import Backup
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.stick_backups import StickBackups
from app.ui.backups.dialogs import NO_SECRET, NO_STICK, SecretDialog, StickDialog
from app.ui.backups.drill_dialog import DrillDialog
from app.ui.pages.backups_page import ALONE, NOT_ADMIN, BackupsPage
from app.ui.tasks import Tasks
from tests.desks import ACTOR, KEYS, PASSWORD, cheap_key_file

OTHER_KEYS = Keys.from_bytes(bytes(range(100, 180)))


@pytest.fixture
def desk(practice: Desk, tmp_path: Path) -> Desk:
    (practice.folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    practice.stick_backups = StickBackups(practice.database, practice.backups, practice.notes, list)
    return practice


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


@pytest.fixture
def page(desk: Desk, tasks: Tasks, qtbot: QtBot) -> BackupsPage:
    shown = BackupsPage(desk, tasks)
    qtbot.addWidget(shown)
    shown.resize(1270, 600)
    shown.show()
    return shown


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=15_000)


def rows(page: BackupsPage) -> list[tuple[str, ...]]:
    return [tuple(line.texts) for line in page.table.texts.lines]


def question() -> QMessageBox:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())


def press(word: str) -> None:
    next(button for button in question().buttons() if button.text() == word).click()


def opened(page: BackupsPage, kind: type[Any]) -> Any:
    return page.findChildren(kind)[-1]


def test_without_a_backup_the_page_says_when_there_will_be_one(page: BackupsPage, qtbot: QtBot) -> None:
    assert page.empty.isVisible()
    page.empty.pressed.emit()
    until(qtbot, lambda: len(rows(page)) == 1)
    assert not page.empty.isVisible()


def test_one_more_is_listed_with_people_size_and_its_check(
    page: BackupsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.make.click()
    until(qtbot, lambda: len(rows(page)) == 1)
    when, why, people, size, state = rows(page)[0]
    assert when.startswith("今天 ")
    assert (why, people, state) == ("手动", f"{desk.cadres.count()} 人", "✓ 核对过")
    assert size.endswith("MB")
    assert page.banner.text == f"备份好了，已核对：{desk.cadres.count()} 人。"
    assert desk.backups.list()[0].content.code in page.held.text()


def test_restoring_asks_first_and_the_safe_answer_does_nothing(page: BackupsPage, desk: Desk) -> None:
    made = desk.backups.make()
    desk.cadres.save(CadreFile(values={"name": "罗桂香"}))
    page.renew()
    asked: list[object] = []
    page.restore_wanted.connect(lambda backup, keys: asked.append((backup, keys)))
    page.back.click()
    assert (
        f"这一份里有 {made.content.people} 人，现在是 {made.content.people + 1} 人"
        in question().informativeText()
    )
    press("不，保持原样")
    assert asked == []
    page.back.click()
    press("恢复到这一份")
    assert asked == [(made, None)]


def test_a_backup_of_other_keys_asks_for_its_own_password(
    page: BackupsPage, desk: Desk, qtbot: QtBot
) -> None:
    made = desk.backups.make()
    (desk.folder / KEY_FILE).write_bytes(cheap_key_file(OTHER_KEYS).to_bytes())
    page.renew()
    asked: list[object] = []
    page.restore_wanted.connect(lambda backup, keys: asked.append((backup, keys)))
    page.back.click()
    dialog = opened(page, SecretDialog)
    dialog.go.click()
    assert dialog.problem.text() == f"× {NO_SECRET}"
    dialog.secret.setText("不是这个口令")
    dialog.go.click()
    until(qtbot, lambda: "口令不对" in dialog.problem.text())
    dialog.secret.setText(PASSWORD)
    dialog.go.click()
    until(
        qtbot,
        lambda: any(isinstance(w, QMessageBox) and w.isVisible() for w in QApplication.topLevelWidgets()),
    )
    press("恢复到这一份")
    assert asked == [(made, KEYS)]


def test_only_an_administrator_restores(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    desk.backups.make()
    desk.database.actor = replace(ACTOR, roles=("preparer",))
    page = BackupsPage(desk, tasks)
    qtbot.addWidget(page)
    page.show()
    assert (page.back.isEnabled(), page.back.toolTip()) == (False, NOT_ADMIN)
    assert page.make.isEnabled()


def test_a_stick_is_named_once(page: BackupsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    assert page.stick_told.text() == ALONE
    place = tmp_path / "stick"
    place.mkdir()
    drive = Drive("桑榆盘", place, 1 << 33, 1 << 33, "vfat", read_only=False)
    page.name_stick.click()
    dialog = opened(page, StickDialog)
    dialog.go.click()
    assert dialog.problem.text() == f"× {NO_STICK}"
    dialog.show_drives([drive])
    dialog.go.click()
    until(qtbot, lambda: bool(desk.stick_backups.sticks))
    until(qtbot, lambda: "“桑榆盘”" in page.stick_told.text())


def test_a_drill_shows_its_record_and_is_remembered(
    page: BackupsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.try_it.click()
    until(qtbot, lambda: bool(page.findChildren(DrillDialog)))
    dialog = opened(page, DrillDialog)
    assert dialog.banner.text.startswith("演练通过")
    dialog.save_to(tmp_path / "记录.pdf")
    assert (tmp_path / "记录.pdf").read_bytes().startswith(b"%PDF")
    assert page.drill_told.text().startswith("上次演练：今天 ")
    assert desk.drills.last is not None
    dialog.close()


def test_a_drill_that_failed_is_not_hidden(page: BackupsPage, desk: Desk, qtbot: QtBot) -> None:
    made = desk.backups.make()
    content = bytearray(made.file.read_bytes())
    content[9000] ^= 1
    made.file.write_bytes(content)
    page.try_it.click()
    until(qtbot, lambda: bool(page.findChildren(DrillDialog)))
    dialog = opened(page, DrillDialog)
    assert dialog.banner.text.startswith("演练没有通过")
    dialog.close()


def test_what_a_reminder_leads_to(page: BackupsPage, desk: Desk, qtbot: QtBot) -> None:
    page.act("make")
    until(qtbot, lambda: len(rows(page)) == 1)
    page.act("stick")
    assert opened(page, StickDialog).isVisible()
    opened(page, StickDialog).reject()


def test_a_backup_on_a_stick_can_take_the_place_of_the_data(
    page: BackupsPage, desk: Desk, tmp_path: Path
) -> None:
    made = desk.backups.make()
    shutil.copytree(made.path, tmp_path / "stick" / "桑榆备份" / made.name)
    asked: list[Backup] = []
    page.restore_wanted.connect(lambda backup, _keys: asked.append(backup))
    page.take_from(tmp_path)
    assert "不是桑榆的备份" in page.banner.text
    page.take_from(tmp_path / "stick")
    press("恢复到这一份")
    assert asked[0].path == tmp_path / "stick" / "桑榆备份" / made.name
