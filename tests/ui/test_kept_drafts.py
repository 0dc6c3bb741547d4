"""Visits and batches that were not saved when the window was locked are offered again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.forms.draft_shelf import DraftShelf
from app.ui.pages.payments_page import PaymentsPage
from app.ui.pages.visits_page import VisitsPage


def visits_page(desk: Desk, qtbot: QtBot) -> VisitsPage:
    page = VisitsPage(desk.visits, desk.cadres, desk.search, desk.pictures, Changes(), desk.drafts)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    return page


def payments_page(desk: Desk, qtbot: QtBot) -> PaymentsPage:
    page = PaymentsPage(desk.payments, desk.cadres, desk.search, desk.reveals, Changes(), desk.drafts)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    return page


def press(word: str) -> None:
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    next(button for button in box.buttons() if button.text() == word).click()


def people(desk: Desk, count: int) -> list[str]:
    return [row.uid for row in desk.cadres.rows(["name"])][:count]


def test_a_visit_goes_on_in_another_window(practice: Desk, qtbot: QtBot) -> None:
    page = visits_page(practice, qtbot)
    uids = people(practice, 1)
    page.new_visit_for(uids)
    page._draft.state.type_in("situation", "腿脚不便，想装扶手")
    page.keep_draft()
    again = visits_page(practice, qtbot)
    assert "一条走访没有保存" in again.offer.text
    again.offer.pressed.emit()
    press("接着填")
    assert again.form.isVisible()
    assert again._draft.people == uids
    assert again._draft.state.text("situation") == "腿脚不便，想装扶手"
    assert again.offer.isHidden()
    again._draft.state.type_in("kind", "日常走访")
    assert again._save()
    assert practice.drafts.all() == []


def test_a_visit_that_was_being_changed_is_the_same_visit_again(practice: Desk, qtbot: QtBot) -> None:
    uid = practice.visits.lines()[0].uid
    page = visits_page(practice, qtbot)
    page._open(uid)
    page._draft.state.type_in("place", "县医院")
    page.keep_draft()
    again = visits_page(practice, qtbot)
    again.offer.pressed.emit()
    press("接着填")
    assert again._draft.uid == uid
    assert again._draft.state.text("place") == "县医院"
    assert again._draft.changed


def test_a_round_comes_back_with_its_people_and_amounts(practice: Desk, qtbot: QtBot) -> None:
    page = visits_page(practice, qtbot)
    uids = people(practice, 3)
    page.new_visit_for(uids)
    page._round.grid.type_in(uids[1], "money", "300")
    page.keep_draft()
    again = visits_page(practice, qtbot)
    again.offer.pressed.emit()
    press("接着填")
    assert again.round is not None
    assert again._round.choice.ticked == set(uids)
    assert again._round.money == 30_000


def test_what_was_thrown_away_is_not_offered_again(practice: Desk, qtbot: QtBot) -> None:
    page = visits_page(practice, qtbot)
    page.new_visit_for(people(practice, 1))
    page._draft.state.type_in("place", "家中")
    page.keep_draft()
    again = visits_page(practice, qtbot)
    again.offer.pressed.emit()
    press("丢掉草稿")
    assert again.offer.isHidden()
    assert practice.drafts.all() == []


def test_nothing_typed_leaves_no_draft(practice: Desk, qtbot: QtBot) -> None:
    visits_page(practice, qtbot).keep_draft()
    payments_page(practice, qtbot).keep_draft()
    assert practice.drafts.all() == []


def test_a_batch_goes_on_with_its_people_and_amounts(practice: Desk, qtbot: QtBot) -> None:
    page = payments_page(practice, qtbot)
    uids = people(practice, 2)
    page.new_batch_for(uids)
    assert page._draft is not None
    page._draft.set_rate("每人", "500")
    page._draft.state.type_in("source", "老干部工作经费")
    page.keep_draft()
    again = payments_page(practice, qtbot)
    assert "一批发放没有保存" in again.offer.text
    again.offer.pressed.emit()
    press("接着填")
    assert again._draft is not None
    assert again._draft.choice.ticked == set(uids)
    assert again._draft.total == 100_000
    assert again._draft.state.text("source") == "老干部工作经费"
    assert again._draft.changed


def test_giving_a_batch_up_drops_its_draft(practice: Desk, qtbot: QtBot) -> None:
    page = payments_page(practice, qtbot)
    page.new_batch_for(people(practice, 2))
    assert page._draft is not None
    page._draft.set_rate("每人", "500")
    page.keep_draft()
    page._leave(lambda: None)
    press("不保存")
    assert practice.drafts.all() == []


@pytest.fixture
def shelf(practice: Desk) -> DraftShelf:
    return DraftShelf(practice.drafts, "visit:")


def test_drafts_of_other_pages_are_none_of_its_business(practice: Desk, shelf: DraftShelf) -> None:
    practice.drafts.keep("cadre:1", {})
    shelf.keep("new", {"people": []})
    left = shelf.left_over()
    assert left is not None
    assert shelf.name_of(left) == "new"
    assert shelf.left_over(but="new") is None
    shelf.drop("new")
    assert [draft.about for draft in practice.drafts.all()] == ["cadre:1"]
