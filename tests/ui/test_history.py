"""The bin, 变更记录, 时间线 and 截至某日 as they are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app import clock
from app.services.bin import Bin
from app.services.changes import Change
from app.services.desk import Desk
from app.services.exports import Errand
from app.services.person_history import ACTS_AT_ONCE
from app.ui.changes import Changes
from app.ui.history.as_of_dialog import AsOfDialog
from app.ui.history.bin_page import BinPage
from app.ui.history.change_tab import ChangeTab
from app.ui.history.time_tab import TimeTab
from app.ui.tasks import Tasks


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def uids(practice: Desk) -> list[str]:
    """Of people who may be removed."""
    signed = [practice.payments.read(line.uid) for line in practice.payments.lines() if line.review.is_done]
    paid = {row["cadre_uid"] for file in signed for row in file.payments}
    return [row.uid for row in practice.cadres.rows(["name"]) if row.uid not in paid]


def texts(table: object, column: int) -> list[str]:
    return [line.texts[column] for line in table.texts.lines]  # type: ignore[attr-defined]


class TestBin:
    @pytest.fixture
    def page(self, practice: Desk, changes: Changes, qtbot: QtBot) -> BinPage:
        made = BinPage(practice.bin, changes)
        qtbot.addWidget(made)
        made.show()
        return made

    def test_an_empty_bin_says_what_belongs_there(self, page: BinPage) -> None:
        assert page.empty.isVisible()
        assert not page.take.isEnabled()

    def test_several_come_back_at_once_and_all_pages_hear_of_it(
        self, practice: Desk, page: BinPage, changes: Changes, uids: list[str]
    ) -> None:
        heard: list[Change] = []
        said: list[str] = []
        changes.tell(practice.cadres.remove(uids[:3]))
        changes.changed.connect(heard.append)
        page.says.connect(said.append)
        assert texts(page.table, 0) == ["档案"] * 3
        assert texts(page.table, 4) == ["30 天"] * 3
        page.table.selectAll()
        assert page.take.text() == "取回 3 项"
        page.take.click()
        assert page.empty.isVisible()
        assert set(uids[:3]) in [set(change.uids) for change in heard]
        assert said[0].startswith("已取回")

    def test_what_is_in_the_way_is_said(
        self, practice: Desk, page: BinPage, changes: Changes, uids: list[str]
    ) -> None:
        file = practice.cadres.read(uids[0])
        changes.tell(practice.cadres.remove(uids[:1]))
        file.uid, file.version = None, 0
        file.parts = {}
        practice.cadres.save(file)
        page.take.click()
        box = page.findChild(QMessageBox)
        assert box is not None
        assert "已有身份证号相同的" in box.text()
        assert page.lines

    def test_a_reader_may_look_only(self, practice: Desk, changes: Changes, qtbot: QtBot, uids) -> None:
        practice.cadres.remove(uids[:1])
        page = BinPage(Bin(practice.database), changes)
        qtbot.addWidget(page)
        page.permit(lambda right: right != "edit")
        page.show()
        assert page.lines
        assert not page.take.isEnabled()
        page.put_back()
        assert page.lines


class TestChangeTab:
    @pytest.fixture
    def tab(self, practice: Desk, qtbot: QtBot) -> ChangeTab:
        self.unsaved = False
        made = ChangeTab(practice.person_history, lambda: self.unsaved)
        qtbot.addWidget(made)
        made.resize(800, 400)
        made.show()
        return made

    def change(self, practice: Desk, uid: str, **values: object) -> None:
        file = practice.cadres.read(uid)
        file.values |= values
        practice.cadres.save(file)

    def test_lines_say_what_was_and_what_became(
        self, practice: Desk, tab: ChangeTab, uids: list[str]
    ) -> None:
        self.change(practice, uids[0], village="东门村")
        self.change(practice, uids[0], village="西河村")
        tab.show_person(uids[0])
        assert tab.table.texts.lines[0].texts[1:5] == ("村（社区）", "东门村", "西河村", "林晓芸")

    def test_a_value_is_restored(self, practice: Desk, tab: ChangeTab, uids: list[str]) -> None:
        told: list[tuple[Change, str]] = []
        tab.restored.connect(lambda change, text: told.append((change, text)))
        self.change(practice, uids[0], village="东门村")
        self.change(practice, uids[0], village="西河村")
        tab.show_person(uids[0])
        tab.back.click()
        assert practice.cadres.read(uids[0]).values["village"] == "东门村"
        assert told[0][1] == "“村（社区）”恢复为“东门村”"
        assert tab.table.texts.lines[0].texts[2:4] == ("西河村", "东门村")

    def test_not_over_something_unsaved(self, practice: Desk, tab: ChangeTab, uids: list[str]) -> None:
        self.change(practice, uids[0], village="东门村")
        tab.show_person(uids[0])
        self.unsaved = True
        tab.back.click()
        box = tab.findChild(QMessageBox)
        assert box is not None
        assert "还没有保存" in box.text()
        assert practice.cadres.read(uids[0]).values["village"] == "东门村"

    def test_it_is_narrowed_by_part_and_by_field(
        self, practice: Desk, tab: ChangeTab, uids: list[str]
    ) -> None:
        self.change(practice, uids[0], village="东门村", illnesses="高血压")
        tab.show_person(uids[0])
        tab.place.setCurrentIndex(tab.place.findText("健康"))
        tab.place.activated.emit(tab.place.currentIndex())
        assert texts(tab.table, 1) == ["主要疾病"]
        tab.place.setCurrentIndex(0)
        tab.place.activated.emit(0)
        place = texts(tab.table, 1).index("村（社区）")
        tab.table.menu(place).actions()[1].trigger()
        assert set(texts(tab.table, 1)) == {"村（社区）"}
        tab.whole.click()
        assert len(set(texts(tab.table, 1))) > 1

    def test_more_is_read_when_the_end_is_in_sight(
        self, practice: Desk, tab: ChangeTab, uids: list[str]
    ) -> None:
        for number in range(ACTS_AT_ONCE + 10):
            self.change(practice, uids[0], village=f"第{number}村")
        tab.show_person(uids[0])
        first = len(tab.lines)
        bar = tab.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        assert len(tab.lines) > first
        assert len(tab.lines) == tab.table.texts.rowCount()

    def test_nobody_has_no_lines(self, tab: ChangeTab) -> None:
        tab.show_person(None)
        assert tab.empty.isVisible()
        assert not tab.back.isEnabled()


def test_the_time_line_is_narrowed_by_kind(practice: Desk, qtbot: QtBot) -> None:
    tab = TimeTab(practice.time_line)
    qtbot.addWidget(tab)
    tab.show()
    uid = practice.payments.read(practice.payments.lines()[0].uid).payments[0]["cadre_uid"]
    tab.show_person(uid)
    assert len(set(texts(tab.table, 1))) > 2
    place = next(n for n in range(tab.kind.count()) if tab.kind.itemText(n).startswith("发放"))
    tab.kind.setCurrentIndex(place)
    tab.kind.activated.emit(place)
    assert set(texts(tab.table, 1)) == {"发放"}
    tab.show_person(None)
    assert tab.empty.isVisible()


class TestAsOf:
    @pytest.fixture
    def dialog(self, practice: Desk, qtbot: QtBot) -> AsOfDialog:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.tasks = Tasks()
        made = AsOfDialog(practice.as_of, practice.exports, self.tasks, self.window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: made.snapshot is not None)
        return made

    def look(self, dialog: AsOfDialog, qtbot: QtBot, text: str) -> None:
        dialog.day.show_text(text)
        with qtbot.waitSignal(dialog.looked):
            dialog.go.click()

    def test_list_figures_and_file_are_of_the_day(
        self, practice: Desk, dialog: AsOfDialog, qtbot: QtBot
    ) -> None:
        self.look(dialog, qtbot, f"{clock.today():%Y.%m.%d}")
        assert dialog.snapshot is not None
        living = sum(row.values[0] is not False for row in practice.cadres.rows(["alive"]))
        assert len(dialog.people) == living
        first = dialog.figures.topLevelItem(0)
        assert first is not None
        assert first.child(0).text(1) == str(living)
        dialog.figures.setCurrentItem(first.child(1))
        assert dialog.people == list(dialog.snapshot.dead)
        kind = dialog.figures.topLevelItem(1)
        assert kind is not None
        dialog.figures.setCurrentItem(kind.child(0))
        assert len(dialog.people) == int(kind.child(0).text(1))

    @pytest.mark.parametrize(
        ("typed", "told"),
        [("", "请写明哪一天"), ("不知道", "看不出是什么日期"), ("2099.1.1", "还没有到")],
    )
    def test_what_is_no_day_is_said(self, dialog: AsOfDialog, typed: str, told: str) -> None:
        dialog.day.show_text(typed)
        dialog.go.click()
        assert told in dialog.said.text()

    def test_a_month_means_its_end(self, dialog: AsOfDialog, qtbot: QtBot) -> None:
        self.look(dialog, qtbot, "2025.12")
        assert dialog.snapshot is not None
        assert dialog.snapshot.date == "2025-12-31"
        assert dialog.day.text() == "2025.12.31"
        assert "日志从" in dialog.said.text()

    def test_numbers_are_covered(self, dialog: AsOfDialog) -> None:
        numbers = texts(dialog.table, 3)
        assert numbers
        assert all("*" in number or "•" in number for number in numbers if number)

    def test_the_list_leaves_through_the_one_door(
        self, practice: Desk, dialog: AsOfDialog, qtbot: QtBot, tmp_path: Path
    ) -> None:
        assert dialog.snapshot is not None
        snapshot = dialog.snapshot
        target = tmp_path / "名册.xlsx"
        with qtbot.waitSignal(dialog.outlet.saved):
            dialog.outlet.save_to(
                target,
                lambda report, errand: dialog._book(snapshot, report, errand),
                Errand("留存", "本单位", masked=True),
            )
        assert target.exists()
        assert practice.log.lines()[0].act == "export"
        self.tasks.wait()
