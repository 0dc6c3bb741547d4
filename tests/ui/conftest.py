"""What the tests of the window share: the theme is on, and a small record to show."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.fields.kinds import Code, Identity, LongText, Money, Name, Number, PartialDate, YesNo
from app.fields.spec import Field, Problem, RecordType, Values
from app.ui import theme
from app.ui.collector import look


@pytest.fixture(autouse=True)
def themed(request: pytest.FixtureRequest) -> None:
    """As the user sees it; a test that changes the theme does not change it for the next."""
    if "qtbot" in request.fixturenames:
        theme.apply(request.getfixturevalue("qapp"), "light", "中")


@pytest.fixture(autouse=True, scope="session")
def collected_on_this_thread() -> Iterator[None]:
    """As in the program: see `app.ui.collector`."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_garbage(collected_on_this_thread: None) -> Iterator[None]:
    """Bounded, and found here."""
    yield
    look()


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    return qapp


def died_after_birth(values: Values) -> Iterator[Problem]:
    if values.get("birth_date") and values.get("died_on") and values["died_on"] < values["birth_date"]:
        yield Problem("died_on", "E", "T-01", "去世日期早于出生日期")


@pytest.fixture
def record() -> RecordType:
    """A file small enough to be seen whole."""
    return RecordType(
        "person",
        "人员",
        [
            Field("name", "姓名", Name(), "基本信息", need="always"),
            Field("sex", "性别", Code("sex"), "基本信息"),
            Field("ethnicity", "民族", Code("ethnicity"), "基本信息"),
            Field("birth_date", "出生日期", PartialDate(), "基本信息"),
            Field("id_number", "公民身份号码", Identity(), "基本信息"),
            Field("died_on", "去世日期", PartialDate(), "其他"),
            Field("money", "慰问金", Money(), "其他"),
            Field("age", "年龄", Number(), "其他"),
            Field("relocated", "异地居住", YesNo(), "其他"),
            Field("special_conditions", "特殊情形", Code("special_condition", many=True), "其他"),
            Field("remarks", "备注", LongText(), "其他"),
        ],
        rules=[died_after_birth],
    )
