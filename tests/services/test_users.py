"""Who works here: names once, roles that fit together, always somebody who keeps the keys."""

from __future__ import annotations

import datetime as dt

import pytest

from app import clock
from app.errors import InvalidError, UserError
from app.models.database import Database
from app.services.office import OfficeProfile
from app.services.users import UserFile, Users


@pytest.fixture
def users(database: Database) -> Users:
    made = Users(database)
    made.save(UserFile("admin", {"name": "林晓芸", "roles": "preparer;admin"}))
    return made


def codes(raised: pytest.ExceptionInfo[InvalidError]) -> set[str]:
    return {problem.code for problem in raised.value.problems}


def test_a_name_stands_for_one_person(users: Users):
    with pytest.raises(InvalidError) as told:
        users.save(UserFile("other", {"name": "林晓芸", "roles": "reader"}))
    assert codes(told) == {"U-01"}


def test_nobody_reviews_his_own_work(users: Users):
    with pytest.raises(InvalidError) as told:
        users.save(UserFile("admin", {"name": "林晓芸", "roles": "preparer;reviewer;admin"}))
    assert codes(told) == {"U-02"}


def test_unless_the_office_says_so_in_writing(users: Users, database: Database):
    OfficeProfile(database).save({"one_person_reason": "本镇老干部工作只有一名工作人员"})
    users.save(UserFile("admin", {"name": "林晓芸", "roles": "preparer;reviewer;admin"}))
    assert users.read("admin").roles == ("preparer", "reviewer", "admin")


def test_the_last_administrator_stays(users: Users):
    with pytest.raises(InvalidError) as told:
        users.save(UserFile("admin", {"name": "林晓芸", "roles": "preparer"}))
    assert codes(told) == {"U-03"}
    users.save(UserFile("second", {"name": "周光", "roles": "admin"}))
    users.save(UserFile("admin", {"name": "林晓芸", "roles": "preparer"}))


def test_who_has_left_stands_last_and_keeps_his_name(users: Users):
    users.save(UserFile("a", {"name": "丁一", "roles": "reader"}, active=False))
    users.save(UserFile("z", {"name": "周光", "roles": "reader"}))
    assert [(user.name, user.active) for user in users.all()] == [
        ("周光", True), ("林晓芸", True), ("丁一", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "told"),
    [("2026-01-31", "从 2026-02 开始"), ("2026-02-01", ""), ("2026-03-31", ""), ("2026-04-01", "为止")],
)
def test_a_deputy_comes_in_only_in_his_time(
    users: Users, monkeypatch: pytest.MonkeyPatch, today: str, told: str
):
    values = {"name": "代班", "roles": "preparer", "since": "2026-02", "until": "2026-03"}
    users.save(UserFile("deputy", values))
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(today))
    if told:
        with pytest.raises(UserError, match=told):
            users.actor("deputy", "window")
    else:
        assert users.actor("deputy", "window").name == "代班"


def test_a_login_that_the_data_does_not_know_is_a_sentence(users: Users):
    with pytest.raises(UserError, match="这份数据里没有这个人"):
        users.actor("nobody", "window")
