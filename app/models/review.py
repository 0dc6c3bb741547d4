"""How far a file has come: 未核, 已核, 已审, 已报, 改后未报, 待更正, 结清 (谁填报谁负责、谁审核谁负责)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.models.base import Base, field, record_type


class Review(Base):
    """The state of one file now; how it came there stands in the log. A file without this row is 未核."""

    __tablename__ = "review"

    cadre_uid: Mapped[str] = mapped_column(ForeignKey("cadre.uid", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = field("核对状态", kinds.Code("review_state"))
    at: Mapped[str | None] = mapped_column(Text)
    """None after an automatic step: the log knows who changed the file, and when."""
    by_uid: Mapped[str | None] = mapped_column(Text)
    by_name: Mapped[str | None] = field("经手人", kinds.Name())
    remark: Mapped[str | None] = field("说明", kinds.LongText(500))
    checked_by: Mapped[str | None] = mapped_column(Text)
    """The uid of who checked it as preparer; who approves is somebody else (`review_guards.py`)."""
    approved_act: Mapped[int | None] = mapped_column(Integer)
    """Where the log stood when it was approved last: what changed since is shown to the reviewer."""


REVIEW = record_type(Review, "核对状态")
