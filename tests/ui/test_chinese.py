"""Qt's own words: what a user meets without our having written it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.chinese import speak_chinese

ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def chinese(application: QApplication) -> Iterator[QApplication]:
    before = application.findChildren(QTranslator)
    locale = QLocale()
    speak_chinese(application)
    yield application
    for translator in application.findChildren(QTranslator):
        if translator not in before:
            application.removeTranslator(translator)
            translator.deleteLater()
    QLocale.setDefault(locale)


def test_the_menu_of_a_text_field_is_chinese(qtbot: QtBot, chinese: QApplication) -> None:
    field = QLineEdit("卫城镇")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    menu.deleteLater()
    assert words == ["撤消(&U)", "重做(&R)", "剪切(&T)", "复制(&C)", "粘贴(&P)", "删除", "全选"]


def test_the_buttons_of_a_message_are_chinese(qtbot: QtBot, chinese: QApplication) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Ok | kinds.Cancel | kinds.Yes | kinds.No | kinds.Save | kinds.Retry)
    words = [button.text() for button in box.buttons()]
    assert [word for word in words if ENGLISH.search(word)] == []


def test_the_file_dialog_is_chinese(qtbot: QtBot, chinese: QApplication) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setNameFilter("工作簿 (*.xlsx)")
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    buttons = [button.text() for button in dialog.findChildren(QPushButton)]
    assert labels
    assert [word for word in labels + buttons if ENGLISH.search(word)] == []


def test_dates_and_numbers_are_written_as_in_china(chinese: QApplication) -> None:
    assert QLocale().monthName(3) == "三月"
