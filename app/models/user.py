"""Who works with this program."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.models.base import Base, field, record_type


class User(Base):
    """A person with a login; the uid is that of his slot in the key file. Never deleted: the log names him."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = field("姓名", kinds.Name(), need="always", in_list=True)
    post: Mapped[str | None] = field("职务", kinds.Text(40), in_list=True)
    roles: Mapped[str | None] = field("角色", kinds.Code("role", many=True), need="always", in_list=True)
    active: Mapped[bool] = mapped_column(default=True)
    since: Mapped[str | None] = field("代理期自", kinds.PartialDate(), in_list=True)
    until: Mapped[str | None] = field("代理期至", kinds.PartialDate(), in_list=True)


USER = record_type(User, "人员")
