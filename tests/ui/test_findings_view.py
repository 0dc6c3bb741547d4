"""体检: the list, one finding after the other, mended, accepted, and the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.fields import identity
from app.services.cadres import CadreFile
from app.services.changes import Change
from app.ui.changes import Changes
from app.ui.checks.accept_dialog import AcceptDialog
from app.ui.checks.findings_head import ACCEPTED
from app.ui.checks.findings_view import FindingsView
from app.ui.dialogs.print_preview import PrintPreview
from app.ui.tasks import Tasks
from tests.desks import desk_of


def numbered(digits: str) -> str:
    return digits + identity.check_character(digits)


WHOLE = {"mobile": "19900005062", "ethnicity": "01", "village": "东门村"}
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "廖应": {"birth_date": "1952-03", "work_started_on": "1967-01", "id_number": "529999195203170012"},
    "周光": {
        "birth_date": "1953-03",
        "work_started_on": "1968-02",
        "id_number": numbered("52999919530317001"),
        "village": "西门村",
    },
    "吴长": {"id_number": "62999919350930003X", "sex": "2"},
    **{f"郑{name}": {"id_number": numbered(f"5299991954031700{n}")} for n, name in enumerate("安康", 1)},
}


class Bench:
    """The page over three people: one started to work too young, one is a woman with a man's number."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot, self.desk = qtbot, desk_of(folder)
        self.changes, self.tasks = Changes(), Tasks()
        self.uids = {name: self.add(name, **values) for name, values in PEOPLE.items()}
        settings = QSettings(str(folder / "ui.ini"), QSettings.Format.IniFormat)
        desk = self.desk
        self.page = FindingsView(
            desk.data_check,
            desk.acceptances,
            desk.cadres,
            desk.drafts,
            desk.gap_lists,
            desk.exports,
            self.changes,
            self.tasks,
            settings,
        )
        qtbot.addWidget(self.page)
        self.wanted: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.page.wants_page.connect(lambda key, about: self.wanted.append((key, about)))
        self.page.says.connect(self.said.append)
        self.page.resize(1240, 620)
        self.page.show()
        self.settle()

    def add(self, name: str, **values: Any) -> str:
        (uid,) = self.desk.cadres.save(CadreFile(values={"name": name, **WHOLE, **values})).uids
        return uid

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running and self.page.head.again.isEnabled())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def groups(self) -> list[str]:
        return [str(line.key) for line in self.page.found.groups.texts.lines]

    def names(self) -> list[str]:
        return [line.texts[1].strip() for line in self.page.found.lines.texts.lines]

    def choose(self, code: str) -> None:
        self.page.found.groups.go_to(self.groups().index(code))

    def accept(self, reason: str) -> AcceptDialog:
        self.page.found.mend.accept_button.click()
        dialog = self.page.findChild(AcceptDialog)
        assert dialog
        dialog.reason.setPlainText(reason)
        dialog.go.click()
        self.settle()
        return dialog


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot):
    made = Bench(tmp_path / "data", qtbot)
    yield made
    made.settle()
    made.desk.close()


def in_front(bench: Bench) -> str:
    finding = bench.page.found.mend.finding
    return f"{finding.problem.code} {finding.name}" if finding else ""


def test_what_was_found_is_listed_by_rule_with_how_many(bench: Bench):
    assert bench.groups()[0] == "R-21"
    assert bench.names() == ["廖应", "周光"]
    assert in_front(bench) == "R-21 廖应"
    assert bench.page.found.groups.texts.lines[0].texts[2] == "2"


def test_mending_in_place_saves_and_goes_on_to_the_next(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.enter()
    mend.form.state.type_in("work_started_on", "1970.1")
    mend.save_button.click()
    bench.settle()
    assert bench.desk.cadres.read(bench.uids["廖应"]).values["work_started_on"] == "1970-01"
    assert (bench.names(), in_front(bench)) == (["周光"], "R-21 周光")


def test_what_is_saved_and_still_wrong_stays_in_front(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "1967.2")
    mend.save()
    bench.settle()
    assert in_front(bench) == "R-21 廖应"
    assert mend.told.text() == "已保存，这一处还没有改好。"
    assert bench.desk.cadres.read(bench.uids["廖应"]).values["work_started_on"] == "1967-02"


def test_what_is_typed_and_not_saved_is_kept_when_the_data_is_locked(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "1970.1")
    bench.page.keep_draft()
    kept = bench.desk.drafts.all()
    assert [(each.about, each.content["name"]) for each in kept] == [(f"cadre:{bench.uids['廖应']}", "廖应")]
    mend.save()
    bench.settle()
    assert bench.desk.drafts.all() == []


def test_locking_keeps_nothing_where_nothing_was_typed(bench: Bench):
    bench.page.keep_draft()
    assert bench.desk.drafts.all() == []


def test_what_cannot_be_read_is_not_saved(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "大概六七年")
    mend.save()
    assert mend.told.text().startswith("还没有保存。")
    assert bench.desk.cadres.read(bench.uids["廖应"]).version == 1


def test_a_save_without_a_change_only_goes_on(bench: Bench):
    bench.page.found.mend.save()
    assert in_front(bench) == "R-21 周光"
    assert bench.desk.cadres.read(bench.uids["廖应"]).version == 1


def test_next_goes_over_to_the_next_rule_and_says_when_it_was_the_last(bench: Bench):
    seen = []
    while not bench.said:
        seen.append(in_front(bench))
        bench.page.found.go_on()
    assert seen[:3] == ["R-21 廖应", "R-21 周光", "R-06 吴长"]
    assert bench.said == ["这是最后一处了"]


def test_a_warning_is_accepted_with_a_reason_and_the_next_comes(bench: Bench):
    bench.accept("已看档案原件，属实")
    assert (bench.names(), in_front(bench)) == (["周光"], "R-21 周光")
    assert [each.reason for each in bench.desk.acceptances.all()] == ["已看档案原件，属实"]


def test_without_a_reason_the_dialog_says_what_to_do(bench: Bench):
    dialog = bench.accept("")
    assert dialog.told.text().startswith("请写明核实的情况")
    assert bench.desk.acceptances.all() == []
    dialog.reject()


def test_accepted_ones_are_seen_and_withdrawn(bench: Bench):
    bench.accept("已看档案原件，属实")
    bench.page.head.view.choose(ACCEPTED)
    bench.page.head.narrowed.emit()
    assert [line.texts[0] for line in bench.page.accepted.table.texts.lines] == ["廖应"]
    bench.page.accepted.withdraw.click()
    bench.settle()
    assert bench.desk.acceptances.all() == []
    bench.page.head.view.choose("rule")
    bench.page.head.narrowed.emit()
    assert "廖应" in bench.names()


def test_after_an_import_which_names_nobody_everybody_is_looked_at(bench: Bench):
    file = bench.desk.cadres.read(bench.uids["廖应"])
    bench.desk.cadres.save(replace(file, values={**file.values, "work_started_on": "1970-01"}))
    bench.changes.tell(Change("cadre", frozenset()))
    bench.settle()
    assert bench.names() == ["周光"]


def test_by_person_and_by_village(bench: Bench):
    head = bench.page.head
    head.view.choose("person")
    head.village.setCurrentIndex(head.village.findData("西门村"))
    assert bench.groups() == [bench.uids["周光"]]
    assert head.summary.text().startswith("西门村 1 人，平均完整度 ")
    assert head.ring.percent < 100


def test_only_errors_may_leave_nothing_to_see(bench: Bench):
    bench.page.head.severity.choose("E")
    bench.page.head.narrowed.emit()
    assert bench.groups() == []
    assert not bench.page.found.groups.isVisible()


def test_where_nobody_is_there_is_nothing_to_praise(bench: Bench):
    bench.desk.cadres.remove(list(bench.uids.values()))
    bench.changes.tell(Change("cadre", frozenset(bench.uids.values())))
    bench.settle()
    assert bench.page.empty.isVisible()
    button = bench.page.empty.findChild(QPushButton)
    assert button.text() == "导入花名册"
    button.click()
    assert bench.wanted == [("import", "")]


def test_a_change_elsewhere_is_looked_at_again(bench: Bench):
    cadres = bench.desk.cadres
    file = cadres.read(bench.uids["周光"])
    file.values["work_started_on"] = "1975-01"
    bench.changes.tell(cadres.save(file))
    bench.settle()
    assert bench.names() == ["廖应"]


def test_a_change_while_the_page_is_away_waits_until_it_comes_back(bench: Bench):
    bench.page.hide()
    (uid,) = bench.desk.cadres.remove([bench.uids["周光"]]).uids
    bench.changes.tell(Change("cadre", frozenset({uid})))
    assert not bench.tasks.running
    bench.page.show()
    bench.settle()
    assert bench.names() == ["廖应"]


def test_what_is_typed_is_not_lost_by_going_elsewhere(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "1970.1")
    assert bench.page.unsaved().startswith("“体检”里廖应")
    bench.page.found.lines.go_to(1)
    box = bench.page.findChild(QMessageBox)
    assert box
    assert box.text().startswith("“廖应")
    save = next(button for button in box.buttons() if button.text() == "保存")
    save.click()
    bench.settle()
    assert bench.desk.cadres.read(bench.uids["廖应"]).values["work_started_on"] == "1970-01"
    assert in_front(bench) == "R-21 周光"


def test_next_asks_about_what_is_typed(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "1970.1")
    mend.next_button.click()
    box = bench.page.findChild(QMessageBox)
    assert box
    next(button for button in box.buttons() if button.text() == "不保存").click()
    assert in_front(bench) == "R-21 周光"
    assert bench.desk.cadres.read(bench.uids["廖应"]).version == 1


def test_a_look_meanwhile_leaves_what_is_typed(bench: Bench):
    mend = bench.page.found.mend
    assert mend.form
    mend.form.state.type_in("work_started_on", "1970.1")
    bench.changes.tell(Change("cadre", frozenset({bench.uids["周光"]})))
    bench.settle()
    assert mend.form.state.text("work_started_on") == "1970.01"


def test_the_file_is_one_press_away(bench: Bench):
    bench.page.found.mend.open_button.click()
    assert bench.wanted == [("roster", bench.uids["廖应"])]


def test_one_cause_opens_its_names_and_shows_them_on_the_roster(bench: Bench):
    bench.choose("R-00")
    shared = next(n for n, line in enumerate(bench.page.state.lines) if line.finding is None)
    bench.page.found.lines.go_to(shared)
    assert bench.page.found.cause.isVisible()
    before = len(bench.names())
    bench.page.found.cause.open_button.click()
    assert len(bench.names()) == before + len(bench.page.state.lines[shared].cause.findings)
    bench.page.found.cause.people.click()
    assert bench.wanted[0][1].startswith("only ")


def test_a_person_can_be_asked_for(bench: Bench):
    bench.page.opened(bench.uids["吴长"])
    assert in_front(bench) == "R-06 吴长"


def test_enter_leads_from_rule_to_line_to_field(bench: Bench):
    bench.page.activateWindow()
    bench.page.found.groups.setFocus()
    bench.qtbot.keyClick(bench.page.found.groups, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(bench.page.found.lines.hasFocus)
    bench.qtbot.keyClick(bench.page.found.lines, Qt.Key.Key_Return)
    assert bench.page.found.mend.form
    bench.qtbot.waitUntil(lambda: bench.page.found.mend.isAncestorOf(bench.page.focusWidget() or bench.page))


def test_who_may_only_look_cannot_mend_or_accept(bench: Bench):
    bench.page.permit(lambda right: right != "edit")
    bench.page.found.lines.go_to(1)
    mend = bench.page.found.mend
    assert mend.form
    shut = (mend.form, mend.save_button, mend.accept_button)
    assert [each.isEnabled() for each in shut] == [False] * 3


def test_the_gap_list_is_seen_before_it_is_printed(bench: Bench):
    bench.page.papers.preview()
    bench.settle()
    preview = bench.page.findChild(PrintPreview)
    assert preview
    assert preview.windowTitle().endswith("缺项清单")
    preview.close()
    bench.settle()
