"""What the program itself remembers between two starts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.models.database import Database
from app.models.note import Note

SHEET_PRINTED_AT = "recovery_sheet_printed_at"
"""'' until the recovery words that are in force are on paper."""


_WORDS: Mapping[str, str] = {
    "backup_sticks": "备份用的 U 盘",
    "circle": "工作圈",
    "delivery_under_way": "正在做的上报包",
    "errand": "导出的事由",
    "last_drill_at": "恢复演练的时间",
    "last_stick_backup_at": "备份到 U 盘的时间",
    SHEET_PRINTED_AT: "恢复单打印的时间",
    "roster_order": "名单的顺序",
}
"""By what a key begins with; behind it may stand whose note it is."""


def note_words(key: str) -> str:
    """'名单的顺序' for 'roster_order <uid>'."""
    return next((words for start, words in _WORDS.items() if key.startswith(start)), key)


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
        with self._database.transaction("set_note", note_words(key)) as session:
            note = session.scalar(select(Note).where(Note.key == key))
            if note is None:
                session.add(Note(key=key, value=value))
            else:
                note.value = value
