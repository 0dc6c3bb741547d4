from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.fields.spec import RecordType
from app.ui import theme
from app.ui.editors import CodeEditor, LineEditor, LongEditor, ManyEditor, YesNoEditor
from app.ui.forms.form_state import FormState
from app.ui.forms.record_form import RecordForm


@pytest.fixture
def form(qtbot: QtBot, record: RecordType) -> RecordForm:
    made = RecordForm(FormState(record, {"name": "张志国", "birth_date": "1938-03", "sex": "1"}))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def focused() -> str:
    widget: QWidget | None = QApplication.focusWidget()
    return str(widget.property("field_name") or "") if widget else ""


def visible_texts(form: RecordForm) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]


def left(form: RecordForm, name: str) -> int:
    return form.editor(name).mapTo(form, QPoint()).x()


def type_in(form: RecordForm, name: str, text: str) -> None:
    editor = form.editor(name)
    assert isinstance(editor, LineEditor)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(editor, text)
    else:
        editor.insert(text)
        editor.textEdited.emit(editor.text())


def test_editors_are_named_after_their_fields(form: RecordForm, record: RecordType) -> None:
    assert [form.findChild(QWidget, field.name) is form.editor(field.name) for field in record.fields]
    kinds = [
        type(form.editor(name)) for name in ("name", "sex", "relocated", "special_conditions", "remarks")
    ]
    assert kinds == [LineEditor, CodeEditor, YesNoEditor, ManyEditor, LongEditor]


def test_the_form_shows_the_record(form: RecordForm) -> None:
    assert form.editor("name").text() == "张志国"
    assert form.editor("sex").text() == "男"
    assert form.editor("birth_date").text() == "1938.03"


def test_what_must_be_filled_is_marked(form: RecordForm) -> None:
    assert "姓名 *" in visible_texts(form)
    assert "性别" in visible_texts(form)


def test_typing_changes_the_state_and_tells(qtbot: QtBot, form: RecordForm) -> None:
    with qtbot.waitSignal(form.typed) as typed:
        type_in(form, "name", "李明")
    assert typed.args == ["name"]
    assert form.state.values["name"] == "李明"


def test_a_problem_stands_under_its_field_with_a_sign(form: RecordForm) -> None:
    type_in(form, "id_number", "123")
    shown = [text for text in visible_texts(form) if text.startswith("× ")]
    assert len(shown) == 1
    assert form.editor("id_number").property("problem") == "E"
    type_in(form, "id_number", "")
    assert [text for text in visible_texts(form) if text.startswith("× ")] == []


def test_enter_goes_on_and_shift_enter_goes_back(qtbot: QtBot, form: RecordForm) -> None:
    form.go_to("name")
    qtbot.keyClick(form.editor("name"), Qt.Key.Key_Return)
    assert focused() == "sex"
    qtbot.keyClick(form.editor("sex"), Qt.Key.Key_Return)
    assert focused() == "ethnicity"
    qtbot.keyClick(form.editor("ethnicity"), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert focused() == "sex"


def test_enter_in_an_open_list_takes_the_choice_and_goes_on(qtbot: QtBot, form: RecordForm) -> None:
    form.go_to("ethnicity")
    editor = form.editor("ethnicity")
    assert isinstance(editor, CodeEditor)
    field, completer = editor.lineEdit(), editor.completer()
    assert field
    assert completer
    qtbot.keyClicks(field, "mg")
    qtbot.waitUntil(completer.popup().isVisible)
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused() == "birth_date")
    assert editor.text() == "蒙古族"


def test_enter_in_a_long_text_begins_a_line(qtbot: QtBot, form: RecordForm) -> None:
    editor = form.editor("remarks")
    form.go_to("remarks")
    qtbot.keyClicks(editor, "a")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "b")
    assert form.state.values["remarks"] == "a\nb"


def test_enter_in_the_last_field_says_so(qtbot: QtBot, record: RecordType) -> None:
    short = RecordForm(FormState(record), sections=["基本信息"])
    qtbot.addWidget(short)
    with qtbot.waitSignal(short.finished):
        qtbot.keyClick(short.editor("id_number"), Qt.Key.Key_Return)


def test_tabs_can_share_one_state(qtbot: QtBot, record: RecordType) -> None:
    state = FormState(record, {"name": "张志国"})
    basic, rest = (RecordForm(state, sections=[section]) for section in record.sections)
    for form in (basic, rest):
        qtbot.addWidget(form)
    assert basic.names == ["name", "sex", "ethnicity", "birth_date", "id_number"]
    assert not rest.go_to("name")
    type_in(basic, "birth_date", "1950")
    type_in(rest, "died_on", "1940")
    assert [problem.field for problem in state.errors] == ["died_on"]


def test_a_narrow_place_makes_one_column(qtbot: QtBot, form: RecordForm) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(420, 400)
    area.show()
    qtbot.waitUntil(lambda: left(form, "sex") == left(form, "name"))
    assert form.width() <= area.viewport().width()
    area.resize(900, 400)
    qtbot.waitUntil(lambda: left(form, "sex") > left(form, "name"))
    area.takeWidget()


def test_labels_grow_with_the_letters(form: RecordForm, qtbot: QtBot, application: QApplication) -> None:
    label = form._lines["id_number"].label
    before = label.width()
    theme.apply(application, "light", "大")
    qtbot.waitUntil(lambda: label.width() > before)
