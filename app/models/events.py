"""What happens to people, as sheets whose steps are done one after the other (去世, 住院, 迁入 …)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.models.base import Base, field, record_type
from app.models.cadre import Cadre


class LifeEvent(Base):
    """One event of one person."""

    __tablename__ = "life_event"

    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = field("事项", kinds.Code("event_kind"))
    happened_on: Mapped[str | None] = field("发生时间", kinds.PartialDate())
    recorded_at: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = field("经办人", kinds.Name())
    answers: Mapped[str] = mapped_column(Text, default="{}")
    """What the sheet asked, as JSON: a step that is done later still needs it."""


class EventStep(Base):
    """One step of its sheet."""

    __tablename__ = "event_step"

    event_uid: Mapped[str] = mapped_column(ForeignKey(LifeEvent.uid, ondelete="CASCADE"), index=True)
    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    code: Mapped[str] = mapped_column(Text)
    """As in `resources/events.toml`."""
    state: Mapped[str] = field("办理", kinds.Code("step_state"))
    done_at: Mapped[str | None] = mapped_column(Text)
    done_by: Mapped[str | None] = field("办理人", kinds.Name())
    note: Mapped[str | None] = field("说明", kinds.Text(200))


LIFE_EVENT = record_type(LifeEvent, "事项单")
EVENT_STEP = record_type(EventStep, "事项步骤")
