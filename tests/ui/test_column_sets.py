"""Which columns the list shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.services.cadres import Cadres
from app.ui.roster.column_sets import COLUMNS, SETS, ColumnSets


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_every_column_is_a_field() -> None:
    assert [name for name in COLUMNS if not Cadres.record.has(name)] == []


def test_each_purpose_has_its_set(memory: QSettings) -> None:
    sets = ColumnSets(memory)
    sets.use("党务")
    assert set(sets.shown) == set(SETS["党务"])


def test_own_columns_are_remembered(memory: QSettings) -> None:
    sets = ColumnSets(memory)
    sets.use("联系")
    sets.switch("landline")
    sets.switch("id_number")
    again = ColumnSets(memory)
    assert again.in_use == "联系"
    assert set(again.shown) == set(SETS["联系"]) - {"landline"} | {"id_number"}


def test_own_columns_of_one_set_leave_the_others_alone(memory: QSettings) -> None:
    sets = ColumnSets(memory)
    sets.switch("mobile")
    sets.use("联系")
    assert set(sets.shown) == set(SETS["联系"])


def test_the_name_is_always_there(memory: QSettings) -> None:
    sets = ColumnSets(memory)
    sets.show([])
    assert sets.shown == ["name"]


def test_a_set_can_be_as_it_was(memory: QSettings) -> None:
    sets = ColumnSets(memory)
    sets.switch("mobile")
    assert sets.is_own
    sets.reset()
    assert not sets.is_own
    assert set(sets.shown) == set(SETS["基本"])
