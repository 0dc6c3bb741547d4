"""What was typed and not yet saved, kept every few seconds and offered after a crash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from app import clock
from app.models.database import Database
from app.models.draft import Draft


@dataclass(frozen=True)
class KeptDraft:
    """`about` names the record: 'cadre:<uid>' or 'cadre:new'."""

    about: str
    content: dict[str, Any]
    kept_at: str


class Drafts:
    """One draft per record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, about: str, content: dict[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False)
        with self._database.transaction("keep_draft", about) as session:
            draft = session.scalar(select(Draft).where(Draft.about == about))
            if draft is None:
                session.add(Draft(about=about, content=text, kept_at=clock.now().isoformat()))
            else:
                draft.content, draft.kept_at = text, clock.now().isoformat()

    def all(self) -> list[KeptDraft]:
        """The newest first."""
        with self._database.reading() as session:
            drafts = session.scalars(select(Draft).order_by(Draft.kept_at.desc())).all()
            return [KeptDraft(draft.about, json.loads(draft.content), draft.kept_at) for draft in drafts]

    def drop(self, about: str) -> None:
        with self._database.transaction("drop_draft", about) as session:
            session.execute(delete(Draft).where(Draft.about == about))
