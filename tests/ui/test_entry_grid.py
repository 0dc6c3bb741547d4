"""The grid one types and pastes into, and the roster with ticks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.fields.kinds import Code, Money, Text
from app.fields.spec import Field
from app.services.people import Person
from app.ui.forms.grid_state import GridState
from app.ui.forms.people_choice import PeopleChoice, told_apart
from app.ui.forms.people_picker import PeoplePicker
from app.ui.tables.entry_grid import EntryGrid

FIELDS = (
    Field("money", "慰问金", Money(), ""),
    Field("goods", "慰问品", Text(), ""),
    Field("method", "方式", Code("payment_method"), ""),
)
PEOPLE = (
    Person("1", "廖应", village="东门村", kind="退休"),
    Person("2", "周光", village="东门村", kind="离休"),
    Person("3", "李明", village="南门村", kind="退休", id_number="529999196001010011"),
    Person("4", "李明", kind="退休", id_number="529999196101010022"),
    Person("5", "单䶮生", village="南门村", kind="退休", alive=False),
)


@pytest.fixture
def state() -> GridState:
    made = GridState(FIELDS)
    made.show(told_apart(PEOPLE[:4]))
    return made


@pytest.fixture
def grid(state: GridState, qtbot: QtBot) -> EntryGrid:
    made = EntryGrid(state)
    qtbot.addWidget(made)
    return made


def column(grid: EntryGrid, place: int) -> list[str]:
    return [grid.model().index(row, place).data() for row in range(grid.model().rowCount())]


def at(grid: EntryGrid, row: int, place: int) -> None:
    grid.setCurrentIndex(grid.model().index(row, place))


def test_the_model_is_sound(grid: EntryGrid, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(grid.model())


def test_two_of_one_name_carry_their_tails(grid: EntryGrid) -> None:
    assert column(grid, 0) == ["廖应", "周光", "李明（0011）", "李明（0022）"]


def test_values_are_tidied_and_what_cannot_be_read_stays(state: GridState, grid: EntryGrid) -> None:
    at(grid, 0, 1)
    grid.paste("１，２００元\t大米\t打卡\n五百\t\t支票\n")
    assert column(grid, 1) == ["1,200.00", "五百", "", ""]
    assert column(grid, 3) == ["转账", "支票", "", ""]
    assert state.values("1") == {"money": 120000, "goods": "大米", "method": "2"}
    assert state.values("2") == {"money": None, "goods": None, "method": None}
    assert [problem.message for problem in state.problems] == [
        "周光的慰问金：“五百”不是金额，请按 500 或 500.00 的样式填写",
        "周光的方式：“支票”不在可选的项目里",
    ]
    assert grid.model().index(1, 1).data(Qt.ItemDataRole.ToolTipRole).startswith("“五百”不是金额")


def test_lines_without_a_place_are_counted(grid: EntryGrid, qtbot: QtBot) -> None:
    at(grid, 3, 1)
    with qtbot.waitSignal(grid.said) as said:
        grid.paste("500\nx\n700\n")
    assert said.args == ["粘贴了 1 格；多出 2 行没有粘贴。"]


def test_a_name_that_two_have_is_not_guessed(grid: EntryGrid, qtbot: QtBot) -> None:
    at(grid, 0, 0)
    with qtbot.waitSignal(grid.said) as said:
        grid.paste("李明\t500\n廖应\t六百\n")
    assert said.args == ["粘贴了 1 格；其中 1 格看不明白，已经标出；名单里对不上的名字没有粘贴：李明。"]


def test_a_cell_is_filled_down_and_taken_back(grid: EntryGrid, qtbot: QtBot) -> None:
    at(grid, 1, 1)
    grid.paste("500")
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert column(grid, 1) == ["", "500.00", "500.00", "500.00"]
    qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert column(grid, 1) == ["", "500.00", "", ""]


def test_cells_go_to_the_clipboard_and_back(grid: EntryGrid, qtbot: QtBot) -> None:
    at(grid, 0, 1)
    grid.paste("500\t大米、油")
    grid.selectRow(0)
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "廖应\t500.00\t大米、油\t\n"
    at(grid, 1, 1)
    QGuiApplication.clipboard().setText('300\t"牛奶\n一箱"')
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert column(grid, 2)[:2] == ["大米、油", "牛奶\n一箱"]


def test_a_formula_goes_to_the_clipboard_as_text_and_comes_back_as_it_was(
    grid: EntryGrid, qtbot: QtBot
) -> None:
    at(grid, 0, 2)
    grid.paste("=1+1")
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "'=1+1\n"
    at(grid, 1, 2)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert column(grid, 2)[:2] == ["=1+1", "=1+1"]


def test_who_comes_back_finds_what_was_typed(state: GridState, grid: EntryGrid) -> None:
    at(grid, 1, 1)
    grid.paste("500")
    state.show([("1", "廖应")])
    grid.renew()
    assert state.snapshot() == {}
    state.show(told_apart(PEOPLE[:4]))
    assert state.text("2", "money") == "500.00"


@pytest.fixture
def picker(qtbot: QtBot) -> PeoplePicker:
    def find(typed: str) -> list[str]:
        return [person.uid for person in PEOPLE if typed in person.name]

    made = PeoplePicker(PeopleChoice(PEOPLE, find))
    qtbot.addWidget(made)
    return made


def test_the_roster_is_sound(picker: PeoplePicker, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(picker.table.model())


def test_all_means_the_living_who_are_shown(picker: PeoplePicker) -> None:
    picker.narrow["village"].setCurrentIndex(picker.narrow["village"].findData("南门村"))
    picker.narrow["village"].activated.emit(0)
    assert picker.all.text() == "全选 1 人"
    picker.all.click()
    assert picker.count.text() == "已选 1 人"
    picker.search.setText("廖")
    assert picker.all.text() == "全选 0 人"
    picker.narrow["village"].setCurrentIndex(0)
    picker.narrow["village"].activated.emit(0)
    picker.all.click()
    assert picker.count.text() == "已选 2 人"
    picker.none.click()
    assert picker.count.text() == "已选 0 人"


def test_the_space_bar_turns_ticks(picker: PeoplePicker, qtbot: QtBot) -> None:
    picker.table.selectRow(4)
    qtbot.keyClick(picker.table, Qt.Key.Key_Space)
    assert picker.count.text() == "已选 1 人"
    assert picker.table.model().index(4, 0).data() == "单䶮生（已故）"
    assert picker.all.checkState() == Qt.CheckState.Unchecked
