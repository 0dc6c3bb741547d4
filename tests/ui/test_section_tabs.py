"""Tabs where there is little room: nothing is cut, nothing is out of reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.widgets.section_tabs import SectionTabs

WORDS = ["基本", "离退休", "联系", "健康", "党务", "特长", "需求", "简历"]
WIDE, NARROW = 1200, 230


@pytest.fixture
def tabs(qtbot: QtBot) -> SectionTabs:
    made = SectionTabs([(word, word) for word in WORDS])
    qtbot.addWidget(made)
    made.set_rows(1)
    made.resize(NARROW, 60)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.choose(0)
    return made


def shown(tabs: SectionTabs) -> list[str]:
    return [each.text() for each in tabs.findChildren(QToolButton) if each.isVisible()]


def behind_more(tabs: SectionTabs) -> QMenu:
    tabs.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_wide_place_has_room_for_all(tabs: SectionTabs) -> None:
    tabs.resize(WIDE, 60)
    assert shown(tabs) == WORDS


def test_what_finds_no_place_stands_behind_more(tabs: SectionTabs) -> None:
    *front, more = shown(tabs)
    assert (front, more) == (WORDS[: len(front)], "更多")
    assert 0 < len(front) < len(WORDS)
    menu = behind_more(tabs)
    assert [act.text() for act in menu.actions()] == WORDS[len(front) :]
    menu.close()


def test_two_rows_hold_more_than_one(tabs: SectionTabs) -> None:
    before = len(shown(tabs))
    tabs.set_rows(2)
    assert len(shown(tabs)) > before


def test_the_chosen_one_always_has_a_place(tabs: SectionTabs) -> None:
    menu = behind_more(tabs)
    menu.actions()[-1].trigger()
    menu.close()
    assert tabs.place == len(WORDS) - 1
    assert shown(tabs)[-2:] == ["简历", "更多"]


def test_the_keys_reach_every_tab(tabs: SectionTabs, qtbot: QtBot) -> None:
    seen = []
    tabs.chosen.connect(seen.append)
    for _ in WORDS:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert seen == [*range(1, len(WORDS)), 0]


def test_what_is_wrong_on_a_hidden_tab_is_seen(tabs: SectionTabs) -> None:
    tabs.mark(6, "W")
    tabs.mark(7, "E")
    assert tabs.more.property("problem") == "E"
    tabs.mark(7, "")
    assert tabs.more.property("problem") == "W"


def test_the_focus_goes_along_when_another_tab_is_opened_from_elsewhere(
    tabs: SectionTabs, qtbot: QtBot
) -> None:
    first = next(each for each in tabs.findChildren(QToolButton) if each.text() == "基本")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    tabs.choose(2)
    assert not first.hasFocus()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QToolButton)
    assert focus.text() == "联系"
