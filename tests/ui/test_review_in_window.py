"""The review in the whole window: the word on the head of a file, the way there, the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.program import Program
from app.ui.review.progress_page import ProgressPage
from app.ui.review.review_page import ReviewPage
from app.ui.review.state_tag import StateTag
from tests.desks import desk_of, with_door


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_of(with_door(tmp_path))
    opened.office.save({"township": "卫城镇", "unit": "卫城镇人民政府"})
    opened.cadres.save(CadreFile(values={"name": "周光", "village": "东门村", "mobile": "19900000001"}))
    yield opened
    opened.close()


@pytest.fixture
def program(desk: Desk, application: QApplication, qtbot: QtBot) -> Iterator[Program]:
    made = Program(desk.folder, application)
    made.window.show()
    made.begin(desk)
    yield made
    made.tasks.wait()
    made.retire()


@pytest.fixture
def uid(desk: Desk) -> str:
    return desk.cadres.rows(["name"])[0].uid


def panel(program: Program, qtbot: QtBot) -> Any:
    program.window.open("roster")
    found = program.window.page("roster").panel  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: found.draft.name == "周光")
    return found


def tag(program: Program, qtbot: QtBot) -> StateTag:
    found: StateTag = panel(program, qtbot).head.findChild(StateTag)
    return found


def review(program: Program, qtbot: QtBot) -> ReviewPage:
    found = program.window.page("check").section("review")  # type: ignore[attr-defined]
    assert isinstance(found, ReviewPage)
    qtbot.waitUntil(lambda: not program.tasks.running)
    return found


def test_the_head_of_a_file_says_how_far_it_has_come(program: Program, desk: Desk, uid: str, qtbot) -> None:
    word = tag(program, qtbot)
    assert word.text() == "○ 未核"
    for change in desk.reviews.move([uid], "review_check").changes:
        program.changes.tell(change)
    assert word.text() == "◐ 已核"
    assert "林晓芸" in word.toolTip()


def test_saving_a_file_takes_the_word_back(program: Program, desk: Desk, uid: str, qtbot) -> None:
    desk.reviews.move([uid], "review_check")
    shown = panel(program, qtbot)
    word = shown.head.findChild(StateTag)
    assert word.text() == "◐ 已核"
    shown.draft.form.type_in("former_name", "周广")
    assert shown.save()
    assert word.text() == "○ 未核"


def test_nobody_new_has_a_state(program: Program, qtbot: QtBot) -> None:
    word = tag(program, qtbot)
    assert not word.isHidden()
    program.window.open("roster", "new")
    assert word.isHidden()


@pytest.mark.parametrize("by_key", [False, True])
def test_a_press_on_it_opens_the_review_of_that_file(program: Program, uid: str, qtbot, *, by_key) -> None:
    word = tag(program, qtbot)
    if by_key:
        qtbot.keyClick(word, Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(word, Qt.MouseButton.LeftButton)
    assert review(program, qtbot).uid == uid
    assert review(program, qtbot).isVisible()


def test_what_was_done_is_told_with_its_way_back(program: Program, desk: Desk, uid: str, qtbot) -> None:
    program.window.open("check", "review")
    review(program, qtbot).sign()
    assert desk.reviews.state(uid).state == "checked"
    assert "已核对" in program.window.toasts._text.text()
    program.window.toasts._button.click()
    assert desk.reviews.state(uid).state == "new"


def test_the_file_in_front_can_be_saved_after_it_was_signed(
    program: Program, desk: Desk, uid: str, qtbot
) -> None:
    shown = panel(program, qtbot)
    program.window.open("check", f"review {uid}")
    review(program, qtbot).sign()
    program.window.open("roster", uid)
    shown.draft.form.type_in("former_name", "周广")
    assert shown.save()
    assert desk.cadres.read(uid).values["preparer"] == "林晓芸"


def test_the_progress_opens_its_names_on_the_roster(program: Program, uid: str, qtbot: QtBot) -> None:
    program.window.open("check", "progress")
    page = program.window.page("check").section("progress")  # type: ignore[attr-defined]
    assert isinstance(page, ProgressPage)
    qtbot.waitUntil(lambda: page.table.texts.rowCount() == 2)
    page.table.names_wanted.emit("东门村", "people")
    assert program.window.page("roster").isVisible()
    assert program.window.page("roster").list.shown_uids == [uid]  # type: ignore[attr-defined]
