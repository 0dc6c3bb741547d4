"""What was taken in from files."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


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
