"""照片 in the window: chosen, recognised, cut, taken in as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.photos.photos_page import PhotosPage
from app.ui.tasks import Tasks
from tests.desks import desk_of
from tests.services.test_photo_intake import named, picture

PHOTOS = Path(__file__).parent.parent / "samples" / "照片"


@pytest.fixture
def desk(tmp_path: Path, database: Database) -> Iterator[Desk]:
    database.close()
    opened = desk_of(tmp_path)
    for name in ("周光", "廖开", "司徒美蓉", "吴一"):
        opened.cadres.save(CadreFile(None, 0, {"name": name}))
    yield opened
    opened.close()


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def page(desk: Desk, changes: Changes, qtbot: QtBot) -> Iterator[PhotosPage]:
    tasks = Tasks()
    shown = PhotosPage(desk.photo_intake, desk.missing_photos, desk.exports, changes, tasks)
    qtbot.addWidget(shown)
    shown.resize(1240, 600)
    shown.show()
    shown.opened()
    shown.activateWindow()
    qtbot.waitActive(shown)
    yield shown
    assert tasks.wait()


def look(page: PhotosPage, qtbot: QtBot, folder: Path, count: int) -> None:
    page.look([folder])
    qtbot.waitUntil(lambda: len(page.trays.texts.lines) == count, timeout=20_000)


def photos(desk: Desk) -> dict[str, str | None]:
    return {file.values["name"]: file.values["photo"] for file in desk.cadres.read_all()}


def test_the_samples_are_taken_in_with_one_press(page: PhotosPage, desk: Desk, qtbot: QtBot):
    look(page, qtbot, PHOTOS, 3)
    assert page.take.text() == "收入 3 张"
    page.take.click()
    qtbot.waitUntil(lambda: page.banner.isVisible(), timeout=20_000)
    assert [name for name, photo in photos(desk).items() if photo is None] == ["吴一"]
    assert "1" in page.head.without.accessibleName()


def test_somebody_unknown_is_typed_and_entered(page: PhotosPage, desk: Desk, qtbot: QtBot, tmp_path: Path):
    folder = tmp_path / "照"
    folder.mkdir()
    look(page, qtbot, named(folder, ["DSC_01.jpg"]), 1)
    assert not page.take.isEnabled()
    line = page.detail.person.line
    qtbot.keyClicks(line, "wy")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.take.text() == "收入 1 张"
    qtbot.keyClick(page.trays, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: photos(desk)["吴一"] is not None, timeout=20_000)


def test_a_file_named_after_a_number_shows_its_end_only(page: PhotosPage, qtbot: QtBot, tmp_path: Path):
    folder = tmp_path / "照"
    folder.mkdir()
    look(page, qtbot, named(folder, ["52999919410203002X.jpg"]), 1)
    shown = "**************002X.jpg"
    assert (page.trays.texts.lines[0].texts[0], page.detail.file.text()) == (shown, shown)


def test_a_photo_that_is_there_is_asked_about(page: PhotosPage, desk: Desk, qtbot: QtBot, tmp_path: Path):
    (file,) = [each for each in desk.cadres.read_all() if each.values["name"] == "吴一"]
    file.values["photo"] = desk.pictures.keep(picture(100, 140))
    desk.cadres.save(file)
    folder = tmp_path / "照"
    folder.mkdir()
    look(page, qtbot, named(folder, ["吴一.jpg"]), 1)
    assert page.detail.kept.isVisible()
    assert not page.take.isEnabled()
    qtbot.keyClick(page.detail.instead, Qt.Key.Key_Right)
    assert page.take.isEnabled()
    qtbot.keyClick(page.detail.instead, Qt.Key.Key_Right)
    assert not page.take.isEnabled()


def test_the_frame_is_moved_with_keys_and_with_the_mouse(page: PhotosPage, qtbot: QtBot, tmp_path: Path):
    folder = tmp_path / "照"
    folder.mkdir()
    look(page, qtbot, named(folder, ["吴一.jpg"], picture(900, 420)), 1)
    crop, tray = page.detail.crop, page._state.trays[0]
    before = tray.frame
    qtbot.keyClick(crop, Qt.Key.Key_Left)
    assert tray.frame.left < before.left
    qtbot.mousePress(crop, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(crop, QPoint(260, 200))
    qtbot.mouseRelease(crop, Qt.MouseButton.LeftButton, pos=QPoint(260, 200))
    assert tray.frame.left > before.left
    qtbot.keyClick(crop, Qt.Key.Key_Minus)
    assert tray.frame.width < before.width


def test_the_figure_opens_the_names(page: PhotosPage, desk: Desk, qtbot: QtBot):
    with qtbot.waitSignal(page.show_people) as opened:
        qtbot.mouseClick(page.head.without, Qt.MouseButton.LeftButton)
    assert len(opened.args[0]) == desk.cadres.count()


def test_bad_files_are_named(page: PhotosPage, qtbot: QtBot, tmp_path: Path):
    folder = tmp_path / "照"
    folder.mkdir()
    named(folder, ["文字.jpg"], b"no picture")
    look(page, qtbot, named(folder, ["吴一.jpg"]), 1)
    assert "文字.jpg" in page.banner.text


def test_somebody_who_was_added_meanwhile_can_be_chosen(
    page: PhotosPage, desk: Desk, changes: Changes, qtbot: QtBot, tmp_path: Path
):
    folder = tmp_path / "照"
    folder.mkdir()
    look(page, qtbot, named(folder, ["DSC_01.jpg"]), 1)
    changes.tell(desk.cadres.save(CadreFile(None, 0, {"name": "郑新来"})))
    line = page.detail.person.line
    qtbot.keyClicks(line, "zxl")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.trays.texts.lines[0].texts[1] == "郑新来"


def test_the_photo_of_somebody_who_was_removed_is_nobodys_again(
    page: PhotosPage, desk: Desk, changes: Changes, qtbot: QtBot
):
    look(page, qtbot, PHOTOS, 3)
    gone = next(file.uid for file in desk.cadres.read_all() if file.values["name"] == "周光")
    changes.tell(desk.cadres.remove([gone]))
    assert page.take.text().startswith("收入 2 张")
    assert "? 是谁的" in [line.texts[2] for line in page.trays.texts.lines]
