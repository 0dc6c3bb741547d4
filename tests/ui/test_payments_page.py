"""发放: a new batch in three steps, pasting, refusals, signatures, the sum line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.payments import BatchFile, Payments
from app.services.search import Search
from app.ui.changes import Changes
from app.ui.pages.payments_page import PaymentsPage

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
        page = PaymentsPage(Payments(database), Cadres(database), Search(database), Changes())
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
    assert page.title.text() == "2026年春节慰问金"
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
    assert lines(page)[0][:6] == ["廖应", "••••741X", "500.00", "", "", "••••4122"]


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
    page.edit.click()
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
    page.remove.click()
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
        page.print.click()
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
