from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.fields.kinds import BankCard, Identity, Name, PartialDate
from app.fields.spec import Field
from app.services.rows import Row
from app.ui import theme
from app.ui.tables.record_table import RecordTableModel
from app.ui.tables.record_view import RecordTable

FIELDS = [
    Field("name", "姓名", Name(), ""),
    *(Field(f"f{number}", f"栏{number}", PartialDate(), "") for number in range(9)),
]


def rows(*uids: str) -> list[Row]:
    return [Row(uid, (uid, f"19{30 + place}", *[None] * 8)) for place, uid in enumerate(uids)]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    view = RecordTable(RecordTableModel(FIELDS))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_rows(rows("甲", "乙", "丙"))
    view.show()
    return view


def still(table: RecordTable) -> QTableView:
    found = table.findChild(QTableView, "frozen")
    assert isinstance(found, QTableView)
    return found


def test_the_selection_stays_with_the_person(table: RecordTable) -> None:
    table.go_to("乙")
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert table.selected_uids == ["乙"]
    table.show_rows(rows("丁", "戊", "乙"))
    assert (table.selected_uids, table.current_uid) == (["乙"], "乙")


def test_moving_to_a_row_tells_whose_it_is(qtbot: QtBot, table: RecordTable) -> None:
    table.go_to("甲")
    with qtbot.waitSignal(table.moved_to) as moved:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert moved.args == ["乙"]


def test_tab_leaves_the_list(qtbot: QtBot) -> None:
    """Whoever has no mouse must get to what stands beside it."""
    ground = QWidget()
    qtbot.addWidget(ground)
    table, after = RecordTable(RecordTableModel(FIELDS)), QLineEdit()
    column = QVBoxLayout(ground)
    column.addWidget(table)
    column.addWidget(after)
    table.show_rows(rows("甲", "乙"))
    ground.show()
    table.setFocus()
    table.go_to("甲")
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert table.current_uid == "甲"


def test_rows_read_again_do_not_move_the_user(qtbot: QtBot, table: RecordTable) -> None:
    table.go_to("乙")
    with qtbot.assertNotEmitted(table.moved_to):
        table.show_rows(rows("乙", "丙"))


def test_who_is_gone_from_the_list_is_left(qtbot: QtBot, table: RecordTable) -> None:
    table.go_to("乙")
    with qtbot.waitSignal(table.moved_to) as moved:
        table.show_rows(rows("甲"))
    assert moved.args == [""]
    assert table.selected_uids == []


def test_enter_opens(qtbot: QtBot, table: RecordTable) -> None:
    table.go_to("丙")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["丙"]


def test_the_name_stands_still_while_the_rest_scrolls(table: RecordTable) -> None:
    table.freeze(1)
    table.horizontalScrollBar().setValue(200)
    assert still(table).isVisible()
    assert still(table).x() <= table.frameWidth()
    assert still(table).columnViewportPosition(0) == 0
    assert [still(table).isColumnHidden(column) for column in range(3)] == [False, True, True]
    table.freeze(0)
    assert not still(table).isVisible()


def test_a_click_on_the_frozen_name_goes_to_the_person(qtbot: QtBot, table: RecordTable) -> None:
    table.freeze(1)
    spot = QPoint(60, still(table).rowViewportPosition(1) + 5)
    qtbot.mouseClick(still(table).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.current_uid == "乙"


def test_a_click_on_the_frozen_heading_sorts(qtbot: QtBot, table: RecordTable) -> None:
    table.freeze(1)
    header = still(table).horizontalHeader()
    for expected in ("丙", "甲"):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
        assert table.records.rows[0].uid == expected


def test_widths_are_named_by_field(table: RecordTable) -> None:
    table.freeze(1)
    table.set_widths({"name": 150, "f0": 77})
    assert [table.columnWidth(place) for place in range(2)] == [150, 77]
    assert still(table).columnWidth(0) == 150


def test_only_the_asked_columns_are_shown(table: RecordTable) -> None:
    table.show_columns(["name", "f3"])
    shown = [field.name for place, field in enumerate(FIELDS) if not table.isColumnHidden(place)]
    assert shown == ["name", "f3"]


def test_rows_grow_with_the_size_of_the_text(application: QApplication, table: RecordTable) -> None:
    theme.apply(application, "light", "大")
    assert table.rowHeight(0) == theme.size("row") == 38


def numbers(qtbot: QtBot, shown_for: int = 30_000) -> RecordTable:
    """Whoever asks gets the number."""
    fields = [
        FIELDS[0],
        Field("id_number", "身份证号", Identity(), ""),
        Field("card", "银行卡", BankCard(), ""),
    ]
    view = RecordTable(RecordTableModel(fields), shown_for=shown_for)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_rows(
        [Row("甲", ("甲", "529999195505148814", "6210003110539454122")), Row("乙", ("乙", None, None))]
    )
    view.show_wanted.connect(view.reveal)
    view.show()
    return view


def texts_of(table: RecordTable, row: int = 0) -> list[str]:
    return [table.records.text(row, column) for column in range(3)]


def test_a_key_shows_the_numbers_of_the_row_one_is_on(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    table.go_to("甲")
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert texts_of(table) == ["甲", "529999195505148814", "6210003110539454122"]


def test_a_column_that_is_not_shown_is_not_asked_for(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    table.show_columns(["name", "card"])
    table.go_to("甲")
    with qtbot.waitSignals(
        [table.show_wanted], check_params_cbs=[lambda uid, name: (uid, name) == ("甲", "card")]
    ):
        qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert texts_of(table)[1] == "**************8814"


def test_the_menu_of_a_number_shows_or_copies_it(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    menu = table.menu(0, 2)
    assert menu is not None
    show, copy = menu.actions()
    with qtbot.waitSignal(table.copy_wanted) as asked:
        copy.trigger()
    assert asked.args == ["甲", "card"]
    show.trigger()
    assert texts_of(table) == ["甲", "**************8814", "6210003110539454122"]


def test_there_is_no_menu_where_no_number_is(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    assert [table.menu(0, 0), table.menu(1, 1)] == [None, None]


def test_shown_numbers_cover_themselves_again(qtbot: QtBot) -> None:
    table = numbers(qtbot, shown_for=1)
    table.reveal("甲", "id_number")
    qtbot.waitUntil(lambda: texts_of(table)[1] == "**************8814")


def test_shown_numbers_are_covered_when_the_page_is_left(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    table.reveal("甲", "id_number")
    table.hide()
    assert texts_of(table)[1] == "**************8814"


def test_what_is_copied_out_of_a_list_is_what_is_seen(qtbot: QtBot) -> None:
    table = numbers(qtbot)
    table.setCurrentIndex(table.records.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "**************8814"
