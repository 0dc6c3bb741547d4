from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.fields.kinds import Code, Identity, Money, PartialDate, YesNo
from app.fields.spec import Field
from app.services import readings
from app.ui.editors import CodeEditor, LineEditor, ManyEditor, YesNoEditor, editor_for


def editor_of(kind: object, qtbot: QtBot) -> object:
    editor = editor_for(Field("it", "项目", kind, ""), readings.initials)  # type: ignore[arg-type]
    qtbot.addWidget(editor)
    editor.resize(320, 32)
    return editor


@pytest.fixture
def politics(qtbot: QtBot) -> CodeEditor:
    editor = editor_of(Code("political_status"), qtbot)
    assert isinstance(editor, CodeEditor)
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    return editor


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("52.3", "1952年3月"),
        ("195203", "1952年3月"),
        ("1952", "1952年"),
        ("1952-3-8", "1952年3月8日"),
        ("x", ""),
    ],
)
def test_a_date_says_what_it_understood(qtbot: QtBot, typed: str, understood: str) -> None:
    editor = editor_of(PartialDate(), qtbot)
    assert isinstance(editor, LineEditor)
    qtbot.keyClicks(editor, typed)
    assert editor.understood == understood


def test_money_is_said_in_words(qtbot: QtBot) -> None:
    editor = editor_of(Money(), qtbot)
    assert isinstance(editor, LineEditor)
    qtbot.keyClicks(editor, "500")
    assert editor.understood == "伍佰元整"


def test_an_identity_number_counts_along(qtbot: QtBot) -> None:
    editor = editor_of(Identity(), qtbot)
    assert isinstance(editor, LineEditor)
    qtbot.keyClicks(editor, "5299991938")
    assert editor.understood == "10/18 位"
    qtbot.keyClicks(editor, "03120019")
    assert editor.understood == ""


@pytest.mark.parametrize("typed", ["中共党员", "zgdy", "党员", "01"])
def test_a_choice_is_found_by_label_initials_alias_and_code(
    qtbot: QtBot, politics: CodeEditor, typed: str
) -> None:
    politics.setEditText(typed)
    with qtbot.waitSignal(politics.typed) as said:
        politics.settle()
    assert said.args == ["中共党员"]
    assert politics.text() == "中共党员"


def test_what_is_typed_narrows_the_list(qtbot: QtBot) -> None:
    editor = editor_of(Code("ethnicity"), qtbot)
    assert isinstance(editor, CodeEditor)
    assert set(editor.fitting("mz")) >= {"苗族", "满族"}
    assert "汉族" not in editor.fitting("z"), "every 族 has a z, but what begins with it comes first"
    assert "壮族" in editor.fitting("z")
    assert editor.fitting("古族") == ["蒙古族"]
    assert editor.fitting("qq") == []


def test_the_list_opens_with_what_fits(qtbot: QtBot, politics: CodeEditor) -> None:
    politics.show_text("")
    qtbot.keyClicks(politics.lineEdit(), "zg")
    completer = politics.completer()
    assert completer is not None
    shown = completer.completionModel()
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == politics.fitting("zg")
    assert "中共党员" in politics.fitting("zg")


def test_a_choice_says_nothing_before_it_is_made(qtbot: QtBot, politics: CodeEditor) -> None:
    with qtbot.assertNotEmitted(politics.typed):
        qtbot.keyClicks(politics, "zg")


def test_what_is_in_no_list_stays_as_typed(qtbot: QtBot, politics: CodeEditor) -> None:
    politics.setEditText("不明")
    with qtbot.waitSignal(politics.typed) as said:
        politics.settle()
    assert said.args == ["不明"]


def test_a_choice_can_be_emptied(qtbot: QtBot, politics: CodeEditor) -> None:
    politics.show_text("群众")
    politics.setEditText("")
    with qtbot.waitSignal(politics.typed) as said:
        politics.settle()
    assert said.args == [""]


def test_the_wheel_does_not_change_a_choice(politics: CodeEditor) -> None:
    politics.show_text("群众")
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(politics, turn)
    assert politics.text() == "群众"


def test_several_words_are_pressed_and_kept(qtbot: QtBot) -> None:
    editor = editor_of(Code("special_condition", many=True), qtbot)
    assert isinstance(editor, ManyEditor)
    words = [button.text() for button in editor.findChildren(QToolButton)]
    editor.show_text(f"{words[1]}、从前的叫法")
    with qtbot.waitSignal(editor.typed) as said:
        qtbot.mouseClick(editor.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert said.args == [f"{words[0]}、{words[1]}、从前的叫法"]


def test_an_empty_answer_is_not_a_no(qtbot: QtBot) -> None:
    editor = editor_of(YesNo(), qtbot)
    assert isinstance(editor, YesNoEditor)
    assert editor.text() == ""
    with qtbot.waitSignal(editor.typed) as said:
        qtbot.mouseClick(editor.findChildren(QToolButton)[2], Qt.MouseButton.LeftButton)
    assert said.args == ["否"]
    editor.show_text("")
    assert editor.text() == ""
