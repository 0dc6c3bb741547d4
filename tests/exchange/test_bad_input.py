"""Every file that cannot be read is one Chinese sentence with its name and what to do."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import UserError
from app.exchange.documents import read_document
from app.exchange.limits import MOST_MERGES
from tests.exchange.sheets import KAI, SAMPLES, find, only_table, save, understand

ROSTER = SAMPLES / "花名册_卫城镇.xlsx"
OLD = SAMPLES / "退休教师花名册.xls"
HEAD = ["姓名", "性别", "身份证号"]
KAI_ROW = ["廖开", "男", KAI]


def sentence(path: Path) -> str:
    with pytest.raises(UserError) as told:
        find(path)
    assert path.name in str(told.value)
    return str(told.value)


def written(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def changed(folder: Path, change: Callable[[bytes], bytes], name: str = "改.xlsx") -> Path:
    """A small good workbook with the XML of its sheet changed."""
    good = save(folder, [HEAD, KAI_ROW], name="好.xlsx")
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, change(content) if part.endswith("sheet1.xml") else content)
    return folder / name


def with_rows(xml: bytes) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.xlsx", b"", "空文件"),
        ("照.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        ("文.xlsx", b"%PDF-1.7", "PDF"),
        ("网.xls", b"<html><table></table>", "另存为 .xlsx"),
        ("字.xlsx", "关于召开会议的通知\n请准时参加".encode(), "普通文本"),
        ("字国标.txt", "关于召开会议的通知".encode("gb18030"), "普通文本"),
        ("乱.xlsx", bytes(range(256)) * 4, "不是工作簿"),
        ("码.csv", b"\xff\xff\xff,\xff\n\xff,\xff", "文字编码"),
        ("包.zip", b"PK\x05\x06" + bytes(18), "不是工作簿"),
        ("半.xlsx", ROSTER.read_bytes()[:4000], "没有拷完整"),
        ("半.xls", OLD.read_bytes()[:3000], "没有拷完整"),
        ("坏.xls", OLD.read_bytes()[:512] + bytes(6000), "没有拷完整"),
        ("配.xml", b"<?xml version='1.0'?><config/>", "不是任免审批表"),
        ("~$花名册.xlsx", b"user", "临时文件"),
    ],
)
def test_a_file_that_is_no_table_is_said_to_be_what_it_is(
    tmp_path: Path, name: str, content: bytes, says: str
):
    assert says in sentence(written(tmp_path, name, content))


def test_a_text_table_with_a_wrong_ending_is_simply_read(tmp_path: Path):
    path = written(tmp_path, "花名册.xlsx", f"姓名,性别,身份证号\n廖开,男,{KAI}\n".encode())
    assert understand(only_table(path)).rows[0].values["id_number"] == KAI


def test_a_word_document_is_called_one(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "名单.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "Word" in sentence(tmp_path / "名单.xlsx")


def test_a_folder_is_called_one(tmp_path: Path):
    assert "文件夹" in sentence(tmp_path)


def test_a_missing_file_may_be_on_a_stick_that_is_out(tmp_path: Path):
    assert "U 盘已拔出" in sentence(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    ("beside", "says"), [("~$名册.xlsx", "正在 WPS 或 Excel 中打开"), ("别.xlsx", "没有权限")]
)
def test_a_file_that_may_not_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str, says: str
):
    path = save(tmp_path, [HEAD, KAI_ROW], name="名册.xlsx")
    written(tmp_path, beside, b"")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # the tests may run as root, who may read everything
    assert says in sentence(path)


def test_a_file_open_elsewhere_is_read_with_a_note(tmp_path: Path):
    path = save(tmp_path, [HEAD, KAI_ROW], name="名册.xlsx")
    written(tmp_path, ".~名册.xlsx", b"")
    found = read_document(path)
    assert len(found.tables[0].lines) == 1
    assert "还没有保存的修改" in found.notes[0]


def test_a_workbook_with_nothing_in_it(tmp_path: Path):
    assert "没有内容" in sentence(save(tmp_path, []))


# Passwords


def renamed_stream(content: bytes, name: str) -> bytes:
    """The sample .xls with its only stream under another name, as an encrypted .xlsx has it."""
    before = "Workbook".encode("utf-16-le").ljust(64, b"\0")
    at = content.index(before)
    after = name.encode("utf-16-le")
    return content[:at] + after.ljust(64, b"\0") + struct.pack("<H", len(after) + 2) + content[at + 66 :]


def test_an_encrypted_xlsx_asks_for_the_password_to_go(tmp_path: Path):
    content = renamed_stream(OLD.read_bytes(), "EncryptedPackage")
    assert "打开密码" in sentence(written(tmp_path, "密.xlsx", content))


def test_an_encrypted_xls_asks_for_the_password_to_go(tmp_path: Path):
    content = OLD.read_bytes()
    codepage = content.index(struct.pack("<HHH", 0x42, 2, 1200))
    locked = content[:codepage] + struct.pack("<H", 0x2F) + content[codepage + 2 :]
    assert "打开密码" in sentence(written(tmp_path, "密.xls", locked))


def test_a_word_document_of_the_old_kind_is_called_one(tmp_path: Path):
    content = renamed_stream(OLD.read_bytes(), "WordDocument")
    assert "Word" in sentence(written(tmp_path, "名单.doc", content))


# Files that unpack to more than they show


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    bomb = with_rows(b'<row r="9"><c r="A9" t="str"><v>' + b" " * 40_000_000 + b"</v></c></row>")
    assert "大得不正常" in sentence(changed(tmp_path, bomb))


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD 列"),
        (b'<row r="3"><c r="KO3"><v>1</v></c></row>', "KO 列"),
        (b"<row r='3'><c r='XFD3'><v>1</v></c></row>", "XFD 列"),
        (b'<row r="300000"><c r="A300000"><v>1</v></c></row>', "第 300000 行"),
        (b'<row r="199999"><c r="BZ199999"><v>1</v></c></row>', "太大"),
        (b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>", "KO 列"),
    ],
)
def test_a_far_cell_is_refused_before_the_space_up_to_it_is_laid_out(tmp_path: Path, cell: bytes, says: str):
    assert says in sentence(changed(tmp_path, with_rows(cell)))


def test_a_sheet_cannot_hide_behind_its_beginning(tmp_path: Path):
    far = with_rows(b'<row r="3"><c r="XFD3"><v>1</v></c></row>')
    path = changed(tmp_path, lambda sheet: far(sheet).replace(b"<worksheet", b" " * 9000 + b"<worksheet"))
    assert "XFD 列" in sentence(path)


def test_columns_that_are_only_declared_do_not_matter(tmp_path: Path):
    styled = b'<row r="5">' + b"".join(b'<c r="XFD5" s="0"/>' for _ in range(3)) + b"</row>"

    def change(sheet: bytes) -> bytes:
        declared = sheet.replace(
            b"<sheetData>", b'<cols><col min="1" max="16384" width="9"/></cols><sheetData>'
        )
        return with_rows(styled)(declared)

    assert len(only_table(changed(tmp_path, change)).lines) == 1


def test_a_merge_over_everything_does_not_hurt(tmp_path: Path):
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD60000"/></mergeCells>'
    path = changed(tmp_path, lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + merge))
    assert [row.values["name"] for row in understand(only_table(path)).rows] == ["廖开"]


def test_too_many_merges_are_refused(tmp_path: Path):
    merges = b"<mergeCells>" + b'<mergeCell ref="A9:B9"/>' * (MOST_MERGES + 1) + b"</mergeCells>"
    path = changed(tmp_path, lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + merges))
    assert "合并的单元格太多" in sentence(path)


def test_one_long_text_in_every_cell_is_refused(tmp_path: Path):
    row = b"<row>" + b'<c r="A9" t="s"><v>0</v></c>' * 20_000 + b"</row>"
    path = changed(tmp_path, with_rows(row))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>")
    assert "文字多得不正常" in sentence(path)


def test_entities_are_refused(tmp_path: Path):
    lrmx = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'x'>]><Person><XingMing>&b;</XingMing></Person>"
    assert "不安全" in sentence(written(tmp_path, "表.lrmx", lrmx.encode()))


# Anything else


@given(st.binary(max_size=3000))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600)
@example(b"PK\x03\x04" + b"\0" * 60)
@example(b"\xff\xfe\0")
def test_random_bytes_are_read_or_told_never_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
):
    read_or_told(written(tmp_path_factory.mktemp("bytes"), "文件.xls", content))


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_xls_is_read_or_told(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    content = bytearray(OLD.read_bytes())
    for _ in range(chance.choice((1, 5, 50, 500))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    read_or_told(written(tmp_path, "坏.xls", bytes(content)))


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_sheet_inside_a_sound_zip_is_read_or_told(tmp_path: Path, seed: int):
    chance = random.Random(seed)

    def damage(sheet: bytes) -> bytes:
        content = bytearray(sheet)
        for _ in range(chance.choice((1, 3, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(content)

    read_or_told(changed(tmp_path, damage))


def read_or_told(path: Path) -> None:
    try:
        found = find(path)
    except UserError as told:
        assert path.name in str(told)  # noqa: PT017 either outcome is right
    else:
        for table in found.tables:
            assert len(understand(table).rows) == len(table.lines)
