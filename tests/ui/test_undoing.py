"""撤销 and 重做 in the window: named, listed, across pages, and refused where that would cost something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.fields.actors import Actor
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.changes import Change
from app.services.undo import UndoSteps
from app.ui.changes import Changes
from app.ui.history.undoing import Undoing
from app.ui.main_window import MainWindow
from app.ui.page import Page, PageWidget
from app.ui.tasks import Tasks
from tests.bulk import give
from tests.desks import ACTOR

READER = Actor("3" * 36, "赵查阅", ("reader",), "window")


class Someone(PageWidget):
    """A page with a field to type in, and perhaps something unsaved."""

    def __init__(self) -> None:
        super().__init__()
        self.loss = ""
        self.field = QLineEdit(self)
        self.list = QWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def unsaved(self) -> str:
        return self.loss


class House:
    def __init__(self, database: Database, folder: Path, *, may_edit: bool = True) -> None:
        self.database, self.cadres = database, Cadres(database)
        self.changes = Changes()
        self.heard: list[Change] = []
        self.changes.changed.connect(self.heard.append)
        self.page = Someone()
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow([Page("today", "今天", "today", lambda: self.page)], settings, Tasks())
        self.window.open("today")
        self.steps = UndoSteps(database)
        self.undoing = Undoing(self.steps, self.window, self.changes, lambda _: may_edit)
        self.window.show()

    def person(self, name: str) -> str:
        change = self.cadres.save(CadreFile(values={"name": name}))
        self.changes.tell(change)
        self.page.says.emit(f"“{name}”已保存")
        return next(iter(change.uids))

    @property
    def bar(self):  # type: ignore[no-untyped-def]
        return self.window.undo_bar

    @property
    def verb(self) -> str:
        return next(button.text() for button in self.window.toasts.findChildren(QPushButton))

    def press_toast(self) -> None:
        self.window.toasts.findChildren(QPushButton)[0].click()


@pytest.fixture
def house(database: Database, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    made = House(database, tmp_path)
    qtbot.addWidget(made.window)
    QCoreApplication.processEvents()
    yield made
    made.page.loss = ""


def test_the_buttons_name_the_step(house: House) -> None:
    assert not house.bar.undo.button.isEnabled()
    house.person("王秀英")
    assert house.bar.undo.button.isEnabled()
    assert house.bar.undo.button.toolTip() == "撤销“保存档案：王秀英”（Ctrl+Z）"
    assert house.bar.redo.button.toolTip() == "没有可以重做的操作"
    house.bar.undo.button.click()
    assert house.cadres.count() == 0
    assert house.bar.redo.button.toolTip() == "重做“保存档案：王秀英”（Ctrl+Y）"
    house.bar.redo.button.click()
    assert house.cadres.count() == 1


def test_all_pages_hear_of_it(house: House) -> None:
    uid = house.person("王秀英")
    house.heard.clear()
    house.undoing.undo()
    assert Change("cadre", frozenset({uid})) in house.heard


def test_a_press_in_the_list_goes_back_to_that_step(house: House) -> None:
    for name in ("甲某", "乙某", "丙某"):
        house.person(name)
    shown = house.bar.undo.list()
    assert shown.steps.count() == 3
    assert shown.steps.item(0).text().endswith("保存档案：丙某")
    assert shown.said.text() == "撤销这一步"
    shown.steps.setCurrentRow(1)
    assert shown.said.text() == "撤销到这里，共 2 步"
    assert len(shown.steps.selectedItems()) == 2
    QTest.keyClick(shown.steps, Qt.Key.Key_Return)
    assert [row.values[0] for row in house.cadres.rows(["name"])] == ["甲某"]
    assert house.window.toasts.text == "已撤销 2 步"


def test_what_a_page_says_has_the_way_back_beside_it(house: House) -> None:
    house.person("王秀英")
    assert (house.window.toasts.text, house.verb) == ("“王秀英”已保存", "撤销")
    house.press_toast()
    assert house.cadres.count() == 0
    assert (house.window.toasts.text, house.verb) == ("已撤销“保存档案：王秀英”", "重做")
    house.press_toast()
    assert house.cadres.count() == 1


def test_a_step_nobody_spoke_of_is_told_by_its_name(house: House, qtbot: QtBot) -> None:
    uid = house.person("王秀英")
    house.changes.tell(give(house.database, [uid], "village", "东门村"))
    qtbot.waitUntil(lambda: house.window.toasts.text == "批量改：把 1 人的村（社区）改为东门村")
    assert house.verb == "撤销"


def test_another_word_later_has_no_way_back(house: House) -> None:
    house.person("王秀英")
    house.page.says.emit("该填的都填了")
    assert house.verb == ""


def test_an_old_word_does_not_take_newer_steps_with_it(house: House) -> None:
    house.person("王秀英")
    house.cadres.save(CadreFile(values={"name": "李国强"}))
    house.press_toast()
    assert house.cadres.count() == 2
    assert "后面又有新的操作" in house.window.toasts.text


def test_nothing_is_undone_over_a_file_that_is_not_saved(house: House) -> None:
    house.person("王秀英")
    house.page.loss = "“李国强”的档案有修改没有保存"
    house.undoing.undo()
    assert house.cadres.count() == 1
    assert house.window.toasts.text == "“李国强”的档案有修改没有保存，请先保存或放弃，再撤销。"


def test_what_cannot_go_back_is_named_and_may_be_gone_past(house: House, qtbot: QtBot) -> None:
    first, second = house.person("王秀英"), house.person("李国强")
    house.database.actor = Actor("4" * 36, "周填报", ("preparer",), "window")
    file = house.cadres.read(second)
    file.values["village"] = "东门村"
    house.cadres.save(file)
    house.database.actor = ACTOR
    house.undoing.undo()
    box = house.window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "“保存档案：李国强”不能撤销"
    assert "“档案 李国强”后来又改过" in box.informativeText()
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: house.cadres.count() == 1)
    assert house.cadres.read(second)
    assert first not in [row.uid for row in house.cadres.rows(["name"])]


def test_the_keys_work_where_nothing_is_typed(house: House, qtbot: QtBot) -> None:
    house.person("王秀英")
    house.window.activateWindow()
    qtbot.waitUntil(house.window.isActiveWindow)
    house.page.list.setFocus()
    QTest.keyClick(house.page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert house.cadres.count() == 0
    QTest.keyClick(house.page.list, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert house.cadres.count() == 1


def test_in_a_field_the_keys_are_those_of_the_field(house: House, qtbot: QtBot) -> None:
    house.person("王秀英")
    house.window.activateWindow()
    qtbot.waitUntil(house.window.isActiveWindow)
    house.page.field.setFocus()
    QTest.keyClicks(house.page.field, "abc")
    QTest.keyClick(house.page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert house.page.field.text() == ""
    assert house.cadres.count() == 1


def test_whoever_may_only_look_finds_the_buttons_shut(
    database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    database.actor = READER
    made = House(database, tmp_path, may_edit=False)
    qtbot.addWidget(made.window)
    assert not made.bar.undo.button.isEnabled()
    assert "只能看" in made.bar.undo.button.toolTip()
    QTest.keyClick(made.page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert made.window.toasts.text == ""
