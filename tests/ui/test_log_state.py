"""Which steps of the log are shown."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.errors import UnreadableError
from app.models.database import Database
from app.services.audit_log import PAGE, AuditLog
from app.ui.forms.log_state import ALL, DAYS, LAST_YEAR, MONTH, YEAR, LogState
from tests.desks import ACTOR

TODAY = dt.date(2026, 3, 5)


@pytest.fixture
def state(database: Database, monkeypatch: pytest.MonkeyPatch) -> LogState:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC))
    return LogState(AuditLog(database))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (MONTH, ("2026-03-01", "")),
        (YEAR, ("2026-01-01", "")),
        (LAST_YEAR, ("2025-01-01", "2025-12-31")),
        (ALL, ("", "")),
    ],
)
def test_a_period_means_days(state, period, days):
    state.period = period
    assert state.days == days
    assert (state.wanted.since, state.wanted.until) == days


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026.3.4", "2026.2.1", ("2026-02-01", "2026-03-04")),
        ("2025", "2025", ("2025-01-01", "2025-12-31")),
        ("2025.2", "", ("2025-02-01", "")),
        ("", "2025年2月", ("", "2025-02-28")),
    ],
)
def test_days_are_read_as_they_are_typed(state, since, until, days):
    state.choose_days(since, until)
    assert (state.period, *state.days) == (DAYS, *days)


def test_what_is_no_date_is_refused(state):
    with pytest.raises(UnreadableError):
        state.choose_days("上周", "")
    assert state.period == YEAR


def test_it_begins_with_this_year_and_everybody(state, database):
    database.record("login")
    state.refresh()
    assert ([line.act_label for line in state.lines], state.said) == (["登录"], "今年 1 步")
    assert (state.wanted.actor, state.narrowed) == (None, False)
    assert state.actors == [("*", "所有人"), (ACTOR.uid, "林晓芸")]


def test_the_program_itself_can_be_asked_for(state):
    state.actor = ""
    assert (state.wanted.actor, state.narrowed) == ("", True)


def test_whoever_wants_everything_gets_it(state):
    state.group, state.kind, state.person, state.text, state.actor = "login", "走访", "c", "词", "u"
    state.widen()
    assert (state.narrowed, state.period) == (False, ALL)


def test_long_logs_are_read_on(state, database):
    with database.engine.begin() as connection:
        from app.models.audit import Acting, open_act, seal_act

        for _ in range(PAGE + 30):
            open_act(connection)
            seal_act(connection, Acting(ACTOR, "login", is_event=True), database.audit_key)
    state.refresh()
    assert (len(state.lines), state.count, state.has_more) == (PAGE, PAGE + 30, True)
    assert state.said == f"今年 {PAGE + 30} 步，已列出 {PAGE} 步"
    assert (len(state.read_on()), state.has_more) == (30, False)
    assert [line.seq for line in state.lines] == [*range(PAGE + 30, 0, -1)]
    assert state.read_on() == []
