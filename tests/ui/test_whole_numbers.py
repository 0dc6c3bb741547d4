"""Between a page and the log: a number is shown or copied once the asking is logged, or it is said why not."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.fields.actors import Actor
from app.models.database import Database
from app.services.reveals import REFUSAL, Reveals
from app.ui.whole_numbers import MARKS, WholeNumbers
from tests.services.test_reveals import acts

NUMBER = "529999195505148814"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def numbers_of(
    database: Database, page: QWidget, role: str = "preparer", kept_for: int = 10_000
) -> WholeNumbers:
    database.actor = Actor("0c0ffee0-0000-4000-8000-000000000002", "赵明", (role,), "window")
    return WholeNumbers(Reveals(database), page, kept_for)


def test_it_is_shown_after_the_asking_stands_in_the_log(database: Database, page: QWidget) -> None:
    logged: list[int] = []
    numbers_of(database, page).show("单䶮生", "身份证号", lambda: logged.append(len(acts(database))))
    assert logged == [1]


def test_a_reader_is_told_why_not(database: Database, page: QWidget) -> None:
    QGuiApplication.clipboard().setText("别的")
    numbers, shown = numbers_of(database, page, "reader"), []
    numbers.show("单䶮生", "身份证号", lambda: shown.append(True))
    numbers.copy("单䶮生", "身份证号", NUMBER)
    assert [box.text() for box in page.findChildren(QMessageBox)] == [REFUSAL, REFUSAL]
    assert not shown
    assert QGuiApplication.clipboard().text() == "别的"


def test_a_copied_number_is_logged_said_and_marked_as_nothing_to_keep(
    qtbot: QtBot, database: Database, page: QWidget
) -> None:
    numbers = numbers_of(database, page)
    with qtbot.waitSignal(numbers.said) as said:
        numbers.copy("单䶮生", "身份证号", NUMBER)
    clipboard = QGuiApplication.clipboard()
    assert said.args == ["身份证号已复制，10 秒后从剪贴板清除"]
    assert clipboard.text() == NUMBER
    assert all(clipboard.mimeData().hasFormat(mark) for mark in MARKS)
    assert acts(database) == [("copy_number", "单䶮生 身份证号", "赵明")]
    assert NUMBER not in str(acts(database))


def test_the_clipboard_is_emptied_after_a_while(qtbot: QtBot, database: Database, page: QWidget) -> None:
    numbers_of(database, page, kept_for=1).copy("单䶮生", "身份证号", NUMBER)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_was_copied_meanwhile_stays(database: Database, page: QWidget) -> None:
    numbers = numbers_of(database, page)
    numbers.copy("单䶮生", "身份证号", NUMBER)
    QGuiApplication.clipboard().setText("春节慰问")
    numbers.clear()
    assert QGuiApplication.clipboard().text() == "春节慰问"


def test_leaving_the_program_empties_the_clipboard_at_once(
    qtbot: QtBot, database: Database, page: QWidget
) -> None:
    numbers_of(database, page).copy("单䶮生", "身份证号", NUMBER)
    application = QGuiApplication.instance()
    assert application is not None
    application.aboutToQuit.emit()
    assert QGuiApplication.clipboard().text() == ""
