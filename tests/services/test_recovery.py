"""The recovery sheet: on paper, remembered, and never left on the disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.desk import Desk
from app.services.recovery import (
    data_number,
    new_recovery,
    note_printed,
    recovery_paper,
    save_paper,
    sheet_missing,
)
from app.services.vault import Vault
from tests.desks import desk_of, with_door


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = desk_of(with_door(tmp_path / "桑榆"))
    made.office.save({"township": "卫城镇", "unit": "卫城镇人民政府"})
    return made


def test_somebody_is_reminded_until_it_is_on_paper(desk: Desk) -> None:
    assert sheet_missing(desk)
    note_printed(desk, "打印")
    assert not sheet_missing(desk)
    new_recovery(desk)
    assert sheet_missing(desk)


def test_the_practice_township_needs_no_envelope(desk: Desk) -> None:
    desk.office.save({"practice": True})
    assert not sheet_missing(desk)


def test_new_words_open_and_the_former_do_not(desk: Desk) -> None:
    former, present = new_recovery(desk), new_recovery(desk)
    assert Vault(desk.folder).recover(present).keys == desk.database.keys
    with pytest.raises(UserError):
        Vault(desk.folder).recover(former)


def test_the_sheet_is_one_page_and_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = new_recovery(desk)
    paper = recovery_paper(desk, code)
    assert (paper.name, paper.pages) == ("数据恢复单.pdf", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["桑榆"]
    save_paper(paper, tmp_path / paper.name)
    assert (tmp_path / paper.name).read_bytes() == paper.content


def test_people_compare_a_short_number() -> None:
    assert data_number("7f054e42-54a0-4bd8-86fd-992a3ce95a9d") == "7F05-4E42"
