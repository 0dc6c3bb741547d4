"""What the program remembers."""

from __future__ import annotations

from app.models.database import Database
from app.services.notes import Notes


def test_a_value_is_kept_and_replaced(database: Database):
    notes = Notes(database)
    assert notes.get("drill", "never") == "never"
    notes.put("drill", "2026-01")
    notes.put("drill", "2026-02")
    assert Notes(database).get("drill") == "2026-02"


def test_the_same_value_again_writes_nothing(database: Database):
    notes = Notes(database)
    notes.put("drill", "2026-01")
    before = database.head()
    notes.put("drill", "2026-01")
    assert database.head() == before
