"""走访: one visit, a round to forty people, pasting, refusals, the sum line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.drafts import Drafts
from app.services.pictures import Pictures
from app.services.search import Search
from app.services.visits import VisitFile, Visits
from app.ui.changes import Changes
from app.ui.pages.visits_page import VisitsPage

OpenPage = Callable[[], VisitsPage]


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    cadres = Cadres(database)
    found = {}
    for name, village in (("廖应", "东门村"), ("单䶮生", "东门村"), ("周光", "西街社区")):
        (found[name],) = cadres.save(CadreFile(values={"name": name, "village": village})).uids
    return found


@pytest.fixture
def visits(database: Database) -> Visits:
    return Visits(database)


@pytest.fixture
def open_page(database: Database, qtbot: QtBot) -> OpenPage:
    def opened() -> VisitsPage:
        page = VisitsPage(
            Visits(database),
            Cadres(database),
            Search(database),
            Pictures(database),
            Changes(),
            Drafts(database),
        )
        qtbot.addWidget(page)
        page.resize(1274, 640)
        page.show()
        return page

    return opened


@pytest.fixture
def press() -> Callable[[str], None]:
    """Answers the question on the screen by the word on its button."""

    def button(word: str) -> None:
        box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
        next(button for button in box.findChildren(QPushButton) if button.text() == word).click()

    return button


def visit(*people: str, date: str = "2025-01-20", kind: str = "spring", **values: object) -> VisitFile:
    return VisitFile(values={"date": date, "kind": kind, **values}, people=list(people))


def type_into(page: VisitsPage, name: str, text: str) -> None:
    editor = page.form.form.editor(name)
    editor.show_text(text)
    editor.typed.emit(text)


def ledger(page: VisitsPage) -> list[str]:
    model = page.ledger.table.records
    return [" | ".join(model.text(row, column) for column in range(3)) for row in range(len(model.rows))]


def test_a_visit_is_written_and_stands_in_the_ledger(
    open_page: OpenPage, people: dict[str, str], visits: Visits, qtbot: QtBot
) -> None:
    page = open_page()
    page.new.click()
    qtbot.keyClicks(page.form.people.typed, "ly")
    qtbot.keyClick(page.form.people.typed, Qt.Key.Key_Return)
    type_into(page, "date", "2025.1.20")
    type_into(page, "kind", "春节慰问")
    type_into(page, "money", "500")
    page.form.save.click()
    assert ledger(page) == ["2025.01.20 | 廖应 | 春节慰问"]
    assert visits.lines()[0].values["money"] == 50000
    assert page.ledger.figures.text == "1 次 · 1 人次 · 500.00 元"
    assert page.ledger.year.currentText() == "2025 年"


def test_several_names_are_taken_at_once(open_page: OpenPage, people: dict[str, str], qtbot: QtBot) -> None:
    page = open_page()
    page.new.click()
    page.form.people.typed.setText("周光、单䶮生、没这人")
    qtbot.keyClick(page.form.people.typed, Qt.Key.Key_Return)
    assert page.form.people.names == ["周光", "单䶮生"]
    assert page.form.people.typed.text() == "没这人"


def test_what_is_refused_stays_typed(open_page: OpenPage, people: dict[str, str], visits: Visits) -> None:
    page = open_page()
    page.new_visit_for([people["廖应"]])
    type_into(page, "kind", "春节慰问")
    type_into(page, "money", "五百")
    page.form.save.click()
    assert "“五百”不是金额" in page.form.banner.text
    assert page.form.form.editor("money").text() == "五百"
    assert visits.lines() == []


def test_nobody_chosen_is_said(open_page: OpenPage) -> None:
    page = open_page()
    page.new.click()
    type_into(page, "kind", "春节慰问")
    page.form.save.click()
    assert page.form.banner.text == "请选择走访对象"


def test_the_next_visit_keeps_day_kind_and_team(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    page = open_page()
    page.new_visit_for([people["廖应"]])
    for name, text in (("date", "2025.1.20"), ("kind", "春节慰问"), ("leader", "王建国"), ("money", "500")):
        type_into(page, name, text)
    page.form.next.click()
    kept = [page.form.form.editor(name).text() for name in ("date", "kind", "leader", "money")]
    assert kept == ["2025.01.20", "春节慰问", "王建国", ""]
    assert page.form.people.names == []
    assert len(visits.lines()) == 1


def test_the_team_of_the_last_visit_is_offered(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(visit(people["廖应"], leader="王建国", staff="李小梅"))
    page = open_page()
    page.new.click()
    assert page.form.team.text() == "带队和陪同同上次：王建国；李小梅"
    page.form.team.click()
    assert page.form.form.editor("leader").text() == "王建国"
    assert page.form.team.isHidden()


def test_moving_in_the_ledger_shows_the_visit(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(visit(people["廖应"], leader="王建国"), visit(people["周光"], date="2025-02-01"))
    page = open_page()
    page.ledger.table.selectRow(1)
    assert page.form.title.text() == "走访 2025.01.20"
    assert page.form.people.names == ["廖应"]
    assert page.form.form.editor("leader").text() == "王建国"


def test_leaving_a_changed_visit_asks(
    open_page: OpenPage, people: dict[str, str], visits: Visits, press: Callable[[str], None]
) -> None:
    visits.save(visit(people["廖应"]), visit(people["周光"], date="2025-02-01"))
    page = open_page()
    page.ledger.table.selectRow(1)
    type_into(page, "leader", "王建国")
    page.ledger.table.selectRow(0)
    press("留在这里")
    assert page.form.form.editor("leader").text() == "王建国"
    page.ledger.table.selectRow(0)
    press("保存")
    assert page.form.people.names == ["周光"]
    assert [line.values["leader"] for line in visits.lines()] == [None, "王建国"]


def test_removing_names_the_visit(
    open_page: OpenPage, people: dict[str, str], visits: Visits, press: Callable[[str], None]
) -> None:
    visits.save(visit(people["廖应"], people["周光"]))
    page = open_page()
    page.ledger.table.selectRow(0)
    page.form.remove.click()
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox))
    assert box.text() == "将删除 2025.01.20 走访 廖应、周光 的记录"
    assert box.defaultButton().text() == "不，保持原样"
    press("删除")
    assert visits.lines() == []
    assert page.form.isHidden()


def test_the_ledger_narrows_by_year_kind_and_name(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(
        visit(people["廖应"], date="2024-05-01", kind="daily"),
        visit(people["廖应"], date="2025-02-01"),
        visit(people["周光"], date="2025-03-01", kind="daily", goods="大米"),
    )
    page = open_page()
    assert len(ledger(page)) == 2
    page.ledger.search.setText("ly")
    assert ledger(page) == ["2025.02.01 | 廖应 | 春节慰问"]
    page.ledger.search.setText("大米")
    assert ledger(page) == ["2025.03.01 | 周光 | 日常走访"]
    page.ledger.search.clear()
    page.ledger.kind.setCurrentText("日常走访　1")
    page.ledger.kind.activated.emit(page.ledger.kind.currentIndex())
    assert ledger(page) == ["2025.03.01 | 周光 | 日常走访"]
    page.ledger.year.setCurrentText("全部年份")
    page.ledger.year.activated.emit(page.ledger.year.currentIndex())
    assert len(ledger(page)) == 2


def test_each_figure_opens_the_names_behind_it(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(
        visit(people["廖应"], people["周光"], money=50000),
        visit(people["廖应"], date="2025-02-01"),
    )
    page = open_page()
    page.ledger.figures.figure("meetings").click()
    assert page.ledger.names.title.text() == "3 人次，共 2 人"
    assert page.ledger.names.rows() == [["廖应", "2 次"], ["周光", "1 次"]]
    page.ledger.names.table.cellClicked.emit(1, 0)
    assert ledger(page) == ["2025.01.20 | 廖应、周光 | 春节慰问"]
    page.ledger.figures.figure("money").click()
    assert page.ledger.names.rows() == [["2025.01.20", "廖应、周光", "500.00"]]


def test_visits_of_one_person_are_shown_and_let_go(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(visit(people["廖应"]), visit(people["周光"], date="2024-02-01"))
    page = open_page()
    page.show_visits_of([people["周光"]])
    assert ledger(page) == ["2024.02.01 | 周光 | 春节慰问"]


def test_an_empty_ledger_says_what_belongs_here(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    assert page.ledger.empty.isVisible()
    page.ledger.empty.pressed.emit()
    assert page.form.isVisible()


def test_forty_visits_are_saved_as_one_step(database: Database, open_page: OpenPage, visits: Visits) -> None:
    cadres = Cadres(database)
    for number in range(40):
        cadres.save(
            CadreFile(values={"name": f"老干部{number:02}", "village": "东门村" if number < 30 else "南门村"})
        )
    page = open_page()
    page.new_round()
    assert page.round is not None
    page.round.picker.all.click()
    for name, text in (("date", "2025.1.20"), ("kind", "春节慰问"), ("leader", "王建国")):
        page.round.form.editor(name).show_text(text)
        page.round.form.editor(name).typed.emit(text)
    page.round.grid.setCurrentIndex(page.round.grid.model().index(0, 1))
    page.round.grid.paste("500\t大米\n" * 39 + "800\t食用油\n")
    assert page.round.sums.text() == "40 人 · 慰问金合计 20,300.00 元"
    assert page.round.save.text() == "保存 40 条"
    last = page.round.grid.model().index(39, 0).data()
    page.round.save.click()
    assert page.round is None
    lines = visits.lines("2025")
    assert len(lines) == 40
    assert {line.values["leader"] for line in lines} == {"王建国"}
    assert {line.values["money"] for line in lines if line.names == last} == {80000}
    assert page.ledger.figures.text == "40 次 · 40 人次 · 20,300.00 元"


def test_a_refused_round_keeps_what_was_typed(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    page = open_page()
    page.new_visit_for(people.values())
    assert page.round is not None
    page.round.form.editor("kind").show_text("春节慰问")
    page.round.form.editor("kind").typed.emit("春节慰问")
    page.round.grid.setCurrentIndex(page.round.grid.model().index(1, 1))
    page.round.grid.paste("三百")
    page.round.save.click()
    assert "的慰问金（元）：“三百”不是金额" in page.round.banner.text
    assert page.round.grid.model().index(1, 1).data() == "三百"
    assert visits.lines() == []


def test_pasting_on_the_names_finds_the_people(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_visit_for(people.values())
    assert page.round is not None
    grid = page.round.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    grid.paste("周 光\t300\n廖应\t500\n没这人\t1\n")
    found = {grid.model().index(row, 0).data(): grid.model().index(row, 1).data() for row in range(3)}
    assert found == {"周光": "300.00", "廖应": "500.00", "单䶮生": ""}
    assert "对不上的名字没有粘贴：没这人" in page.round.banner.text
    grid.take_back()
    assert grid.model().index(0, 1).data() == ""


def test_going_back_from_an_untouched_round_asks_nothing(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_round()
    assert page.round is not None
    page.round.back_wanted.emit()
    assert page.round is None


def test_ticks_are_asked_about_before_they_are_lost(
    open_page: OpenPage, people: dict[str, str], press: Callable[[str], None]
) -> None:
    page = open_page()
    page.new_round()
    assert page.round is not None
    page.round.picker.table.turn([0])
    page.round.back_wanted.emit()
    press("留在这里")
    assert page.round is not None
    page.round.back_wanted.emit()
    press("不保存")
    assert page.round is None


def test_photos_are_taken_and_what_is_none_is_said(
    open_page: OpenPage, people: dict[str, str], visits: Visits, tmp_path: Path
) -> None:
    photo, note = tmp_path / "a.jpg", tmp_path / "b.jpg"
    Image.new("RGB", (40, 30), "green").save(photo)
    note.write_text("x")
    page = open_page()
    page.new_visit_for([people["廖应"]])
    page.take_photos([str(photo), str(note)])
    assert "“b.jpg”不是能打开的照片" in page.form.banner.text
    type_into(page, "kind", "春节慰问")
    page.form.save.click()
    (line,) = visits.lines()
    assert len(visits.read(line.uid).photos) == 1


def test_printing_tells_the_period(
    open_page: OpenPage, people: dict[str, str], visits: Visits, qtbot: QtBot
) -> None:
    visits.save(visit(people["廖应"]))
    page = open_page()
    with qtbot.waitSignal(page.print_wanted) as told:
        page.print.click()
    assert told.args == ["2025"]


def test_choosing_from_the_offered_names_adds_that_person_only(
    open_page: OpenPage, people: dict[str, str], qtbot: QtBot
) -> None:
    page = open_page()
    page.new.click()
    field = page.form.people
    qtbot.keyClicks(field.typed, "l")
    popup = field.completer.popup()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.typed.text() == "")
    assert field.uids == [people["廖应"]]


def test_coming_to_the_page_opens_no_visit(
    open_page: OpenPage, people: dict[str, str], visits: Visits
) -> None:
    visits.save(visit(people["廖应"]))
    page = open_page()
    page.opened()
    assert not page.form.isVisible()
