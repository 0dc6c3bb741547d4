"""Who may do what."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.fields.actors import PROGRAM, Actor, Keys
from app.fields.acts import ACTS, RIGHTS, may, refuse_unless_permitted
from app.fields.codes import code_table


def somebody(*roles: str) -> Actor:
    return Actor("uid", "林晓芸", roles, "window")


def test_every_role_of_the_table_has_its_rights():
    assert set(RIGHTS) == {item.code for item in code_table("role").items}


def test_an_administrator_approves_no_data():
    assert not may(somebody("admin"), "review")
    assert not may(somebody("admin"), "edit")


def test_nobody_but_the_program_may_do_everything():
    assert not any({"edit", "review", "manage"} <= rights for rights in RIGHTS.values())
    assert all(may(PROGRAM, act.right) for act in ACTS.values())


@pytest.mark.parametrize("act", [code for code, act in ACTS.items() if act.right])
def test_whoever_only_reads_is_told_who_may(act: str):
    with pytest.raises(UserError, match=f"您的角色不能“{ACTS[act].label}”.*由.+来做，没有改动"):
        refuse_unless_permitted(somebody("reader"), act)


def test_an_act_that_is_not_in_the_list_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        refuse_unless_permitted(PROGRAM, "anything")


def test_keys_say_nothing_of_themselves():
    keys = Keys.new()
    assert keys.database.hex() not in repr(keys)
    assert repr(keys) == "Keys()"
    assert Keys.from_bytes(keys.to_bytes()) == keys
    with pytest.raises(ValueError, match="80 bytes"):
        Keys.from_bytes(b"short")
