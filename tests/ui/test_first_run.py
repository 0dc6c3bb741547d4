"""The first run: five questions, answered by mouse or keyboard, nothing written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.paths import DATA_FILE
from app.ui.dialogs.first_run import FirstRun
from app.ui.forms.first_run_state import FirstRunState


@pytest.fixture
def wizard(tmp_path: Path, qtbot: QtBot) -> FirstRun:
    shown = FirstRun(tmp_path / "桑榆")
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def write(wizard: FirstRun, **texts: str) -> None:
    for name, text in texts.items():
        edit = wizard.questions[wizard.step].fields[name]
        edit.setText(text)
        edit.textEdited.emit(text)


def test_an_empty_township_is_refused_with_a_sentence_under_the_field(wizard):
    wizard.next.click()
    question = wizard.questions[0]
    assert wizard.step == 0
    assert question.problems["township"].isVisible()
    assert question.problems["township"].text() == (
        "× 请填写乡镇或街道的名称，例如“卫城镇”；它会印在每一张表上。"
    )
    assert question.fields["township"].hasFocus()


def test_the_unit_is_filled_from_county_and_township_until_it_is_typed(wizard):
    write(wizard, township="卫城镇", county="清镇市")
    assert wizard.questions[0].fields["unit"].text() == "清镇市卫城镇人民政府"
    write(wizard, unit="卫城镇党委")
    write(wizard, county="")
    assert wizard.questions[0].fields["unit"].text() == "卫城镇党委"


PASSWORD = "chuntian-zai-xihe"


def test_five_questions_give_one_answer(wizard, tmp_path, qtbot):
    write(wizard, township="青龙山街道", county="清镇市")
    wizard.next.click()
    write(wizard, officer="张小雨", telephone="0851-25500001")
    wizard.next.click()
    wizard.next.click()
    wizard.questions[3].ways["practice"].click()
    wizard.next.click()
    wizard.questions[4].password.first.setText(PASSWORD)
    wizard.questions[4].password.second.setText(PASSWORD)
    with qtbot.waitSignal(wizard.answered) as answered:
        wizard.next.click()
    [answers] = answered.args
    assert answers.office == {
        "township": "青龙山街道",
        "county": "清镇市",
        "unit": "清镇市青龙山街道办事处",
        "officer": "张小雨",
        "preparer": "张小雨",
        "reviewer": None,
        "telephone": "0851-25500001",
    }
    assert (answers.folder, answers.start, answers.workbook) == (tmp_path / "桑榆", "practice", None)
    assert (answers.name, answers.password) == ("张小雨", PASSWORD)
    assert PASSWORD not in repr(answers)
    assert wizard.result() == QDialog.DialogCode.Accepted


def test_enter_goes_through_all_fields_and_questions(wizard, qtbot):
    def enter(times: int) -> None:
        for _ in range(times):
            qtbot.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)

    qtbot.keyClicks(wizard.focusWidget(), "Weicheng")
    enter(3)
    assert wizard.step == 1
    qtbot.keyClicks(wizard.focusWidget(), "Zhang")
    enter(4)
    assert wizard.step == 2
    enter(1)
    assert wizard.step == 3
    enter(1)
    assert wizard.step == 4
    qtbot.keyClicks(wizard.focusWidget(), PASSWORD)
    enter(1)
    qtbot.keyClicks(wizard.focusWidget(), PASSWORD)
    with qtbot.waitSignal(wizard.answered):
        enter(1)


def test_one_can_go_back_and_everything_is_still_there(wizard):
    write(wizard, township="卫城镇")
    wizard.next.click()
    wizard.back.click()
    assert (wizard.step, wizard.questions[0].fields["township"].text()) == (0, "卫城镇")


def test_a_password_of_ones_own_name_is_refused(wizard):
    write(wizard, township="卫城镇")
    wizard.next.click()
    write(wizard, officer="欧阳文娟")
    for _ in range(3):
        wizard.next.click()
    question = wizard.questions[4]
    question.password.first.setText("ouyangwenjuan")
    question.password.second.setText("ouyangwenjuan")
    wizard.next.click()
    assert wizard.step == 4
    assert "名称" in question.password.first_note.text()


def test_a_folder_with_data_is_opened_by_its_own_password(wizard, tmp_path, newest_file, qtbot):
    (tmp_path / "旧").mkdir()
    shutil.copyfile(newest_file, tmp_path / "旧" / DATA_FILE)
    write(wizard, township="卫城镇")
    wizard.next.click()
    write(wizard, officer="张小雨")
    wizard.next.click()
    wizard.questions[2].path.setText(str(tmp_path / "旧"))
    assert wizard.next.text() == "打开这些数据"
    with qtbot.waitSignal(wizard.answered) as answered:
        wizard.next.click()
    assert answered.args[0].password == ""


def test_cancelling_leaves_nothing_behind(wizard, tmp_path):
    wizard.cancel.click()
    assert wizard.result() == QDialog.DialogCode.Rejected
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    assert FirstRunState(tmp_path / "data").folder_problem.endswith("是一个文件，请选一个文件夹。")


def test_a_new_folder_is_fine_and_is_not_made_by_asking(tmp_path):
    assert FirstRunState(tmp_path / "a" / "b").folder_problem == ""
    assert list(tmp_path.iterdir()) == []


def test_the_practice_township_does_not_go_into_a_folder_with_data(tmp_path, newest_file):
    shutil.copyfile(newest_file, tmp_path / DATA_FILE)
    state = FirstRunState(tmp_path)
    state.start = "practice"
    assert "已经有数据" in state.start_problem


def test_a_workbook_that_is_not_there_is_named(tmp_path):
    state = FirstRunState(tmp_path)
    state.workbook = str(tmp_path / "花名册.xlsx")
    assert state.start_problem.startswith(f"找不到“{tmp_path / '花名册.xlsx'}”")


def test_a_short_office_number_does_not_hold_anybody_up(tmp_path):
    state = FirstRunState(tmp_path)
    state.type_in("telephone", "6123")
    assert state.problem("telephone") == ""


def test_a_name_that_is_too_long_is_held_up(tmp_path):
    state = FirstRunState(tmp_path)
    state.type_in("township", "卫" * 40)
    assert "30" in state.problem("township")
