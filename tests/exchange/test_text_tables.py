"""Tables kept as text, in the encodings that offices still use."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange import text_table

LINES = "姓名,性别,备注\n单䶮生,男,王𬎆\n阿依古丽·买买提,女,\n"


def rows(folder: Path, content: bytes, name: str = "名单.csv") -> list[list[str]]:
    (folder / name).write_bytes(content)
    return text_table.read(name, (folder / name).read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_names(tmp_path: Path, encoding: str):
    assert rows(tmp_path, LINES.encode(encoding)) == [
        ["姓名", "性别", "备注"],
        ["单䶮生", "男", "王𬎆"],
        ["阿依古丽·买买提", "女", ""],
    ]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_mark_between_cells_is_found(tmp_path: Path, mark: str):
    assert rows(tmp_path, LINES.replace(",", mark).encode())[0] == ["姓名", "性别", "备注"]


@pytest.mark.parametrize(
    ("old", "now"),
    [(b"\xfe\x59", "\u9fb4"), (b"\xfe\xa0", "\u9fbb"), (b"\xa6\xd9", "\ufe10"), (b"\xfe\x51", "\U00020087")],
)
def test_characters_that_moved_in_2022_are_the_standard_ones(tmp_path: Path, old: bytes, now: str):
    content = "姓名,性别\n".encode("gb18030") + old + "明,男\n".encode("gb18030")
    assert rows(tmp_path, content)[1][0] == now + "明"


def test_quotes_line_breaks_and_text_formulas_in_cells(tmp_path: Path):
    content = '姓名,备注,身份证号\n"廖,开","一行\n二行","=""529999196609223019"""\n'.encode()
    assert rows(tmp_path, content)[1] == ["廖,开", "一行\n二行", "529999196609223019"]


def test_a_title_line_is_as_wide_as_the_table(tmp_path: Path):
    assert {len(row) for row in rows(tmp_path, ("花名册\n" + LINES).encode())} == {3}
