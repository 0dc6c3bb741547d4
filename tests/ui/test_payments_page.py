"""发放: a new batch in three steps, pasting, refusals, signatures, the sum line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.fields.actors import Actor
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.drafts import Drafts
from app.services.payments import BatchFile, Payments
from app.services.reveals import Reveals
from app.services.search import Search
from app.services.users import UserFile, Users
from app.ui.changes import Changes
from app.ui.pages.payments_page import PaymentsPage
from app.ui.payments.reverse_dialog import ReverseDialog
from tests.services.test_reveals import acts

OpenPage = Callable[[], PaymentsPage]
SPRING = {"fund": "慰问金", "period": "2026年春节", "paid_on": "2026.2.1"}


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    cadres = Cadres(database)
    found = {}
    for name, more in (
        (
            "廖应",
            {
                "retirement_kind": "TX",
                "id_number": "52999919600726741X",
                "bank_account": "6210003110539454122",
            },
        ),
        ("周光", {"retirement_kind": "LX"}),
        ("夏秀英", {"retirement_kind": "TX"}),
        ("单䶮生", {"retirement_kind": "TX", "died_on": "2026-03-12"}),
    ):
        (found[name],) = cadres.save(CadreFile(values={"name": name, **more})).uids
    return found


@pytest.fixture
def payments(database: Database) -> Payments:
    return Payments(database)


@pytest.fixture
def open_page(database: Database, qtbot: QtBot) -> OpenPage:
    def opened() -> PaymentsPage:
        page = PaymentsPage(
            Payments(database),
            Cadres(database),
            Search(database),
            Reveals(database),
            Changes(),
            Drafts(database),
        )
        qtbot.addWidget(page)
        page.resize(1274, 640)
        page.show()
        return page

    return opened


def press(word: str) -> None:
    """Answers the question on the screen by the word on its button."""
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    next(button for button in box.findChildren(QPushButton) if button.text() == word).click()


def batch(*people: str, amount: int = 50000, **values: Any) -> BatchFile:
    about = {"fund": "condolence", "title": "春节慰问金", "period": "2026年春节", "paid_on": "2026-02-01"}
    return BatchFile(
        values={**about, **values}, payments=[{"cadre_uid": uid, "amount": amount} for uid in people]
    )


def fill(page: PaymentsPage, texts: dict[str, str]) -> None:
    assert page.editor is not None
    for name, text in texts.items():
        page.editor.form.editor(name).show_text(text)
        page.editor.form.editor(name).typed.emit(text)


def everybody_gets(page: PaymentsPage, text: str, group: str = "每人") -> None:
    assert page.editor is not None
    field = page.editor.rates.fields[group]
    field.setText(text)
    field.textEdited.emit(text)


def grid(page: PaymentsPage) -> dict[str, list[str]]:
    """Name → amount and what else stands in its line."""
    assert page.editor is not None
    model = page.editor.grid.model()
    return {
        model.index(row, 0).data(): [
            model.index(row, column).data() for column in range(1, model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def lines(page: PaymentsPage) -> list[list[str]]:
    model = page.lines.table.records
    return [
        [model.text(row, column) for column in range(len(model.fields))] for row in range(len(model.rows))
    ]


def test_a_new_batch_in_three_steps(open_page: OpenPage, people: dict[str, str], payments: Payments) -> None:
    page = open_page()
    page.empty.pressed.emit()
    fill(page, SPRING)
    everybody_gets(page, "500")
    assert page.editor is not None
    assert page.editor.sums.text() == "3 人 · 1,500.00 元 · 人民币壹仟伍佰元整"
    assert page.editor.form.editor("title").text() == "2026年春节慰问金"
    page.editor.save.click()
    assert page.editor is None
    (line,) = payments.lines()
    assert (line.people, line.total, line.values["title"]) == (3, 150000, "2026年春节慰问金")
    assert page.head.title.text() == "2026年春节慰问金"
    assert page.lines.figures.text == "3 人 · 1,500.00 元 · 已签 0 人 · 未签 3 人"
    assert page.lines.figures.tail.text() == "人民币壹仟伍佰元整"


def test_the_dead_are_left_out_and_named(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_batch()
    assert page.editor is not None
    assert set(grid(page)) == {"廖应", "周光", "夏秀英"}
    assert page.editor.left_out.text() == "已去世的没有列入：1 人：单䶮生"


def test_amounts_by_kind(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_batch()
    assert page.editor is not None
    page.editor.rates.by.choose("kind")
    page.editor.rates.by.chosen.emit("kind")
    assert set(page.editor.rates.fields) == {"退休", "离休"}
    everybody_gets(page, "800", "离休")
    everybody_gets(page, "500", "退休")
    assert {name: cells[0] for name, cells in grid(page).items()} == {
        "周光": "800.00",
        "廖应": "500.00",
        "夏秀英": "500.00",
    }


def test_who_is_ticked_later_gets_the_amount_of_the_others(
    open_page: OpenPage, people: dict[str, str]
) -> None:
    page = open_page()
    page.new_batch_for([people["周光"]])
    assert page.editor is not None
    everybody_gets(page, "500")
    page.editor.picker.all.click()
    alive = people.keys() - {"单䶮生"}
    assert {name: cells[0] for name, cells in grid(page).items()} == dict.fromkeys(alive, "500.00")


def test_amounts_are_pasted_by_name(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_batch()
    assert page.editor is not None
    page.editor.grid.setCurrentIndex(page.editor.grid.model().index(0, 0))
    page.editor.grid.paste("周光\t800\n廖应\t500\t-50\n")
    assert grid(page)["周光"][:2] == ["800.00", ""]
    assert grid(page)["廖应"][:2] == ["500.00", "-50.00"]
    assert page.editor.banner.text.startswith("粘贴了 3 格")


def test_the_known_bank_account_is_there_already(
    open_page: OpenPage, people: dict[str, str], payments: Payments
) -> None:
    page = open_page()
    page.new_batch_for([people["廖应"]])
    fill(page, SPRING)
    everybody_gets(page, "500")
    assert page.editor is not None
    page.editor.save.click()
    (row,) = payments.read(payments.lines()[0].uid).payments
    assert row["bank_account"] == "6210003110539454122"
    assert lines(page)[0][:6] == ["廖应", f"{'*' * 14}741X", "500.00", "", "", f"{'*' * 15}4122"]


@pytest.mark.parametrize(
    ("texts", "amount", "sentence"),
    [
        ({}, "500", "“补助项目”还没有填写"),
        (SPRING, "", "还有 3 人没有填写金额：廖应、夏秀英、周光"),
        (SPRING, "五百", "廖应的应发金额：“五百”不是金额"),
    ],
    ids=["no fund", "no amount", "unreadable amount"],
)
def test_a_refused_batch_keeps_what_was_typed(
    open_page: OpenPage,
    people: dict[str, str],
    payments: Payments,
    texts: dict[str, str],
    amount: str,
    sentence: str,
) -> None:
    page = open_page()
    page.new_batch()
    fill(page, texts)
    everybody_gets(page, amount)
    assert page.editor is not None
    page.editor.save.click()
    assert sentence in page.editor.banner.text
    assert page.editor.rates.fields["每人"].text() == amount
    assert payments.lines() == []


def test_paying_twice_is_refused_with_the_name(
    open_page: OpenPage, people: dict[str, str], payments: Payments
) -> None:
    payments.save(batch(people["廖应"]))
    page = open_page()
    page.new_batch()
    fill(page, {**SPRING, "title": "再发一次"})
    everybody_gets(page, "500")
    assert page.editor is not None
    page.editor.save.click()
    assert page.editor.banner.text.startswith("廖应已在“春节慰问金”里领过")
    assert len(payments.lines()) == 1


def test_signing_for_the_selected(open_page: OpenPage, people: dict[str, str], payments: Payments) -> None:
    payments.save(batch(people["廖应"], people["周光"]))
    page = open_page()
    page.lines.table.select([people["周光"]])
    assert page.lines.bar.count.text() == "选中 1 人"
    page.lines.bar.day.setText("2026.2.3")
    page.lines.bar.sign.click()
    assert [row[6:8] for row in lines(page)] == [["", ""], ["周光", "2026.02.03"]]
    assert payments.lines()[0].signed == 1
    assert page.lines.figures.text == "2 人 · 1,000.00 元 · 已签 1 人 · 未签 1 人"


def test_a_stand_in_must_say_why(open_page: OpenPage, people: dict[str, str], payments: Payments) -> None:
    payments.save(batch(people["廖应"]))
    page = open_page()
    page.lines.table.select([people["廖应"]])
    page.lines.bar.stands_in.click()
    page.lines.bar.signer.setText("雷群英")
    page.lines.bar.sign.click()
    assert page.lines.banner.text == "由 雷群英 代领，请写明关系和原因。"
    assert page.lines.bar.signer.text() == "雷群英"
    page.lines.bar.relation.setText("妻子，本人住院")
    page.lines.bar.sign.click()
    (row,) = payments.read(payments.lines()[0].uid).payments
    assert (row["signer"], row["signer_relation"]) == ("雷群英", "妻子，本人住院")


def test_all_the_unsigned_are_selected_and_signed(
    open_page: OpenPage, people: dict[str, str], payments: Payments
) -> None:
    payments.save(batch(people["廖应"], people["周光"], people["夏秀英"]))
    page = open_page()
    page.lines.bar.unsigned.click()
    page.lines.bar.sign.click()
    assert payments.lines()[0].signed == 3
    page.lines.table.select([people["廖应"]])
    page.lines.bar.unsign.click()
    assert payments.lines()[0].signed == 2


def test_each_figure_opens_the_names(open_page: OpenPage, people: dict[str, str], payments: Payments) -> None:
    file = batch(people["廖应"], people["周光"])
    file.payments[0] |= {"signer": "廖应", "adjustment": -10000}
    payments.save(file)
    page = open_page()
    page.lines.figures.figure("signed").click()
    assert page.lines.names.rows() == [["廖应", "400.00"]]
    page.lines.figures.figure("total").click()
    assert page.lines.names.rows() == [["廖应", "400.00"], ["周光", "500.00"]]


def test_a_batch_is_changed_without_losing_signatures(
    open_page: OpenPage, people: dict[str, str], payments: Payments
) -> None:
    file = batch(people["周光"], people["廖应"])
    file.payments[0] |= {"signer": "周光", "signed_on": "2026-02-03"}
    payments.save(file)
    page = open_page()
    page.head.edit.click()
    assert page.editor is not None
    page.editor.grid.model().setData(page.editor.grid.model().index(1, 1), "800")
    page.editor.save.click()
    assert [(row[0], row[2], row[6]) for row in lines(page)] == [
        ("周光", "500.00", "周光"),
        ("廖应", "800.00", ""),
    ]


def test_an_untouched_batch_is_left_without_a_question(open_page: OpenPage, people: dict[str, str]) -> None:
    page = open_page()
    page.new_batch()
    assert page.editor is not None
    page.editor.back_wanted.emit()
    assert page.editor is None


def test_a_changed_batch_is_asked_about(
    open_page: OpenPage, people: dict[str, str], payments: Payments
) -> None:
    page = open_page()
    page.new_batch()
    everybody_gets(page, "500")
    assert page.editor is not None
    assert page.unsaved() == "这批发放还没有保存"
    page.editor.back_wanted.emit()
    press("留在这里")
    assert page.editor is not None
    page.editor.back_wanted.emit()
    press("不保存")
    assert page.editor is None
    assert payments.lines() == []


def test_removing_names_the_batch(open_page: OpenPage, people: dict[str, str], payments: Payments) -> None:
    payments.save(batch(people["廖应"]))
    page = open_page()
    page.head.remove.click()
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox))
    assert box.text() == "将删除“春节慰问金”和其中 1 人的发放记录"
    press("删除")
    assert payments.lines() == []
    assert page.empty.isVisible()


def test_printing_tells_the_batch(
    open_page: OpenPage, people: dict[str, str], payments: Payments, qtbot: QtBot
) -> None:
    (uid,) = payments.save(batch(people["廖应"])).uids
    page = open_page()
    with qtbot.waitSignal(page.print_wanted) as told:
        page.head.print.click()
    assert told.args == [uid]


def test_who_was_selected_in_one_batch_is_not_selected_in_the_next(people, payments, open_page):
    both = (people["廖应"], people["周光"])
    (spring,) = payments.save(batch(*both)).uids
    (autumn,) = payments.save(
        batch(*both, title="重阳慰问金", period="2026年重阳", paid_on="2026-10-20")
    ).uids
    page = open_page()
    page.show_batch(spring)
    page.lines.table.select(both, both[0])
    page.show_batch(autumn)
    assert page.lines.table.selected_uids == []


def test_a_refusal_goes_away_once_something_is_mended(people, open_page):
    page = open_page()
    page.new_batch()
    page.editor.save.click()
    assert page.editor.banner.isVisible()
    fill(page, SPRING)
    assert not page.editor.banner.isVisible()


def test_after_saving_the_cursor_is_in_the_list_of_batches(people, open_page, qtbot):
    page = open_page()
    page.activateWindow()
    page.new_batch()
    fill(page, SPRING)
    everybody_gets(page, "500")
    page.editor.save.click()
    assert page.focusWidget() is page.batches


def test_a_card_number_of_a_line_is_shown_and_logged(
    open_page: OpenPage, people: dict[str, str], payments: Payments, database: Database
) -> None:
    page = open_page()
    page.new_batch_for([people["廖应"]])
    fill(page, SPRING)
    everybody_gets(page, "500")
    assert page.editor is not None
    page.editor.save.click()
    page.lines.table.show_wanted.emit(people["廖应"], "bank_account")
    assert lines(page)[0][5] == "6210003110539454122"
    assert [act[:2] for act in acts(database)] == [("reveal", "廖应 银行卡")]


# Reviewing


MAKER = Actor("maker", "林晓芸", ("preparer", "admin"), "window")
CHECKER = Actor("checker", "周光", ("reviewer",), "window")


@pytest.fixture
def staff(database: Database) -> Database:
    users = Users(database)
    users.save(UserFile(MAKER.uid, {"name": MAKER.name, "roles": "preparer;admin"}))
    users.save(UserFile(CHECKER.uid, {"name": CHECKER.name, "roles": "reviewer"}))
    return database


@pytest.fixture
def draft(staff: Database, people: dict[str, str], payments: Payments) -> str:
    """The uid of a batch that the maker has filled in."""
    staff.actor = MAKER
    (uid,) = payments.save(batch(people["廖应"], people["周光"])).uids
    return uid


@pytest.fixture
def reviewed(staff: Database, draft: str, payments: Payments) -> str:
    staff.actor = CHECKER
    payments.review(draft)
    staff.actor = MAKER
    return draft


def question() -> QMessageBox:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())


def states(page: PaymentsPage) -> list[str]:
    column = page.batches.records.column_of("state")
    return [page.batches.records.text(row, column) for row in range(len(page.batches.records.rows))]


def greyed(page: PaymentsPage) -> dict[str, str]:
    """The words of the buttons that cannot be pressed, and why."""
    buttons = (page.head.remove, page.head.reverse, page.head.edit, page.head.review, page.head.print)
    return {button.text(): button.toolTip() for button in buttons if not button.isEnabled()}


def take_back(page: PaymentsPage, reason: str) -> None:
    page.head.reverse.click()
    dialog = page.findChild(ReverseDialog)
    assert dialog is not None
    assert not dialog.go.isEnabled()
    dialog.reason.setText(reason)
    dialog.go.click()


def test_a_draft_says_who_filled_it_in_and_who_may_review_it(open_page: OpenPage, draft: str) -> None:
    page = open_page()
    assert states(page) == ["○ 草稿"]
    assert page.head.responsible.text() == "填报：林晓芸　还没有审定"
    assert greyed(page) == {
        "冲销…": "这一批还没有审定，直接改就可以，不用冲销。",
        "审定": "您的角色不能“审定发放”。这件事由审核来做。",
    }


def test_reviewing_says_what_stands_fast_and_names_both(
    open_page: OpenPage, staff: Database, draft: str, payments: Payments
) -> None:
    staff.actor = CHECKER
    page = open_page()
    page.head.review.click()
    assert question().text() == "将审定“春节慰问金”，2 人，1,000.00 元"
    for word in ("填报：林晓芸", "都不能再改，也不能删除", "只能冲销", "签领情况照样可以记"):
        assert word in question().informativeText()
    assert not payments.read(draft).review.is_done
    press("审定")
    assert states(page) == ["✓ 已审定"]
    review = payments.read(draft).review
    told = f"填报：林晓芸　审核：周光　{review.reviewed_at[:16].replace('T', ' ')}"
    assert page.head.responsible.text() == told
    assert "审定" in greyed(page)


def test_ones_own_work_is_refused_in_words(
    open_page: OpenPage, staff: Database, draft: str, payments: Payments
) -> None:
    staff.actor = Actor(MAKER.uid, MAKER.name, ("reviewer",), "window")
    page = open_page()
    page.head.review.click()
    press("审定")
    assert page.lines.banner.text == "填报的人不能自己审定，请换审核人登录后审定。"
    assert states(page) == ["○ 草稿"]


def test_a_reviewed_batch_is_not_edited_but_signed(
    open_page: OpenPage, reviewed: str, people: dict[str, str], payments: Payments
) -> None:
    page = open_page()
    assert set(greyed(page)) == {"删除", "修改", "审定"}
    assert greyed(page)["修改"] == "这一批已经审定，不能再改，也不能删除；有错请用冲销。签领情况照样可以记。"
    page.batches.opened.emit(reviewed)
    assert page.editor is None
    assert page.lines.banner.text == greyed(page)["修改"]
    page.lines.table.select([people["周光"]])
    page.lines.bar.sign.click()
    assert payments.lines()[0].signed == 1


def test_taking_back_asks_why_and_shows_what_it_made(
    open_page: OpenPage, staff: Database, reviewed: str, payments: Payments
) -> None:
    page = open_page()
    take_back(page, "金额算错")
    assert page.head.title.text() == "冲销：春节慰问金"
    assert page.head.responsible.text() == "填报：林晓芸　还没有审定　冲销的是“春节慰问金”"
    assert page.lines.figures.text.startswith("2 人 · -1,000.00 元")
    assert states(page) == ["○ 冲销草稿", "✓ 已审定"]
    page.show_batch(reviewed)
    assert page.head.responsible.text().endswith("冲销等审核人审定")
    assert greyed(page)["冲销…"] == "已经做了“冲销：春节慰问金”，等审核人审定。"
    staff.actor = CHECKER
    payments.review(next(line.uid for line in payments.lines() if line.review.reverses))
    page.renew()
    assert states(page) == ["－ 冲销", "× 已冲销"]
    assert page.head.responsible.text().endswith("已经冲销")


def test_batches_are_sorted_by_what_is_still_to_be_done(
    open_page: OpenPage, staff: Database, reviewed: str, people: dict[str, str], payments: Payments
) -> None:
    payments.save(batch(people["廖应"], title="重阳慰问金", period="2026年重阳", paid_on="2026-01-01"))
    page = open_page()
    assert states(page) == ["✓ 已审定", "○ 草稿"]
    page.batches.records.sort(page.batches.records.column_of("state"))
    assert states(page) == ["○ 草稿", "✓ 已审定"]


def test_whoever_only_reviews_fills_nothing_in(
    open_page: OpenPage, staff: Database, draft: str, people: dict[str, str]
) -> None:
    staff.actor = CHECKER
    page = open_page()
    told = "您的角色不能“记发放”。这件事由填报来做。"
    for button in (page.new, page.take_in, page.head.edit):
        assert (button.isEnabled(), button.toolTip()) == (False, told)
    page.lines.table.select([people["周光"]])
    assert not page.lines.bar.sign.isEnabled()
    page.new_batch_for([people["廖应"]])
    assert page.editor is None


def test_a_long_title_does_not_widen_the_page(
    open_page: OpenPage, staff: Database, people: dict[str, str], payments: Payments
) -> None:
    payments.save(batch(people["廖应"], title="慰问" * 30))
    assert open_page().minimumSizeHint().width() < 1000
