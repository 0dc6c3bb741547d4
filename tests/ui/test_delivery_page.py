"""上报: three steps, then the stick may be pulled out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app import clock
from app.exchange.bundle import verify_bundle
from app.exchange.safe_write import PART
from app.fields import periods
from app.services.deliveries import Deliveries, Drive
from app.services.desk import Desk
from app.ui.changes import Changes
from app.ui.delivery.ready_card import ReadyCard
from app.ui.dialogs.print_preview import PrintPreview
from app.ui.pages.delivery_page import WIDE, DeliveryPage
from app.ui.tasks import Tasks


class Bench:
    """The page over a desk with sticks that can be plugged in and pulled out."""

    def __init__(self, desk: Desk, qtbot: QtBot, folder: Path) -> None:
        self.desk, self.qtbot, self.folder = desk, qtbot, folder
        self.changes, self.tasks = Changes(), Tasks()
        self.sticks: list[Drive] = []
        self.heard: list[str] = []
        self.changes.changed.connect(lambda change: self.heard.append(change.kind))
        self.page = DeliveryPage(
            Deliveries(desk.database, lambda: list(self.sticks)), desk.exports, self.changes, self.tasks
        )
        qtbot.addWidget(self.page)
        self.page.resize(1240, 680)

    def plug(self, label: str = "老干局", **given: object) -> Drive:
        place = self.folder / label
        place.mkdir()
        self.sticks.append(replace(Drive(label, place, 3 << 30, 8 << 30, "vfat", False), **given))  # type: ignore[arg-type]
        return self.sticks[-1]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running, timeout=20_000)

    def open(self) -> DeliveryPage:
        self.page.opened()
        self.settle()
        return self.page

    @property
    def done(self) -> bool:
        return isinstance(self.page._steps.currentWidget(), ReadyCard)


@pytest.fixture
def bench(practice: Desk, qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(practice, qtbot, tmp_path)


def test_it_begins_with_this_month_and_the_only_stick(bench: Bench) -> None:
    stick = bench.plug()
    page = bench.open()
    assert page.period.period == f"{clock.today():%Y-%m}"
    assert page.places.place.path == stick.path
    assert page.places.place.told == f"{stick.path}　还有 3.0 GB，共 8.0 GB"
    assert page.writing.write.isEnabled()


def test_without_a_stick_it_says_what_to_do(bench: Bench) -> None:
    page = bench.open()
    assert not page.places.none.isHidden()
    assert (page.writing.write.isEnabled(), page.writing.hint.text()) == (False, "先选好写到哪里")
    bench.plug()
    page.places.refresh.click()
    bench.settle()
    assert page.places.none.isHidden()
    assert page.writing.write.isEnabled()


def test_a_stick_that_cannot_be_written_is_shown_but_not_chosen(bench: Bench) -> None:
    bench.plug("锁住的", read_only=True)
    page = bench.open()
    (card,) = page.places.cards()
    assert not card.isEnabled()
    assert "只读，写不进去" in card.accessibleName()
    assert page.places.place is None


def test_of_two_sticks_the_user_chooses_and_the_choice_stays(bench: Bench) -> None:
    bench.plug()
    second = bench.plug("备份")
    page = bench.open()
    assert page.places.place is None
    page.places.cards()[1].click()
    page.refresh()
    assert page.places.place.drive == second


def test_writing_ends_with_a_stick_that_may_be_pulled_out(bench: Bench) -> None:
    stick = bench.plug()
    page = bench.open()
    page.period.set_period("2025-Q1")
    page.writing.write.click()
    bench.settle()
    assert bench.done
    (written,) = stick.path.iterdir()
    assert page.ready.title.text() == "可以拔出了"
    assert page.ready.note.text().startswith("请先“安全弹出”")
    assert page.ready.code.text() == verify_bundle(written).check_code
    assert written.name == "梧桐镇_2025年第1季度_第01包"
    assert bench.heard == ["delivery"]
    model = page.past.table.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == ["01", "2025年第1季度", clock.today().isoformat(), "48", page.ready.code.text()]


def test_a_folder_is_no_stick_to_pull_out(bench: Bench) -> None:
    page = bench.open()
    (bench.folder / "共享").mkdir()
    page.choose_folder(bench.folder / "共享")
    assert page.places.place.path == bench.folder / "共享"
    page.write()
    bench.settle()
    assert page.ready.title.text() == "写好了"


def test_a_stick_pulled_out_before_writing_is_missed(bench: Bench) -> None:
    stick = bench.plug()
    page = bench.open()
    bench.sticks.clear()
    page.write()
    bench.settle()
    assert not bench.done
    assert page.writing.banner.text.startswith("U 盘“老干局”已经不在了")
    assert list(stick.path.iterdir()) == []
    assert bench.heard == []


def test_stopping_leaves_nothing_and_lets_one_begin_again(bench: Bench) -> None:
    stick = bench.plug()
    page = bench.open()
    page.write()
    assert not page._choices.isEnabled()
    page.writing.stop.click()
    bench.settle()
    assert "已停止" in page.writing.banner.text
    assert list(stick.path.iterdir()) == []
    assert page._choices.isEnabled()
    page.write()
    bench.settle()
    assert bench.done
    page.ready.again.click()
    assert not bench.done


def test_the_cover_is_looked_at_before_it_is_printed(bench: Bench) -> None:
    bench.plug()
    page = bench.open()
    page.write()
    bench.settle()
    page.ready.cover.click()
    bench.settle()
    dialog = page.findChild(PrintPreview)
    assert dialog.windowTitle() == "上报封面_第01包"
    assert dialog.preview.view.pages == 1
    dialog.close()


def test_what_a_broken_writing_left_is_offered_for_deletion(bench: Bench) -> None:
    stick = bench.plug()
    left = stick.path / f"梧桐镇_2025年_第01包{PART}"
    left.mkdir()
    page = bench.open()
    assert left.name in page.leftovers.text
    page.leftovers.pressed.emit()
    box = page.findChild(QMessageBox)
    next(button for button in box.buttons() if button.text() == "删掉").click()
    assert list(stick.path.iterdir()) == []
    assert page.leftovers.isHidden()


def test_what_stands_out_is_told_with_its_names_and_holds_nothing_up(bench: Bench) -> None:
    file = bench.desk.cadres.read_all()[0]
    file.values["birth_date"], file.values["retired_on"] = "1950-01", "1949-01"
    bench.desk.cadres.save(file)
    bench.plug()
    page = bench.open()
    assert page.remarks.texts[0] == "2 份档案有明显的错误"
    assert page.writing.write.isEnabled()
    page.remarks.open_names(0)
    assert page.remarks.names.rows()[0][0] == file.values["name"]
    with bench.qtbot.waitSignal(page.wants_page) as asked:
        page.remarks.names.chosen.emit(file.uid)
    page.remarks.names.close()
    assert asked.args == ["roster", file.uid]


def test_the_list_goes_below_the_steps_in_a_narrow_window(bench: Bench) -> None:
    bench.plug()
    page = bench.open()
    page.show()
    beside = page._past.geometry()
    page.resize(WIDE - 200, 680)
    below = page._past.geometry()
    assert beside.top() < page.writing.geometry().top()
    assert below.left() < beside.left()
    assert page.minimumSizeHint().width() <= WIDE - 200


def test_a_period_keeps_its_year_when_its_length_changes(bench: Bench) -> None:
    field = bench.page.period
    field.set_period("2025-05")
    said = []
    for length in ("quarter", "month", "year"):
        field.length.choose(length)
        field.length.chosen.emit(length)
        said.append(periods.said(field.period))
    assert said == ["2025年第2季度", "2025年4月", "2025年"]
