"""The ways on for a row that could not be placed by itself, each with what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from app.models.cadre import CADRE
from app.services.import_preview import Decision, Kind, PreviewRow
from app.services.matching import Known


@dataclass(frozen=True)
class Choice:
    """`label` is what the user reads; rows of the same label may be decided together."""

    label: str
    decision: Decision


LEAVE_OUT = Choice("不导入这一行", Decision(False))


def choices(row: PreviewRow) -> list[Choice]:
    """What may be done with a doubtful row; leaving it out is always the last."""
    return [*_WAYS[row.kind](row), LEAVE_OUT]


def may_be_anybody(row: PreviewRow) -> bool:
    """Whether the row can be given to a person of the roster whom it does not name well enough."""
    if row.kind == "cadres":
        return row.uid is None and row.twin is None
    if _errors_beside(row, "names"):
        return False
    if row.kind == "visits":
        return not row.candidates and _unknown_names(row) == 1
    return not row.people


def as_person(row: PreviewRow, uid: str, name: str) -> Choice:
    """The row as this person's, chosen from the roster."""
    label = f"是花名册里的 {name}"
    if row.kind == "visits":
        return Choice(label, Decision(True, people=(uid,)))
    return Choice(label, Decision(True, uid, _refused(row)))


def _cadre(row: PreviewRow) -> list[Choice]:
    refused, but = _refused(row), _but(row)
    ways = []
    if row.uid:
        ways.append(Choice(f"更新 {row.label} 的档案{but}", Decision(True, row.uid, refused)))
    elif row.twin is not None:
        ways.append(Choice(f"并到第 {row.twin} 行的人{but}", Decision(True, None, refused, same_as=row.twin)))
    ways += [
        Choice(f"就是 {known.described}{but}", Decision(True, known.uid, refused)) for known in row.candidates
    ]
    other = row.uid is not None or row.twin is not None
    new = "作为另一个人加入" if other else "作为新人加入"
    return [*ways, Choice(f"{new}{but}", Decision(True, None, refused))]


def _visit(row: PreviewRow) -> list[Choice]:
    if _errors_beside(row, "names"):
        return []
    namesakes: dict[str, list[Known]] = {}
    for known in row.candidates:
        namesakes.setdefault(known.name, []).append(known)
    rest = "，花名册里没有的人不记" if _unknown_names(row) else ""
    if not namesakes:
        return [Choice("只记花名册里有的人", Decision(True))] if row.people else []
    return [
        Choice(
            "是 " + " 和 ".join(known.described for known in meant) + rest,
            Decision(True, people=tuple(known.uid for known in meant)),
        )
        for meant in product(*namesakes.values())
    ]


def _payment(row: PreviewRow) -> list[Choice]:
    if _errors_beside(row, "names"):
        return []
    if row.people:
        return [Choice("以这一行为准，改掉前一笔", Decision(True))]
    return [Choice(f"是 {known.described}", Decision(True, known.uid)) for known in row.candidates]


_WAYS: Mapping[Kind, Callable[[PreviewRow], list[Choice]]] = {
    "cadres": _cadre,
    "visits": _visit,
    "payments": _payment,
}


def _errors_beside(row: PreviewRow, field: str) -> list[str]:
    return [problem.field for problem in row.problems if problem.severity == "E" and problem.field != field]


def _unknown_names(row: PreviewRow) -> int:
    named = row.values.get("names") or []
    return len(named) - len(row.people) - len({known.name for known in row.candidates})


def _refused(row: PreviewRow) -> tuple[str, ...]:
    """Values that were read and cannot be right; they are never written."""
    return tuple(dict.fromkeys(name for name in _errors(row) if name in row.values))


def _errors(row: PreviewRow) -> list[str]:
    return [
        problem.field
        for problem in row.problems
        if problem.severity == "E" and problem.field != "name" and CADRE.has(problem.field)
    ]


def _but(row: PreviewRow) -> str:
    refused = _refused(row)
    lost = [name for name in dict.fromkeys(_errors(row)) if name not in refused]
    told = [f"不要这个{CADRE.field(name).label}" for name in refused]
    told += [f"{CADRE.field(name).label}以后补" for name in lost]
    return f"，但{'，'.join(told)}" if told else ""
