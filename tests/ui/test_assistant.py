"""对照录入: one key a cell, ticks as one goes, above the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models.audit import AUDIT_ACT
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.platform.assistant import ALL_DONE, Assistant
from tests.desks import desk_of

PLATFORM = "数字黔老"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_of(tmp_path)
    yield made
    made.close()


def added(desk: Desk, name: str, **values: Any) -> tuple[str, str]:
    return next(iter(desk.cadres.save(CadreFile(values={"name": name, **values})).uids)), name


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(
    qtbot: QtBot, desk: Desk, people: list[tuple[str, str]], parent: QWidget, changes: Changes
) -> Assistant:
    made = Assistant(desk.platform_typing, desk.reveals, people, changes, parent)
    made.come()
    qtbot.waitExposed(made)
    return made


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def press(qtbot: QtBot, window: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window, key)


def test_one_key_again_and_again_goes_through_the_filled_cells(
    qtbot: QtBot, desk: Desk, parent: QWidget
) -> None:
    person = added(desk, "张三", sex="1", birth_date="1955-05")
    window = opened(qtbot, desk, [person], parent, Changes())
    seen = []
    while window.state.line:
        press(qtbot, window, Qt.Key.Key_Space)
        seen.append(pasted())
    assert seen[:4] == ["张三", "男", "1955-05", "干部"]
    assert desk.platform_typing.standings([person[0]], PLATFORM)[person[0]].is_done
    assert window.current.text() == ALL_DONE


def test_a_number_is_covered_on_the_screen_and_whole_in_the_clipboard(
    qtbot: QtBot, desk: Desk, parent: QWidget
) -> None:
    person = added(desk, "张三", id_number="529999195203170012")
    window = opened(qtbot, desk, [person], parent, Changes())
    press(qtbot, window, Qt.Key.Key_Return)
    assert "0012" in window.current.text()
    assert "529999195203170012" not in window.current.text()
    assert pasted() == "529999195203170012"
    with desk.database.reading() as session:
        logged = session.scalars(select(AUDIT_ACT.c.about).where(AUDIT_ACT.c.act == "copy_number")).all()
    assert logged == ["张三 身份证号"]


def test_what_changed_here_is_marked_and_comes_first(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    first, second = added(desk, "张三"), added(desk, "李四", mobile="19900000001")
    for uid, _ in (first, second):
        for line in desk.platform_typing.lines(uid, PLATFORM):
            if line.text:
                desk.platform_typing.tick(uid, PLATFORM, line.cell.name, line.text)
    file = desk.cadres.read(second[0])
    desk.cadres.save(CadreFile(second[0], file.version, {**file.values, "mobile": "19900000002"}, file.parts))
    window = opened(qtbot, desk, [first, second], parent, Changes())
    window.only_changed.setChecked(True)
    assert window.state.name == "李四"
    assert window.state.line is not None
    assert window.state.line.cell.name == "电话号码"
    assert "1 栏录入后又改过" in window.standing.text()


def test_a_cell_is_chosen_and_ticked_with_the_mouse(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    person = added(desk, "张三", sex="1")
    window = opened(qtbot, desk, [person], parent, Changes())
    cells = window.cells
    item = cells.topLevelItem(3)
    assert item is not None
    place = cells.visualItemRect(item)
    spot = place.center()
    qtbot.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.current.text() == "性别：男"
    item = cells.topLevelItem(3)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    assert desk.platform_typing.lines(person[0], PLATFORM)[3].state == "same"


def test_it_stays_above_and_need_not_take_the_cursor(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    window = opened(qtbot, desk, [added(desk, "张三")], parent, Changes())
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    window.leaves_cursor.setChecked(True)
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.isVisible()


def test_page_keys_go_from_one_person_to_the_next(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    window = opened(qtbot, desk, [added(desk, "张三"), added(desk, "李四")], parent, Changes())
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert (window.name.text(), window.windowTitle()) == ("李四", "对照录入 2 / 2")
    press(qtbot, window, Qt.Key.Key_PageUp)
    assert window.name.text() == "张三"
