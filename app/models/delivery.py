"""What was handed to the county office."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Delivery(Base):
    """One folder written for the county office; a later receipt answers it (exchange.md)."""

    __tablename__ = "delivery"

    seq: Mapped[int] = mapped_column(Integer, unique=True)
    period: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    manifest_sha256: Mapped[str] = mapped_column(Text)
    check_code: Mapped[str] = mapped_column(Text)
    written_at: Mapped[str] = mapped_column(Text)
    people: Mapped[int] = mapped_column(Integer)
