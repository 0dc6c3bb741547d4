"""Whoever looks at a whole number stands in the log, and who has no need of it does not get it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.fields.actors import Actor
from app.models.database import Database
from app.services.reveals import Reveals


def acts(database: Database) -> list[tuple[str, str, str]]:
    """(act, about, actor) of what was revealed or copied."""
    query = text(
        "SELECT act, about, actor FROM audit_act WHERE act IN ('reveal', 'copy_number') ORDER BY seq"
    )
    with database.reading() as session:
        return [(act, about, actor) for act, about, actor in session.execute(query)]


def acting(database: Database, *roles: str) -> Reveals:
    database.actor = Actor("0c0ffee0-0000-4000-8000-000000000002", "赵明", roles, "window")
    return Reveals(database)


def test_looking_and_copying_stand_in_the_log_with_person_and_field(database: Database) -> None:
    reveals = acting(database, "preparer")
    reveals.shown("单䶮生", "身份证号")
    reveals.copied("单䶮生", "银行卡号")
    assert acts(database) == [
        ("reveal", "单䶮生 身份证号", "赵明"),
        ("copy_number", "单䶮生 银行卡号", "赵明"),
    ]


@pytest.mark.parametrize("role", ["preparer", "reviewer", "head"])
def test_whoever_works_with_the_files_may_look(database: Database, role: str) -> None:
    assert acting(database, role).allowed


@pytest.mark.parametrize("role", ["reader", "admin"])
def test_who_has_no_need_is_told_whom_to_ask_and_nothing_is_logged(database: Database, role: str) -> None:
    reveals = acting(database, role)
    for ask in (reveals.shown, reveals.copied):
        with pytest.raises(UserError, match="请找填报、审核或负责人"):
            ask("单䶮生", "身份证号")
    assert not reveals.allowed
    assert acts(database) == []
