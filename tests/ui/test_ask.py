from __future__ import annotations

import gc

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.dialogs import ask


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def press(box: QMessageBox, word: str) -> None:
    next(button for button in box.buttons() if button.text() == word).click()


def test_only_the_named_verb_does_it(window: QWidget) -> None:
    done: list[str] = []
    box = ask.confirm(window, "将删除 3 人", "删除 3 人", lambda: done.append("删"))
    press(box, "删除 3 人")
    assert done == ["删"]


def test_the_safe_answer_is_ready(window: QWidget) -> None:
    done: list[str] = []
    box = ask.confirm(
        window, "将删除 3 人", "删除", lambda: done.append("删"), otherwise=lambda: done.append("留")
    )
    assert box.defaultButton().text() == "不，保持原样"
    box.reject()
    assert done == ["留"]


def test_one_of_several_ways_is_taken(window: QWidget) -> None:
    taken: list[str] = []
    ways = [(word, lambda word=word: taken.append(word)) for word in ("保存", "不保存", "留下")]
    press(ask.choose(window, "怎么办？", ways), "不保存")
    ask.choose(window, "怎么办？", ways).reject()
    assert taken == ["不保存", "留下"]


def test_names_are_counted_and_long_lists_cut() -> None:
    assert ask.names(["张志国", "李明"]) == "2 人：张志国、李明"
    assert ask.names([str(number) for number in range(12)]) == "12 人：0、1、2、3、4、5、6、7 等"


def test_a_sentence_without_a_window_behind_it_stays_until_it_was_read(qtbot: QtBot) -> None:
    heard: list[str] = []
    ask.tell(None, "数据正开着。", then=lambda: heard.append("read"))
    gc.collect()
    (box,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    ]
    box.buttons()[0].click()
    assert heard == ["read"]
