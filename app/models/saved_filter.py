"""Filters of the roster under a name."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SavedFilter(Base):
    """Conditions that the office uses again, such as 卫城片; one of them may be the working circle."""

    __tablename__ = "saved_filter"

    name: Mapped[str] = mapped_column(Text, unique=True)
    conditions: Mapped[str] = mapped_column(Text)
    """JSON as `services/saved_filters.py` writes it."""
    position: Mapped[int] = mapped_column(Integer, default=0)
