"""What the office decided about the data check: rules it switched, and warnings it looked into."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.models.base import Base, field, record_type


class RuleSwitch(Base):
    """A rule that this office weighs otherwise than `resources/rules.csv`, or leaves out."""

    __tablename__ = "rule_switch"

    code: Mapped[str] = mapped_column(Text, unique=True)
    severity: Mapped[str] = mapped_column(Text)
    """'E', 'W', 'I' or 'off'."""


class Acceptance(Base):
    """A warning that was looked into (已核实，以后不提示); it holds as long as the values are those."""

    __tablename__ = "acceptance"

    cadre_uid: Mapped[str | None] = mapped_column(ForeignKey("cadre.uid", ondelete="CASCADE"), index=True)
    """None for what is about no person, such as a branch."""
    about: Mapped[str] = mapped_column(Text, default="")
    """'visit:<uid>', 'batch:<uid>', 'branch:<name>' where it is not the file itself."""
    rule: Mapped[str] = field("规则", kinds.Text(10))
    field_name: Mapped[str] = mapped_column(Text)
    seen: Mapped[str] = mapped_column(Text)
    """The values the rule looked at, as JSON; another value and the warning is back."""
    reason: Mapped[str] = field("核实说明", kinds.LongText(200))
    accepted_by: Mapped[str] = field("核实人", kinds.Name())
    accepted_at: Mapped[str] = mapped_column(Text)


ACCEPTANCE = record_type(Acceptance, "已核实")
