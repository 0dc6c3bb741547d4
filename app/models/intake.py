"""What was taken in from files: the files, how their columns were understood, and what was left for later."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Integer, Text, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import OMITTED, Base


class Intake(Base):
    """One file that was taken in."""

    __tablename__ = "intake"

    file: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[str] = mapped_column(Text)
    new: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    same: Mapped[int] = mapped_column(Integer)
    doubtful: Mapped[int] = mapped_column(Integer)
    batch: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Under this all steps of the log that belong to it are found; '' for files of before version 0.3."""
    undone_at: Mapped[str | None] = mapped_column(Text)
    sheets: Mapped[str] = mapped_column(Text, default="", server_default="")
    """JSON: of each table with rows that were not taken in, its headings, columns and rules; '' when all were."""


IN_ORDER: tuple[ColumnElement[Any], ...] = (
    Intake.__table__.c.taken_at,
    literal_column("intake.rowid"),
)
"""Two files of the same second stand as they came."""


class ImportMapping(Base):
    """How a table with these headings was understood last time (下次照此办理)."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("fingerprint"),)

    fingerprint: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text)
    """JSON: place of the column → field, 'field/part', or null."""
    ways: Mapped[str] = mapped_column(Text)
    """JSON: field → 'overwrite', 'fill' or 'skip'."""
    used_at: Mapped[str] = mapped_column(Text)


class ImportDoubt(Base):
    """A row that was left for somebody to decide."""

    __tablename__ = "import_doubt"

    intake_uid: Mapped[str] = mapped_column(ForeignKey(Intake.uid, ondelete="CASCADE"), index=True)
    sheet: Mapped[str] = mapped_column(Text)
    row: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=0)
    label: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text, info={OMITTED: True})
    """JSON: the cells as they stood, what was read of them and why it was left, as `services/kept_readings.py`
    writes it. Nothing is known of it until somebody decides, so the log keeps no second copy."""
    state: Mapped[str] = mapped_column(Text, default="open")
    """'open', 'taken' or 'left'."""
    decided_at: Mapped[str | None] = mapped_column(Text)
