"""What was typed into the province's platform by hand."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.cadre import Cadre


class TypedIn(Base):
    """One cell of the platform as it was typed last: what differs since is shown."""

    __tablename__ = "typed_in"
    __table_args__ = (UniqueConstraint("cadre_uid", "platform", "cell"),)

    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(Text)
    cell: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    typed_at: Mapped[str] = mapped_column(Text)
    typed_by: Mapped[str] = mapped_column(Text)
