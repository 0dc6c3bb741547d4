"""花名册: filters, list and file in one window, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.fields.actors import Actor
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.changes import Change
from app.services.drafts import Drafts
from app.services.payments import BatchFile, Payments
from app.services.pictures import Pictures
from app.services.reveals import REFUSAL, Reveals
from app.services.roster import FACETS
from app.services.roster_filter import DOUBTS, TODO, Condition
from app.services.roster_tools import RosterTools
from app.services.search import Search
from app.services.visits import VisitFile, Visits
from app.ui.changes import Changes
from app.ui.pages.roster_page import RosterPage
from app.ui.roster.bulk_dialog import ALL, BulkDialog
from app.ui.tasks import Tasks
from app.ui.widgets.secret_edit import SecretEdit
from tests.bulk import give
from tests.services.test_reveals import acts

NUMBER = "529999195505148814"
PEOPLE = {
    "张志国": {
        "village": "东门村",
        "retirement_kind": "TX",
        "mobile": "19900001111",
        "birth_date": "1951-03",
    },
    "李秀英": {"village": "东门村", "retirement_kind": "LX", "birth_date": "1930-05"},
    "单䶮生": {"village": "北门村", "retirement_kind": "TX", "birth_date": "1955-05", "id_number": NUMBER},
}


@dataclass
class Desk:
    """The page with what it stands on; `open` makes another page over the same data."""

    database: Database
    folder: Path
    changes: Changes = field(default_factory=Changes)
    tasks: Tasks = field(default_factory=Tasks)
    uids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cadres = Cadres(self.database)

    def open(self) -> RosterPage:
        memory = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)
        services = (Search, Drafts, Pictures, Visits, Payments, Reveals, RosterTools)
        page = RosterPage(
            self.cadres, *(service(self.database) for service in services), self.changes, self.tasks, memory
        )
        page.resize(1266, 660)
        return page

    @staticmethod
    def tools_ready(page: RosterPage) -> bool:
        """Whether everything that can be searched has been read."""
        return page.state.tools.reasons.is_ready

    def values(self, name: str) -> dict[str, object]:
        return self.cadres.read(self.uids[name]).values


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(database, tmp_path)
    for name, values in PEOPLE.items():
        change = made.cadres.save(CadreFile(values={"name": name, "alive": True, **values}))
        made.uids[name] = next(iter(change.uids))
    yield made
    made.tasks.wait()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RosterPage:
    made = desk.open()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.panel.uid != "")
    return made


def names(page: RosterPage) -> list[str]:
    return page.state.names(page.list.shown_uids)


def note(page: RosterPage) -> str:
    return page.list.count_line


def move_to(page: RosterPage, uid: str, qtbot: QtBot) -> None:
    page.list.table.go_to(uid)
    qtbot.waitUntil(lambda: page.panel.uid == uid or box() is not None)


def box() -> QMessageBox | None:
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
    ]
    return found[0] if found else None


def press(words: str) -> None:
    """Presses a button of the question that stands open."""
    question = box()
    assert question is not None
    next(button for button in question.buttons() if button.text() == words).click()


def commit(editor: QWidget, text: str) -> None:
    """As a Chinese input method types."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def type_into(page: RosterPage, name: str, text: str) -> None:
    page.panel.begin(name)
    editor = page.panel.findChild(QLineEdit, name)
    assert editor is not None
    editor.selectAll()
    commit(editor, text)


def test_the_first_person_is_shown_at_once(page: RosterPage) -> None:
    assert names(page) == ["李秀英", "单䶮生", "张志国"]
    assert page.panel.head.name.text() == "李秀英"
    assert note(page) == "3 人"


def test_moving_the_row_shows_the_file(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    move_to(page, desk.uids["张志国"], qtbot)
    assert page.panel.findChild(QLineEdit, "name").text() == "张志国"


def test_what_is_typed_and_saved_is_there_when_read_again(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    move_to(page, desk.uids["张志国"], qtbot)
    type_into(page, "native_place", "贵州清镇")
    with qtbot.waitSignal(desk.changes.changed) as told:
        qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [Change("cadre", frozenset({desk.uids["张志国"]}))]
    assert desk.values("张志国")["native_place"] == "贵州清镇"
    assert not page.panel.changed


def test_enter_goes_to_the_next_field_and_shift_enter_back(page: RosterPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.panel.begin("name")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert page.focusWidget().objectName() == "former_name"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget().objectName() == "name"


def test_escape_leads_back_to_the_list(page: RosterPage, qtbot: QtBot) -> None:
    page.panel.begin("former_name")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert page.focusWidget() is page.list.table


def test_f2_begins_to_edit(page: RosterPage, qtbot: QtBot) -> None:
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_F2)
    assert page.focusWidget().objectName() == "name"


def test_a_nameless_file_is_not_saved_and_the_cursor_stands_at_the_name(
    page: RosterPage, qtbot: QtBot
) -> None:
    page.panel.begin("name")
    page.focusWidget().clear()
    page.panel.draft.form.type_in("name", "")
    assert not page.panel.save()
    assert page.focusWidget().objectName() == "name"


def test_a_date_that_cannot_be_read_stops_the_saving(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "retired_on", "不详")
    assert not page.panel.save()
    assert page.focusWidget().objectName() == "retired_on"
    assert desk.values("李秀英")["retired_on"] is None


def test_leaving_unsaved_edits_asks_and_saving_goes_on(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "native_place", "清镇")
    move_to(page, desk.uids["张志国"], qtbot)
    press("保存")
    assert desk.values("李秀英")["native_place"] == "清镇"
    assert page.panel.uid == desk.uids["张志国"]


def test_leaving_unsaved_edits_asks_and_giving_up_goes_on(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "native_place", "清镇")
    move_to(page, desk.uids["张志国"], qtbot)
    press("放弃修改")
    assert desk.values("李秀英")["native_place"] is None
    assert page.panel.uid == desk.uids["张志国"]


def test_leaving_unsaved_edits_asks_and_going_on_returns(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "native_place", "清镇")
    move_to(page, desk.uids["张志国"], qtbot)
    press("继续编辑")
    assert page.panel.uid == page.list.table.current_uid == desk.uids["李秀英"]
    assert page.panel.draft.form.values["native_place"] == "清镇"


def test_what_would_be_lost_is_named(page: RosterPage, qtbot: QtBot) -> None:
    assert page.unsaved() == ""
    type_into(page, "native_place", "清镇")
    assert page.unsaved() == "“李秀英”的档案有修改没有保存"


def test_after_a_crash_the_draft_is_offered_and_can_be_gone_on_with(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    move_to(page, desk.uids["张志国"], qtbot)
    type_into(page, "native_place", "贵州清镇")
    page.panel.keeper.keep()
    again = desk.open()  # the first page never came to its end
    qtbot.addWidget(again)
    assert again.banner.text.startswith("“张志国”有一份")
    again.banner.pressed.emit()
    press("接着填")
    assert again.panel.uid == desk.uids["张志国"]
    assert again.panel.draft.form.values["native_place"] == "贵州清镇"
    assert again.panel.save()
    assert desk.values("张志国")["native_place"] == "贵州清镇"
    assert Drafts(desk.database).all() == []


def test_the_draft_of_a_new_person_survives_too(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    type_into(page, "name", "赵新来")
    page.panel.keeper.keep()
    again = desk.open()
    qtbot.addWidget(again)
    again.banner.pressed.emit()
    press("接着填")
    assert (again.panel.uid, again.panel.draft.name) == ("", "赵新来")


def test_a_draft_can_be_thrown_away(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    type_into(page, "name", "赵新来")
    page.panel.keeper.keep()
    again = desk.open()
    qtbot.addWidget(again)
    again.banner.pressed.emit()
    press("丢掉草稿")
    assert again.banner.isHidden()
    assert Drafts(desk.database).all() == []


def test_edits_are_kept_by_the_clock(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "native_place", "清镇")
    qtbot.waitUntil(lambda: Drafts(desk.database).all() != [], timeout=8000)
    (kept,) = Drafts(desk.database).all()
    assert kept.about == f"cadre:{desk.uids['李秀英']}"
    assert kept.content["form"] == {"native_place": "清镇"}


def test_a_new_person_is_saved_and_stands_in_the_list(page: RosterPage, qtbot: QtBot) -> None:
    page.new()
    type_into(page, "name", "赵新来")
    assert page.panel.save()
    assert "赵新来" in names(page)
    assert page.list.table.current_uid == page.panel.uid != ""


def test_look_alikes_are_shown_while_the_name_is_typed_and_one_press_opens_the_file(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.new()
    type_into(page, "name", "张治国")
    qtbot.waitUntil(lambda: page.panel.alikes.isVisible())
    alike = page.panel.alikes.findChild(QToolButton, desk.uids["张志国"])
    assert "姓名同音" in alike.text()
    alike.click()
    assert page.panel.uid == desk.uids["张志国"]
    assert page.banner.text.startswith("“张治国”有一份")


def test_the_number_of_somebody_else_is_noticed(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    move_to(page, desk.uids["张志国"], qtbot)
    type_into(page, "id_number", NUMBER)
    page.panel.show_look_alikes()
    assert "身份证号相同" in page.panel.alikes.findChild(QToolButton, desk.uids["单䶮生"]).text()


def test_the_number_fills_what_is_empty_and_disagreement_is_shown(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    move_to(page, desk.uids["张志国"], qtbot)
    type_into(page, "id_number", NUMBER)
    assert page.panel.draft.form.values["sex"] == "1"
    assert page.panel.draft.form.values["birth_date"] == "1951-03"
    assert "R-05" in {problem.code for problem in page.panel.draft.problems}
    assert page.panel.tabs.findChildren(QToolButton)[0].text() == "基本 !"


def test_search_narrows_at_each_keystroke(page: RosterPage) -> None:
    seen = []
    for typed in ("z", "zz", "zzg"):
        assert page.search(typed)
        seen.append((typed, names(page)))
    assert seen[-1] == ("zzg", ["张志国"])
    assert note(page) == "3 人，选出 1 人"
    page.search("")
    assert len(names(page)) == 3


@pytest.mark.parametrize("typed", ["张志国", "zhangzhi", "1111", "zzg 东门"])
def test_people_are_found_in_many_ways(page: RosterPage, typed: str, qtbot: QtBot, desk: Desk) -> None:
    page.search(typed)
    assert names(page) == ["张志国"]
    qtbot.waitUntil(lambda: page.panel.uid == desk.uids["张志国"])


def test_a_surname_is_found_by_its_reading(page: RosterPage) -> None:
    page.search("shan")
    assert names(page) == ["单䶮生"]


def test_filters_and_search_narrow_together(page: RosterPage) -> None:
    page.tree.wanted.emit(Condition("village", "东门村"), "only")
    assert names(page) == ["李秀英", "张志国"]
    page.tree.wanted.emit(Condition("retirement_kind", "LX"), "not")
    assert names(page) == ["张志国"]
    page.search("lxy")
    assert names(page) == []
    assert note(page) == "3 人，选出 0 人"


def test_each_condition_has_a_chip_that_takes_it_away(page: RosterPage) -> None:
    east, veteran = Condition("village", "东门村"), Condition("retirement_kind", "LX")
    page.tree.wanted.emit(east, "only")
    page.tree.wanted.emit(veteran, "and")
    assert page.list.chips.words == ["村（社区）：东门村", "类别：离休"]
    page.list.chips.removed.emit(east)
    assert page.list.chips.words == ["类别：离休"]
    assert names(page) == ["李秀英"]


def test_the_same_condition_alone_a_second_time_shows_everybody(page: RosterPage) -> None:
    for _ in range(2):
        page.tree.wanted.emit(Condition("village", "北门村"), "only")
    assert len(names(page)) == 3


def test_gaps_and_doubts_are_counted_in_the_background(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.opened()
    doubts = Condition(TODO, DOUBTS)
    qtbot.waitUntil(lambda: [one.people for one in page.state.roster.choices(FACETS[0])] == [3, 3])
    page.tree.wanted.emit(doubts, "only")
    assert len(names(page)) == 3


def test_somebody_hidden_by_a_filter_is_shown_when_asked_for(page: RosterPage, desk: Desk) -> None:
    page.tree.wanted.emit(Condition("village", "北门村"), "only")
    page.opened(desk.uids["张志国"])
    assert page.list.table.current_uid == desk.uids["张志国"]
    assert len(names(page)) == 3


def test_somebody_hidden_by_the_search_is_shown_and_the_search_box_is_told(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.search("shan")
    with qtbot.waitSignal(page.search_dropped):
        page.opened(desk.uids["张志国"])
    assert page.list.table.current_uid == desk.uids["张志国"]


def test_the_ring_walks_through_the_empty_fields_only(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    move_to(page, desk.uids["单䶮生"], qtbot)
    page.panel.head.ring.click()
    visited = []
    for _ in range(4):
        visited.append(page.focusWidget().parent().objectName() or page.focusWidget().objectName())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert visited == ["sex", "ethnicity", "native_place", "marital_status"]


def test_removing_names_the_people_and_the_safe_answer_is_ready(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.list.table.select([desk.uids["张志国"], desk.uids["李秀英"]], desk.uids["李秀英"])
    page.remove(page.list.uids)
    question = box()
    assert question is not None
    assert question.text() == "将删除 2 人：李秀英、张志国"
    assert question.defaultButton().text() == "不删"
    press("删除 2 人")
    assert names(page) == ["单䶮生"]
    assert desk.cadres.count() == 1
    qtbot.waitUntil(lambda: page.panel.uid == desk.uids["单䶮生"])


def test_one_field_is_changed_for_many_as_planned(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.list.table.selectAll()
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    dialog.choose("village")
    dialog.rule.choose(ALL)
    commit(dialog.editor, "银桥村")
    dialog.look()
    assert [line.texts[2] for line in dialog.table.texts.lines] == ["银桥村"] * 3
    dialog.ok.click()
    assert {str(desk.values(name)["village"]) for name in PEOPLE} == {"银桥村"}
    assert page.panel.draft.form.values["village"] == "银桥村"


@pytest.mark.parametrize(("button", "signal"), [("visit", "visit_wanted"), ("pay", "payment_wanted")])
def test_the_selection_is_handed_on(
    page: RosterPage, desk: Desk, qtbot: QtBot, button: str, signal: str
) -> None:
    chosen = [desk.uids["李秀英"], desk.uids["张志国"]]
    page.list.table.select(chosen, chosen[0])
    with qtbot.waitSignal(getattr(page, signal)) as heard:
        getattr(page.head, button).click()
    assert heard.args == [chosen]


def test_without_a_selection_of_several_the_whole_list_is_exported(page: RosterPage, qtbot: QtBot) -> None:
    page.tree.wanted.emit(Condition("village", "东门村"), "only")
    with qtbot.waitSignal(page.export_wanted) as heard:
        page.head.export.click()
    assert heard.args == [page.list.shown_uids]
    assert page.head.export.text() == "导出 2 人"


def test_people_sent_by_another_page_are_shown_alone_with_a_chip(page: RosterPage, desk: Desk) -> None:
    page.tree.wanted.emit(Condition("village", "北门村"), "only")
    page.opened(f"only {desk.uids['李秀英']} {desk.uids['张志国']}")
    assert names(page) == ["李秀英", "张志国"]
    assert page.list.chips.words == ["选定的 2 人"]
    assert note(page) == "3 人，选出 2 人"
    close = next(one for one in page.list.chips.findChildren(QToolButton) if "选定的" in one.toolTip())
    close.click()
    assert len(names(page)) == 3
    assert not page.list.chips.isVisible()


def test_a_condition_on_top_narrows_those_sent_and_alone_asks_everybody(page: RosterPage, desk: Desk) -> None:
    page.opened(f"only {desk.uids['李秀英']} {desk.uids['单䶮生']}")
    east = Condition("village", "东门村")
    page.tree.wanted.emit(east, "and")
    assert names(page) == ["李秀英"]
    assert page.list.chips.words == ["选定的 2 人", "村（社区）：东门村"]
    page.tree.wanted.emit(east, "only")
    assert sorted(names(page)) == sorted(["李秀英", "张志国"])


def test_a_search_looks_among_everybody_again(page: RosterPage, desk: Desk) -> None:
    page.opened(f"only {desk.uids['李秀英']}")
    page.search("zzg")
    assert names(page) == ["张志国"]
    assert page.list.chips.words == []


def test_escape_lets_go_of_those_sent(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.opened(f"only {desk.uids['李秀英']}")
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_somebody_sent_and_then_removed_is_not_counted(page: RosterPage, desk: Desk) -> None:
    page.opened(f"only {desk.uids['李秀英']} {desk.uids['张志国']}")
    desk.changes.tell(desk.cadres.remove([desk.uids["李秀英"]]))
    assert page.list.chips.words == ["选定的 1 人"]


def test_when_nobody_is_found_the_list_says_so_and_shows_all_again(page: RosterPage) -> None:
    page.search("xyz")
    assert page.list.nobody.isVisible()
    assert not page.list.table.isVisible()
    page.list.nobody.pressed.emit()
    assert page.list.table.isVisible()
    assert len(names(page)) == 3


def test_an_empty_roster_says_what_belongs_here_and_offers_the_import(
    database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    page = Desk(database, tmp_path).open()
    qtbot.addWidget(page)
    page.show()
    assert page.frame.empty.isVisible()
    with qtbot.waitSignal(page.import_wanted):
        page.frame.empty.pressed.emit()
    page.new()
    assert page.panel.isVisible()


def test_rows_of_a_part_are_saved_with_the_file(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.panel.begin("family")
    for text in ("长女", "周淑芬", "1977.09"):
        editor = page.focusWidget()
        commit(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda editor=editor: page.focusWidget() is not editor)
    assert page.panel.save()
    rows = desk.cadres.read(desk.uids["李秀英"]).parts["family"]
    assert [(row["relation"], row["name"], row["birth_date"]) for row in rows] == [
        ("长女", "周淑芬", "1977-09")
    ]


def test_a_photo_is_taken_in_and_saved(page: RosterPage, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "照片.png"
    Image.new("RGB", (60, 80), "green").save(file)
    page.panel.portrait.take(str(file))
    assert page.panel.save()
    assert not page.panel.head.photo.is_empty
    assert Pictures(desk.database).content(str(desk.values("李秀英")["photo"]))


def test_a_file_that_is_no_picture_is_refused_in_words(page: RosterPage, tmp_path: Path) -> None:
    file = tmp_path / "照片.jpg"
    file.write_text("不是照片", encoding="utf-8")
    page.panel.portrait.take(str(file))
    question = box()
    assert question is not None
    assert "照片.jpg" in question.text()
    press("知道了")
    assert not page.panel.changed


def test_visits_and_payments_of_the_person_are_shown(page: RosterPage, desk: Desk) -> None:
    uid = desk.uids["李秀英"]
    visit = {"date": "2026-02-10", "kind": "spring", "situation": "身体尚好"}
    batch = {
        "fund": Payments.record.field("fund").kind.parse("慰问金"),
        "title": "春节慰问金",
        "period": "2026年",
    }
    desk.changes.tell(Visits(desk.database).save(VisitFile(values=visit, people=[uid])))
    assert page.panel.head.visit_line == "最近走访 2026.02.10 春节慰问"
    desk.changes.tell(
        Payments(desk.database).save(BatchFile(values=batch, payments=[{"cadre_uid": uid, "amount": 50000}]))
    )
    page.panel.tabs.choose(page.panel.tabs.count - 1)
    assert page.panel.service.words == ["走访 1 次", "发放 1 笔，共 500.00 元"]


def test_what_was_changed_elsewhere_is_shown_here(page: RosterPage, desk: Desk) -> None:
    desk.changes.tell(give(desk.database, [desk.uids["李秀英"]], "village", "龙井村"))
    assert page.panel.draft.form.values["village"] == "龙井村"


def test_a_file_changed_elsewhere_meanwhile_is_not_overwritten(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    type_into(page, "native_place", "清镇")
    desk.changes.tell(give(desk.database, [desk.uids["李秀英"]], "village", "龙井村"))
    assert not page.panel.save()
    press("知道了")
    assert page.panel.draft.form.values["native_place"] == "清镇"
    assert desk.values("李秀英")["native_place"] is None


def test_the_chosen_columns_are_there_the_next_time(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.list.set_choice.setCurrentText("联系")
    page.list.set_choice.textActivated.emit("联系")
    again = desk.open()
    qtbot.addWidget(again)
    table, model = again.list.table, again.list.table.records
    assert not table.isColumnHidden(model.column_of("landline"))
    assert table.isColumnHidden(model.column_of("former_post"))


def test_the_file_can_stand_below_the_list_and_does_so_the_next_time(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.list._put_below(True)
    assert page.panel.mapTo(page, page.panel.rect().topLeft()).y() > page.list.height()
    again = desk.open()
    qtbot.addWidget(again)
    assert again.list.file_below


def test_a_number_of_the_file_is_shown_and_copied_and_both_are_logged(desk: Desk, page: RosterPage) -> None:
    page.list.go_to(desk.uids["单䶮生"])
    page.panel.show_file(desk.cadres.read(desk.uids["单䶮生"]))
    page.panel.begin("id_number")
    editor = page.panel.findChild(SecretEdit, "id_number")
    assert editor.text() == "**************8814"
    editor.show_wanted.emit()
    assert editor.text() == NUMBER
    editor.copy_wanted.emit()
    assert QApplication.clipboard().text() == NUMBER
    assert [act[:2] for act in acts(desk.database)] == [
        ("reveal", "单䶮生 身份证号"),
        ("copy_number", "单䶮生 身份证号"),
    ]


def test_a_number_in_the_list_is_shown_and_logged(desk: Desk, page: RosterPage) -> None:
    table, uid = page.list.table, desk.uids["单䶮生"]
    table.show_columns(["name", "id_number"])
    table.go_to(uid)
    table.show_wanted.emit(uid, "id_number")
    cell = table.records.index(table.records.row_of(uid), table.records.column_of("id_number"))
    assert cell.data() == NUMBER
    assert [act[:2] for act in acts(desk.database)] == [("reveal", "单䶮生 身份证号")]


def test_a_reader_sees_the_last_four_and_is_told_why(desk: Desk, page: RosterPage) -> None:
    desk.database.actor = Actor("0c0ffee0-0000-4000-8000-000000000002", "赵明", ("reader",), "window")
    table, uid = page.list.table, desk.uids["单䶮生"]
    table.show_wanted.emit(uid, "id_number")
    assert [box.text() for box in page.findChildren(QMessageBox)] == [REFUSAL]
    assert table.records.text(table.records.row_of(uid), table.records.column_of("id_number")).startswith("*")


def test_a_search_for_a_whole_number_that_nobody_has_is_not_repeated_whole(page: RosterPage) -> None:
    page.search("529999196007267412")
    assert "**************7412" in page.state.nobody
