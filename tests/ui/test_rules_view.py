"""体检规则: switched one by one, and all back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.fields.rule_table import RULES
from app.models.database import Database
from app.services.changes import Change
from app.services.rule_switches import DEFAULT, OFF, RuleSwitches
from app.ui.changes import Changes
from app.ui.checks.rules_view import RulesView
from app.ui.rights import shut_in


class Bench:
    def __init__(self, database: Database, qtbot: QtBot) -> None:
        self.switches, self.changes = RuleSwitches(database), Changes()
        self.heard: list[Change] = []
        self.changes.changed.connect(self.heard.append)
        self.view = RulesView(self.switches, self.changes)
        qtbot.addWidget(self.view)

    def choose(self, code: str, severity: str) -> None:
        box = self.view.boxes[code]
        box.setCurrentIndex(box.findData(severity))

    def kept(self, code: str) -> str:
        return next(line.severity for line in self.switches.lines() if line.rule.code == code)


@pytest.fixture
def bench(database: Database, qtbot: QtBot) -> Bench:
    return Bench(database, qtbot)


def test_every_rule_has_its_box_at_the_default(bench: Bench):
    assert list(bench.view.boxes) == list(RULES)
    assert {box.currentData() for box in bench.view.boxes.values()} == {DEFAULT}
    assert bench.view.note.text() == f"共 {len(RULES)} 条，都按默认"
    assert not bench.view.restore.isEnabled()


def test_a_choice_is_kept_at_once_and_told(bench: Bench):
    bench.choose("R-06", OFF)
    assert bench.kept("R-06") == OFF
    assert bench.heard == [Change("rule", frozenset({"R-06"}))]
    assert bench.view.note.text().endswith("改过 1 条")


def test_all_go_back_after_being_asked(bench: Bench):
    bench.choose("R-06", "E")
    bench.choose("R-05", "I")
    bench.view.restore.click()
    box = bench.view.findChild(QMessageBox)
    assert box
    next(button for button in box.buttons() if button.text() == "恢复默认").click()
    assert (bench.kept("R-06"), bench.kept("R-05")) == (DEFAULT, DEFAULT)
    assert bench.view.boxes["R-06"].currentData() == DEFAULT


def test_who_may_not_set_anything_only_reads(bench: Bench):
    shut_in(bench.view, lambda right: right != "settings")
    assert not any(box.isEnabled() for box in bench.view.boxes.values())
