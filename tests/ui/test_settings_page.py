"""设置 and the look: saved, read again, put on at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.changes import Change
from app.services.office import OfficeProfile
from app.ui import theme
from app.ui.changes import Changes
from app.ui.look import Look
from app.ui.pages.settings_page import SettingsPage

PROFILE = {"township": "卫城镇", "unit": "卫城镇人民政府", "officer": "张小雨", "preparer": "张小雨"}


@pytest.fixture
def office(database: Database) -> OfficeProfile:
    profile = OfficeProfile(database)
    profile.save({**PROFILE, "practice": True})
    return profile


def settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def page(office, changes, tmp_path, application, qtbot: QtBot) -> SettingsPage:
    shown = SettingsPage(office, Look(application, settings(tmp_path)), tmp_path, changes)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def write(page: SettingsPage, name: str, text: str) -> None:
    editor = page.form.editor(name)
    editor.setText(text)
    editor.typed.emit(text)


def test_the_office_is_saved_and_told(page, office, changes):
    heard: list[Change] = []
    changes.changed.connect(heard.append)
    write(page, "reviewer", "李建华")
    assert page.unsaved() != ""
    page.save_button.click()
    assert office.read()["reviewer"] == "李建华"
    assert [change.kind for change in heard] == ["office"]
    assert (page.unsaved(), page.save_button.isEnabled()) == ("", False)


def test_saving_does_not_end_practice(page, office):
    write(page, "reviewer", "李建华")
    page.save()
    assert office.read()["practice"] is True


def test_an_empty_township_is_not_saved(page, office):
    write(page, "township", "")
    page.save()
    assert page.banner.text == "请填写“乡镇（街道）”，再保存。"
    assert office.read()["township"] == "卫城镇"


def test_what_was_changed_elsewhere_is_shown(page, office, changes):
    changes.tell(office.save({**PROFILE, "county": "清镇市"}))
    assert page.form.editor("county").text() == "清镇市"


def test_the_look_is_put_on_at_once_and_kept(page, application, tmp_path):
    page.mode.chosen.emit("dark")
    page.size_.chosen.emit("大")
    assert (theme.current().shade, theme.current().size) == ("dark", "大")
    again = Look(application, settings(tmp_path))
    assert (again.mode, again.size) == ("dark", "大")


def test_a_look_that_is_not_known_is_the_usual_one(application, tmp_path):
    kept = settings(tmp_path)
    kept.setValue("look/mode", "purple")
    kept.setValue("look/size", "巨")
    look = Look(application, kept)
    assert (look.mode, look.size) == ("system", "中")


def test_the_folder_is_shown(page, tmp_path):
    assert page.path.text() == str(tmp_path)
