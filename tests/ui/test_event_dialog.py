"""An event sheet in the window: a kind, its questions, its steps, 办理."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.ui.events.event_dialog import EventDialog
from app.ui.events.events_tab import EMPTY, EventsTab
from app.ui.widgets.buttons import QPushButton
from tests.desks import desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_of(tmp_path)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def couple(desk: Desk) -> tuple[str, str]:
    family = {"family": [{"relation": "妻子", "name": "李秀英"}]}
    him = next(iter(desk.cadres.save(CadreFile(values={"name": "王德福"}, parts=family)).uids))
    her = next(iter(desk.cadres.save(CadreFile(values={"name": "李秀英", "marital_status": "20"})).uids))
    return him, her


def opened(qtbot: QtBot, desk: Desk, uid: str, parent: QWidget) -> EventDialog:
    dialog = EventDialog(desk.events, uid, "王德福", parent)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def typed_in(qtbot: QtBot, dialog: EventDialog, day: str) -> None:
    assert dialog.form is not None
    qtbot.keyClicks(dialog.form.editor("happened_on"), day)


def test_a_death_is_carried_out_with_the_keys_alone(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    him, her = couple(desk)
    dialog = opened(qtbot, desk, him, parent)
    told: list[str] = []
    dialog.recorded.connect(lambda _change, words: told.append(words))
    qtbot.keyClick(dialog.kinds["death"], Qt.Key.Key_Space)
    assert dialog.form is not None
    assert dialog.focusWidget() is dialog.form.editor("happened_on")
    typed_in(qtbot, dialog, "2026.10.5")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.cadres.read(him).values["died_on"] == "2026-10-05"
    assert desk.cadres.read(her).values["marital_status"] == "30"
    assert told[0].startswith("“王德福”的去世已办理")


def test_each_step_says_what_it_would_change(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    him, _ = couple(desk)
    dialog = opened(qtbot, desk, him, parent)
    dialog.choose("death")
    typed_in(qtbot, dialog, "2026.10.5")
    assert "婚姻状况 已婚 → 丧偶" in dialog.steps.rows["spouse"].words
    assert dialog.steps.rows["report"].words == "2026.10.06 前办"


def test_without_the_day_nothing_happens_and_the_cursor_goes_there(
    qtbot: QtBot, desk: Desk, parent: QWidget
) -> None:
    him, _ = couple(desk)
    dialog = opened(qtbot, desk, him, parent)
    dialog.choose("death")
    dialog.take()
    assert "去世时间" in dialog.problem.text()
    assert desk.events.of_person(him) == []


def test_a_step_marked_as_not_needed_is_left_out(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    him, her = couple(desk)
    dialog = opened(qtbot, desk, him, parent)
    dialog.choose("death")
    typed_in(qtbot, dialog, "2026.10.5")
    answer = dialog.steps.rows["spouse"].answer
    buttons = answer.findChildren(QWidget)
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert answer.key == "not_needed"
    dialog.take()
    assert desk.cadres.read(him).values["died_on"] == "2026-10-05"
    assert desk.cadres.read(her).values["marital_status"] == "20"


def test_the_tab_shows_events_and_settles_what_waits(qtbot: QtBot, desk: Desk, parent: QWidget) -> None:
    him, _ = couple(desk)
    tab = EventsTab(desk.events)
    qtbot.addWidget(tab)
    tab.show_person(him)
    assert EMPTY in [word.text() for word in tab.findChildren(QWidget) if hasattr(word, "text")]
    desk.events.record(him, "admitted", {"happened_on": "2026-10-01", "hospital": "县医院"}, {"stay": "done"})
    tab.show_person(him)
    pressed: list[tuple[str, str]] = []
    tab.settled.connect(lambda step, state: pressed.append((step, state)))
    button = next(each for each in tab.findChildren(QPushButton) if each.text() == "办好了")
    button.click()
    [(step, state)] = pressed
    desk.events.settle(step, state)
    assert state == "done"
    assert step not in {line.uid for line in desk.events.waiting()}
