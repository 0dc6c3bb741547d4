"""The rules of the data check as this office weighs them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from app.errors import UserError
from app.fields.rule_table import RULES, RuleInfo
from app.models.checks import RuleSwitch
from app.models.database import Database
from app.services.changes import Change
from app.services.judgement import OFF, read_severities

SEVERITIES = {"E": "错误", "W": "提醒", "I": "提示", OFF: "不查"}
DEFAULT = "default"


@dataclass(frozen=True)
class RuleLine:
    """One rule with how it is weighed now: a key of SEVERITIES, or 'default'."""

    rule: RuleInfo
    severity: str

    @property
    def default(self) -> str:
        """As people say it; some rules are graver the further off a value is."""
        grades = [self.rule.severity, *self.rule.also]
        return "或".join(SEVERITIES[grade] for grade in grades)


class RuleSwitches:
    """Writes what differs from resources/rules.csv, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self) -> list[RuleLine]:
        """Every rule in the order of the table."""
        with self._database.reading() as session:
            kept = read_severities(session)
        return [RuleLine(rule, kept.get(code, DEFAULT)) for code, rule in RULES.items()]

    def put(self, code: str, severity: str) -> Change:
        """`severity` is a key of SEVERITIES, or 'default'. Raises UserError for a rule that is not there."""
        if code not in RULES or severity not in (*SEVERITIES, DEFAULT):
            raise UserError(f"没有“{code}”这条规则，请刷新后再选。")
        rule = RULES[code]
        told = SEVERITIES.get(severity, "按默认")
        with self._database.transaction("switch_rule", f"{code} {rule.title}：{told}") as session:
            kept = session.scalar(select(RuleSwitch).where(RuleSwitch.code == code))
            if severity == DEFAULT:
                session.execute(delete(RuleSwitch).where(RuleSwitch.code == code))
            elif kept is None:
                session.add(RuleSwitch(code=code, severity=severity))
            else:
                kept.severity = severity
        return Change("rule", frozenset({code}))

    def restore(self) -> Change:
        """All rules as they came."""
        with self._database.transaction("switch_rule", "全部恢复默认") as session:
            codes = frozenset(session.scalars(select(RuleSwitch.code)))
            session.execute(delete(RuleSwitch))
        return Change("rule", codes)
