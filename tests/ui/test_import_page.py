"""导入: the office's own files are taken in, by mouse and by keyboard, on a real database."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.exchange import child
from app.paths import DATA_FILE
from app.services.changes import Change
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.pages.import_page import COLUMNS, FILE, FINISH, PREVIEW, ImportPage
from app.ui.tables.text_table import TextTable
from app.ui.tasks import Tasks
from tests.desks import desk_of
from tests.services.test_reveals import acts

SAMPLES = Path(__file__).parent.parent / "samples"
ROSTER = SAMPLES / "花名册_卫城镇.xlsx"
SCHOOLS = SAMPLES / "退休教师花名册.xls"
VISITS = SAMPLES / "走访台账_2025年.xlsx"


@pytest.fixture
def desk(newest_file: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copyfile(newest_file, tmp_path / DATA_FILE)
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
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def read(page: ImportPage, qtbot: QtBot) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        page.read(path)
        qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)

    return read


def finish(page: ImportPage, qtbot: QtBot) -> None:
    page.go_on()
    qtbot.waitUntil(lambda: page.step == FINISH, timeout=20_000)


def take_in(page: ImportPage, qtbot: QtBot, path: Path) -> None:
    """With the first way on for every row that is asked about."""
    page.read(path)
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)
    page.go_on()
    for place in range(len(page.piles.doubts.table.texts.lines)):
        page.piles.doubts.table.go_to(place)
        page.piles.doubts.ways[0].click()
    finish(page, qtbot)


def column(table: TextTable, place: int) -> list[str]:
    return [line.texts[place] for line in table.texts.lines]


def ways(page: ImportPage) -> list[str]:
    return [button.text().partition("　")[2] for button in page.piles.doubts.ways]


def decide(page: ImportPage, row: str, way: str) -> None:
    """Presses the button of this way on this row."""
    doubts = page.piles.doubts
    doubts.table.go_to(column(doubts.table, 0).index(row))
    next(button for button in doubts.ways if way in button.text()).click()


def names(desk: Desk) -> list[str]:
    return [row.values[0] for row in desk.cadres.rows(["name"])]


def test_the_sample_roster_gives_49_people_after_three_decisions(page, read, desk, qtbot):
    read(ROSTER)
    page.go_on()
    decide(page, "10", "作为新人加入，但身份证号以后补")
    decide(page, "20", "作为新人加入，但不要这个身份证号")
    decide(page, "59", "不导入这一行")
    assert page.next.text() == "导入 49 行"
    finish(page, qtbot)
    assert desk.cadres.count() == 49
    numbers = {row.values[0]: row.values[1] for row in desk.cadres.rows(["name", "id_number"])}
    assert (numbers["阎光荣"], numbers["夏秀英"]) == (None, None)
    assert page.finish.sum.text() == "读到 50 行 ＝ 新增 47 ＋ 变化 0 ＋ 相同 0 ＋ 待定写入 2 ＋ 没有导入 1"


def test_the_same_file_again_has_nothing_new_and_nothing_changed(page, read, desk, qtbot):
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    read(ROSTER)
    page.go_on()
    assert [page.piles.tabs.tabText(place) for place in range(4)] == [
        "? 待定 3",
        "+ 新增 0",
        "≠ 变化 0",
        "= 相同 47",
    ]
    assert "导入过" in page.columns.again.text
    assert desk.cadres.count() == 47


def test_a_person_who_stands_twice_can_be_put_together(page, read, desk, qtbot):
    read(ROSTER)
    page.go_on()
    decide(page, "59", "并到第 8 行的人")
    finish(page, qtbot)
    phones = {row.values[0]: row.values[1] for row in desk.cadres.rows(["name", "mobile"])}
    assert phones["司徒美蓉"] == "19900009999"
    assert names(desk).count("司徒美蓉") == 1


def test_rows_without_a_decision_are_left_out_and_said_so(page, read, desk, qtbot):
    read(ROSTER)
    page.go_on()
    finish(page, qtbot)
    assert desk.cadres.count() == 47
    assert "还有 3 行没有定" in page.finish.done.text


def test_it_can_all_be_done_with_the_keyboard(page, desk, qtbot, tmp_path):
    def press(key: Qt.Key) -> None:
        qtbot.keyClick(page.focusWidget(), key)

    path = tmp_path / "roster.xlsx"  # QTest types ASCII only
    shutil.copyfile(ROSTER, path)
    press(Qt.Key.Key_Tab)
    assert page.focusWidget() is page.file.area.path
    qtbot.keyClicks(page.focusWidget(), str(path))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)
    press(Qt.Key.Key_Return)
    assert page.step == PREVIEW
    press(Qt.Key.Key_1)  # row 10: in, without a number
    press(Qt.Key.Key_1)  # row 20: in, without this number
    press(Qt.Key.Key_3)  # row 59: not
    press(Qt.Key.Key_Return)
    assert page.focusWidget() is page.next
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == FINISH, timeout=20_000)
    assert desk.cadres.count() == 49
    with qtbot.waitSignal(page.wants_page) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == ["roster", ""]


def test_enter_does_not_pass_over_rows_that_wait(page, read):
    read(ROSTER)
    page.go_on()
    page.setFocus()
    page.piles.open("new")
    page.piles.take_focus()
    page.piles.doubts.table.go_to(2)
    assert page.piles.go_to_undecided()
    assert (page.step, page.piles.tabs.currentIndex(), page.piles.doubts.table.place) == (PREVIEW, 0, 0)


def test_hidden_and_unsure_columns_are_marked_with_a_word(page, read):
    read(ROSTER)
    table = page.columns.table
    notes = {table.item(row, 1).text(): table.item(row, 5).text() for row in range(table.rowCount())}
    assert notes["职级"] == "表里隐藏的列"
    read(SCHOOLS)
    notes = {table.item(row, 1).text(): table.item(row, 5).text() for row in range(table.rowCount())}
    assert "按职务读取" in notes["职称"]


def test_a_column_can_be_given_another_meaning_by_typing_initials(page, read, qtbot):
    read(ROSTER)
    box = page.columns.boxes[22]
    box.setFocus()
    qtbot.keyClicks(box.line, "bdrcym")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert (page.step, box.key) == (COLUMNS, "remarks")
    box.line.selectAll()
    qtbot.keyClicks(box.line, "cym")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.next.isEnabled, timeout=20_000)
    assert (page.step, page.columns.boxes[22].key) == (COLUMNS, "former_name")
    page.go_on()
    rows = [line.key for line in page.piles.tables["new"].texts.lines]
    assert {name for row in rows for name in row.values} & {"remarks", "former_name"} == {"former_name"}


def test_dates_of_new_rows_are_read_as_everywhere(page, read, desk, qtbot):
    read(ROSTER)
    page.go_on()
    rows = [(line.key, line.texts) for line in page.piles.tables["new"].texts.lines]
    dated = [(row.values["birth_date"], texts) for row, texts in rows if row.values.get("birth_date")]
    assert dated
    for born, texts in dated:
        assert born.replace("-", ".") in texts


def test_a_column_left_out_changes_nothing(page, read, desk, qtbot):
    read(ROSTER)
    page.columns.boxes[18].activated.emit(0)
    qtbot.waitUntil(page.next.isEnabled, timeout=20_000)
    page.go_on()
    finish(page, qtbot)
    assert {row.values[0] for row in desk.cadres.rows(["mobile"])} == {None}


def test_changes_show_what_was_and_what_would_be(page, read, qtbot):
    take_in(page, qtbot, ROSTER)
    read(SCHOOLS)
    page.go_on()
    page.piles.open("changed")
    table = page.piles.tables["changed"]
    assert list(table.texts.lines[0].texts[:5]) == ["3", "阎海", "出生年月", "1966.06", "1966.06.26"]


def test_a_double_name_in_the_visit_ledger_is_asked_about_once_for_all_rows(page, read, desk, qtbot):
    for path in (ROSTER, SCHOOLS):
        take_in(page, qtbot, path)
    read(VISITS)
    page.go_on()
    waiting = column(page.piles.doubts.table, 1)
    double = next(name for name in waiting if waiting.count(name) > 1)
    row = column(page.piles.doubts.table, 0)[waiting.index(double)]
    decide(page, row, f"是 {double}")
    page.piles.doubts.same.click()
    decided = column(page.piles.doubts.table, 2)
    assert all(text.startswith("✓") for text, name in zip(decided, waiting, strict=True) if name == double)


def test_decided_visits_are_not_written_twice(page, desk, qtbot):
    for path in (ROSTER, SCHOOLS, VISITS, VISITS):
        take_in(page, qtbot, path)
    assert len(desk.visits.lines()) == 60


def test_somebody_the_roster_does_not_name_can_be_picked_from_it(page, read, desk, qtbot, tmp_path):
    take_in(page, qtbot, ROSTER)
    path = tmp_path / "发放表.csv"
    path.write_text("2026年春节慰问金发放表\n姓名,金额（元）\n廖映,500\n", encoding="utf-8")
    read(path)
    page.go_on()
    doubts = page.piles.doubts
    assert ways(page) == ["不导入这一行"]
    uid = next(row.uid for row in desk.cadres.rows(["name"]) if row.values[0] == "廖应")
    doubts.person.chosen.emit(uid)
    finish(page, qtbot)
    assert [line.values["title"] for line in desk.payments.lines()] == ["2026年春节慰问金发放表"]
    assert len(desk.payments.of_cadre(uid)) == 1


def test_bad_files_say_their_sentence_on_the_first_step(page, qtbot, tmp_path):
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(ROSTER.read_bytes()[:2000])
    notes = tmp_path / "说明.txt"
    notes.write_text("今天天气很好", encoding="utf-8")
    for path in (broken, notes, tmp_path / "没有.xlsx"):
        page.read(path)
        qtbot.waitUntil(page.file.area.isEnabled, timeout=20_000)
        assert page.step == FILE
        assert path.name in page.file.problem.text
        assert page.file.problem.isVisible()


def test_reading_can_be_stopped(page, qtbot, tasks, monkeypatch):
    monkeypatch.setattr(
        child, "reading_command", lambda: ([sys.executable, "-c", "while True: pass"], SAMPLES)
    )
    page.read(ROSTER)
    assert not page.file.area.isEnabled()
    tasks.stop_all()
    qtbot.waitUntil(page.file.area.isEnabled, timeout=20_000)
    assert page.step == FILE


def test_a_dropped_file_is_read(page, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(SCHOOLS))])
    place = QPoint(20, 20).toPointF()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.file.area.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)
    assert "22 行" in page.columns.summary.text() or "27 行" in page.columns.summary.text()


def test_everybody_who_listens_hears_of_the_import(desk, tasks, qtbot):
    changes = Changes()
    page = ImportPage(desk, changes, tasks)
    qtbot.addWidget(page)
    heard: list[Change] = []
    changes.changed.connect(heard.append)
    take_in(page, qtbot, ROSTER)
    assert [change.kind for change in heard] == ["cadre"]


def test_half_an_import_is_named_before_the_window_closes(page, read):
    assert page.unsaved() == ""
    read(ROSTER)
    assert page.unsaved() == "导入到一半，还没有写入"


def test_one_step_back_keeps_what_was_decided(page, read):
    read(ROSTER)
    page.go_on()
    decide(page, "59", "不导入这一行")
    page.go_back()
    page.go_on()
    assert column(page.piles.doubts.table, 2)[2] == "✓ 不导入这一行"


def test_whoever_comes_back_after_an_import_can_begin_the_next(page, read, qtbot):
    read(SAMPLES / "退休教师花名册.xls")
    page.go_on()
    finish(page, qtbot)
    page.opened()
    assert page.step == FILE


def facts_of(page: ImportPage) -> str:
    return " ".join(line.texts[1] for line in page.piles.doubts.sides.texts.lines)


def test_the_numbers_of_a_doubtful_row_are_shown_when_asked_and_logged(
    page: ImportPage, read: Callable[[Path], None], desk: Desk, qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    doubts = page.piles.doubts
    (row,) = [row for row in page._state.doubtful if row.label == "夏秀英"]
    doubts.table.go_to(page._state.doubtful.index(row))
    assert row.raw["id_number"] not in facts_of(page)
    doubts.whole.click()
    qtbot.waitUntil(lambda: row.raw["id_number"] in facts_of(page))
    assert doubts.whole.isHidden()
    assert [act[:2] for act in acts(desk.database)] == [("reveal", f"夏秀英 导入表第 {row.row} 行的号码")]
    page.piles.cover()
    assert row.raw["id_number"] not in facts_of(page)


def test_the_numbers_of_a_new_row_are_shown_by_key_and_covered_again(
    page: ImportPage, read: Callable[[Path], None], qtbot: QtBot
) -> None:
    read(ROSTER)
    page.go_on()
    page.piles.open("new")
    table = page.piles.tables["new"]
    table.go_to(1)
    number = table.key.values["id_number"]
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert (number in table.texts.lines[1].texts, table.place) == (True, 1)
    page.go_back()
    assert f"{'*' * 14}{number[-4:]}" in table.texts.lines[1].texts


def test_a_row_without_numbers_has_nothing_to_ask_for(page: ImportPage, read: Callable[[Path], None]) -> None:
    read(VISITS)
    page.go_on()
    assert page.piles.doubts.table.menu(0) is None
    assert page.piles.doubts.whole.isHidden()


def test_the_menu_of_a_row_shows_its_numbers(page: ImportPage, read: Callable[[Path], None]) -> None:
    read(ROSTER)
    page.go_on()
    page.piles.open("new")
    table = page.piles.tables["new"]
    menu = table.menu(0)
    assert menu is not None
    menu.actions()[0].trigger()
    assert table.key.values["id_number"] in table.texts.lines[0].texts
