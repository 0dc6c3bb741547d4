"""Temporary files stay inside the data folder and do not outlive the program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from openpyxl.worksheet._writer import create_temporary_file

from app.errors import UserError
from app.services.desk import Desk
from app.services.temp_folder import NAME, empty, use

ROOT = Path(__file__).parent.parent.parent
HOLDS = """
import sys
from pathlib import Path
from app.services.temp_folder import use
folder = use(Path(sys.argv[1]))
(folder.path / "sheet.xml").write_text("in the middle of it")
print("writing", flush=True)
sys.stdin.read()
"""


def place(folder: Path) -> Path:
    return folder / NAME


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in place(folder).rglob("*") if path.is_file())


def test_temporary_files_are_made_inside_the_data_folder(tmp_path: Path) -> None:
    folder = use(tmp_path)
    with tempfile.NamedTemporaryFile() as file:
        assert place(tmp_path) in Path(file.name).parents
    folder.close()


def test_what_openpyxl_writes_on_its_way_is_written_there(practice: Desk) -> None:
    path = Path(create_temporary_file())
    assert place(practice.folder) in path.parents
    path.unlink()


def test_afterwards_nothing_is_left_and_files_go_where_they_went_before(tmp_path: Path) -> None:
    before = tempfile.gettempdir()
    folder = use(tmp_path)
    Path(tempfile.mkdtemp(), "照片.jpg").write_bytes(b"x")
    folder.close()
    assert left_in(tmp_path) == []
    assert tempfile.gettempdir() == before


def test_of_two_data_folders_the_one_opened_last_counts(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙").mkdir()
    first, second = use(tmp_path / "甲"), use(tmp_path / "乙")
    first.close()
    assert tempfile.gettempdir() == str(second.path)
    second.close()
    assert Path(tempfile.gettempdir()).is_dir()


def test_what_a_crash_left_goes_at_the_next_start(tmp_path: Path) -> None:
    crashed = place(tmp_path) / "tmpabc"
    crashed.mkdir(parents=True)
    (crashed / "正在使用").touch()
    (crashed / "openpyxl.xml").write_text("单䶮生 529999195505148814", encoding="utf-8")
    (place(tmp_path) / "loose.pdf").touch()
    folder = use(tmp_path)
    assert left_in(tmp_path) == ["正在使用"]
    folder.close()


def test_what_another_running_program_uses_stays(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"writing"
        empty(tmp_path)
        assert left_in(tmp_path) == ["sheet.xml", "正在使用"]
        other.kill()
    empty(tmp_path)
    assert left_in(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right there that users do not have")
def test_links_are_not_followed(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "数据", tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "名册.xlsx").touch()
    place(data).mkdir(parents=True)
    (place(data) / "link").symlink_to(elsewhere)
    inside = place(data) / "tmpabc"
    inside.mkdir()
    (inside / "link").symlink_to(elsewhere)
    use(data).close()
    assert list(place(data).iterdir()) == []
    assert (elsewhere / "名册.xlsx").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there that users do not have")
def test_a_link_in_the_place_of_the_folder_is_replaced(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "数据", tmp_path / "别处"
    data.mkdir()
    elsewhere.mkdir()
    (elsewhere / "名册.xlsx").touch()
    place(data).symlink_to(elsewhere)
    folder = use(data)
    assert not place(data).is_symlink()
    assert (elsewhere / "名册.xlsx").exists()
    folder.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_nobody_else_may_look_into_it(tmp_path: Path) -> None:
    place(tmp_path).mkdir(mode=0o755)
    folder = use(tmp_path)
    assert [oct(path.stat().st_mode & 0o777) for path in (place(tmp_path), folder.path)] == ["0o700", "0o700"]
    folder.close()


def test_where_it_cannot_be_made_the_user_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="临时"):
        use(tmp_path / "没有这个文件夹")
