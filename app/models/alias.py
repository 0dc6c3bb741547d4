"""Files that turned out to be one person's."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.models.base import Base, field, record_type
from app.models.cadre import Cadre


class Alias(Base):
    """A file that went into another: under its uid and its number the person is still found."""

    __tablename__ = "alias"

    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"), index=True)
    merged_uid: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str | None] = field("并入的姓名", kinds.Name())
    id_number: Mapped[str | None] = field("并入的身份证号", kinds.Identity())
    merged_at: Mapped[str] = mapped_column(Text)
    merged_by: Mapped[str] = field("合并人", kinds.Name())
    act: Mapped[int] = mapped_column(Integer)
    """The step of the log that merged them: splitting takes it back."""


ALIAS = record_type(Alias, "合并记录")
