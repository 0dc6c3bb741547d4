"""重复的人: found, compared with mouse and keys, merged, told apart, split; and the ways there from the roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.services.changes import Change
from app.services.desk import Desk
from app.services.readings import search_key
from app.ui.changes import Changes
from app.ui.duplicates.merge_state import EQUAL, MergeState
from app.ui.duplicates.twins_page import NOBODY, NOT_YET, TwinsPage
from app.ui.program import Program
from app.ui.tasks import Tasks
from tests.desks import desk_of
from tests.services.test_merging import batch, visit
from tests.services.twins import NUMBER, save

PHONE = "13800000001"


class Bench:
    """The page over a few people, two of them one."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.one = save(
            desk.database, "周光", birth_date="1952-03-17", home_address="东门村", id_number=NUMBER
        )
        self.other = save(
            desk.database,
            "周光",
            {"contacts": [{"name": "周明", "mobile": PHONE}]},
            birth_date="1952-03",
            home_address="西门村",
        )
        save(desk.database, "吴大海", birth_date="1948-01")
        self.changes, self.tasks, self.said = Changes(), Tasks(), []
        self.page = TwinsPage(desk.duplicates, desk.merging, desk.pictures, self.changes, self.tasks)
        self.page.says.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1240, 560)
        self.page.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running)
        QApplication.processEvents()

    @property
    def table(self):
        return self.page.compare.table

    def shown(self, place: int) -> list[str]:
        return list(self.table.texts.lines[place].texts)

    def key(self, key: Qt.Key, widget=None) -> None:
        self.qtbot.keyClick(widget or self.table, key)

    def click(self, row: int, column: int) -> None:
        rect = self.table.visualRect(self.table.texts.index(row, column))
        self.qtbot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    def answer(self, verb: str) -> str:
        """Presses a button of the question; what was asked, with its details."""
        (box,) = (each for each in self.page.findChildren(QMessageBox) if each.isVisible())
        told = f"{box.text()}\n{box.informativeText()}"
        next(each for each in box.buttons() if each.text() == verb).click()
        self.settle()
        return told

    def people(self) -> list[str]:
        return [row.values[0] for row in self.desk.cadres.rows(["name"])]


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot):
    desk = desk_of(tmp_path)
    search_key("一")
    yield Bench(desk, qtbot)
    desk.close()


def test_the_pair_is_found_with_reason_and_certainty(bench):
    assert [tuple(line.texts) for line in bench.page.pairs.texts.lines] == [
        ("很可能", "周光", "姓名相同，出生年月相同")
    ]
    assert bench.page.count.text() == "1 对"
    assert bench.page.compare.isVisible()


def test_two_that_were_picked_stay_in_front_when_the_search_has_come_to_its_end(bench):
    other = next(row.uid for row in bench.desk.cadres.rows(["name"]) if row.values[0] == "吴大海")
    bench.page.renew()
    bench.page.opened(f"{bench.one} {other}")
    bench.click(0, 2)
    bench.settle()
    assert set(bench.page.state.pair.uids) == {bench.one, other}
    assert bench.shown(0) == ["姓名", "　 周光", "✓ 吴大海", "吴大海"]
    assert len(bench.page.pairs.pairs) == 2


def test_what_contradicts_stands_first_and_the_equal_is_folded(bench):
    assert bench.shown(0) == ["出生年月", "✓ 1952.03.17", "　 1952.03", "1952.03.17"]
    assert bench.shown(1) == ["家庭住址", "✓ 东门村", "　 西门村", "东门村"]
    assert bench.shown(2) == ["联系人", "", f"✓ 周明 · {PHONE}", f"周明 · {PHONE}"]
    heads = [line.texts[:2] for line in bench.table.texts.lines[3:]]
    assert heads == [("▸ 只有一边填了的", "1 项"), ("▸ 两边相同的", "3 项")]
    bench.click(3, 0)
    assert bench.shown(4) == ["身份证号", "✓ **************0012", "　 —", "**************0012"]


def test_a_side_is_chosen_with_the_mouse(bench):
    bench.click(1, 2)
    assert bench.shown(1) == ["家庭住址", "　 东门村", "✓ 西门村", "西门村"]
    bench.click(2, 2)
    assert bench.shown(2) == ["联系人", "", f"✗ 周明 · {PHONE}", "—"]


def test_a_side_is_chosen_with_the_keys(bench):
    bench.page.pairs.setFocus()
    bench.key(Qt.Key.Key_Return, bench.page.pairs)
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Right)
    assert bench.shown(1)[3] == "西门村"
    bench.key(Qt.Key.Key_Left)
    assert bench.shown(1)[3] == "东门村"
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Space)
    assert bench.shown(2)[3] == "—"
    bench.key(Qt.Key.Key_Escape)
    assert bench.page.pairs.hasFocus()


def test_merging_asks_says_what_moves_and_leaves_one(bench):
    visit(bench.desk.database, bench.other)
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    bench.page.compare.keep.findChildren(QToolButton)[0].click()
    bench.click(1, 2)
    bench.page.compare.merge.click()
    told = bench.answer("合并")
    assert "把右边的“周光”并入左边的“周光”，合并成一人？" in told
    assert "走访对象 1 条" in told
    assert bench.said == ["两份档案已合并成“周光”一人"]
    assert bench.people() == ["吴大海", "周光"]
    assert bench.desk.cadres.read(bench.one).values["home_address"] == "西门村"
    assert bench.page.empty.isVisible()
    assert NOBODY.startswith("没有发现重复的人")


def test_a_row_that_both_have_is_folded_and_goes_only_as_a_whole(bench):
    file = bench.desk.cadres.read(bench.one)
    file.parts["contacts"] = [{"name": "周明", "mobile": PHONE}]
    bench.desk.cadres.save(file)
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    bench.page.compare.keep.findChildren(QToolButton)[0].click()
    assert "联系人" not in [line.texts[0] for line in bench.table.texts.lines]
    bench.click(3, 0)
    same = f"周明 · {PHONE}"
    last = len(bench.table.texts.lines) - 1
    assert bench.shown(last) == ["联系人", f"＝ {same}", f"＝ {same}", same]
    bench.table.go_to(last)
    bench.key(Qt.Key.Key_Space)
    assert bench.shown(last) == ["联系人", f"✗ {same}", f"✗ {same}", "—"]
    bench.page.compare.merge.click()
    assert f"不留的 1 行：联系人 {same}。" in bench.answer("合并")
    assert bench.desk.cadres.read(bench.one).parts["contacts"] == []


def test_the_answer_that_is_ready_keeps_both(bench):
    bench.page.compare.merge.click()
    bench.answer("再看看")
    assert len(bench.people()) == 3


def test_the_other_may_be_the_one_that_is_kept(bench):
    bench.page.compare.keep.findChildren(QToolButton)[1].click()
    assert bench.page.compare.keep.key == "right"
    assert bench.shown(1) == ["家庭住址", "　 东门村", "✓ 西门村", "西门村"]
    bench.page.compare.merge.click()
    bench.answer("合并")
    assert bench.desk.merging.kept_for(bench.one) == bench.other


def test_whoever_was_paid_is_kept_and_the_page_says_why(bench):
    batch(bench.desk.database, "春节慰问", bench.other, reviewed=True)
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    assert bench.page.compare.keep.key == "right"
    assert not bench.page.compare.keep.isEnabled()
    assert "领过已经审定的款项（春节慰问）" in bench.page.compare.banner.text


def test_two_that_were_both_paid_cannot_be_merged(bench):
    batch(bench.desk.database, "春节慰问", bench.other, reviewed=True)
    batch(bench.desk.database, "高龄补贴", bench.one, reviewed=True)
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    assert not bench.page.compare.merge.isEnabled()
    assert "不能合并" in bench.page.compare.banner.text


def test_not_the_same_is_remembered_and_taken_back(bench):
    bench.qtbot.mouseClick(bench.page.compare.two, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.said == ["记下了：不是同一个人，以后不再列出"]
    assert bench.page.empty.isVisible()
    bench.page.modes.chosen.emit("two")
    assert [line.texts[1] for line in bench.page.two.table.texts.lines] == ["周光、周光"]
    bench.page.two.back.click()
    bench.settle()
    assert len(bench.page.pairs.texts.lines) == 1


def test_a_press_before_the_next_pair_has_come_is_answered(bench):
    bench.page._tell_apart()
    bench.page.compare.merge_wanted.emit()
    bench.page.compare.two_wanted.emit()
    assert bench.said[-2:] == [NOT_YET, NOT_YET]
    bench.settle()
    assert len(bench.desk.duplicates.decided()) == 1


def test_a_merge_is_split_from_the_list(bench):
    plan = bench.desk.merging.plan(bench.one, bench.other)
    bench.changes.tell(bench.desk.merging.merge(plan, plan.choices))
    bench.settle()
    file = bench.desk.cadres.read(bench.one)
    file.values["mobile"] = PHONE
    bench.desk.cadres.save(file)
    bench.page.modes.chosen.emit("merged")
    bench.page.merged.back.click()
    bench.answer("拆回两份")
    assert bench.people().count("周光") == 2
    assert "手机" in bench.answer("知道了")


def test_the_next_pair_comes_around(bench):
    save(bench.desk.database, "周光", birth_date="1952-03")
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    assert len(bench.page.pairs.texts.lines) == 3
    assert bench.page.compare.note.text() == "有 3 份档案连在一起，请一对一对看"
    start = bench.page.pairs.place
    for step in (1, 2, 3):
        bench.page.compare.next.click()
        assert bench.page.pairs.place == (start + step) % 3


def test_two_that_the_user_chose_are_compared_though_unlike(bench):
    stranger = save(bench.desk.database, "孙丽")
    bench.page.opened(f"{bench.one} {stranger}")
    assert bench.page.compare.reason.text() == "由您选出"
    assert [face.name.text() for face in bench.page.compare.faces] == ["周光", "孙丽"]


def test_long_texts_of_both_are_kept_or_one(bench):
    state = MergeState(bench.desk.merging)
    for uid, text in ((bench.one, "腿脚不便"), (bench.other, "每月领报")):
        file = bench.desk.cadres.read(uid)
        file.values["remarks"] = text
        bench.desk.cadres.save(file)
    state.show(bench.desk.duplicates.pair(bench.one, bench.other))
    remarks = next(line for line in state.lines() if line.texts[0] == "备注")
    assert remarks.texts[1:] == ["✓ 腿脚不便", "✓ 每月领报", "腿脚不便 / 每月领报"]
    state.choose(remarks.key, "left")
    state.choose_both(("field", "home_address"))
    assert state.choices.sides["home_address"] == "keep"
    assert next(line for line in state.lines() if line.texts[0] == "备注").texts[3] == "腿脚不便"
    state.toggle(EQUAL)
    assert EQUAL in state.unfolded


class TestFromTheRoster:
    @pytest.fixture
    def program(self, practice: Desk, tmp_path: Path, application: QApplication, qtbot: QtBot):  # noqa: ARG002 - the window is looked after
        made = Program(tmp_path / "desk", application)
        made.window.show()
        made.begin(practice)
        made.window.open("roster")
        yield made
        made.stop_work()
        made.retire()

    def test_two_selected_people_are_compared(self, program):
        roster = program.window.page("roster")
        act = next(each for each in roster.acts if each.title.startswith("合并选中的两人"))
        told = []
        roster.says.connect(told.append)
        act.act(roster.list.shown_uids)
        assert told == ["请先在名单里选两个人（按住 Ctrl 点两行），再合并。"]
        table, two = roster.list.table, roster.list.shown_uids[:2]
        rows = QItemSelection(table.model().index(0, 0), table.model().index(1, 0))
        how = QItemSelectionModel.SelectionFlag
        table.selectionModel().select(rows, how.ClearAndSelect | how.Rows)
        act.act(roster.list.uids)
        assert program.window.key == "check"
        twins = program.window.page("check").section("twins")
        assert twins.state.pair
        assert set(twins.state.pair.uids) == set(two)

    def test_a_file_without_aliases_has_nothing_to_split(self, program):
        roster = program.window.page("roster")
        act = next(each for each in roster.panel.acts if each.title.startswith("拆回"))
        told = []
        roster.says.connect(told.append)
        assert not act.applies(roster.panel.uid)
        act.act(roster.panel.uid)
        assert told == ["这份档案没有合并过，不用拆。"]

    def test_a_merged_file_offers_to_be_split(self, program, practice):
        roster = program.window.page("roster")
        keep, other = roster.list.shown_uids[:2]
        plan = practice.merging.plan(keep, other)
        practice.merging.merge(plan, plan.choices)
        act = next(each for each in roster.panel.acts if each.title.startswith("拆回"))
        assert act.applies(keep)
        assert not act.applies("")

    def test_a_look_alike_of_a_kept_file_is_compared_from_the_strip(self, program, practice):
        roster = program.window.page("roster")
        other = save(practice.database, "周光", id_number=NUMBER)
        roster.panel.look_alikes.renew()
        panel = roster.panel
        panel.draft.form.put("id_number", NUMBER)
        panel.show_look_alikes()
        compare = next(each for each in panel.alikes.findChildren(QPushButton) if "对照合并" in each.text())
        asked = []
        panel.alikes.compare_wanted.connect(asked.append)
        compare.click()
        assert asked == [other]
        (box,) = (each for each in roster.findChildren(QMessageBox) if each.isVisible())
        assert box.text() == "请先保存或还原这份档案，再对照合并。"
        box.buttons()[0].click()
        panel.give_up()
