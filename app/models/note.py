"""What the program itself remembers between two starts."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Note(Base):
    """One remembered value under its name."""

    __tablename__ = "note"

    key: Mapped[str] = mapped_column(Text, unique=True)
    value: Mapped[str] = mapped_column(Text)
