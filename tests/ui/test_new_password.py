"""A new password: typed twice, or a phrase that is offered and typed once more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from app.ui.login.new_password import NewPassword
from app.ui.login.new_password_state import AGAIN, DIFFERENT, NewPasswordState
from app.ui.login.password_field import PasswordField

GOOD = "chuntian-zai-xihe"


def test_two_spellings_of_a_phrase_are_the_same() -> None:
    state = NewPasswordState()
    phrase = state.offer()
    assert state.take_phrase() == " ".join(phrase.words)
    state.second = "".join(phrase.pinyin)
    assert state.second_problem == ""
    assert state.password


def test_a_phrase_that_was_only_taken_has_still_to_be_typed() -> None:
    state = NewPasswordState()
    state.offer()
    state.take_phrase()
    assert state.second_problem == AGAIN
    assert state.password == ""


def test_different_ones_are_told() -> None:
    state = NewPasswordState()
    state.first, state.second = GOOD, GOOD + "x"
    assert state.second_problem == DIFFERENT


def test_ones_own_name_in_pinyin_is_no_password() -> None:
    state = NewPasswordState(["林晓芸"])
    state.first = "linxiaoyun"
    assert "名称" in state.first_problem


def test_every_offer_is_another() -> None:
    state = NewPasswordState()
    assert len({state.offer().words for _ in range(5)}) > 1


@pytest.fixture
def form(qtbot: QtBot) -> NewPassword:
    made = NewPassword()
    qtbot.addWidget(made)
    made.show()
    return made


def test_strength_is_said_in_words_while_it_is_typed(form: NewPassword, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.first, "abc")
    assert "强度：弱" in form.first_note.text()
    qtbot.keyClicks(form.first, GOOD)
    assert form.first_note.text() == "强度：强"


def test_what_is_wrong_stands_under_its_field(form: NewPassword, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.first, "abc")
    assert form.check() == ""
    assert form.first_note.text().startswith("× 口令至少要")
    assert form.second_note.isHidden()
    form.first.setText(GOOD)
    assert form.check() == ""
    assert form.second_note.text() == f"× {AGAIN}"


def test_a_good_one_comes_back(form: NewPassword, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.first, GOOD)
    qtbot.keyClick(form.first, Qt.Key.Key_Return)
    qtbot.keyClicks(form.second, GOOD)
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form.second, Qt.Key.Key_Return)
    assert form.check() == GOOD


def test_a_taken_phrase_stands_in_sight(form: NewPassword) -> None:
    form.offer.click()
    form.box.take.click()
    assert not form.first.is_covered
    assert form.state.phrase is not None
    assert form.first.text().split() == list(form.state.phrase.words)
    assert form.second.text() == ""


def test_a_covered_field_is_shown_on_demand_and_forgets(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    assert field.is_covered
    field.actions()[0].trigger()
    assert not field.is_covered
    field.setText(GOOD)
    field.forget()
    assert (field.is_covered, field.text()) == (True, "")


def test_caps_lock_is_told_once(qtbot: QtBot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    heard: list[bool] = []
    field.caps_lock_seen.connect(heard.append)
    for letter in "AB":
        key = Qt.Key(ord(letter))
        field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter))
    assert (field.caps_lock, heard) == (True, [True])
