"""Who gets in with what, and who does not."""

from __future__ import annotations

import datetime as dt
import json
import traceback
from dataclasses import replace

import pytest

from app.errors import UserError
from app.fields.actors import Keys
from app.vault import key_file_json, sealing
from app.vault.costs import Cost
from app.vault.key_file import KeyFile, WrongPasswordError, WrongRecoveryError
from app.vault.recovery import words_of
from tests.vault.key_files import CHEAP, KEYS, NOON, OTHER_PASSWORD, PASSWORD, key_file


def opens(file: KeyFile, password: str, uid: str | None = None) -> bool:
    try:
        return file.open(password, uid)[0] == KEYS
    except WrongPasswordError:
        return False


def test_each_login_opens_with_its_own_password() -> None:
    file = KeyFile.read(key_file().to_bytes())
    assert file.open(PASSWORD, "u1") == (KEYS, "u1")
    assert file.open(OTHER_PASSWORD, "u2") == (KEYS, "u2")
    assert not opens(file, PASSWORD, "u2")
    assert not opens(file, PASSWORD + " ", "u1")
    assert not opens(file, "", "u1")
    assert not opens(file, PASSWORD, "u3")


def test_without_a_login_named_the_password_tells_whose_it_is() -> None:
    assert key_file().open(OTHER_PASSWORD) == (KEYS, "u2")


def test_a_file_comes_back_as_it_was_written() -> None:
    file, _ = key_file().failed(NOON, "u1").with_recovery(KEYS)
    assert KeyFile.read(file.to_bytes()) == file


def test_a_new_password_takes_the_place_of_the_old_one() -> None:
    file = key_file().with_slot(KEYS, "u1", "林晓芸", "another password")
    assert [slot.uid for slot in file.slots] == ["u1", "u2"]
    assert opens(file, "another password", "u1")
    assert not opens(file, PASSWORD)
    assert opens(file, OTHER_PASSWORD)


def test_a_removed_login_opens_no_longer() -> None:
    file = key_file().without("u1")
    assert [(slot.uid, slot.name) for slot in file.slots] == [("u2", "赵文远")]
    assert not opens(file, PASSWORD)


def test_a_renamed_login_keeps_its_password() -> None:
    file = key_file().renamed("u1", "林小芸")
    assert [slot.name for slot in file.slots] == ["林小芸", "赵文远"]
    assert opens(file, PASSWORD, "u1")


def test_changes_leave_the_file_they_began_with_alone() -> None:
    file = key_file()
    before = file.to_bytes()
    file.without("u1"), file.renamed("u1", "甲"), file.failed(NOON), file.with_recovery(KEYS)
    assert file.to_bytes() == before


def test_a_slot_opens_in_no_other_place() -> None:
    """Neither under another login nor in another file of the same keys."""
    mine, strange = key_file("one"), key_file("two")

    def moved(source: KeyFile, uid: str, target: KeyFile, as_uid: str) -> KeyFile:
        body = json.loads(target.to_bytes())
        slot = next(slot for slot in json.loads(source.to_bytes())["slots"] if slot["uid"] == uid)
        body["slots"] = [{**slot, "uid": as_uid}]
        return with_right_sum(body)

    assert opens(moved(mine, "u1", mine, "u1"), PASSWORD)
    assert not opens(moved(mine, "u1", mine, "u2"), PASSWORD)
    assert not opens(moved(mine, "u1", strange, "u1"), PASSWORD)


def with_right_sum(body: dict[str, object]) -> KeyFile:
    """A forged file: whoever can write files can also write sums."""
    body.pop("sum")
    body["sum"] = key_file_json._sum(body)
    return KeyFile.read(json.dumps(body).encode())


def test_a_forged_cheaper_cost_does_not_open() -> None:
    """And gives nobody a cheaper guess: the derived key is another one."""
    body = json.loads(key_file().to_bytes())
    body["slots"][0]["cost"]["memory_kib"] = 16
    assert not opens(with_right_sum(body), PASSWORD)


def test_every_slot_opens_with_the_cost_it_was_sealed_with() -> None:
    file = key_file()
    dearer = KeyFile(replace(file.contents, cost=Cost(64, 2, 2)))
    both = KeyFile.read(dearer.with_slot(KEYS, "u3", "钱志强", "a third password").to_bytes())
    assert [slot.sealed.cost for slot in both.slots] == [CHEAP, CHEAP, Cost(64, 2, 2)]
    assert opens(both, PASSWORD)
    assert opens(both, "a third password")


def test_the_recovery_code_opens_as_words_and_as_pinyin() -> None:
    file, code = key_file().with_recovery(KEYS)
    file = KeyFile.read(file.to_bytes())
    assert file.recover(code) == KEYS
    assert file.recover(code.upper().replace(" ", "")) == KEYS
    assert file.recover("、".join(word.text for word in words_of(code))) == KEYS
    assert opens(file, PASSWORD)


def test_a_new_sheet_makes_the_old_one_worthless() -> None:
    file, old = key_file().with_recovery(KEYS)
    file, new = file.with_recovery(KEYS)
    assert file.recover(new) == KEYS
    with pytest.raises(WrongRecoveryError, match="不是这份数据的"):
        file.recover(old)


def test_the_recovery_code_is_nobodys_password() -> None:
    file, code = key_file().with_recovery(KEYS)
    assert not opens(file, code)


def test_without_a_sheet_no_words_open() -> None:
    _, code = key_file().with_recovery(KEYS)
    with pytest.raises(WrongRecoveryError, match="还没有印过恢复单"):
        key_file().recover(code)


def test_keys_of_another_database_are_refused() -> None:
    with pytest.raises(ValueError, match="another database"):
        key_file().with_slot(Keys.new(), "u3", "钱志强", PASSWORD)
    with pytest.raises(ValueError, match="another database"):
        key_file().with_recovery(Keys.new())


def test_the_salt_tells_which_database_the_file_belongs_to() -> None:
    assert KeyFile.read(key_file().to_bytes()).salt == KEYS.salt


def test_five_wrong_passwords_shut_the_logins_but_not_the_sheet() -> None:
    file, code = key_file().with_recovery(KEYS)
    for _ in range(5):
        file = file.failed(NOON, "u1")
    file = KeyFile.read(file.to_bytes())
    assert file.wait(NOON + dt.timedelta(minutes=1)) == 4 * 60
    assert [(failure.at, failure.uid) for failure in file.failures] == [(NOON, "u1")] * 5
    assert file.recover(code) == KEYS
    assert file.cleared().wait(NOON) == 0
    assert file.cleared().failures == []


def test_nothing_of_password_or_keys_stands_in_file_or_errors() -> None:
    file, code = key_file().with_recovery(KEYS)
    written = file.to_bytes()
    for secret in (PASSWORD.encode(), OTHER_PASSWORD.encode(), code.encode(), KEYS.database, KEYS.audit):
        assert secret not in written
        assert secret.hex().encode() not in written
    for attempt, typed in ((file.open, "geheim-1234"), (file.recover, code.replace(" ", "x"))):
        with pytest.raises((WrongPasswordError, WrongRecoveryError)) as caught:
            attempt(typed)
        told = "".join(traceback.format_exception(caught.value))
        assert typed not in told
        assert PASSWORD not in told
        assert "InvalidTag" not in told


def test_the_same_password_is_never_sealed_alike() -> None:
    first, second = key_file(), key_file()
    assert first.slots[0].sealed.salt != second.slots[0].sealed.salt
    assert first.slots[0].sealed.content != second.slots[0].sealed.content


def test_any_characters_make_a_password() -> None:
    for password in ("\ud800 half a character", "\0" * 12, "😀" * 10, "Ｆｕｌｌ　ｗｉｄｔｈ１"):
        assert opens(key_file().with_slot(KEYS, "u1", "林晓芸", password), password, "u1")
    assert opens(key_file().with_slot(KEYS, "u1", "林晓芸", "Ｆｕｌｌ　ｗｉｄｔｈ１"), "Full width1", "u1")


def test_a_computer_without_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise MemoryError

    file = key_file()
    monkeypatch.setattr(sealing, "derive", refuse)
    with pytest.raises(UserError, match="内存不够"):
        file.open(PASSWORD)
