"""Forms and .lrmx in the window: side by side, ticked, saved one after the other, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.pages.import_page import COLUMNS, FILE, ImportPage
from app.ui.person_files.field_table import READ
from app.ui.person_files.on_import import PersonFilesOnImport, offer_person_files
from app.ui.person_files.person_files_state import PersonFilesState
from app.ui.person_files.sides import PartCard
from app.ui.tasks import Tasks
from tests.desks import desk_of

SAMPLES = Path(__file__).parent.parent / "samples"
FORM, ONE, TWO = SAMPLES / "采集表_已填.xlsx", SAMPLES / "任免表1.lrmx", SAMPLES / "任免表2.lrmx"


@pytest.fixture
def desk(tmp_path: Path, database: Database) -> Iterator[Desk]:
    database.close()
    opened = desk_of(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    running = Tasks()
    yield running
    assert running.wait()


@pytest.fixture
def page(desk: Desk, tasks: Tasks, qtbot: QtBot) -> ImportPage:
    shown = ImportPage(desk, Changes(), tasks)
    qtbot.addWidget(shown)
    shown.resize(1274, 660)
    shown.show()
    shown.activateWindow()
    qtbot.waitActive(shown)
    return shown


@pytest.fixture
def offered(page: ImportPage, desk: Desk, tasks: Tasks) -> PersonFilesOnImport:
    return offer_person_files(page, desk, Changes(), tasks)


def folder_of(tmp_path: Path, *files: Path) -> Path:
    folder = tmp_path / "来件"
    folder.mkdir()
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def read(page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot, path: Path) -> None:
    page.read(path)
    qtbot.waitUntil(offered.view.isVisible, timeout=20_000)


@pytest.mark.parametrize("path", [FORM, ONE], ids=["form", "lrmx"])
def test_a_file_about_one_person_is_shown_side_by_side(
    page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot, path: Path
):
    read(page, offered, qtbot, path)
    assert offered.view.save.text() == "新建并保存"
    assert {line.state for line in offered.view.fields.fields.lines} == {"fill"}
    assert "照片" not in page.steps.accessibleName()
    assert not page.steps.isVisible()


def test_a_roster_goes_through_the_steps_as_before(
    page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot
):
    page.read(SAMPLES / "花名册_卫城镇.xlsx")
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)
    assert not offered.view.isVisible()


def test_a_folder_is_gone_through_with_the_keyboard_alone(
    page: ImportPage, offered: PersonFilesOnImport, desk: Desk, qtbot: QtBot, tmp_path: Path
):
    read(page, offered, qtbot, folder_of(tmp_path, FORM, ONE, TWO))
    view = offered.view
    for saved in (1, 2, 3):
        qtbot.keyClick(view.fields, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda saved=saved: desk.cadres.count() == saved, timeout=5_000)
        qtbot.waitUntil(lambda saved=saved: view.open_count == 3 - saved, timeout=5_000)
    assert "保存 3 份" in view.banner.text
    files = {file.values["name"]: file for file in desk.cadres.read_all()}
    assert len(files["周光"].parts["resume"]) == 3
    assert files["廖应"].values["photo"]


def test_space_ticks_and_enter_goes_to_the_next_line(
    page: ImportPage, offered: PersonFilesOnImport, desk: Desk, qtbot: QtBot
):
    kept = {"name": "周光", "id_number": "529999195505148814", "hobbies": "象棋"}
    desk.cadres.save(CadreFile(None, 0, kept, {"family": [{"relation": "妻子", "name": "别人"}]}))
    read(page, offered, qtbot, FORM)
    view = offered.view
    assert view.fields.fields.lines[0].name == "hobbies"
    qtbot.keyClick(view.fields, Qt.Key.Key_Space)
    qtbot.keyClick(view.fields, Qt.Key.Key_Return)
    assert view.fields.currentIndex().row() == 1
    qtbot.keyClick(view.fields, Qt.Key.Key_Space)
    (ways,) = [
        card.ways for card in view.sides.cards if isinstance(card, PartCard) and card.sides.state == "differs"
    ]
    assert ways is not None
    qtbot.keyClick(ways, Qt.Key.Key_Right)
    dropped = view.fields.fields.lines[1].name
    view.save.click()
    qtbot.waitUntil(lambda: view.open_count == 0, timeout=5_000)
    (file,) = desk.cadres.read_all()
    assert (file.values["hobbies"], file.values[dropped]) == ("二胡", None)
    assert [row["name"] for row in file.parts["family"]] == ["别人", "苏素华", "周淑芬"]


def test_a_namesake_is_chosen_before_anything_can_be_saved(
    page: ImportPage, offered: PersonFilesOnImport, desk: Desk, qtbot: QtBot
):
    for unit in ("卫城中学", "新桥小学"):
        desk.cadres.save(CadreFile(None, 0, {"name": "周光", "former_unit": unit}))
    read(page, offered, qtbot, FORM)
    view = offered.view
    assert view.doubt.isVisible()
    assert not view.save.isEnabled()
    view.person.chosen.emit(desk.cadres.read_all()[1].uid)
    assert view.save.isEnabled()
    assert not view.doubt.isVisible()


def test_numbers_are_covered_until_they_are_asked_for(
    page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot
):
    read(page, offered, qtbot, FORM)
    view = offered.view
    texts = [view.fields.fields.index(row, 2).data() for row in range(view.fields.fields.rowCount())]
    assert "**************8814" in texts
    view.numbers.click()
    texts = [view.fields.fields.index(row, 2).data() for row in range(view.fields.fields.rowCount())]
    assert "529999195505148814" in texts


def test_bad_files_are_named_and_do_not_stop_the_others(
    page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot, tmp_path: Path
):
    folder = folder_of(tmp_path, FORM)
    (folder / "坏.lrmx").write_text("<Person><XingMing>", encoding="utf-8")
    read(page, offered, qtbot, folder)
    assert "坏.lrmx" in offered.view.banner.text
    assert offered.view.title.text() == "周光"


@pytest.mark.usefixtures("offered")
def test_a_folder_with_nothing_in_it_says_so(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    page.read(folder_of(tmp_path))
    qtbot.waitUntil(page.file.problem.isVisible, timeout=20_000)
    assert page.step == FILE
    assert "没有采集表" in page.file.problem.text


def test_whole_numbers_are_covered_again_when_the_page_is_left(
    page: ImportPage, offered: PersonFilesOnImport, qtbot: QtBot
):
    read(page, offered, qtbot, FORM)
    fields = offered.view.fields.fields
    (number,) = (at for at, line in enumerate(fields.lines) if line.name == "id_number")
    offered.view._uncover()
    assert not fields.index(number, READ).data().startswith("*")
    page.go_to(FILE)
    assert fields.index(number, READ).data().startswith("*")


def test_what_is_saved_is_what_stood_there_when_it_began(desk: Desk, tmp_path: Path):
    state = PersonFilesState(desk.person_files, desk.cadres, desk.pictures)
    state.take(state.read([folder_of(tmp_path, ONE, TWO)]))
    state.go_to(0)
    first = state.people[0].label
    save = state.to_save()
    state.go_to(1)
    state.ticked.clear()
    save()
    state.after_save(0)
    assert [file.values["name"] for file in desk.cadres.read_all()] == [first]
    assert state.done == ["saved", ""]
