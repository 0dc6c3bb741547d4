"""People and their passwords: what an administrator does, and everybody about his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import InvalidError, UserError
from app.fields.actors import Actor
from app.services.desk import Desk, open_desk
from app.services.logins import Logins
from app.services.users import UserFile
from app.services.vault import Vault
from app.vault import costs
from tests.desks import ACTOR, CHEAP, PASSWORD, desk_of, with_door

WANG = "0c0ffee0-0000-4000-8000-000000000002"
SECOND = "ling-yi-ge-kouling"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(costs, "calibrate", lambda: CHEAP)
    made = desk_of(with_door(tmp_path))
    made.office.save({"township": "卫城镇", "unit": "卫城镇人民政府", "one_person_reason": "只有一人"})
    made.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": ";".join(ACTOR.roles)}))
    made.office.save({"one_person_reason": ""})
    return made


@pytest.fixture
def logins(desk: Desk) -> Logins:
    return Logins(desk)


def wang(roles: str = "reviewer", **more: str) -> UserFile:
    return UserFile(WANG, {"name": "王建国", "roles": roles, **more})


def states(logins: Logins) -> dict[str, str]:
    return {line.file.name: line.state for line in logins.lines()}


def test_somebody_new_logs_in_with_the_first_password(desk: Desk, logins: Logins) -> None:
    logins.save(wang(), password=SECOND)
    opened = Vault(desk.folder).unlock(SECOND, WANG)
    assert open_desk(desk.folder, opened, "window").database.actor.roles == ("reviewer",)
    assert states(logins) == {"林晓芸": "", "王建国": ""}


def test_a_weak_password_keeps_nothing(desk: Desk, logins: Logins) -> None:
    with pytest.raises(UserError, match="至少要"):
        logins.save(wang(), password="kurz")
    assert list(states(logins)) == ["林晓芸"]


def test_one_person_fills_in_and_reviews_only_with_the_offices_word(desk: Desk, logins: Logins) -> None:
    both = wang("preparer;reviewer")
    assert logins.needs_reason(both.roles)
    with pytest.raises(InvalidError, match="同一个人"):
        logins.save(both, password=SECOND)
    logins.save(both, password=SECOND, reason="本单位只有一名工作人员")
    assert desk.office.read()["one_person_reason"] == "本单位只有一名工作人员"
    assert not logins.needs_reason(both.roles)


def test_who_was_stopped_cannot_log_in_and_may_come_back(desk: Desk, logins: Logins) -> None:
    logins.save(wang(), password=SECOND)
    logins.stop(WANG)
    assert states(logins)["王建国"] == "已停用"
    with pytest.raises(UserError, match="口令不对"):
        Vault(desk.folder).unlock(SECOND, WANG)
    logins.bring_back(WANG, "hai-shi-ling-yi-ge")
    assert states(logins)["王建国"] == ""
    assert Vault(desk.folder).unlock("hai-shi-ling-yi-ge", WANG).uid == WANG


def test_nobody_stops_himself(logins: Logins) -> None:
    with pytest.raises(UserError, match="不能停用自己"):
        logins.stop(ACTOR.uid)


def test_a_new_name_stands_at_the_door(desk: Desk, logins: Logins) -> None:
    logins.save(wang(), password=SECOND)
    logins.save(UserFile(WANG, {"name": "王建国（镇长）", "roles": "head"}))
    assert "王建国（镇长）" in [login.name for login in desk.vault.logins()]


def test_ones_own_password_needs_the_former_one(desk: Desk, logins: Logins) -> None:
    with pytest.raises(UserError, match="口令不对"):
        logins.change_own("falsch-falsch", SECOND)
    logins.change_own(PASSWORD, SECOND)
    assert Vault(desk.folder).unlock(SECOND, ACTOR.uid).uid == ACTOR.uid


def test_a_forgotten_password_is_replaced_by_an_administrator_only(desk: Desk, logins: Logins) -> None:
    logins.save(wang(), password=SECOND)
    logins.give_password(WANG, "hai-shi-ling-yi-ge")
    assert Vault(desk.folder).unlock("hai-shi-ling-yi-ge", WANG).uid == WANG
    desk.database.actor = Actor(WANG, "王建国", ("reviewer",), "window")
    with pytest.raises(UserError, match="管理员"):
        logins.give_password(ACTOR.uid, SECOND)


def test_without_the_right_people_are_not_changed(desk: Desk, logins: Logins) -> None:
    desk.database.actor = Actor(WANG, "王建国", ("reviewer",), "window")
    assert not logins.may_manage
    with pytest.raises(UserError, match="不能“新增、修改人员”"):
        logins.save(wang(), password=SECOND)


def test_with_other_keys_the_others_need_new_passwords(desk: Desk, logins: Logins) -> None:
    logins.save(wang(), password=SECOND)
    before = desk.database.keys
    opened = logins.rekey(PASSWORD)
    assert len(opened.recovery_words) == 12
    assert desk.database.keys != before
    assert states(logins) == {"林晓芸": "", "王建国": "还没有口令，不能登录"}
    assert desk.users.read(WANG).active
    logins.give_password(WANG, "hai-shi-ling-yi-ge")
    assert Vault(desk.folder).unlock("hai-shi-ling-yi-ge", WANG).uid == WANG


def test_a_deputy_is_shown_with_his_time(logins: Logins) -> None:
    logins.save(wang(since="2026-12-01", until="2026-12-31"), password=SECOND)
    assert states(logins)["王建国"] == "代理期 2026-12-01 至 2026-12-31"
