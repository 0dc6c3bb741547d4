"""The line for an identity or card number: covered, shown on demand, covered again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from app.fields.kinds import Identity
from app.fields.spec import Field
from app.services import readings
from app.ui.editors import editor_for
from app.ui.widgets.secret_edit import FIRST_SHOW, HIDE, SHOW, SecretEdit

NUMBER, OTHER = "529999195505148814", "52999919600726741X"
COVERED = "**************8814"
SHORT = 1
"""Milliseconds, for those who wait until it is covered again."""

Make = Callable[..., SecretEdit]


def no_eye(_is_open: bool) -> QIcon:
    return QIcon()


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(number: str = "", shown_for: int = 30_000) -> SecretEdit:
        edit = SecretEdit(Identity().masked, no_eye, shown_for=shown_for)
        qtbot.addWidget(edit)
        edit.resize(240, 32)
        edit.show()
        edit.show_text(number)
        edit.show_wanted.connect(edit.reveal)
        return edit

    return made


def words(edit: SecretEdit) -> list[str]:
    return [action.text() for action in edit.menu().actions()]


def test_only_the_last_four_are_seen_and_nothing_can_be_typed_over_them(qtbot: QtBot, make: Make) -> None:
    edit = make(NUMBER)
    qtbot.keyClicks(edit, "1")
    assert (edit.text(), edit.number) == (COVERED, NUMBER)
    assert QToolTip.text() == FIRST_SHOW


def test_a_screen_reader_hears_the_last_four_and_how_to_hear_all(make: Make) -> None:
    edit = make(NUMBER)
    assert edit.displayText() == COVERED
    assert "Alt+V" in edit.accessibleDescription()
    edit.reveal()
    assert edit.accessibleDescription() == ""


@pytest.mark.parametrize("way", ["eye", "keys", "menu"])
def test_it_is_shown_when_asked_and_covered_when_asked_again(qtbot: QtBot, make: Make, way: str) -> None:
    edit = make(NUMBER)

    def press() -> None:
        if way == "keys":
            edit.activateWindow()
            edit.setFocus()
            qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
        else:
            (edit.findChild(QAction) if way == "eye" else edit.menu().actions()[0]).trigger()

    press()
    assert edit.text() == NUMBER
    press()
    assert edit.text() == COVERED


def test_nothing_is_shown_until_somebody_answers(make: Make) -> None:
    edit = make(NUMBER)
    edit.show_wanted.disconnect(edit.reveal)
    edit.findChild(QAction).trigger()
    assert edit.text() == COVERED


def test_it_covers_itself_again(qtbot: QtBot, make: Make) -> None:
    edit = make(NUMBER, shown_for=SHORT)
    edit.reveal()
    qtbot.waitUntil(lambda: edit.text() == COVERED)
    assert edit.number == NUMBER


def test_an_empty_one_is_typed_into_at_once_and_shows_what_is_typed(qtbot: QtBot, make: Make) -> None:
    edit = make()
    said: list[str] = []
    edit.typed.connect(said.append)
    qtbot.keyClicks(edit, "5299")
    assert (edit.text(), said[-1]) == ("5299", "5299")


def test_what_was_typed_is_covered_after_a_while_too(qtbot: QtBot, make: Make) -> None:
    edit = make()
    qtbot.keyClicks(edit, NUMBER)
    edit.clock.start(SHORT)
    qtbot.waitUntil(lambda: edit.text() == COVERED)


def test_a_shown_number_can_be_put_right(qtbot: QtBot, make: Make) -> None:
    edit = make(NUMBER)
    edit.reveal()
    edit.selectAll()
    qtbot.keyClicks(edit, OTHER)
    assert edit.number == OTHER


def test_a_number_that_is_only_tidied_stays_in_sight(qtbot: QtBot, make: Make) -> None:
    edit = make()
    qtbot.keyClicks(edit, "529999 19600726 741x")
    edit.show_text(OTHER)
    assert edit.text() == OTHER


def test_another_persons_number_is_covered_at_once(make: Make) -> None:
    edit = make(NUMBER)
    edit.reveal()
    edit.show_text(OTHER)
    assert edit.text() == "**************741X"


def test_it_is_covered_when_it_goes_out_of_sight(make: Make) -> None:
    edit = make(NUMBER)
    edit.reveal()
    edit.hide()
    edit.show()
    assert edit.text() == COVERED


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X])
def test_copying_asks_first(qtbot: QtBot, make: Make, shown: bool, key: Qt.Key) -> None:
    QGuiApplication.clipboard().clear()
    edit = make(NUMBER)
    if shown:
        edit.reveal()
    edit.selectAll()
    with qtbot.waitSignal(edit.copy_wanted):
        qtbot.keyClick(edit, key, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ""
    assert edit.number == NUMBER


def test_the_menu_offers_what_can_be_done_now(make: Make) -> None:
    edit = make(NUMBER)
    assert words(edit) == [SHOW, "复制完整号码"]
    edit.reveal()
    assert words(edit) == [HIDE, "复制完整号码", "粘贴"]
    edit.show_text("")
    assert words(edit) == ["粘贴"]


def test_a_taken_back_step_does_not_bring_the_number_out(qtbot: QtBot, make: Make) -> None:
    edit = make(NUMBER)
    edit.reveal()
    edit.cover()
    edit.undo()
    assert edit.text() == COVERED


def test_every_secret_field_gets_such_a_line(qtbot: QtBot) -> None:
    editor = editor_for(Field("id_number", "身份证号", Identity(), ""), readings.initials)
    qtbot.addWidget(editor)
    assert isinstance(editor, SecretEdit)
    assert editor.accessibleName() == "身份证号"
    assert "记入日志" in editor.toolTip()
