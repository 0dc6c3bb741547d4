"""What a check has found, for the command line: as lines to read and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app.services.check_groups import Cause, Group, Wanted, groups
from app.services.data_check import CheckedFile, CheckResult
from app.services.findings import Finding


def as_lines(result: CheckResult) -> Iterator[str]:
    """By rule; what many have in common is said once."""
    accepted = f"，已核实 {len(result.accepted)} 处" if result.accepted else ""
    yield f"共 {result.people} 人，平均完整度 {result.percent}%，发现 {len(result.findings)} 处{accepted}。"
    for group in groups(result, "rule", Wanted(gaps=False)):
        yield f"{group.key} {group.title}：{group.count} 处，{group.people} 人"
        yield from (f"  [{cause.first.problem.severity}] {_said(cause)}" for cause in group.causes)
    if result.gaps:
        yield f"另有缺项 {len(result.gaps)} 处；用 export gaps 写出缺项清单。"


def as_json(result: CheckResult) -> dict[str, Any]:
    return {
        "people": result.people,
        "complete_percent": result.percent,
        "findings": [_finding(each) for each in result.findings],
        "accepted": [_finding(each) for each in result.accepted],
        "groups": [_group(group) for group in groups(result)],
        "completeness": [_completeness(uid, checked) for uid, checked in result.files.items()],
    }


def _said(cause: Cause) -> str:
    whose = f"{cause.common}{cause.counted}" if cause.is_shared else cause.first.name
    return f"{whose}：{cause.first.problem.message}"


def _finding(finding: Finding) -> dict[str, Any]:
    about = {"uid": finding.uid, "name": finding.name, "about": finding.about, "label": finding.label}
    return about | asdict(finding.problem)


def _group(group: Group) -> dict[str, Any]:
    return {
        "code": group.key,
        "title": group.title,
        "severity": group.severity,
        "count": group.count,
        "people": group.people,
        "causes": [_cause(cause) for cause in group.causes if cause.is_shared],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    message = cause.first.problem.message
    return {"common": cause.common, "message": message, "count": len(cause.findings)}


def _completeness(uid: str, checked: CheckedFile) -> dict[str, Any]:
    return {
        "uid": uid,
        "name": checked.name,
        "village": checked.village,
        "percent": checked.completeness.percent,
        "gaps": [gap.field for gap in checked.completeness.gaps],
    }
