"""From nothing to a window, and from the practice township to the user's own data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.paths import DATA_FILE, has_data
from app.services.practice import make_practice
from app.ui.forms.first_run_state import FirstRunAnswers
from app.ui.login.paper_sheet import PaperSheet
from app.ui.login.password_sheet import PasswordSheet
from app.ui.login.stage import Stage
from app.ui.pages.settings_page import SettingsPage
from app.ui.start import Opening, application, folder_beside
from tests.desks import PASSWORD, desk_of, with_door

ME = {"officer": "李兰", "preparer": "李兰", "telephone": "19900001234"}
ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "databases" / "v0001.sqlite"
ANSWERED = {"name": "李兰", "password": PASSWORD}
OPEN = {"township": "卫城镇", "county": "清镇市", "unit": "清镇市卫城镇人民政府", **ME}


@pytest.fixture
def practised(tmp_path: Path, opening: Opening, qtbot: QtBot) -> Opening:
    """The practice township, opened by somebody who has told who he is."""
    desk = desk_of(with_door(tmp_path / "桑榆"))
    make_practice(desk, ME)
    desk.close()
    opening.open(tmp_path / "桑榆")
    until(qtbot, lambda: hasattr(cover(opening), "login"))
    log_in(opening, qtbot)
    return opening


def cover(opening: Opening) -> object:
    return opening.program.window.cover if opening.program else None


def log_in(opening: Opening, qtbot: QtBot) -> None:
    login = cover(opening).login  # type: ignore[attr-defined]
    login.password.setText(PASSWORD)
    login.open.click()
    until(qtbot, lambda: opening.desk is not None and cover(opening) is None)


def print_later(opening: Opening, qtbot: QtBot) -> None:
    """The recovery sheet of new data, left for another day."""

    def paper() -> object:
        stage = cover(opening)
        return stage.sheet if isinstance(stage, Stage) else None

    until(qtbot, lambda: isinstance(paper(), PaperSheet))
    shown = paper()
    assert isinstance(shown, PaperSheet)
    shown.done.click()
    until(qtbot, lambda: cover(opening) is None)


def settings(opening: Opening) -> SettingsPage:
    assert opening.program is not None
    opening.program.window.open("settings")
    page = opening.program.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def press(word: str) -> None:
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    next(button for button in box.buttons() if button.text() == word).click()


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=15_000)


def test_practising_keeps_who_the_user_is_and_nothing_of_his_township(
    tmp_path: Path, opening: Opening, qtbot: QtBot
) -> None:
    opening._set_up(FirstRunAnswers({**OPEN, "reviewer": None}, tmp_path / "练习", "practice", **ANSWERED))
    print_later(opening, qtbot)
    assert opening.desk is not None
    office = opening.desk.office.read()
    assert {name: office[name] for name in ME} == ME
    assert (office["township"], office["unit"], office["practice"]) == ("梧桐镇", "梧桐镇人民政府", True)


def test_from_the_settings_one_goes_on_to_ones_own_data(
    practised: Opening, tmp_path: Path, qtbot: QtBot
) -> None:
    page = settings(practised)
    assert page.practice.isVisible()
    page.own_data.click()
    press("开始")
    wizard = practised.wizard
    assert wizard is not None
    assert "practice" not in wizard.questions[3].ways  # type: ignore[attr-defined]
    for name in ("township", "county"):
        edit = wizard.questions[0].fields[name]  # type: ignore[attr-defined]
        edit.setText(OPEN[name])
        edit.textEdited.emit(OPEN[name])
    wizard.next.click()
    assert wizard.questions[1].fields["officer"].text() == "李兰"  # type: ignore[attr-defined]
    wizard.next.click()
    wizard.questions[2].path.setText(str(tmp_path / "桑榆"))  # type: ignore[attr-defined]
    wizard.next.click()
    assert wizard.step == 2
    assert "练习镇的文件夹" in wizard.questions[2].problem.text()  # type: ignore[attr-defined]
    wizard.questions[2].path.setText(str(tmp_path / "卫城镇"))  # type: ignore[attr-defined]
    wizard.next.click()
    wizard.questions[3].ways["empty"].click()  # type: ignore[attr-defined]
    wizard.next.click()
    for field in (wizard.questions[4].password.first, wizard.questions[4].password.second):  # type: ignore[attr-defined]
        field.setText(PASSWORD)
    wizard.next.click()
    print_later(practised, qtbot)
    assert practised.desk is not None
    assert practised.desk.folder == tmp_path / "卫城镇"
    assert practised.desk.cadres.count() == 0
    assert practised.desk.office.read()["unit"] == "清镇市卫城镇人民政府"
    assert not settings(practised).practice.isVisible()
    left = desk_of(tmp_path / "桑榆")
    assert left.cadres.count() > 40
    left.close()


def test_giving_up_half_way_leaves_the_practice_township_open(practised: Opening, tmp_path: Path) -> None:
    practised.leave_practice()
    assert practised.wizard is not None
    practised.wizard.cancel.click()
    assert practised.program is not None
    assert practised.program.window.isVisible()
    assert not has_data(tmp_path / "桑榆-本单位")


def test_what_is_not_saved_has_to_be_dealt_with_first(practised: Opening, qtbot: QtBot) -> None:
    page = settings(practised)
    editor = page.form.editor("officer")
    editor.setText("王梅")
    editor.typed.emit("王梅")
    assert practised.program is not None
    with qtbot.assertNotEmitted(practised.program.own_data_wanted):
        page.own_data_wanted.emit()
    press("知道了")


def test_a_figure_of_today_opens_its_people_on_the_roster(practised: Opening) -> None:
    assert practised.program is not None
    assert practised.desk is not None
    window = practised.program.window
    some = [row.uid for row in practised.desk.cadres.rows(["name"])][3:6]
    window.open("roster")
    window.search_box.setText("没有这个人")
    window.open("today")
    practised.program.around.show_people(some)
    roster = window.page("roster")
    assert roster.list.shown_uids == some  # type: ignore[attr-defined]
    assert window.search_box.text() == ""


def test_the_proposed_folder_is_a_new_one_beside_the_old(tmp_path: Path) -> None:
    assert folder_beside(tmp_path / "桑榆") == tmp_path / "桑榆-本单位"
    (tmp_path / "桑榆-本单位").mkdir()
    assert folder_beside(tmp_path / "桑榆") == tmp_path / "桑榆-本单位2"


def test_what_reads_the_data_is_not_loaded_before_the_window_is_seen() -> None:
    loaded = "import app.ui.start, sys; print([name for name in ('sqlalchemy', 'cryptography') if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_there_is_one_application(qtbot: QtBot) -> None:
    assert application() is QApplication.instance()


def test_the_window_is_seen_before_the_data_is_read(tmp_path: Path, opening: Opening, qtbot: QtBot) -> None:
    desk_of(with_door(tmp_path)).close()
    opening.open(tmp_path)
    assert opening.program is not None
    assert opening.program.window.isVisible()
    assert opening.door is None
    until(qtbot, lambda: hasattr(cover(opening), "login"))


def test_a_folder_from_another_computer_keeps_its_office_and_asks_for_its_password(
    tmp_path: Path, opening: Opening, qtbot: QtBot
) -> None:
    desk = desk_of(with_door(tmp_path))
    desk.office.save(OPEN)
    desk.close()
    opening._set_up(FirstRunAnswers({**OPEN, "township": "别处镇"}, tmp_path, "empty"))
    until(qtbot, lambda: hasattr(cover(opening), "login"))
    log_in(opening, qtbot)
    assert opening.desk is not None
    assert opening.desk.office.read()["township"] == "卫城镇"


def test_what_was_chosen_in_the_first_run_is_begun_with(
    tmp_path: Path, opening: Opening, qtbot: QtBot
) -> None:
    opening._set_up(FirstRunAnswers(OPEN, tmp_path / "新", "import", **ANSWERED))
    print_later(opening, qtbot)
    assert opening.program is not None
    assert opening.program.window.key == "import"


def test_until_the_sheet_is_on_paper_somebody_is_reminded(
    tmp_path: Path, opening: Opening, qtbot: QtBot
) -> None:
    opening._set_up(FirstRunAnswers(OPEN, tmp_path / "新", "empty", **ANSWERED))
    print_later(opening, qtbot)
    assert opening.program is not None
    today = opening.program.window.page("today")
    assert "恢复单还没有印" in today.reminder.text  # type: ignore[attr-defined]
    assert today.reminder.isVisible()  # type: ignore[attr-defined]


def test_data_of_the_former_version_gets_a_password_and_keeps_every_row(
    tmp_path: Path, opening: Opening, qtbot: QtBot
) -> None:
    shutil.copyfile(STORED, tmp_path / DATA_FILE)
    opening.open(tmp_path)
    until(qtbot, lambda: isinstance(cover(opening), Stage) and isinstance(sheet(opening), PasswordSheet))
    asked = sheet(opening)
    assert isinstance(asked, PasswordSheet)
    asked.go.click()
    assert asked.name_problem.isVisible()
    asked.name.setText("李兰")
    for field in (asked.password.first, asked.password.second):
        field.setText(PASSWORD)
    asked.go.click()
    print_later(opening, qtbot)
    assert opening.desk is not None
    assert opening.desk.database.actor.name == "李兰"
    assert opening.desk.cadres.count() > 0
    assert not (tmp_path / DATA_FILE).read_bytes().startswith(b"SQLite format 3")


def sheet(opening: Opening) -> object:
    stage = cover(opening)
    return stage.sheet if isinstance(stage, Stage) else None
