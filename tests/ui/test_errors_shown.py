from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.errors import UserError
from app.models.database import Database
from app.ui.errors import LOG_NAME, Errors

NOBODY = "王𬎆"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def errors(window: QWidget, tmp_path: Path) -> Errors:
    return Errors(tmp_path, window)


@pytest.fixture
def hook() -> Iterator[None]:
    before = sys.excepthook
    yield
    sys.excepthook = before


def fault() -> ValueError:
    try:
        raise ValueError("an inner matter")
    except ValueError as error:
        return error


def press(box: QMessageBox, word: str) -> None:
    next(button for button in box.buttons() if button.text() == word).click()


def test_a_user_error_is_its_own_sentence_and_not_logged(errors: Errors, tmp_path: Path) -> None:
    box = errors.show(UserError("U 盘已满，请换一个再试。"))
    assert box.text() == "U 盘已满，请换一个再试。"
    assert not (tmp_path / LOG_NAME).exists()


def test_a_number_in_a_sentence_shows_its_end_only(errors: Errors) -> None:
    box = errors.show(UserError("“52999919410203002X.jpg”读不出来，请重新拷贝。"))
    assert box.text() == "“**************002X.jpg”读不出来，请重新拷贝。"


def test_a_fault_is_confessed_logged_and_can_be_copied(errors: Errors, tmp_path: Path) -> None:
    box = errors.show(fault())
    assert box.text() == "程序出了差错"
    assert "an inner matter" not in box.informativeText()
    assert "ValueError: an inner matter" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    press(box, "复制详情")
    assert "ValueError: an inner matter" in QGuiApplication.clipboard().text()
    assert box.isVisible()


def test_a_fault_that_repeats_does_not_bury_the_screen(errors: Errors, tmp_path: Path) -> None:
    assert errors.show(fault()) is errors.show(fault())
    assert (tmp_path / LOG_NAME).read_text(encoding="utf-8").count("\nValueError: an inner matter") == 2


def test_after_the_dialog_is_closed_the_next_fault_is_shown_again(qtbot: QtBot, errors: Errors) -> None:
    first = errors.show(fault())
    with qtbot.waitSignal(first.destroyed):
        press(first, "知道了")
    assert errors.show(fault()).isVisible()


def test_an_exception_in_a_slot_ends_in_the_dialog(
    qtbot: QtBot, errors: Errors, hook: None, window: QWidget
) -> None:
    errors.catch_all()

    def slot() -> None:
        raise UserError("请先选人。")

    with qtbot.captureExceptions():
        errors.catch_all()
        QTimer.singleShot(0, slot)
        qtbot.waitUntil(lambda: [box.text() for box in window.findChildren(QMessageBox)] == ["请先选人。"])


@pytest.mark.parametrize(
    "secret",
    ["529999195505148814", "52999919600726741X", "529999550514881", "19900001111", "6210003110539454122"],
)
def test_nobodys_number_gets_into_the_log_or_the_clipboard(
    errors: Errors, tmp_path: Path, secret: str
) -> None:
    try:
        raise KeyError("an inner matter") from ValueError(
            f"invalid literal for int(): '{secret}' of {NOBODY}"
        )
    except KeyError as error:
        box = errors.show(error)
    assert box is not None
    press(box, "复制详情")
    told = (tmp_path / LOG_NAME).read_text(encoding="utf-8") + QGuiApplication.clipboard().text()
    assert told.count("KeyError: 'an inner matter'") == 2
    assert NOBODY not in told
    assert secret not in told
    assert secret[-4:] not in told


def test_a_failed_statement_is_logged_without_what_it_carried(
    errors: Errors, tmp_path: Path, database: Database
) -> None:
    name = "单䶮生"
    with pytest.raises(OperationalError) as failed, database.reading() as session:
        session.execute(text("SELECT :name FROM nowhere"), {"name": name})
    errors.show(failed.value)
    told = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "no such table: nowhere" in told
    assert name not in told


def test_a_statement_of_another_engine_is_logged_without_its_values_too(
    errors: Errors, tmp_path: Path
) -> None:
    errors.show(
        OperationalError("UPDATE cadre SET name=?", ("单䶮生", "北门村"), Exception("database is locked"))
    )
    told = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "[parameters: …]" in told
    assert "单䶮生" not in told
