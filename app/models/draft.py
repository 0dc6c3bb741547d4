"""What was being typed when the program stopped."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import OMITTED, Base


class Draft(Base):
    """What was typed and not yet saved; offered again after a crash."""

    __tablename__ = "draft"

    about: Mapped[str] = mapped_column(Text, unique=True)
    content: Mapped[str] = mapped_column(Text, info={OMITTED: True})
    kept_at: Mapped[str] = mapped_column(Text)
