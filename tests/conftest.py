"""What every test stands on: no window on anybody's screen, nobody's own data, nothing left open."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.models.database import Database
from app.models.migrate import migrate
from app.paths import DATA_VARIABLE
from app.services.desk import Desk
from app.services.practice import make_practice
from tests.desks import ACTOR, KEYS, desk_of

# A slow machine is not a fault in the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def nobodys_own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What forgets to name its folder finds an empty one, not the data of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def temporary_files_go_home() -> Iterator[None]:
    """A desk that nobody closed must not make the next test write into its folder."""
    before = tempfile.tempdir
    yield
    tempfile.tempdir = before


@pytest.fixture(autouse=True)
def nothing_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Qt delivers deferred deletes only inside an event loop; without this, leftovers crash a later test."""
    yield
    if "qtbot" in request.fixturenames:
        for window in QApplication.topLevelWidgets():
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not QApplication.topLevelWidgets()


@pytest.fixture(scope="session")
def newest_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the newest shape, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("newest") / "sangyu.db"
    database = Database(path, KEYS)
    migrate(database, path.with_suffix(".before"))
    database.close()
    return path


@pytest.fixture
def database(newest_file: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "sangyu.db"
    shutil.copyfile(newest_file, path)
    opened = Database(path, KEYS, ACTOR)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice township, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("practice")
    desk = desk_of(folder)
    make_practice(desk)
    desk.close()
    return folder


@pytest.fixture
def practice(practice_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(practice_folder, tmp_path / "desk")
    desk = desk_of(tmp_path / "desk")
    yield desk
    desk.close()
