"""What a cadre's file has several of: family, résumé, contacts, apps, conditions, check-ups, survivors."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.fields import kinds
from app.fields.spec import RecordType
from app.models.base import Base, field, record_type


class Part(Base):
    """A row that belongs to one cadre and leaves with the file."""

    __abstract__ = True

    position: Mapped[int] = mapped_column(Integer, default=0)

    @declared_attr
    def cadre_uid(cls) -> Mapped[str]:  # noqa: N805
        return mapped_column(ForeignKey("cadre.uid", ondelete="CASCADE"), index=True)


class FamilyMember(Part):
    """家庭主要成员及重要社会关系."""

    __tablename__ = "family_member"

    relation: Mapped[str | None] = field("称谓", kinds.Text(20))
    name: Mapped[str | None] = field("姓名", kinds.Name())
    birth_date: Mapped[str | None] = field("出生年月", kinds.PartialDate())
    political_status: Mapped[str | None] = field("政治面貌", kinds.Code("political_status"))
    work: Mapped[str | None] = field("工作单位及职务", kinds.Text(80))
    phone: Mapped[str | None] = field("联系方式", kinds.Phone())
    alive: Mapped[bool | None] = field("是否在世", kinds.YesNo())


class ResumePeriod(Part):
    """一段任职经历."""

    __tablename__ = "resume_period"

    started_on: Mapped[str | None] = field("起", kinds.PartialDate())
    ended_on: Mapped[str | None] = field("止", kinds.PartialDate())
    text: Mapped[str | None] = field("单位及职务", kinds.Text(200))


class Contact(Part):
    """联系人；一人最多四个 (domain.md C12)."""

    __tablename__ = "contact"

    relation: Mapped[str | None] = field("关系", kinds.Text(20))
    name: Mapped[str | None] = field("姓名", kinds.Name())
    mobile: Mapped[str | None] = field("手机", kinds.Phone())
    landline: Mapped[str | None] = field("固定电话", kinds.Phone())


class AppUse(Part):
    """手机应用的安装情况."""

    __tablename__ = "app_use"

    app: Mapped[str | None] = field("应用", kinds.Code("app"))
    installed: Mapped[bool | None] = field("已安装", kinds.YesNo())
    installed_on: Mapped[str | None] = field("安装日期", kinds.PartialDate())
    reason: Mapped[str | None] = field("未安装原因", kinds.Text(60))


class SpecialCondition(Part):
    """特殊情况：有起止的区间，月例会和台账要问“当时谁在名单上”."""

    __tablename__ = "special_condition"

    condition: Mapped[str | None] = field("情况", kinds.Code("special_condition"))
    started_on: Mapped[str | None] = field("起", kinds.PartialDate())
    ended_on: Mapped[str | None] = field("止", kinds.PartialDate())
    evidence: Mapped[str | None] = field("依据或说明", kinds.Text(120))


class CheckUp(Part):
    """年度体检."""

    __tablename__ = "check_up"

    year: Mapped[int | None] = field("年度", kinds.Number())
    checked_on: Mapped[str | None] = field("体检日期", kinds.PartialDate())
    hospital: Mapped[str | None] = field("医院", kinds.Text(40))
    result: Mapped[str | None] = field("结果", kinds.Text(200))
    feedback: Mapped[bool | None] = field("已一对一反馈", kinds.YesNo())


class Suggestion(Part):
    """意见建议."""

    __tablename__ = "suggestion"

    topic: Mapped[str | None] = field("方面", kinds.Code("suggestion_topic"))
    text: Mapped[str | None] = field("内容", kinds.LongText(500))
    given_on: Mapped[str | None] = field("日期", kinds.PartialDate())


class Survivor(Part):
    """遗属."""

    __tablename__ = "survivor"

    name: Mapped[str | None] = field("姓名", kinds.Name())
    sex: Mapped[str | None] = field("性别", kinds.Code("sex"))
    birth_date: Mapped[str | None] = field("出生日期", kinds.PartialDate())
    relation: Mapped[str | None] = field("与逝者关系", kinds.Text(20))
    health_status: Mapped[str | None] = field("健康状况", kinds.Code("health_status"))
    unit: Mapped[str | None] = field("单位", kinds.Text(50))
    phone: Mapped[str | None] = field("电话", kinds.Phone())


class HospitalStay(Part):
    """住院."""

    __tablename__ = "hospital_stay"

    admitted_on: Mapped[str | None] = field("入院时间", kinds.PartialDate())
    discharged_on: Mapped[str | None] = field("出院时间", kinds.PartialDate())
    hospital: Mapped[str | None] = field("医院", kinds.Text(40))
    ward: Mapped[str | None] = field("科室、床号", kinds.Text(40))
    illness: Mapped[str | None] = field("病情", kinds.Text(120))
    result: Mapped[str | None] = field("治疗结果", kinds.Text(120))
    visited: Mapped[bool | None] = field("已看望", kinds.YesNo())


class Movement(Part):
    """增减变动：年末“应有”和“实有”靠它对上 (domain.md §1.6 T1)."""

    __tablename__ = "movement"

    kind: Mapped[str | None] = field("变动", kinds.Code("movement_kind"))
    happened_on: Mapped[str | None] = field("时间", kinds.PartialDate())
    place: Mapped[str | None] = field("从哪里来、到哪里去", kinds.Text(60))
    document: Mapped[str | None] = field("文号或依据", kinds.Text(60))
    paid_from: Mapped[str | None] = field("发放起", kinds.PartialDate())
    paid_until: Mapped[str | None] = field("发放止", kinds.PartialDate())
    note: Mapped[str | None] = field("说明", kinds.Text(120))


PARTS: Mapping[str, type[Part]] = {
    "family": FamilyMember,
    "resume": ResumePeriod,
    "contacts": Contact,
    "apps": AppUse,
    "special_conditions": SpecialCondition,
    "check_ups": CheckUp,
    "suggestions": Suggestion,
    "survivors": Survivor,
    "hospital_stays": HospitalStay,
    "movements": Movement,
}
"""Under the names that imports, exports and the command line use."""

_TITLES = {
    "family": "家庭主要成员及重要社会关系",
    "resume": "简历",
    "contacts": "联系人",
    "apps": "手机应用",
    "special_conditions": "特殊情况",
    "check_ups": "年度体检",
    "suggestions": "意见建议",
    "survivors": "遗属",
    "hospital_stays": "住院",
    "movements": "增减变动",
}
PART_TYPES: Mapping[str, RecordType] = {
    name: record_type(model, _TITLES[name]) for name, model in PARTS.items()
}
MOST_ROWS: Mapping[str, int] = {"contacts": 4}
