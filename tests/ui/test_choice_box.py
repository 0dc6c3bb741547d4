"""A drop-down offers everything at one click; typing leaves what fits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.fields.kinds import Code
from app.ui.editors import CodeEditor
from app.ui.widgets.choice_box import ChoiceBox, ChoiceModel, Entry

ENTRIES = [Entry("01", "汉族", "hz"), Entry("06", "苗族", "mz"), Entry("09", "布依族", "byz")]


def test_a_click_in_the_field_offers_all_entries(qtbot: QtBot) -> None:
    box = ChoiceBox(ChoiceModel(ENTRIES))
    qtbot.addWidget(box)
    box.show()
    box.choose("06")
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert popup.model().rowCount() == 3
    assert box.line.selectedText() == "苗族"
    popup.hide()


def test_what_is_typed_after_the_click_narrows_and_is_taken(qtbot: QtBot) -> None:
    box = ChoiceBox(ChoiceModel(ENTRIES))
    qtbot.addWidget(box)
    box.show()
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(box.line, "by")
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.model().rowCount() == 1
    popup.hide()
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert box.key == "09"


def test_a_field_of_a_form_offers_its_codes_too(qtbot: QtBot) -> None:
    editor = CodeEditor(Code("sex"), lambda _label: "")
    qtbot.addWidget(editor)
    editor.show()
    qtbot.mouseClick(editor._field, Qt.MouseButton.LeftButton)
    completer = editor.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    offered = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert {"男", "女"} <= set(offered)
    popup.hide()
    assert editor.text() == ""


def test_enter_takes_what_fits_while_the_offers_are_open(qtbot: QtBot) -> None:
    box = ChoiceBox(ChoiceModel(ENTRIES))
    qtbot.addWidget(box)
    box.show()
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(box.line, "by")
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (box.key, popup.isVisible()) == ("09", False)
