"""Who may not change anything sees everything, and is told why the buttons are shut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.fields.actors import Actor
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.page import PageWidget
from app.ui.pages.settings_page import SettingsPage
from app.ui.program import Program
from app.ui.rights import REFUSALS, needs
from tests.desks import ACTOR, desk_of, with_door


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_of(with_door(tmp_path))
    desk.office.save({"township": "卫城镇", "unit": "卫城镇人民政府"})
    desk.cadres.save(CadreFile(values={"name": "周光"}))
    desk.database.actor = Actor("0c0ffee0-0000-4000-8000-000000000002", "王建国", ("reader",), "window")
    yield desk
    desk.database.actor = ACTOR
    desk.close()


@pytest.fixture
def program(reader: Desk, application: QApplication, qtbot: QtBot) -> Iterator[Program]:
    made = Program(reader.folder, application)
    made.window.show()
    made.begin(reader)
    yield made
    made.tasks.wait()
    made.retire()


def test_a_reader_cannot_press_what_changes_anything(program: Program, qtbot: QtBot) -> None:
    program.window.open("roster")
    roster = program.window.page("roster")
    qtbot.waitUntil(lambda: roster.panel.draft.name == "周光")  # type: ignore[attr-defined]
    assert not roster.new_button.isEnabled()  # type: ignore[attr-defined]
    assert roster.new_button.toolTip() == REFUSALS["edit"]  # type: ignore[attr-defined]
    panel = roster.panel  # type: ignore[attr-defined]
    assert not panel._page("基本信息").form.isEnabled()
    panel.tabs.choose(2)
    assert not panel._page(panel._section).form.isEnabled()


def test_what_the_page_opens_again_stays_shut(program: Program) -> None:
    program.window.open("roster")
    panel = program.window.page("roster").panel  # type: ignore[attr-defined]
    panel.draft.form.type_in("former_name", "周广")
    panel._show_state()
    assert not panel.save_button.isEnabled()
    panel.give_up()


def test_import_is_not_opened_by_a_reader(program: Program) -> None:
    button = program.window.findChild(QToolButton, "rail_import")
    assert isinstance(button, QToolButton)
    assert not button.isEnabled()
    assert button.toolTip() == REFUSALS["edit"]
    program.window.open("import")
    assert program.window.key == "today"
    assert program.window.toasts.text == REFUSALS["edit"]


def test_the_offices_settings_are_looked_at_only(program: Program) -> None:
    program.window.open("settings")
    page = program.window.page("settings")
    assert isinstance(page, SettingsPage)
    assert not page.form.isEnabled()
    assert page.save_button.toolTip() == REFUSALS["settings"]
    assert page.mode.isEnabled()


def test_the_services_refuse_as_well(reader: Desk) -> None:
    file = reader.cadres.read(reader.cadres.rows(["name"])[0].uid)
    with pytest.raises(UserError, match="您的角色不能"):
        reader.cadres.save(replace(file, values={**file.values, "former_name": "周广"}))


def test_who_may_everything_finds_everything_open(qtbot: QtBot) -> None:
    page = PageWidget()
    qtbot.addWidget(page)
    button = QPushButton("保存", page)
    needs("edit", button)
    page.permit(lambda _: True)
    assert button.isEnabled()
    assert button.toolTip() == ""
