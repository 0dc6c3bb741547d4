"""What the program itself remembers between two starts."""

from __future__ import annotations

from sqlalchemy import select

from app.models.database import Database
from app.models.note import Note


class Notes:
    """Values under names, kept in the database and so in every backup."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: str = "") -> str:
        with self._database.reading() as session:
            return session.scalar(select(Note.value).where(Note.key == key)) or default

    def put(self, key: str, value: str) -> None:
        """Nothing is written where nothing changes."""
        if value == self.get(key):
            return
        with self._database.transaction("set_note", key) as session:
            note = session.scalar(select(Note).where(Note.key == key))
            if note is None:
                session.add(Note(key=key, value=value))
            else:
                note.value = value
