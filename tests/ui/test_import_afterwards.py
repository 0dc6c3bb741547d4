"""After an import: what waits is decided, columns and decisions are remembered, the import is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.imports.history_view import FINAL
from app.ui.pages.import_page import COLUMNS, FILE, FINISH, HISTORY, PREVIEW, WAITING, ImportPage
from app.ui.tasks import Tasks
from tests.desks import desk_of
from tests.services.test_imports import person
from tests.ui.test_import_page import ROSTER, SCHOOLS, decide, finish

Read = Callable[[Path], None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_of(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    running = Tasks()
    yield running
    assert running.wait()


@pytest.fixture
def page(desk: Desk, tasks: Tasks, qtbot: QtBot) -> ImportPage:
    return shown(desk, tasks, qtbot)


def shown(desk: Desk, tasks: Tasks, qtbot: QtBot) -> ImportPage:
    page = ImportPage(desk, Changes(), tasks)
    qtbot.addWidget(page)
    page.resize(1274, 660)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def read(page: ImportPage, qtbot: QtBot) -> Read:
    def read(path: Path) -> None:
        page.read(path)
        qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)

    return read


def press(page: ImportPage, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget(), key)


def wait_for(page: ImportPage, qtbot: QtBot, step: int) -> None:
    qtbot.waitUntil(lambda: page.step == step and page._stack.isEnabled(), timeout=20_000)


def test_undecided_rows_are_decided_from_the_last_step_with_the_keyboard(
    page: ImportPage, read: Read, desk: Desk, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    assert page.focusWidget() is page.finish.decide
    press(page, qtbot, Qt.Key.Key_Return)
    wait_for(page, qtbot, WAITING)
    press(page, qtbot, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert page.focusWidget() is page.after.waiting.write
    press(page, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.cadres.count() == 49, timeout=20_000)
    qtbot.waitUntil(lambda: "没有待定的了" in page.after.waiting.told.text, timeout=20_000)
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.step == FILE
    assert page.file.waiting.isHidden()


def test_a_field_that_is_not_wanted_is_taken_out_with_the_mouse(
    page: ImportPage, read: Read, desk: Desk, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    before = person(desk.database, "司徒美蓉").values["mobile"]
    qtbot.mouseClick(page.finish.decide, Qt.MouseButton.LeftButton)
    wait_for(page, qtbot, WAITING)
    doubts = page.after.waiting.doubts
    doubts.table.go_to(2)
    qtbot.mouseClick(doubts.ways[0], Qt.MouseButton.LeftButton)
    sides = doubts.sides
    place = next(at for at, side in enumerate(sides.sides) if side.field == "mobile")
    assert sides.texts.lines[place].texts[3] == "✓ 写入"
    qtbot.mouseClick(
        sides.viewport(),
        Qt.MouseButton.LeftButton,
        pos=sides.visualRect(sides.texts.index(place, 3)).center(),
    )
    assert sides.texts.lines[place].texts[3] == "– 不写"
    qtbot.mouseClick(page.after.waiting.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.import_doubts.count() == 2, timeout=20_000)
    kept = person(desk.database, "司徒美蓉").values
    assert (kept["mobile"], kept["remarks"]) == (before, "新换手机号")


def test_the_first_step_says_how_many_rows_wait(page: ImportPage, read: Read, qtbot: QtBot) -> None:
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    page.opened()
    assert "还有 3 行待定" in page.file.waiting.text
    page.file.waiting.pressed.emit()
    wait_for(page, qtbot, WAITING)
    press(page, qtbot, Qt.Key.Key_Escape)
    assert page.step == FILE


def test_an_import_that_was_left_half_way_goes_on_in_another_window(
    page: ImportPage, read: Read, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.columns.boxes[18].activated.emit(0)
    qtbot.waitUntil(page.next.isEnabled, timeout=20_000)
    page.go_on()
    decide(page, "59", "不导入这一行")
    page.give_up()
    other = shown(desk, tasks, qtbot)
    other.read(ROSTER)
    wait_for(other, qtbot, COLUMNS)
    assert "导到一半" in other.columns.resumed.text
    assert other.columns.boxes[18].key == ""
    other.go_on()
    assert [choice.label for choice in other._state.chosen.values()] == ["不导入这一行"]
    other.go_back()
    other.columns.resumed.pressed.emit()
    qtbot.waitUntil(lambda: other.columns.resumed.isHidden() and other.next.isEnabled(), timeout=20_000)
    assert (other.columns.boxes[18].key, other._state.chosen) == ("mobile", {})


def test_known_headings_are_said_and_the_proposal_is_one_press_away(
    page: ImportPage, read: Read, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.columns.boxes[18].activated.emit(0)
    qtbot.waitUntil(page.next.isEnabled, timeout=20_000)
    page.go_on()
    finish(page, qtbot)
    read(ROSTER)
    assert page.columns.known.text == "上次这样的表是这样对的，已照办。"
    assert page.columns.boxes[18].key == ""
    button = page.columns.known.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.columns.known.isHidden() and page.next.isEnabled(), timeout=20_000)
    assert page.columns.boxes[18].key == "mobile"


def test_only_blanks_are_filled_when_the_whole_table_says_so(
    page: ImportPage, read: Read, desk: Desk, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    read(SCHOOLS)
    page.columns.all.choose("fill")
    page.columns.all.chosen.emit("fill")
    assert {box.currentText() for box in page.columns.rules.values()} == {"只填空白"}
    page.go_on()
    wait_for(page, qtbot, PREVIEW)
    assert page._state.counts.changed < 5
    finish(page, qtbot)
    assert person(desk.database, "阎海").values["birth_date"] == "1966-06"


def test_an_import_is_undone_from_the_history_after_the_question(
    page: ImportPage, read: Read, desk: Desk, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    file = person(desk.database, "廖应")
    file.values["health_card"] = "B-17"
    desk.cadres.save(file)
    qtbot.mouseClick(page.past, Qt.MouseButton.LeftButton)
    wait_for(page, qtbot, HISTORY)
    qtbot.mouseClick(page.after.history.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)), timeout=20_000)
    (box,) = page.findChildren(QMessageBox)
    assert "撤掉新增 46 人，留下 1 项不动" in box.text()
    assert box.informativeText() == f"不动的：廖应导入以后又改过。{FINAL}"
    assert box.defaultButton().text() == "不，保持原样"
    (go,) = [button for button in box.buttons() if button.text() == "撤销这次导入"]
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.cadres.count() == 1, timeout=20_000)
    qtbot.waitUntil(page.after.history.told.isVisible, timeout=20_000)
    assert "廖应导入以后又改过" in page.after.history.told.text
    assert not page.after.history.undo.isEnabled()
    assert page.step != FINISH


def test_an_empty_history_and_nothing_waiting_say_what_belongs_there(page: ImportPage, qtbot: QtBot) -> None:
    page.opened("history")
    wait_for(page, qtbot, HISTORY)
    assert page.after.history.empty.isVisible()
    page.opened("doubts")
    wait_for(page, qtbot, WAITING)
    assert page.after.waiting.empty.isVisible()
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.step == FILE
