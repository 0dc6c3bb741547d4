"""The tabs of a page: made when they are looked at, and wired as pages are."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.page import PageWidget, Section
from app.ui.rights import needs
from app.ui.section_stack import SectionStack


class Inside(PageWidget):
    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("保存")
        self.typed = ""
        self.is_kept = False
        needs("edit", self.button)
        QVBoxLayout(self).addWidget(self.button)

    def unsaved(self) -> str:
        return self.typed

    def keep_draft(self) -> None:
        self.is_kept = True


@pytest.fixture
def stack(qtbot: QtBot) -> SectionStack:
    made = SectionStack([Section("inside", "里面", Inside), Section("plain", "别的", QWidget)])
    qtbot.addWidget(made)
    made.permit(lambda right: right != "edit")
    return made


def test_a_section_is_made_once_and_only_when_it_is_looked_at(stack: SectionStack) -> None:
    assert stack.count() == 0
    assert stack.bring("inside") is stack.section("inside")
    assert stack.currentWidget() is stack.section("inside")
    assert stack.count() == 1


def test_what_a_section_says_and_wants_goes_on(stack: SectionStack) -> None:
    told: list[tuple[str, ...]] = []
    stack.says.connect(lambda sentence: told.append((sentence,)))
    stack.wants_page.connect(lambda key, about: told.append((key, about)))
    inside = stack.section("inside")
    assert isinstance(inside, Inside)
    inside.says.emit("好了")
    inside.wants_page.emit("roster", "1")
    assert told == [("好了",), ("roster", "1")]


def test_what_may_not_be_done_is_shut_in_it(stack: SectionStack) -> None:
    inside = stack.section("inside")
    assert isinstance(inside, Inside)
    assert not inside.button.isEnabled()


def test_what_is_typed_in_it_is_asked_about_and_kept(stack: SectionStack) -> None:
    assert stack.unsaved() == ""
    inside = stack.section("inside")
    assert isinstance(inside, Inside)
    inside.typed = "改过，还没有保存"
    stack.section("plain")
    stack.keep_draft()
    assert (stack.unsaved(), inside.is_kept) == ("改过，还没有保存", True)
