"""今天: figures that open their names, one verb a card."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import clock
from app.paths import DATA_FILE
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.visits import VisitFile
from app.services.waiting import Waiting
from app.ui.changes import Changes
from app.ui.pages.today_page import TodayPage
from app.ui.tasks import Tasks
from app.ui.today.day import date_words, read_day
from tests.desks import desk_of


@pytest.fixture
def desk(newest_file: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copyfile(newest_file, tmp_path / DATA_FILE)
    opened = desk_of(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def waits() -> list[Waiting]:
    """What waits when the page reads it."""
    return []


@pytest.fixture
def show(
    desk: Desk, changes: Changes, waits: list[Waiting], qtbot: QtBot
) -> Iterator[Callable[[], TodayPage]]:
    tasks = Tasks()

    def show() -> TodayPage:
        page = TodayPage(desk.today, desk.office, changes, tasks, lambda: list(waits))
        qtbot.addWidget(page)
        page.resize(1274, 660)
        page.show()
        qtbot.waitUntil(lambda: page.day is not None)
        return page

    yield show
    assert tasks.wait()


def born_in(days: int, years: int) -> str:
    day = clock.today() + dt.timedelta(days=days)
    return f"{day.year - years}-{day.month:02d}-{min(day.day, 28):02d}"


def add(desk: Desk, name: str, **values: object) -> str:
    file = CadreFile(values={"name": name, "alive": True, **values})
    return next(iter(desk.cadres.save(file).uids))


def words(page: TodayPage) -> list[str]:
    return [shown.text() for shown in page.findChildren(QLabel) if shown.isVisible()]


def test_an_empty_roster_says_how_to_begin(show, qtbot):
    page = show()
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.import_wanted):
        page.empty.pressed.emit()


def test_birthdays_tell_day_name_and_age_and_open_the_file(desk, show, qtbot):
    uid = add(desk, "张志国", birth_date=born_in(1, 80))
    page = show()
    assert [(each.name, each.what) for each in page.day.birthdays] == [("张志国", "80 岁 · 逢十")]
    assert any(text.endswith("明天") or text.endswith("今天") for text in words(page))
    with qtbot.waitSignal(page.show_people) as opened:
        page.birthdays.person_wanted.emit(uid)
    assert opened.args == [[uid]]


def test_every_figure_opens_the_names_behind_it(desk, show, qtbot):
    uids = [add(desk, name, birth_date=born_in(3, 70)) for name in ("张志国", "李秀英")]
    batch = {"fund": "condolence", "title": "春节慰问金", "period": "2026年春节"}
    paid = {"cadre_uid": uids[1], "standard": 50_000, "times": 1, "amount": 50_000}
    desk.payments.save(BatchFile(values=batch, payments=[paid]))
    page = show()
    for part, behind in (
        (page.birthdays.number, uids),
        (page.unvisited.number, uids),
        (page.gaps.number, uids),
        (page.unsigned.number, uids[1:]),
    ):
        with qtbot.waitSignal(page.show_people) as opened:
            qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        assert sorted(opened.args[0]) == sorted(behind)


def test_one_press_records_visits_for_those_not_visited(desk, show, qtbot):
    seen, unseen = add(desk, "张志国"), add(desk, "李秀英")
    visit = {"date": clock.today().isoformat(), "kind": "daily"}
    desk.visits.save(VisitFile(values=visit, people=[seen]))
    page = show()
    assert page.unvisited.words.text() == "李秀英"
    with qtbot.waitSignal(page.record_visits) as wanted:
        page.unvisited.verb.click()
    assert wanted.args == [[unseen]]


def test_completing_goes_from_the_emptiest_file_on(desk, show, qtbot):
    fuller = add(desk, "张志国", birth_date="1951-03-01", sex="1", ethnicity="01", native_place="贵州清镇")
    emptier = add(desk, "李秀英")
    page = show()
    with qtbot.waitSignal(page.complete) as wanted:
        page.gaps.verb.click()
    assert wanted.args == [[emptier, fuller]]
    assert "李秀英" in page.gaps.words.text()
    assert page.ring.percent == page.day.mean


def test_it_reads_again_when_something_has_changed(desk, changes, show, qtbot):
    add(desk, "张志国")
    page = show()
    file = CadreFile(values={"name": "李秀英", "alive": True})
    changes.tell(desk.cadres.save(file))
    qtbot.waitUntil(lambda: page.day.people == 2)
    assert page.unvisited.words.text().count("、") == 1


def test_first_steps_show_what_is_next_and_go_away_when_done(desk, show, qtbot):
    add(desk, "张志国")
    page = show()
    texts = [button.text() for button in page.steps.buttons.values()]
    assert texts == ["填好单位", "✓ 导入花名册", "记一次走访", "登记一次发放", "写一次上报包"]
    with qtbot.waitSignal(page.settings_wanted):
        page.steps.buttons["office"].click()
    page.steps.show_steps([])
    assert not page.steps.isVisible()


def test_the_dead_are_not_counted(desk, show):
    add(desk, "张志国")
    add(desk, "李秀英", alive=False, died_on="2026-03-12")
    assert show().day.people == 1


def test_the_date_is_told_in_both_calendars():
    assert date_words(dt.date(2026, 11, 22)) == "2026年11月22日 星期日 · 农历十月十四"
    assert date_words(dt.date(2025, 8, 1)).endswith("农历闰六月初八")


def test_mean_completeness_counts_whole_files_as_100(desk):
    assert read_day(desk.today, desk.office, clock.today()).mean == 0
    add(desk, "张志国")
    day = read_day(desk.today, desk.office, clock.today())
    assert day.mean == day.gaps[0].percent


STEP = Waiting(
    "events", "事项还有 1 步没办：廖应，到医院看望", "去办", "roster", "u1", ("u1", "u2"), late=True
)
BATCH = Waiting("batches", "待审定 1 批发放：春节慰问金", "去审定", "payments", "b1")
DOUBTS = Waiting("import_doubts", "导入时待定 3 行", "去定", "import", "doubts")


def verb(page: TodayPage, key: str) -> QPushButton:
    return page.waiting.findChild(QPushButton, f"waiting_{key}")


def waiting_lines(page: TodayPage) -> list[str]:
    return [text for text in words(page) if text[:1] in ("！", "○")]


def names(page: TodayPage) -> list[QPushButton]:
    return [button for button in page.waiting.findChildren(QPushButton) if button.text() == "看名单"]


def test_the_card_is_not_there_while_nothing_waits(desk, show):
    add(desk, "张志国")
    page = show()
    assert not page.waiting.isVisible()
    assert page.birthdays.isVisible()


def test_what_waits_stands_in_its_order_above_the_figures(desk, show, waits):
    add(desk, "张志国")
    waits += [STEP, BATCH, DOUBTS]
    page = show()
    assert page.waiting.isVisible()
    assert page.waiting.geometry().bottom() < page.unvisited.geometry().top()
    assert waiting_lines(page) == [f"！ {STEP.words}", f"○ {BATCH.words}", f"○ {DOUBTS.words}"]


@pytest.mark.parametrize("line", [STEP, BATCH, DOUBTS], ids=lambda line: line.key)
def test_the_verb_opens_the_page_on_what_waits(desk, show, waits, qtbot, line):
    add(desk, "张志国")
    waits.append(line)
    page = show()
    assert verb(page, line.key).text() == line.verb
    with qtbot.waitSignal(page.wants_page) as opened:
        qtbot.mouseClick(verb(page, line.key), Qt.MouseButton.LeftButton)
    assert opened.args == [line.page, line.about]


def test_the_names_behind_a_line_open_on_the_roster(desk, show, waits, qtbot):
    add(desk, "张志国")
    waits += [BATCH, STEP]
    [button] = names(page := show())
    with qtbot.waitSignal(page.show_people) as opened:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.args == [["u1", "u2"]]


def test_the_card_goes_when_everything_is_done(desk, changes, show, waits, qtbot):
    add(desk, "张志国")
    waits += [STEP, DOUBTS]
    page = show()
    waits.remove(STEP)
    changes.tell(desk.cadres.save(CadreFile(values={"name": "李秀英", "alive": True})))
    qtbot.waitUntil(lambda: page.day.people == 2)
    qtbot.waitUntil(lambda: waiting_lines(page) == [f"○ {DOUBTS.words}"])
    waits.clear()
    changes.tell(desk.cadres.save(CadreFile(values={"name": "王秀英", "alive": True})))
    qtbot.waitUntil(lambda: page.day.people == 3)
    qtbot.waitUntil(lambda: not page.waiting.isVisible())
