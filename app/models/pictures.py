"""Photos of people and of visits."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import OMITTED, Base


class Picture(Base):
    """The bytes of a photo, once, under their SHA-256."""

    __tablename__ = "picture"

    sha256: Mapped[str] = mapped_column(Text, unique=True)
    content: Mapped[bytes] = mapped_column(info={OMITTED: True})
