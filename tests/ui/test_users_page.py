"""人员与口令: who may log in, one's own password, the recovery sheet, the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.fields.actors import Actor
from app.services.desk import Desk
from app.services.users import UserFile
from app.services.vault import Vault
from app.ui.changes import Changes
from app.ui.login.user_state import NO_REASON, NO_ROLE, UserState
from app.ui.login.users_view import NOT_ADMIN, UsersView
from app.ui.tasks import Tasks
from app.vault import costs
from tests.desks import ACTOR, CHEAP, PASSWORD, desk_of, with_door

WANG = "0c0ffee0-0000-4000-8000-000000000002"
SECOND = "ling-yi-ge-kouling"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(costs, "calibrate", lambda: CHEAP)
    made = desk_of(with_door(tmp_path))
    made.office.save({"township": "卫城镇", "unit": "卫城镇人民政府"})
    made.users.save(UserFile(ACTOR.uid, {"name": ACTOR.name, "roles": "preparer;admin"}))
    return made


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> UsersView:
    made = UsersView(desk, Changes(), Tasks())
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def press(word: str) -> None:
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    next(button for button in box.buttons() if button.text() == word).click()


def names(view: UsersView) -> list[str]:
    return [line.file.name for line in view.logins.lines()]


def add_wang(view: UsersView, qtbot: QtBot, *roles: str) -> None:
    dialog = view.add()
    dialog.state.form.type_in("name", "王建国")
    for role in roles:
        dialog.ticks[role].click()
    for field in (dialog.password.first, dialog.password.second):
        field.setText(SECOND)
    with qtbot.waitSignal(dialog.saved, timeout=10_000):
        dialog.go.click()


def test_somebody_is_added_and_can_log_in(view: UsersView, desk: Desk, qtbot: QtBot) -> None:
    add_wang(view, qtbot, "reviewer")
    assert names(view) == ["林晓芸", "王建国"]
    uid = next(line.uid for line in view.logins.lines() if not line.me)
    assert (uid, "停用…") in view.buttons
    assert Vault(desk.folder).unlock(SECOND, uid).name == "王建国"


def test_name_and_role_are_asked_for_before_anything_is_kept(view: UsersView, qtbot: QtBot) -> None:
    dialog = view.add()
    dialog.go.click()
    assert "请填写姓名" in dialog.problem.text()
    dialog.state.form.type_in("name", "王建国")
    dialog.go.click()
    assert dialog.roles_problem.text() == f"× {NO_ROLE}"
    dialog.ticks["reader"].click()
    dialog.go.click()
    assert "口令至少要" in dialog.password.first_note.text()
    assert names(view) == ["林晓芸"]
    dialog.reject()


def test_filling_in_and_reviewing_in_one_hand_asks_for_the_reason(
    view: UsersView, desk: Desk, qtbot: QtBot
) -> None:
    mine = next(line for line in view.logins.lines() if line.me)
    dialog = view.edit(mine)
    assert not dialog.reason.isVisible()
    dialog.ticks["reviewer"].click()
    assert dialog.reason.isVisible()
    dialog.go.click()
    assert dialog.roles_problem.text() == f"× {NO_REASON}"
    dialog.reason.setPlainText("本单位只有一名工作人员")
    with qtbot.waitSignal(dialog.saved, timeout=10_000):
        dialog.go.click()
    assert desk.office.read()["one_person_reason"] == "本单位只有一名工作人员"
    assert desk.users.read(ACTOR.uid).roles == ("preparer", "reviewer", "admin")


def test_the_last_administrator_stays_one(view: UsersView, desk: Desk, qtbot: QtBot) -> None:
    mine = next(line for line in view.logins.lines() if line.me)
    dialog = view.edit(mine)
    dialog.ticks["admin"].click()
    dialog.go.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=10_000)
    assert "至少要有一个在用的管理员" in dialog.problem.text()
    dialog.reject()


def test_who_is_stopped_cannot_log_in_and_the_keys_are_offered(
    view: UsersView, desk: Desk, qtbot: QtBot
) -> None:
    add_wang(view, qtbot, "reviewer")
    line = next(line for line in view.logins.lines() if not line.me)
    view.buttons[line.uid, "停用…"].click()
    press("停用")
    press("不用换")
    assert [login.name for login in desk.vault.logins()] == ["林晓芸"]
    assert (line.uid, "重新启用…") in view.buttons
    dialog = view.bring_back(next(one for one in view.logins.lines() if not one.me))
    for field in (dialog.password.first, dialog.password.second):
        field.setText(SECOND)
    with qtbot.waitSignal(dialog.given, timeout=10_000):
        dialog.go.click()
    assert Vault(desk.folder).unlock(SECOND, line.uid).uid == line.uid


def test_ones_own_password_is_changed(view: UsersView, desk: Desk, qtbot: QtBot) -> None:
    dialog = view.change_own()
    dialog.go.click()
    assert "现在的口令" in dialog.problem.text()
    dialog.former.setText("falsch-falsch")
    for field in (dialog.password.first, dialog.password.second):
        field.setText(SECOND)
    dialog.go.click()
    qtbot.waitUntil(lambda: "口令不对" in dialog.problem.text(), timeout=10_000)
    dialog.former.setText(PASSWORD)
    with qtbot.waitSignal(dialog.changed, timeout=10_000):
        dialog.go.click()
    assert Vault(desk.folder).unlock(SECOND, ACTOR.uid).uid == ACTOR.uid


def test_other_keys_bring_other_words(view: UsersView, desk: Desk, qtbot: QtBot) -> None:
    before = desk.database.keys
    dialog = view.rekey()
    dialog.password.setText(PASSWORD)
    with qtbot.waitSignal(view.paper_wanted, timeout=10_000) as wanted:
        dialog.go.click()
    assert desk.database.keys != before
    assert Vault(desk.folder).recover(wanted.args[0]).keys == desk.database.keys
    assert desk.office.read()["township"] == "卫城镇"


def test_a_new_sheet_is_asked_about_first(view: UsersView, desk: Desk, qtbot: QtBot) -> None:
    view.sheet.click()
    with qtbot.waitSignal(view.paper_wanted):
        press("印新的")
    assert "还没有印过" in view.printed.text()


def test_who_is_no_administrator_changes_his_own_password_only(desk: Desk, qtbot: QtBot) -> None:
    desk.database.actor = Actor(WANG, "王建国", ("reviewer",), "window")
    view = UsersView(desk, Changes(), Tasks())
    qtbot.addWidget(view)
    for button in (view.new, view.sheet, view.keys):
        assert not button.isEnabled()
        assert button.toolTip() == NOT_ADMIN
    assert view.buttons == {}
    assert view.own.isEnabled()


def test_what_was_typed_becomes_one_file(desk: Desk) -> None:
    from app.services.logins import Logins

    state = UserState(Logins(desk), desk.users.record)
    state.form.type_in("name", "王建国")
    state.form.type_in("since", "2026.12.1")
    state.tick("head", on=True)
    state.tick("reader", on=True)
    state.tick("reader", on=False)
    assert state.roles_problem == ""
    assert state.file.values["roles"] == "head"
    assert state.file.values["since"] == "2026-12-01"
