"""What was typed and not saved."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.models.database import Database
from app.services.drafts import Drafts
from tests.desks import KEYS


@pytest.fixture
def drafts(database: Database, monkeypatch: pytest.MonkeyPatch) -> Drafts:
    times = (dt.datetime(2026, 11, 22, 9, minute, tzinfo=dt.UTC) for minute in range(60))
    monkeypatch.setattr(clock, "now", lambda: next(times))
    return Drafts(database)


def test_a_draft_is_offered_again_by_a_new_program(drafts: Drafts, database: Database):
    content = {"values": {"name": "王𬎆", "relocated": False, "dues_monthly": 1250}, "parts": {"resume": []}}
    drafts.keep("cadre:new", content)
    database.close()
    again = Database(database.path, KEYS)
    (kept,) = Drafts(again).all()
    assert (kept.about, kept.content) == ("cadre:new", content)
    again.close()


def test_there_is_one_draft_of_a_record_and_the_newest_comes_first(drafts: Drafts):
    drafts.keep("cadre:1", {"name": "廖"})
    drafts.keep("cadre:2", {"name": "周光"})
    drafts.keep("cadre:1", {"name": "廖应"})
    assert [(draft.about, draft.content) for draft in drafts.all()] == [
        ("cadre:1", {"name": "廖应"}),
        ("cadre:2", {"name": "周光"}),
    ]


def test_a_saved_record_has_no_draft(drafts: Drafts):
    drafts.keep("cadre:1", {})
    drafts.drop("cadre:1")
    drafts.drop("cadre:nobody")
    assert drafts.all() == []
