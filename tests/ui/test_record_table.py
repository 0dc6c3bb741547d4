from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.fields.kinds import Identity, Money, Name, PartialDate, YesNo
from app.fields.spec import Field
from app.services.rows import Row
from app.ui.tables.record_table import UID_ROLE, VALUE_ROLE, RecordTableModel

NAME, BORN, MONEY = range(3)
FIELDS = [
    Field("name", "姓名", Name(), "基本信息"),
    Field("birth_date", "出生日期", PartialDate(), "基本信息"),
    Field("money", "金额", Money(), "基本信息"),
]
DOWN = Qt.SortOrder.DescendingOrder


def model_of(*rows: tuple[Any, ...], **options: Any) -> RecordTableModel:
    """Rows of values; the name is also the uid."""
    model = RecordTableModel(FIELDS, **options)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show([Row(row[0], (*row, None, None)[:3]) for row in rows])
    return model


def as_text(model: RecordTableModel) -> str:
    lines = (
        (model.index(row, column).data() or "—" for column in range(model.columnCount()))
        for row in range(model.rowCount())
    )
    return "\n".join(" | ".join(line) for line in lines)


def test_rows_are_shown_as_people_read_them(qtbot: QtBot) -> None:
    model = model_of(("甲", "1931-03", 120_000), ("乙", None, None))
    assert as_text(model) == "甲 | 1931.03 | 1,200.00\n乙 | — | —"


def test_undated_people_come_last_both_ways(qtbot: QtBot) -> None:
    model = model_of(("甲",), ("乙", "1931"), ("丙", "1930-05"))
    model.sort(BORN)
    assert [row.uid for row in model.rows] == ["丙", "乙", "甲"]
    model.sort(BORN, DOWN)
    assert [row.uid for row in model.rows] == ["乙", "丙", "甲"]


def test_money_sorts_by_amount_and_not_by_its_text(qtbot: QtBot) -> None:
    model = model_of(("甲", None, 120_000), ("乙", None, 90_000))
    model.sort(MONEY)
    assert [row.uid for row in model.rows] == ["乙", "甲"]


def test_yes_and_no_sort_too(qtbot: QtBot) -> None:
    model = RecordTableModel([Field("relocated", "异地居住", YesNo(), "")])
    model.show([Row("a", (True,)), Row("b", (None,)), Row("c", (False,))])
    model.sort(0)
    assert [row.uid for row in model.rows] == ["c", "a", "b"]


def test_a_key_may_say_how_a_field_sorts(qtbot: QtBot) -> None:
    by_pinyin = {"张三": "zs", "阿依": "ay", "李四": "ls"}
    model = model_of(("张三",), ("阿依",), ("李四",), sort_keys={"name": by_pinyin.__getitem__})
    model.sort(NAME)
    assert [row.uid for row in model.rows] == ["阿依", "李四", "张三"]


def test_the_order_is_kept_for_rows_read_again(qtbot: QtBot) -> None:
    model = model_of(("甲", "1931"), ("乙", "1930"))
    model.sort(BORN)
    model.show([Row("丙", ("丙", "1932", None)), Row("丁", ("丁", "1929", None))])
    assert [row.uid for row in model.rows] == ["丁", "丙"]


def test_who_is_pointed_at_stays_pointed_at_when_sorted(qtbot: QtBot) -> None:
    model = model_of(("甲", "1931"), ("乙", "1930"), ("丙", "1929"))
    pointer = QPersistentModelIndex(model.index(0, BORN))
    selection = QItemSelectionModel(model)
    selection.select(model.index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    model.sort(BORN)
    assert pointer.data(UID_ROLE) == "甲"
    assert pointer.column() == BORN
    assert [index.data(UID_ROLE) for index in selection.selectedIndexes()] == ["乙"]


def test_the_plain_value_stands_behind_the_text(qtbot: QtBot) -> None:
    cell = model_of(("甲", "1931-03", 5)).index(0, BORN)
    assert (cell.data(), cell.data(VALUE_ROLE), cell.data(UID_ROLE)) == ("1931.03", "1931-03", "甲")


def test_figures_stand_at_the_right(qtbot: QtBot) -> None:
    model = model_of(("甲", None, 5))
    right = Qt.AlignmentFlag.AlignRight
    assert model.index(0, MONEY).data(Qt.ItemDataRole.TextAlignmentRole) & right
    assert not model.index(0, NAME).data(Qt.ItemDataRole.TextAlignmentRole) & right


@pytest.mark.parametrize("rows", [100_000])
def test_a_hundred_thousand_rows_are_shown_and_sorted_without_formatting_them(
    qtbot: QtBot, rows: int
) -> None:
    formatted = 0

    class Counted(PartialDate):
        def format(self, value: str | None) -> str:
            nonlocal formatted
            formatted += 1
            return super().format(value)

    model = RecordTableModel([Field("birth_date", "出生日期", Counted(), "")])
    model.show([Row(str(place), (f"19{place % 89 + 10}",)) for place in range(rows)])
    begin = time.perf_counter()
    model.sort(0)
    assert time.perf_counter() - begin < 2
    assert formatted == 0
    assert [model.index(row, 0).data() for row in range(3)] == ["1910"] * 3
    assert formatted == 3
    assert model.index(0, 0).data() == "1910"
    assert formatted == 3


NUMBERS = [Field("name", "姓名", Name(), ""), Field("id_number", "身份证号", Identity(), "")]
TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, VALUE_ROLE)


def numbers_of(*numbers: str | None) -> RecordTableModel:
    """A row each; the uid is its place."""
    model = RecordTableModel(NUMBERS)
    model.show([Row(str(place), (f"第{place}人", number)) for place, number in enumerate(numbers)])
    return model


def test_of_a_secret_number_nothing_but_its_end_leaves_the_model(qtbot: QtBot) -> None:
    cell = numbers_of("529999195505148814").index(0, 1)
    told = [str(cell.data(role)) for role in TEXTS]
    assert all(text.startswith("**************8814") for text in told)
    assert "529999" not in "".join(told)


def test_a_revealed_number_is_shown_until_it_is_covered(qtbot: QtBot) -> None:
    model = numbers_of("529999195505148814", "52999919600726741X")
    with qtbot.waitSignal(model.dataChanged):
        model.reveal("0", "id_number")
    assert [model.text(row, 1) for row in (0, 1)] == ["529999195505148814", "**************741X"]
    with qtbot.waitSignal(model.dataChanged):
        model.cover()
    assert model.text(0, 1) == "**************8814"


def test_numbers_of_one_row_only_are_in_sight(qtbot: QtBot) -> None:
    model = numbers_of("529999195505148814", "52999919600726741X")
    model.reveal("0", "id_number")
    model.reveal("1", "id_number")
    assert [model.text(row, 1) for row in (0, 1)] == ["**************8814", "52999919600726741X"]


def test_other_rows_of_the_same_people_are_covered_again(qtbot: QtBot) -> None:
    model = numbers_of("529999195505148814")
    model.reveal("0", "id_number")
    model.show(model.rows)
    assert model.text(0, 1) == "**************8814"


def test_secret_numbers_sort_by_what_is_seen_of_them(qtbot: QtBot) -> None:
    model = numbers_of("529999195505148814", "52999919600726741X", None, "529999196007260024")
    model.sort(1)
    assert [row.uid for row in model.rows] == ["3", "1", "0", "2"]


def test_only_a_filled_secret_cell_can_be_asked_for(qtbot: QtBot) -> None:
    model = numbers_of("529999195505148814", None)
    assert [model.is_secret(row, column) for row in (0, 1) for column in (0, 1)] == [
        False,
        True,
        False,
        False,
    ]
