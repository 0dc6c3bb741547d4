from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.errors import LOG_NAME, Errors


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
        raise ValueError("内部的事")
    except ValueError as error:
        return error


def press(box: QMessageBox, word: str) -> None:
    next(button for button in box.buttons() if button.text() == word).click()


def test_a_user_error_is_its_own_sentence_and_not_logged(errors: Errors, tmp_path: Path) -> None:
    box = errors.show(UserError("U 盘已满，请换一个再试。"))
    assert box.text() == "U 盘已满，请换一个再试。"
    assert not (tmp_path / LOG_NAME).exists()


def test_a_fault_is_confessed_logged_and_can_be_copied(errors: Errors, tmp_path: Path) -> None:
    box = errors.show(fault())
    assert box.text() == "程序出了差错"
    assert "内部的事" not in box.informativeText()
    assert "ValueError: 内部的事" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    press(box, "复制详情")
    assert "ValueError: 内部的事" in QGuiApplication.clipboard().text()
    assert box.isVisible()


def test_a_fault_that_repeats_does_not_bury_the_screen(errors: Errors, tmp_path: Path) -> None:
    assert errors.show(fault()) is errors.show(fault())
    assert (tmp_path / LOG_NAME).read_text(encoding="utf-8").count("\nValueError: 内部的事") == 2


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
