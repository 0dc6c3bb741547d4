"""The older 任免审批表 (.lrm): quoted texts, the relatives by column, GB18030."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from tests.exchange.sheets import read

TEXTS = {
    0: "单䶮生", 1: "男", 2: "196401", 3: "汉族", 4: "贵州清镇", 5: "198506", 6: "健康", 7: "贵州清镇", 8: "198409",
    9: "中专#@大学#学士", 10: "清镇师范#@贵州教育学院#", 11: "中学一级教师", 16: "书法",
    17: "1980.09--1984.03  师范学习\r\n1984.03--2024.01  卫城中学教师\r\n（其间：1990.09--1992.07 在职学习）",
    18: "2001年“优秀教师”", 20: "妻子@父亲", 21: "苏素华@单某", 22: "196508@", 23: "群众@群众",
    24: "务农@已去世", 25: "卫城中学教师",
}  # fmt: skip


def lrm(folder: Path, changes: dict[int, str] | None = None, encoding: str = "gb18030") -> Path:
    texts = TEXTS | (changes or {})
    path = folder / "单䶮生.lrm"
    path.write_bytes(('"' + '","'.join(texts.get(at, "") for at in range(33)) + '"').encode(encoding))
    return path


def test_one_person_with_family_and_resume(tmp_path: Path):
    (row,) = read(lrm(tmp_path))
    assert (row.values["name"], row.values["sex"], row.values["birth_date"]) == ("单䶮生", "1", "1964-01")
    assert (row.values["education"], row.values["school_in_service"]) == ("20", "贵州教育学院")
    assert [member.get("name") for member in row.values["family"]] == ["苏素华", "单某"]
    assert row.values["family"][1]["alive"] is False
    assert [period.get("text", "").count("\n") for period in row.values["resume"]] == [0, 1]


def test_a_quote_inside_a_text_is_kept(tmp_path: Path):
    (row,) = read(lrm(tmp_path, {18: '2001年"优秀教师"'}))
    assert row.values["awards"] == '2001年"优秀教师"'


def test_a_separator_inside_the_resume_is_kept(tmp_path: Path):
    (row,) = read(lrm(tmp_path, {17: '1984.03--2024.01  任"教师","班主任"'}))
    assert row.values["resume"][0]["text"] == '任"教师","班主任"'
    assert len(row.values["family"]) == 2


@pytest.mark.parametrize("changes", [{0: ""}, {1: "教师"}, {20: '妻子","女儿@父亲'}])
def test_what_cannot_be_told_apart_is_refused(tmp_path: Path, changes: dict[int, str]):
    with pytest.raises(UserError, match="分不清各栏"):
        read(lrm(tmp_path, changes))
