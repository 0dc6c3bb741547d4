"""What the tests of the window share: the theme is on, and a small record to show."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.fields.kinds import Code, Identity, LongText, Money, Name, Number, PartialDate, YesNo
from app.fields.rules.across import rule
from app.fields.spec import Field, Problem, RecordType, Values
from app.services.desk import Desk
from app.ui import theme
from app.ui.collector import look
from app.ui.program import Program
from app.ui.start import Opening
from app.vault import costs
from tests.desks import CHEAP


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


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which the program would have ended. Without its main loop running, Qt's own exit
    makes every later loop in this process end at once, and with it all tests that wait for something."""
    codes: list[int] = []
    monkeypatch.setattr(QApplication, "exit", staticmethod(codes.append))
    return codes


@pytest.fixture
def opening(
    qtbot: QtBot, application: QApplication, ended: list[int], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opening]:
    """The program before it has opened a folder. Passwords cost next to nothing here."""
    monkeypatch.setattr(costs, "calibrate", lambda: CHEAP)
    made = Opening(application, may_move=False)
    yield made
    if made.program:
        made.program.tasks.wait()
        made.program.retire()
    made.close()


@pytest.fixture
def open_program(qtbot: QtBot, application: QApplication) -> Iterator[Callable[[Path, Desk], Program]]:
    """The whole window on a desk. Its clocks go on until it is retired: none may outlive its test."""
    made: list[Program] = []

    def begin(folder: Path, desk: Desk) -> Program:
        made.append(Program(folder, application))
        made[-1].begin(desk)
        return made[-1]

    yield begin
    for program in made:
        program.stop_work()
        program.retire()


@rule("birth_date", "died_on")
def died_after_birth(values: Values) -> Iterator[Problem]:
    if values["died_on"] < values["birth_date"]:
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
