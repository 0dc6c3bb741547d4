"""Visits, with who was met and the photos taken (domain.md §5.5)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.fields.service_rules import VISIT_RULES
from app.models.base import Base, field, record_type
from app.models.cadre import Cadre
from app.models.pictures import Picture


class Visit(Base):
    """One visit, to one person or to several met at the same place."""

    __tablename__ = "visit"

    version: Mapped[int] = mapped_column(Integer, default=1)
    date: Mapped[str | None] = field("走访时间", kinds.PartialDate(), need="always", in_list=True)
    kind: Mapped[str | None] = field("走访类型", kinds.Code("visit_kind"), need="always", in_list=True)
    place: Mapped[str | None] = field("地点", kinds.Text(60), in_list=True, help="家、医院名称或活动室")
    leader: Mapped[str | None] = field("带队领导", kinds.Text(40), in_list=True)
    staff: Mapped[str | None] = field("陪同及工作人员", kinds.Text(80), in_list=True)
    situation: Mapped[str | None] = field("了解的情况", kinds.LongText(1000), in_list=True)
    requests: Mapped[str | None] = field("反映的问题与诉求", kinds.LongText(1000), in_list=True)
    answer: Mapped[str | None] = field("答复或办理结果", kinds.LongText(1000), in_list=True)
    money: Mapped[int | None] = field("慰问金（元）", kinds.Money(), in_list=True)
    goods: Mapped[str | None] = field("慰问品", kinds.Text(120), in_list=True)
    goods_value: Mapped[int | None] = field("折价（元）", kinds.Money())
    remarks: Mapped[str | None] = field("备注", kinds.LongText(500))

    __table_args__ = (Index(None, "date"),)


class VisitedCadre(Base):
    """Who was visited."""

    __tablename__ = "visited_cadre"

    visit_uid: Mapped[str] = mapped_column(ForeignKey(Visit.uid, ondelete="CASCADE"), index=True)
    cadre_uid: Mapped[str] = mapped_column(ForeignKey(Cadre.uid, ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)


class VisitPhoto(Base):
    """A photo taken on a visit; the picture itself is kept by its hash."""

    __tablename__ = "visit_photo"

    visit_uid: Mapped[str] = mapped_column(ForeignKey(Visit.uid, ondelete="CASCADE"), index=True)
    picture: Mapped[str] = mapped_column(ForeignKey(Picture.sha256))
    position: Mapped[int] = mapped_column(Integer, default=0)


VISIT = record_type(Visit, "走访", VISIT_RULES)
