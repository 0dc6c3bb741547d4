"""What the database itself sees to in the review of files: nothing that was signed off changes unseen."""

from __future__ import annotations

from typing import Final

from app.models.cadre import CADRE
from app.models.guards import ONE_PERSON, differs, guard
from app.models.parts import PART_TYPES, PARTS

SIGNATURES: Final = {"preparer", "preparer_phone", "prepared_on", "reviewer", "reviewed_on", "confirmed_by"}
"""Written by the steps of the review themselves."""
_FALL_BACK: Final = (
    "UPDATE review SET state = CASE WHEN state IN ('reported', 'settled') THEN 'changed' ELSE 'new' END, "
    "at = NULL, by_uid = NULL, by_name = NULL, remark = NULL "
    "WHERE cadre_uid = {owner} AND state IN ('checked', 'approved', 'reported', 'settled');"
)


def review_guards() -> dict[str, str]:
    """Name → SQL. A file that changes falls back by itself: 已报 to 改后未报, what was only signed to 未核."""
    content = tuple(field.name for field in CADRE.fields if field.name not in SIGNATURES)
    own = "NEW.by_uid IS NOT NULL AND NEW.by_uid IS NEW.checked_by"
    same = f"NEW.state = 'approved' AND {own} AND {ONE_PERSON} = ''"
    told = "核对这份档案的人不能自己审核，请换审核人登录后再审"
    return dict(
        [
            guard("guard_review_insert", "BEFORE INSERT ON review", same, told),
            guard("guard_review_update", "BEFORE UPDATE ON review", same, told),
            _falls_back(
                "guard_cadre_changed", "AFTER UPDATE ON cadre", f"WHEN {differs(content)}", "NEW.uid"
            ),
            *(
                _falls_back(
                    f"guard_{model.__tablename__}_{verb}",
                    f"AFTER {verb.upper()} ON {model.__tablename__}",
                    f"WHEN {differs(_columns(part))}" if verb == "update" else "",
                    f"{'OLD' if verb == 'delete' else 'NEW'}.cadre_uid",
                )
                for part, model in PARTS.items()
                for verb in ("insert", "update", "delete")
            ),
        ]
    )


def _columns(part: str) -> tuple[str, ...]:
    return "cadre_uid", *(field.name for field in PART_TYPES[part].fields)


def _falls_back(name: str, when: str, condition: str, owner: str) -> tuple[str, str]:
    body = _FALL_BACK.format(owner=owner)
    return name, f"CREATE TRIGGER {name} {when} {condition} BEGIN {body} END"
