"""花名册: finding people by conditions, words and a look aside, with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.models.database import Database
from app.services.cadres import CadreFile
from app.services.changes import Change
from app.services.questions import HAS
from app.services.roster_filter import Condition
from app.services.roster_values import CONDITION, field_of
from app.ui.pages.roster_page import RosterPage
from app.ui.roster.bulk_dialog import ALL, SHOWN, BulkDialog
from app.ui.roster.condition_chips import ConditionChip
from app.ui.roster.condition_dialog import ConditionDialog
from app.ui.roster.match_column import MATCH
from app.ui.roster.name_dialog import NameDialog
from tests.ui.test_roster_page import Desk, commit, names, note, press

EAST = Condition("village", "东门村")
PARTS = {"family": [{"relation": "女儿", "name": "张小红"}]}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(database, tmp_path)
    for name, village, native, parts in (
        ("张志国", "东门村", "贵州清镇", {}),
        ("李秀英", "东门村", "贵州息烽", PARTS),
        ("单䶮生", "北门村", "贵州清镇", {}),
        ("丁一", "北门村", None, {}),
    ):
        values = {"name": name, "village": village, "native_place": native, "alive": True}
        made.uids[name] = next(iter(made.cadres.save(CadreFile(values=values, parts=parts)).uids))
    yield made
    made.tasks.wait()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RosterPage:
    return opened(desk, qtbot)


def opened(desk: Desk, qtbot: QtBot) -> RosterPage:
    made = desk.open()
    qtbot.addWidget(made)
    made.show()
    made.opened()
    qtbot.waitUntil(lambda: made.panel.uid != "" and desk.tools_ready(made))
    return made


def tidy() -> None:
    """What was let go of is gone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def chips(page: RosterPage) -> list[ConditionChip]:
    tidy()
    return page.list.chips.findChildren(ConditionChip)


def link(page: RosterPage, words: str) -> QPushButton:
    tidy()
    return next(one for one in page.list.chips.findChildren(QPushButton) if one.text() == words)


def ask(page: RosterPage, path: str, value: str) -> ConditionDialog:
    page.list.add.click()
    dialog = page.findChild(ConditionDialog)
    assert isinstance(dialog, ConditionDialog)
    dialog.choose(path)
    commit(dialog.editor, value)
    return dialog


def name_dialog(page: RosterPage) -> NameDialog:
    tidy()
    (dialog,) = page.findChildren(NameDialog)
    return dialog


def save(page: RosterPage, name: str) -> None:
    link(page, "存下来").click()
    dialog = name_dialog(page)
    dialog.line.setText(name)
    dialog.try_it()


def saved(page: RosterPage) -> list[str]:
    head = page.tree.topLevelItem(0)
    assert head is not None
    items = [head.child(place) for place in range(head.childCount())]
    return [item.text(0) for item in items if item] if head.text(0) == "存下的筛选" else []


def test_any_field_narrows_the_list_and_the_dialog_says_how_many(page: RosterPage, qtbot: QtBot) -> None:
    dialog = ask(page, "native_place", "清镇")
    assert dialog._said.text() == "加上以后有 2 人。"
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert names(page) == ["单䶮生", "张志国"]
    assert page.list.chips.words == ["籍贯 含 清镇"]


def test_the_second_condition_can_be_an_or(page: RosterPage, qtbot: QtBot) -> None:
    ask(page, "native_place", "清镇").ok.click()
    dialog = ask(page, "family.name", "小红")
    dialog.joint.choose("or")
    dialog._look()
    dialog.ok.click()
    assert names(page) == ["李秀英", "单䶮生", "张志国"]


def test_nothing_can_be_added_before_something_is_asked(page: RosterPage) -> None:
    dialog = ask(page, "birth_date", "七十")
    assert not dialog.ok.isEnabled()
    assert dialog._said.property("look") == "error"


def test_half_a_word_is_no_mistake_while_it_is_typed(page: RosterPage, qtbot: QtBot) -> None:
    dialog = ask(page, "birth_date", "")
    dialog.question.setCurrentText("早于")
    dialog.activateWindow()
    qtbot.wait_until(dialog.isActiveWindow)
    dialog.editor.setFocus()
    qtbot.wait_until(lambda: QApplication.focusWidget() is dialog.editor)
    qtbot.keyClicks(dialog.editor, "19")
    assert dialog._said.property("look") == "quiet"
    assert not dialog.ok.isEnabled()
    dialog.question.setFocus()
    qtbot.wait_until(lambda: dialog._said.property("look") == "error")


def test_a_question_without_content_needs_none(page: RosterPage) -> None:
    dialog = ask(page, "native_place", "")
    dialog.question.setCurrentText("空")
    assert not dialog.editor.isEnabled()
    dialog.ok.click()
    assert names(page) == ["丁一"]


def test_a_press_on_a_chip_turns_it_round_and_again_back(page: RosterPage, qtbot: QtBot) -> None:
    page.tree.wanted.emit(EAST, "only")
    qtbot.mouseClick(chips(page)[0], Qt.MouseButton.LeftButton)
    assert page.list.chips.words == ["村（社区）不是：东门村"]
    assert names(page) == ["丁一", "单䶮生"]
    qtbot.keyClick(chips(page)[0], Qt.Key.Key_Space)
    assert names(page) == ["李秀英", "张志国"]
    qtbot.keyClick(chips(page)[0], Qt.Key.Key_Delete)
    assert len(names(page)) == 4


def test_a_saved_filter_is_told_to_the_rest_of_the_program(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.tree.wanted.emit(EAST, "only")
    with qtbot.waitSignal(desk.changes.changed) as told:
        save(page, "东门片")
    assert told.args[0].kind == "filter"


def test_after_an_import_which_names_nobody_the_file_in_front_is_read_again(
    page: RosterPage, desk: Desk
) -> None:
    page.list.go_to(desk.uids["丁一"])
    file = desk.cadres.read(page.panel.uid)
    file.values["former_name"] = "丁仪"
    desk.cadres.save(file)
    desk.changes.tell(Change("cadre", frozenset()))
    assert page.panel.draft.form.values["former_name"] == file.values["former_name"]
    assert not page.panel.changed


def test_what_changed_while_another_page_was_in_front_is_there_when_the_roster_is_seen(
    page: RosterPage, desk: Desk
) -> None:
    page.hide()
    for name in ("王新", "郑新"):
        desk.changes.tell(desk.cadres.save(CadreFile(values={"name": name})))
    assert len(page.state.uids) == 4
    page.show()
    assert {"王新", "郑新"} < set(names(page))


def test_conditions_are_saved_under_a_name_and_used_with_a_click(page: RosterPage, qtbot: QtBot) -> None:
    page.tree.wanted.emit(EAST, "only")
    save(page, "东门片")
    assert saved(page) == ["东门片"]
    page.list._widen_all()
    item = page.tree.topLevelItem(0).child(0)
    page.tree.itemClicked.emit(item, 0)
    assert names(page) == ["李秀英", "张志国"]


def test_a_name_that_is_none_keeps_the_dialog_open_and_says_why(page: RosterPage) -> None:
    page.tree.wanted.emit(EAST, "only")
    save(page, "  ")
    dialog = name_dialog(page)
    assert dialog.isVisible()
    assert "起个名字" in dialog._wrong.text()


def test_within_a_circle_everything_shrinks_and_it_is_kept(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    page.tree.wanted.emit(EAST, "only")
    save(page, "东门片")
    link(page, "设为范围").click()
    assert page.list.chips.words == ["只看“东门片”"]
    assert note(page) == "2 人"
    again = opened(desk, qtbot)
    assert names(again) == ["李秀英", "张志国"]
    again.search("dan")
    assert names(again) == []
    assert "东门片" in again.state.nobody
    again.search("")
    again.list.chips.circle_left.emit()
    assert len(names(again)) == 4


def test_somebody_outside_the_circle_can_still_be_opened(page: RosterPage, desk: Desk) -> None:
    page.tree.wanted.emit(EAST, "only")
    save(page, "东门片")
    link(page, "设为范围").click()
    page.opened(desk.uids["丁一"])
    assert names(page) == ["丁一"]
    assert page.list.chips.words == ["只看“东门片”", "选定的 1 人"]


def test_a_saved_filter_is_renamed_and_removed_from_its_menu(page: RosterPage, qtbot: QtBot) -> None:
    page.tree.wanted.emit(EAST, "only")
    save(page, "东门片")
    (kept,) = page.state.saved
    pick(page.tree.menu(("saved", kept.uid), kept.name), "改名…")
    dialog = name_dialog(page)
    dialog.line.setText("东片")
    dialog.try_it()
    assert saved(page) == ["东片"]
    (kept,) = page.state.saved
    pick(page.tree.menu(("saved", kept.uid), kept.name), "删除")
    press("删除")
    assert saved(page) == []


def pick(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_the_search_says_what_it_found_besides_the_name(page: RosterPage, desk: Desk) -> None:
    page.search("小红")
    model, table = page.list.table.records, page.list.table
    assert names(page) == ["李秀英"]
    assert model.text(0, model.column_of(MATCH)) == "女儿 张小红"
    assert not table.isColumnHidden(model.column_of(MATCH))
    page.search("")
    assert table.isColumnHidden(model.column_of(MATCH))


def test_names_come_before_what_else_was_found(page: RosterPage) -> None:
    page.search("zhang")
    assert names(page) == ["张志国", "李秀英"]


def test_a_search_that_names_alone_answer_shows_no_reasons(page: RosterPage) -> None:
    page.search("dingyi")
    assert page.list.table.isColumnHidden(page.list.table.records.column_of(MATCH))


def test_q_shows_who_has_the_same_and_loses_no_place(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    table = page.list.table
    table.go_to(desk.uids["张志国"])
    table.setCurrentIndex(table.records.index(table.currentIndex().row(), table.records.column_of("village")))
    qtbot.keyClick(table, Qt.Key.Key_Q)
    popup = page.quick.popup
    assert popup.isVisible()
    assert popup.title.text() == "村（社区）是“东门村”的 2 人"
    assert [row[0] for row in popup.rows()] == ["李秀英", "张志国"]
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert (table.current_uid, len(names(page))) == (desk.uids["张志国"], 4)


def test_from_the_look_aside_enter_opens_somebody(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.list.table.go_to(desk.uids["张志国"])
    page.list.table.same_wanted.emit(desk.uids["张志国"], "village")
    page.quick.popup.table.cellActivated.emit(0, 0)
    qtbot.waitUntil(lambda: page.panel.uid == desk.uids["李秀英"])


def test_the_menu_of_a_cell_narrows_to_its_value(page: RosterPage, desk: Desk) -> None:
    table = page.list.table
    row, column = table.records.row_of(desk.uids["张志国"]), table.records.column_of("village")
    assert row is not None
    menu = table.menu(row, column)
    assert menu is not None
    pick(menu, "只看“东门村”")
    assert names(page) == ["李秀英", "张志国"]


def test_ctrl_tab_offers_the_people_opened_lately(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    for name in ("丁一", "张志国"):
        page.list.table.go_to(desk.uids[name])
        qtbot.waitUntil(lambda name=name: page.panel.uid == desk.uids[name])
    page.quick.show_recent()
    assert [row[0] for row in page.quick.popup.rows()][:1] == ["丁一"]


def test_the_list_is_sorted_as_chosen_and_the_choice_is_kept(
    page: RosterPage, desk: Desk, qtbot: QtBot
) -> None:
    assert names(page) == ["丁一", "李秀英", "单䶮生", "张志国"]
    page.list.order_wanted.emit("strokes")
    assert names(page) == ["丁一", "李秀英", "张志国", "单䶮生"]
    assert names(opened(desk, qtbot)) == ["丁一", "李秀英", "张志国", "单䶮生"]


def test_the_model_of_the_list_keeps_the_rules_of_models(page: RosterPage) -> None:
    tester = QAbstractItemModelTester(
        page.list.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.search("z")
    page.list.order_wanted.emit("strokes")
    page.search("")
    assert tester.model() is page.list.table.records


def test_who_would_get_something_wrong_stands_first_with_the_reason(page: RosterPage, desk: Desk) -> None:
    file = desk.cadres.read(desk.uids["丁一"])
    file.values["birth_date"] = "1950-03"
    desk.changes.tell(desk.cadres.save(file))
    page.list.table.selectAll()
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    dialog.choose("work_started_on")
    commit(dialog.editor, "1949.05")
    dialog.look()
    first = dialog.table.texts.lines[0]
    assert first.texts[0] == "丁一"
    assert first.texts[2].startswith("不改：")
    assert dialog.ok.text() == "改这 3 人"


def test_a_condition_is_given_to_everybody_in_the_list(page: RosterPage, desk: Desk) -> None:
    page.tree.wanted.emit(EAST, "only")
    page.list.table.go_to(desk.uids["张志国"])
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    dialog.choose("special_conditions")
    dialog.whom.choose(SHOWN)
    commit(dialog.editor, "独居")
    dialog.look()
    assert dialog.rule.isHidden()
    dialog.ok.click()
    alone = field_of(CONDITION).kind.parse("独居")
    given = [
        name
        for name, uid in desk.uids.items()
        if [row["condition"] for row in desk.cadres.read(uid).parts["special_conditions"]] == [alone]
    ]
    assert given == ["张志国", "李秀英"]


def test_after_bulk_editing_the_filter_looks_again(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.tree.wanted.emit(Condition("native_place", "息烽", question=HAS), "only")
    page.list.table.selectAll()
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    dialog.choose("native_place")
    dialog.rule.choose(ALL)
    commit(dialog.editor, "贵州修文")
    dialog.look()
    with qtbot.waitSignal(page.says) as said:
        dialog.ok.click()
    assert said.args == ["已把 1 人的籍贯改为贵州修文"]
    assert names(page) == []
    assert QApplication.activeModalWidget() is None


def test_the_keys_lead_from_the_field_to_what_is_new(page: RosterPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.list.table.selectAll()
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    dialog.activateWindow()
    dialog.field.line.setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.editor


def test_emptying_many_is_said_in_a_warning(page: RosterPage) -> None:
    page.list.table.selectAll()
    page.head.bulk.click()
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    dialog.rule.choose(ALL)
    dialog.look()
    assert dialog._count.text() == "将改 4 人，0 人不动；内容为空，会清掉原来的。"
    assert dialog._count.property("look") == "warning"
