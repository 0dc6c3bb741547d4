"""采集进度: figures that open their names, and 催报单 on its way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.collection_progress import CollectionProgress
from app.services.exports import Exports
from app.ui.changes import Changes
from app.ui.papers.export_dialog import ExportDialog
from app.ui.papers.paper_preview import MAKING
from app.ui.review.progress_page import ProgressPage
from app.ui.tasks import Tasks
from tests.reports.reading import text
from tests.services.review_town import MAKER, Town, make_town


class Bench:
    def __init__(self, town: Town, qtbot: QtBot) -> None:
        town.database.actor = MAKER
        self.town, self.qtbot = town, qtbot
        self.changes, self.tasks = Changes(), Tasks()
        self.page = ProgressPage(
            CollectionProgress(town.database), Exports(town.database), self.changes, self.tasks
        )
        qtbot.addWidget(self.page)
        self.page.resize(1274, 600)
        self.page.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running)

    @property
    def lines(self) -> list[list[str]]:
        return [list(line.texts) for line in self.page.table.texts.lines]

    def go_to(self, row: int, column: int) -> None:
        self.page.table.setCurrentIndex(self.page.table.texts.index(row, column))


@pytest.fixture
def town(database: Database) -> Town:
    made = make_town(database)
    made.check("廖应")
    return made


@pytest.fixture
def bench(town: Town, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(town, qtbot)
    yield made
    assert made.tasks.wait()


def test_each_village_has_its_figures_and_the_sum(bench: Bench) -> None:
    assert [line[:4] for line in bench.lines] == [
        ["东门村", "2", "1", "1"],
        ["西门村", "1", "1", "–"],
        ["合计", "3", "2", "1"],
    ]
    assert bench.page.said.text() == "3 人，2 人要催"


def test_by_branch(bench: Bench) -> None:
    bench.page.by.choose("branch")
    bench.page.by.chosen.emit("branch")
    bench.settle()
    assert [line[0] for line in bench.lines] == ["第一支部", "不在支部", "合计"]


def test_a_figure_opens_its_names_by_mouse_and_by_key(bench: Bench) -> None:
    table, about = bench.page.table, f"only {bench.town.people['夏秀英']}"
    with bench.qtbot.waitSignal(bench.page.wants_page) as pressed:
        place = table.visualRect(table.texts.index(0, 2)).center()
        bench.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pressed.args == ["roster", about]
    bench.go_to(0, 2)
    with bench.qtbot.waitSignal(bench.page.wants_page) as entered:
        bench.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert entered.args == ["roster", about]


def test_the_sum_opens_everybody_and_nothing_opens_nothing(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.page.wants_page) as signal:
        bench.go_to(2, 1)
        bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
    assert set(signal.args[1].split()[1:]) == set(bench.town.people.values())
    with bench.qtbot.assertNotEmitted(bench.page.wants_page):
        bench.go_to(1, 3)
        bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)


def test_it_is_read_again_when_a_file_was_checked(bench: Bench) -> None:
    for change in bench.town.check("夏秀英").changes:
        bench.changes.tell(change)
    bench.settle()
    assert bench.lines[0][:4] == ["东门村", "2", "–", "2"]


def test_the_paper_is_for_the_line_in_hand(bench: Bench) -> None:
    bench.go_to(1, 0)
    bench.page.remind.click()
    bench.settle()
    view = bench.page.reminder
    assert view.isVisible()
    assert (view.wanted.by, view.wanted.place) == ("village", "西门村")
    assert view.preview.print.isVisible()
    view.back.click()
    assert bench.page.table.isVisible()


def test_while_the_paper_is_made_words_say_so_and_then_it_is_shown_at_its_size(bench: Bench) -> None:
    bench.page.remind.click()
    view = bench.page.reminder
    assert MAKING in [each.text() for each in view.preview.findChildren(QLabel) if each.isVisible()]
    assert view.until.text().count(".") == 2
    bench.settle()
    assert MAKING not in [each.text() for each in view.preview.findChildren(QLabel) if each.isVisible()]
    assert view.preview.view.zoom <= 1.0


def test_the_workbook_is_looked_at_before_it_is_saved(bench: Bench) -> None:
    bench.page.remind.click()
    view = bench.page.reminder
    view.places.setCurrentIndex(0)
    view.files.choose("book")
    view.files.chosen.emit("book")
    bench.settle()
    assert view.preview.look.said.text() == "共 2 人"


def test_a_saved_paper_goes_through_the_door(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.go_to(0, 0)
    bench.page.remind.click()
    bench.settle()
    said: list[str] = []
    bench.page.says.connect(said.append)
    bench.page.reminder.preview.save.click()
    dialog = bench.page.findChild(ExportDialog)
    assert dialog is not None
    bench.page.reminder.outlet.questions.ask_file = (  # type: ignore[method-assign]
        lambda name, then, **_: then(tmp_path / name)
    )
    dialog.go.click()
    bench.settle()
    path = tmp_path / "东门村_信息采集催报单.pdf"
    bench.qtbot.waitUntil(path.exists)
    bench.qtbot.waitUntil(lambda: bool(said))
    assert "致：东门村" in text(path)
    assert "已保存" in said[0]


def test_where_nobody_is_due_there_is_nothing_to_print(bench: Bench) -> None:
    for change in bench.town.check("夏秀英", "单䶮生").changes:
        bench.changes.tell(change)
    bench.settle()
    assert not bench.page.remind.isEnabled()
