"""Groups and findings as lines of a list."""

from __future__ import annotations

from app.services.check_groups import Group, rule_title
from app.ui.checks.findings_state import FindingLine
from app.ui.checks.severities import SEVERITIES
from app.ui.tables.text_table import Line

GROUP_HEADINGS, GROUP_WIDTHS = ("", "规则", "处"), (62, 220, 48)
PERSON_HEADINGS = ("", "姓名", "处")
LINE_HEADINGS, LINE_WIDTHS = ("", "姓名", "项目", "哪里不对"), (62, 150, 130)
PERSON_LINE_HEADINGS = ("", "规则", "项目", "哪里不对")


def group_line(group: Group) -> Line:
    grade = SEVERITIES[group.severity]
    title = f"{group.title}　{group.percent}%" if group.percent else group.title
    return Line(group.key, (grade.said, title, str(group.count)), {0: grade.tone, 2: "quiet"})


def finding_line(place: int, line: FindingLine, *, of_one: bool) -> Line:
    """`of_one`: all of them are of one person, who need not be named."""
    shown = line.finding or line.cause.first
    grade = SEVERITIES[shown.problem.severity]
    if line.finding is None:
        sign = "▾" if line.is_open else "▸"
        name = f"{sign} {line.cause.counted}　{line.cause.common}"
    elif of_one:
        name = rule_title(shown.problem.code)
    else:
        name = f"　{shown.name}" if line.inside else shown.name
    return Line(place, (grade.said, name, shown.label, shown.problem.message), {0: grade.tone, 2: "quiet"})
