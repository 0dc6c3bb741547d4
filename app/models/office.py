"""The office itself."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.fields import kinds
from app.models.base import Base, field, record_type


class Office(Base):
    """The profile of the one office that uses this database; a single row."""

    __tablename__ = "office"

    township: Mapped[str | None] = field("乡镇（街道）", kinds.Text(30), "单位", need="always")
    township_code: Mapped[str | None] = field("单位代码", kinds.Text(12), "单位")
    county: Mapped[str | None] = field("县（市、区）", kinds.Text(30), "单位")
    unit: Mapped[str | None] = field("填报单位全称", kinds.Text(50), "单位", need="always")
    telephone: Mapped[str | None] = field("联系电话", kinds.Phone(), "单位")
    officer: Mapped[str | None] = field("联络员", kinds.Name(), "经办人", need="always")
    preparer: Mapped[str | None] = field("填报人", kinds.Name(), "经办人", need="always")
    reviewer: Mapped[str | None] = field("审核人", kinds.Name(), "经办人")
    province: Mapped[str | None] = field("省份", kinds.Text(20), "省里的表样")
    form_title: Mapped[str | None] = field("采集表标题", kinds.Text(60), "省里的表样")
    form_name: Mapped[str | None] = field("采集表样式", kinds.Code("form"), "省里的表样")
    apps: Mapped[str | None] = field("要求安装的应用", kinds.Code("app", many=True), "省里的表样")
    one_person_reason: Mapped[str | None] = field(
        "填报、审核由同一人承担的说明",
        kinds.LongText(200),
        "责任",
        help="写明为什么只有一个人，每张打印件上都会注明",
    )
    idle_minutes: Mapped[int | None] = field(
        "几分钟不动就锁定", kinds.Number(unit="分钟"), "责任", help="3 到 30 分钟，不填是 10 分钟"
    )
    practice: Mapped[bool | None] = field("练习数据", kinds.YesNo(), "单位")


OFFICE = record_type(Office, "单位设置")
