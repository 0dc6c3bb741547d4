"""A warning under a field: as the office weighs it, and looked into where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.fields.spec import Problem
from app.models.database import Database
from app.services.acceptances import Acceptances
from app.services.cadres import CadreFile, Cadres
from app.services.data_check import DataCheck
from app.services.desk import Desk
from app.services.rule_switches import RuleSwitches
from app.ui.checks.accept_dialog import AcceptDialog
from app.ui.forms.cadre_draft import CadreDraft
from app.ui.forms.record_form import ACCEPT, RecordForm
from app.ui.pages.roster_page import RosterPage
from app.ui.program import Program

SEEN = "已看档案原件，属实"


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def uid(cadres: Cadres) -> str:
    values = {
        "name": "廖应",
        "mobile": "19900005062",
        "birth_date": "1952-03",
        "work_started_on": "1967-01",
        "id_number": "529999195203170012",
        "sex": "1",
    }
    (uid,) = cadres.save(CadreFile(values=values)).uids
    return uid


def accept(database: Database) -> None:
    found = DataCheck(database).run().findings
    Acceptances(database).accept(next(each for each in found if each.problem.code == "R-21"), SEEN)


def codes(draft: CadreDraft) -> set[str]:
    """Under the fields and over the whole file alike."""
    inline = {each.code for each in draft.form.problems}
    whole = {each.code for each in draft.problems}
    assert inline - {"R-00"} <= whole
    return whole


def form_of(draft: CadreDraft, qtbot: QtBot) -> RecordForm:
    form = RecordForm(draft.form, sections=["基本信息"])
    form.accepts = True
    qtbot.addWidget(form)
    form.show()
    form.show_problems()
    return form


def links(form: RecordForm) -> list[QPushButton]:
    return [each for each in form.findChildren(QPushButton) if each.text() == ACCEPT and each.isVisible()]


def test_an_accepted_warning_is_quiet_until_the_value_is_another(
    database: Database, cadres: Cadres, uid: str
):
    assert "R-21" in codes(CadreDraft(cadres, cadres.read(uid)))
    accept(database)
    draft = CadreDraft(cadres, cadres.read(uid))
    assert "R-21" not in codes(draft)
    draft.form.type_in("work_started_on", "1967.2")
    assert "R-21" in codes(draft)
    draft.form.type_in("work_started_on", "1967.1")
    assert "R-21" not in codes(draft)


def test_a_switched_rule_weighs_in_an_open_file_once_it_is_judged_anew(
    database: Database, cadres: Cadres, uid: str
):
    draft = CadreDraft(cadres, cadres.read(uid))
    RuleSwitches(database).put("R-21", "E")
    draft.judge_anew()
    assert [each.severity for each in draft.form.problems if each.code == "R-21"] == ["E"]
    RuleSwitches(database).put("R-21", "off")
    draft.judge_anew()
    assert "R-21" not in codes(draft)


def test_a_warning_has_a_link_that_tells_which(cadres: Cadres, uid: str, qtbot: QtBot):
    form = form_of(CadreDraft(cadres, cadres.read(uid)), qtbot)
    told: list[Problem] = []
    form.accept_wanted.connect(told.append)
    (link,) = links(form)
    link.click()
    assert [each.code for each in told] == ["R-21"]


def test_the_link_goes_with_the_warning(cadres: Cadres, uid: str, qtbot: QtBot):
    form = form_of(CadreDraft(cadres, cadres.read(uid)), qtbot)
    form.state.type_in("work_started_on", "1972.1")
    form.show_problems()
    assert links(form) == []


def test_a_warning_that_comes_while_typing_is_read_whole_above_its_link(cadres: Cadres, qtbot: QtBot):
    form = form_of(CadreDraft(cadres), qtbot)
    form.resize(700, 1200)  # from one column to two
    for name, text in (("birth_date", "1950.3"), ("id_number", "52018119520412002X")):
        form.editor(name).typed.emit(text)
    place = form.editor("birth_date").parentWidget()
    assert place is not None
    qtbot.wait_until(lambda: place.height() >= place.heightForWidth(place.width()))
    (link,) = links(form)
    (said,) = (each for each in place.findChildren(QLabel) if each.text().startswith("!"))
    assert said.height() >= said.heightForWidth(said.width())
    assert link.geometry().top() > said.geometry().bottom()


def test_an_error_has_no_link(database: Database, cadres: Cadres, uid: str, qtbot: QtBot):
    RuleSwitches(database).put("R-21", "E")
    assert links(form_of(CadreDraft(cadres, cadres.read(uid)), qtbot)) == []


def test_other_forms_have_no_links(cadres: Cadres, uid: str, qtbot: QtBot):
    form = form_of(CadreDraft(cadres, cadres.read(uid)), qtbot)
    form.accepts = False
    form.show_problems()
    assert links(form) == []


def test_on_the_roster_it_is_asked_why_and_the_warning_goes(
    practice: Desk, tmp_path: Path, open_program: Callable[[Path, Desk], Program]
):
    found = [each for each in practice.data_check.run().findings if each.uid and not each.about]
    warning = next(each for each in found if each.problem.severity == "W" and each.problem.code == "R-55")
    program = open_program(tmp_path, practice)
    program.window.open("roster", warning.uid)
    page = program.window.page("roster")
    assert isinstance(page, RosterPage)
    page.panel.show_file(practice.cadres.read(warning.uid))
    page.panel.accept_wanted.emit(warning.problem)
    dialog = page.findChild(AcceptDialog)
    assert dialog
    dialog.reason.setPlainText(SEEN)
    dialog.go.click()
    assert warning.problem.code not in {each.code for each in page.panel.draft.problems}
