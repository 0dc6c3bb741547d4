"""审核: the queue, the file to read, signing by key and by button, sending back, taking back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.fields.actors import Actor
from app.fields.acts import may
from app.models.database import Database
from app.services.pictures import Pictures
from app.services.reviews import Reviews
from app.ui.changes import Changes
from app.ui.review.move_bar import KEYS
from app.ui.review.review_page import READING, ReviewPage
from app.ui.tasks import Tasks
from tests.services.review_town import BOTH, CHECKER, MAKER, READER, Town, make_town

NAMES = ["廖应", "单䶮生", "夏秀英"]
"""In the order of the roster."""


class Bench:
    """The page in the hands of somebody."""

    def __init__(self, town: Town, actor: Actor, qtbot: QtBot) -> None:
        town.database.actor = actor
        self.town, self.qtbot = town, qtbot
        self.changes, self.tasks, self.told, self.said = Changes(), Tasks(), [], []
        self.page = ReviewPage(Reviews(town.database), Pictures(town.database), self.changes, self.tasks)
        self.page.done.connect(lambda told, back: self.told.append((told, back)))
        self.page.says.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.permit(lambda right: may(actor, right))
        self.page.resize(1274, 600)
        self.page.show()
        self.page.opened()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        qtbot.waitUntil(lambda: not self.tasks.running)

    @property
    def names(self) -> list[str]:
        return [line.texts[0] for line in self.page.table.texts.lines]

    @property
    def name(self) -> str:
        return self.page.head.name.text()

    @property
    def offered(self) -> list[str]:
        shown = [*self.page.bar.buttons.values(), self.page.bar.back]
        return [each.text() for each in shown if each.isVisible() and each.isEnabled()]

    def words(self) -> list[str]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return [each.text() for each in self.page.reading.findChildren(QLabel) if not each.isHidden()]

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.page.focusWidget() or self.page.table, key, keys)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def choose(self, state: str) -> None:
        self.page.states.choose(state)
        self.page.states.chosen.emit(state)

    def boxes(self) -> list[QMessageBox]:
        return [box for box in self.page.findChildren(QMessageBox) if box.isVisible()]


@pytest.fixture
def town(database: Database) -> Town:
    return make_town(database)


@pytest.fixture
def sit(town: Town, qtbot: QtBot) -> Callable[[Actor], Bench]:
    return lambda actor: Bench(town, actor, qtbot)


def test_the_preparer_finds_what_is_not_checked(sit) -> None:
    bench = sit(MAKER)
    assert bench.names == NAMES
    assert (bench.name, bench.offered) == ("廖应", ["核对无误"])


def test_the_reviewer_finds_what_is_checked(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(CHECKER)
    assert bench.names == ["廖应"]
    assert bench.offered == ["退回更正", "审核通过"]


def test_whoever_only_looks_is_offered_nothing(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(READER)
    bench.page.opened(town.people["廖应"])
    assert (bench.name, bench.offered) == ("廖应", [])
    assert bench.page.bar.hint.text() == "已经核对，等审核人审核。"


def test_a_reviewer_waits_for_the_preparer(town: Town, sit) -> None:
    bench = sit(CHECKER)
    bench.page.opened(town.people["廖应"])
    assert bench.page.bar.hint.text() == "等填报人核对以后再审核。"


def test_enter_checks_and_goes_on_to_the_next(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.press(Qt.Key.Key_Return)
    assert town.state("廖应") == "checked"
    assert (bench.names, bench.name) == (["单䶮生", "夏秀英"], "单䶮生")
    assert bench.told[0][0] == "廖应　已核对"
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    assert bench.names == []
    assert bench.page.empty.isVisible()
    assert {town.state(name) for name in NAMES} == {"checked"}


def test_enter_approves_for_the_reviewer(town: Town, sit) -> None:
    town.check(*NAMES)
    bench = sit(CHECKER)
    for _ in NAMES:
        bench.press(Qt.Key.Key_Return)
    assert {town.state(name) for name in NAMES} == {"approved"}


def test_control_enter_signs_from_the_remark_too(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(CHECKER)
    bench.page.bar.remark.setFocus()
    bench.page.bar.remark.setText("入党时间已对照志愿书")
    bench.ctrl(Qt.Key.Key_Return)
    kept = Reviews(town.database).state(town.people["廖应"])
    assert (kept.state, kept.remark) == ("approved", "入党时间已对照志愿书")


def test_after_control_enter_one_line_is_chosen_not_two(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.ctrl(Qt.Key.Key_Return)
    assert len(bench.page.table.chosen) == 1


def test_where_all_are_shown_it_goes_on_down_the_list(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.choose("")
    bench.press(Qt.Key.Key_Return)
    assert (bench.names, bench.name) == (NAMES, "单䶮生")


def test_a_reason_begun_for_one_file_is_not_given_for_the_next(town: Town, sit) -> None:
    town.check(*NAMES)
    bench = sit(CHECKER)
    bench.page.bar.remark.setText("补照片")
    bench.page.renew()
    assert bench.page.bar.remark.text() == "补照片"
    bench.page.table.go_to(1)
    assert (bench.name, bench.page.bar.remark.text()) == (NAMES[1], "")


def test_sending_back_asks_for_the_reason_first(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(CHECKER)
    bench.ctrl(Qt.Key.Key_R)
    assert town.state("廖应") == "checked"
    assert bench.page.focusWidget() is bench.page.bar.remark
    assert "写明原因" in bench.page.bar.hint.text()
    bench.qtbot.keyClicks(bench.page.bar.remark, "zhaopian")
    bench.ctrl(Qt.Key.Key_R)
    kept = Reviews(town.database).state(town.people["廖应"])
    assert (kept.state, kept.remark) == ("returned", "zhaopian")
    assert bench.page.bar.remark.text() == ""


def test_several_are_checked_at_once_but_approved_one_by_one(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.page.table.selectAll()
    assert bench.offered == ["核对无误（3 份）"]
    bench.press(Qt.Key.Key_Return)
    assert bench.told[0][0] == "3 人：廖应、单䶮生、夏秀英　已核对"
    bench = sit(CHECKER)
    bench.page.table.selectAll()
    assert bench.offered == []
    assert "一份一份" in bench.page.bar.hint.text()


def test_those_that_could_not_go_are_named(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.choose("")
    town.check("廖应")
    town.database.actor = MAKER
    bench.page.renew(place=0)
    bench.page.table.selectAll()
    bench.page.take("review_check")
    (box,) = bench.boxes()
    assert box.text() == "1 份没有办。"
    assert "廖应：现在是“已核”" in box.informativeText()
    box.close()


def test_errors_stand_in_the_way_and_are_told(town: Town, sit) -> None:
    town.edit("廖应", birth_date="1950-01-01", died_on="1940-01-01")
    town.check("廖应")
    bench = sit(CHECKER)
    assert bench.offered == ["退回更正"]
    assert "改好以后再审核" in bench.page.bar.hint.text()
    bench.press(Qt.Key.Key_Return)
    assert town.state("廖应") == "checked"
    assert "改好以后再审核" in bench.said[-1]
    assert any(word.startswith("× ") for word in bench.words())


def test_nobody_is_offered_his_own_work(town: Town, sit) -> None:
    town.move(BOTH, "review_check", "廖应")
    bench = sit(BOTH)
    assert bench.offered == ["退回更正", "收回"]
    assert "自己核对" in bench.page.bar.hint.text()


def test_a_step_is_taken_back_by_key_and_from_the_word_at_the_head(town: Town, sit) -> None:
    bench = sit(MAKER)
    bench.press(Qt.Key.Key_Return)
    bench.told[0][1]()
    assert town.state("廖应") == "new"
    assert (bench.name, bench.page.states.key) == ("廖应", "new")
    bench.press(Qt.Key.Key_Return)
    bench.choose("checked")
    assert "收回" in bench.offered
    bench.ctrl(Qt.Key.Key_U)
    assert town.state("廖应") == "new"


def test_the_county_asks_and_it_is_settled(town: Town, sit) -> None:
    town.check("廖应")
    town.approve("廖应")
    bench = sit(MAKER)
    bench.choose("approved")
    assert bench.offered == ["记为已报"]
    bench.page.bar.buttons["review_report"].click()
    bench.choose("reported")
    assert bench.offered == ["记县里意见", "结清", "收回"]
    bench.page.bar.remark.setText("县局问职级")
    bench.ctrl(Qt.Key.Key_R)
    assert town.state("廖应") == "returned"


def test_enter_does_nothing_where_only_bookkeeping_is_left(town: Town, sit) -> None:
    town.check("廖应")
    town.approve("廖应")
    bench = sit(MAKER)
    bench.choose("approved")
    bench.press(Qt.Key.Key_Return)
    assert town.state("廖应") == "approved"


def test_the_four_groups_stand_first_and_are_marked(sit) -> None:
    bench = sit(MAKER)
    words = bench.words()
    titles = ["任职经历", "入党时间", "所属支部", "身体状况"]
    places = [words.index(title) for title in titles]
    assert places == sorted(places)
    assert [words[place + 1] for place in places] == ["★ 重点核验"] * 4
    assert words.index("基本信息") > places[-1]
    assert words.count("★ 重点核验") == 4


def test_what_changed_since_the_approval_stands_beside_what_it_was(town: Town, sit) -> None:
    town.edit("廖应", former_post="副镇长")
    town.check("廖应")
    town.approve("廖应")
    town.edit("廖应", former_post="镇长")
    town.check("廖应")
    bench = sit(CHECKER)
    words = bench.words()
    assert words[words.index("镇长") - 1] == "✎ 改过"
    assert "原来：副镇长" in words
    assert bench.page.head.changed.text().startswith("上次审核以后改了 1 处")


def test_numbers_are_covered(town: Town, sit) -> None:
    town.edit("廖应", id_number="529999195108010010")
    bench = sit(MAKER)
    bench.page.opened(town.people["廖应"])
    told = "".join(bench.words())
    assert "529999195108010010" not in told
    assert "0010" in told


def test_a_file_that_changes_elsewhere_is_read_anew(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(CHECKER)
    town.edit("廖应", housing="两间")
    town.database.actor = CHECKER
    from app.services.changes import Change

    bench.changes.tell(Change("cadre", frozenset(town.uids("廖应"))))
    assert bench.names == []


def test_a_village_narrows_the_queue_and_its_counts(sit) -> None:
    bench = sit(MAKER)
    box = bench.page.villages
    box.setCurrentIndex(box.findData("东门村"))
    box.activated.emit(box.currentIndex())
    assert bench.names == ["廖应", "夏秀英"]
    segments = [
        each.text() for each in bench.page.states.findChildren(type(bench.page.states._group.button(0)))
    ]
    assert segments[0] == "未核 2"
    assert segments[-1] == "全部 2"


def test_the_way_of_a_file_is_told(town: Town, sit) -> None:
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="补照片")
    bench = sit(MAKER)
    bench.page.opened(town.people["廖应"])
    bench.page.head.show_steps()
    rows = bench.page.head.steps.rows()
    assert rows[0][1] == "周光：退回更正 → 待更正　补照片"
    assert rows[1][1] == "林晓芸：核对档案 → 已核"
    bench.page.head.steps.close()


def test_f2_goes_to_the_file(town: Town, sit, qtbot: QtBot) -> None:
    bench = sit(MAKER)
    with qtbot.waitSignal(bench.page.wants_page) as signal:
        bench.press(Qt.Key.Key_F2)
    assert signal.args == ["roster", town.people["廖应"]]


def test_space_reads_on_and_back(sit) -> None:
    bench = sit(MAKER)
    bar = bench.page.reading.findChild(type(bench.page.reading._area)).verticalScrollBar()
    bench.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bench.press(Qt.Key.Key_Space)
    assert bar.value() > 0
    bench.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0


def test_keys_are_told_in_the_tooltips(sit) -> None:
    bench = sit(MAKER)
    for act, key in KEYS.items():
        button = bench.page.bar.buttons.get(act, bench.page.bar.back)
        assert key in button.toolTip()


def test_what_the_service_refuses_is_said(town: Town, sit, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = sit(MAKER)

    def refuse(*_: object) -> None:
        raise UserError("磁盘已满，没有写入。")

    monkeypatch.setattr(Reviews, "move", refuse)
    bench.press(Qt.Key.Key_Return)
    (box,) = bench.boxes()
    assert box.text() == "磁盘已满，没有写入。"
    box.close()


def test_a_state_can_be_opened_directly(town: Town, sit) -> None:
    town.check("廖应")
    bench = sit(MAKER)
    bench.page.opened("checked")
    assert bench.names == ["廖应"]


def test_the_next_pile_is_offered_when_one_is_done(town: Town, sit) -> None:
    town.check(*NAMES)
    town.move(CHECKER, "review_return", "廖应", remark="补照片")
    bench = sit(MAKER)
    bench.choose("new")
    assert bench.page.empty.isVisible()
    bench.page.empty.pressed.emit()
    assert bench.names == ["廖应"]


def test_before_the_first_file_is_read_there_is_no_empty_head(
    town: Town, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = Event()
    monkeypatch.setattr(Reviews, "prepare", lambda _self: never.wait())
    page = ReviewPage(Reviews(town.database), Pictures(town.database), Changes(), tasks := Tasks())
    told: list[str] = []
    page.says.connect(told.append)
    qtbot.addWidget(page)
    page.show()
    page.opened()
    assert page.uid
    assert page.waiting.isVisible()
    assert not page.head.isVisible()
    page.sign()
    assert told == [READING]
    never.set()
    qtbot.waitUntil(page.head.isVisible)
    assert not page.waiting.isVisible()
    assert tasks.wait()
