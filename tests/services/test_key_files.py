"""The key file beside the data: missing, damaged, of other data, put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.fields.actors import Keys
from app.paths import DATA_FILE, KEY_FILE
from app.services.key_files import belongs, put_aside, take_key_file, trouble
from app.services.vault import Vault
from tests.desks import PASSWORD, cheap_key_file, desk_of, with_door


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    desk_of(with_door(tmp_path / "桑榆")).close()
    return Vault(tmp_path / "桑榆")


def test_a_folder_that_is_whole_gives_no_trouble(vault: Vault) -> None:
    assert trouble(vault) == ""
    assert belongs(vault.path, vault.folder / DATA_FILE)


def test_each_trouble_has_its_sentence(vault: Vault) -> None:
    vault.path.write_bytes(cheap_key_file(Keys.new()).to_bytes())
    assert "另一份数据" in trouble(vault)
    vault.path.write_text("{", encoding="utf-8")
    assert KEY_FILE in trouble(vault)
    vault.path.unlink()
    assert "不在数据文件夹里" in trouble(vault)


def test_a_key_file_is_put_back_and_the_wrong_one_is_kept(vault: Vault, tmp_path: Path) -> None:
    right = tmp_path / "备份里的.json"
    right.write_bytes(vault.path.read_bytes())
    vault.path.write_bytes(cheap_key_file(Keys.new()).to_bytes())
    take_key_file(vault, right)
    assert Vault(vault.folder).unlock(PASSWORD).keys
    assert len(list(vault.folder.glob(f"{KEY_FILE}.*.bak"))) == 1


def test_a_key_file_of_other_data_is_refused_and_nothing_changes(vault: Vault, tmp_path: Path) -> None:
    before = vault.path.read_bytes()
    other = tmp_path / "别处的.json"
    other.write_bytes(cheap_key_file(Keys.new()).to_bytes())
    with pytest.raises(UserError, match="不是这份数据的"):
        take_key_file(vault, other)
    with pytest.raises(UserError, match="读不出来"):
        take_key_file(vault, tmp_path / "没有.json")
    assert vault.path.read_bytes() == before


def test_putting_aside_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    put_aside(Vault(tmp_path))
    assert list(tmp_path.iterdir()) == []
