"""Files that mean harm, made small: what each of them unpacks to would take the computer with it."""

from __future__ import annotations

import base64
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from openpyxl import Workbook

SAMPLES = Path(__file__).parent.parent / "samples"
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
ID = "529999196609223019"
SECRET = "本机上的秘密"
ROWS = [["姓名", "性别", "身份证号"], ["廖开", "男", ID]]
LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
QUADRATIC = "<!DOCTYPE a [<!ENTITY a9 '" + "x" * 100_000 + "'>]>"
PERSON = "<Person><XingMing>{name}</XingMing><ShenFenZheng>" + ID + "</ShenFenZheng>{more}</Person>"

Change = Callable[[bytes], bytes]
Work = Literal["document", "picture"]


@dataclass(frozen=True)
class Hostile:
    """One file, and whether there is something harmless in it that may be read."""

    name: str
    content: Callable[[], bytes]
    work: Work = "document"
    readable: bool = False


@cache
def good() -> bytes:
    workbook, made = Workbook(), io.BytesIO()
    for row in ROWS:
        workbook.worksheets[0].append(row)
    workbook.save(made)
    return made.getvalue()


def with_parts(changes: Mapping[str, Change], more: Mapping[str, bytes] | None = None) -> bytes:
    """The good workbook with some of its parts changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, changes[part](content) if part in changes else content, compresslevel=1)
        for part, content in (more or {}).items():
            after.writestr(part, content, compresslevel=1)
    return made.getvalue()


def with_rows(rows: bytes) -> bytes:
    return with_parts({SHEET: lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")})


def behind_the_rows(xml: bytes) -> bytes:
    return with_parts({SHEET: lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + xml)})


def with_doctype(part: str, doctype: str) -> bytes:
    """The entity `a9` stands where a name stands: that of a person, or of a sheet."""

    def change(xml: bytes) -> bytes:
        text = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
        text = text.replace("廖开".encode(), b"&a9;").replace(b'<sheet name="', b'<sheet name="&a9;')
        return b"<?xml version='1.0' encoding='UTF-8'?>" + doctype.encode() + text

    if part != STRINGS:
        return with_parts({part: change})
    texts = change('<?xml version="1.0"?><sst><si><t>廖开</t></si></sst>'.encode())
    return with_parts({SHEET: _with_shared_name, STRINGS: lambda _: texts})


def _with_shared_name(sheet: bytes) -> bytes:
    changed = re.sub(rb'<c r="A2".*?</c>', b'<c r="A2" t="s"><v>0</v></c>', sheet)
    assert changed != sheet
    return changed


def bomb() -> bytes:
    return with_rows(b'<row r="9"><c r="A9" t="str"><v>' + b" " * 230_000_000 + b"</v></c></row>")


def bomb_with_a_small_face() -> bytes:
    """The directory of the archive says that the sheet has a thousand bytes."""
    content = bytearray(with_rows(b"<row>" + b" " * 230_000_000 + b"</row>"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(SHEET)
    listed = content.rindex(SHEET.encode()) - 46
    struct.pack_into("<I", content, listed + 24, 1000)
    struct.pack_into("<I", content, info.header_offset + 22, 1000)
    return bytes(content)


def millions_of_rows() -> bytes:
    return with_rows(
        b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 3_000_000))
    )


def rows_that_do_not_compress() -> bytes:
    chance = random.Random(1)
    return with_rows(
        b"".join(
            b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, chance.getrandbits(60))
            for n in range(3, 600_000)
        )
    )


def many_names() -> bytes:
    return with_parts({}, {f"xl/x{n}.bin": b"" for n in range(60_000)})


def png(width: int, height: int, data: bytes = b"", more: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more
    return start + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def pixels(width: int, height: int) -> bytes:
    packing = zlib.compressobj(1)
    line = bytes(1 + 3 * width)
    return b"".join(packing.compress(line) for _ in range(height)) + packing.flush()


def words_in_a_png() -> bytes:
    """Comments that unpack to gigabytes."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(60_000_000), 1))
    return png(9, 9, pixels(9, 9), text * 40)


def person(name: str = "廖开", more: str = "", head: str = "") -> str:
    return head + PERSON.format(name=name, more=more)


def photo_of(megabytes: int) -> str:
    return (
        "<ZhaoPian>"
        + base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(megabytes * 2**20)).decode()
        + "</ZhaoPian>"
    )


def reads(secret: Path) -> str:
    return f"<!DOCTYPE a [<!ENTITY a9 SYSTEM '{secret.as_uri()}'>]>"


def corpus(secret: Path) -> Iterator[Hostile]:
    """`secret` is a file that nothing in here may ever show."""
    yield from _workbooks(secret)
    yield from _old_workbooks()
    yield from _texts()
    yield from _persons(secret)
    yield from _pictures()


def _workbooks(secret: Path) -> Iterator[Hostile]:
    yield Hostile("炸弹.xlsx", bomb)
    yield Hostile("说小了.xlsx", bomb_with_a_small_face)
    yield Hostile("三百万行.xlsx", millions_of_rows)
    yield Hostile("六十万行.xlsx", rows_that_do_not_compress)
    yield Hostile("六万个部件.xlsx", many_names, readable=True)
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD60000"/></mergeCells>'
    yield Hostile("合并到底.xlsx", lambda: behind_the_rows(merge), readable=True)
    merges = b"<mergeCells>" + b'<mergeCell ref="A9:B9"/>' * 200_000 + b"</mergeCells>"
    yield Hostile("合并太多.xlsx", lambda: behind_the_rows(merges))
    for part, kind in ((SHEET, "表"), (STRINGS, "字"), (BOOK, "册")):
        yield Hostile(f"笑话-{kind}.xlsx", lambda part=part: with_doctype(part, LAUGHS), readable=True)
        yield Hostile(f"平方-{kind}.xlsx", lambda part=part: with_doctype(part, QUADRATIC), readable=True)
        yield Hostile(f"外部-{kind}.xlsx", lambda part=part: with_doctype(part, reads(secret)), readable=True)
    yield Hostile("说大了.xlsx", lambda: with_parts({SHEET: _says_it_is_huge}), readable=True)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield Hostile("天涯.xlsx", lambda: with_rows(far))
    yield Hostile("深.xlsx", lambda: with_rows(b"<a>" * 100_000), readable=True)
    for part in (0.1, 0.5, 0.9, 0.99):
        yield Hostile(f"截断{part}.xlsx", lambda part=part: good()[: int(len(good()) * part)])


def _says_it_is_huge(sheet: bytes) -> bytes:
    before, after = sheet.split(b"<dimension ref=", 1)
    return before + b'<dimension ref="A1:XFD1048576"' + after[after.index(b"/>") :]


def _old_workbooks() -> Iterator[Hostile]:
    old = (SAMPLES / "退休教师花名册.xls").read_bytes()
    for part in (0.1, 0.5, 0.9):
        yield Hostile(f"截断{part}.xls", lambda part=part: old[: int(len(old) * part)])
    looped = bytearray(old)
    looped[512:1024] = struct.pack("<128I", *range(128))  # each sector says that itself comes next
    yield Hostile("绕圈.xls", lambda: bytes(looped))
    bounds = old.index(struct.pack("<HH", 0x200, 14)) + 8
    huge = old[:bounds] + struct.pack("<I", 0x4000_001D) + old[bounds + 4 :]
    yield Hostile("一位之差.xls", lambda: huge)
    far = old.replace(struct.pack("<HHHH", 0x203, 14, 2, 0), struct.pack("<HHHH", 0x203, 14, 65_535, 255), 1)
    yield Hostile("天涯.xls", lambda: far, readable=True)


def _texts() -> Iterator[Hostile]:
    yield Hostile("全是逗号.csv", lambda: b"," * 38_000_000)
    yield Hostile("全是换行.csv", lambda: b",\n" * 20_000_000)
    yield Hostile("一格到底.csv", lambda: b"a,b\n" + b"x" * 40_000_000)
    yield Hostile("引号不关.csv", lambda: b'a,"' + b"x\n" * 20_000_000)
    yield Hostile("怪字.csv", lambda: b"\xff\xfe" + b"\x00\xd8" * 1_000_000)


def _persons(secret: Path) -> Iterator[Hostile]:
    declared = "<?xml version='1.0' encoding='UTF-8'?>"
    for name, doctype in (
        ("笑话", LAUGHS),
        ("平方", QUADRATIC),
        ("外部", reads(secret)),
        ("空", "<!DOCTYPE a>"),
    ):
        yield Hostile(
            f"{name}.lrmx", lambda doctype=doctype: person("&a9;", head=declared + doctype).encode()
        )
    yield Hostile("照片五十兆.lrmx", lambda: person(more=photo_of(50)).encode())
    yield Hostile("照片十兆.lrmx", lambda: person(more=photo_of(10)).encode(), readable=True)
    yield Hostile("深.lrmx", lambda: ("<Person>" + "<a>" * 1_000_000).encode())
    yield Hostile("碎.lrmx", lambda: ("<Person>" + "<a/>" * 4_000_000 + "</Person>").encode())
    gbk = "<?xml version='1.0' encoding='gb2312'?>"
    yield Hostile("说错编码.lrmx", lambda: person(head=gbk).encode(), readable=True)
    yield Hostile("半个字.lrmx", lambda: person(head=gbk).encode("gb18030")[:-60] + b"\x81")
    yield Hostile("宽编码.lrmx", lambda: person(head=declared).encode("utf-32"))
    yield Hostile("截断.lrmx", lambda: (SAMPLES / "任免表1.lrmx").read_bytes()[:3000])


def _pictures() -> Iterator[Hostile]:
    yield Hostile("144 MP.png", lambda: png(12_000, 12_000, pixels(12_000, 12_000)), "picture")
    yield Hostile("400 MP.png", lambda: png(20_000, 20_000), "picture")
    yield Hostile("一行.png", lambda: png(2_000_000_000, 1), "picture")
    yield Hostile("半张.png", lambda: png(4000, 4000, pixels(4000, 4000)[:5000]), "picture")
    yield Hostile("话多.png", words_in_a_png, "picture")
    photo = next((SAMPLES / "照片").iterdir()).read_bytes()
    yield Hostile("半张.jpg", lambda: photo[: len(photo) // 2], "picture")
    yield Hostile("空.jpg", lambda: b"", "picture")
    yield Hostile("别的.jpg", lambda: b"MZ" + bytes(5000), "picture")


def mutated(seed: int) -> Hostile:
    """A good file with some of its bytes turned, cut, doubled or filled; workbooks also inside their archive."""
    chance = random.Random(seed)
    path = chance.choice(_good_files())
    content = path.read_bytes()
    if path.suffix == ".xlsx" and chance.random() < 0.6:
        changed = _part_damaged(content, chance)
    else:
        changed = _damaged(content, chance)
    return Hostile(
        path.name,
        lambda: changed,
        "picture" if path.suffix in (".jpg", ".png") else "document",
        readable=True,
    )


@cache
def _good_files() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".json")


def _part_damaged(content: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        hit = chance.choice([name for name in before.namelist() if name.endswith((".xml", ".rels"))])
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _damaged(part, chance) if name == hit else part, compresslevel=1)
    return made.getvalue()


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30, 300))):
        at = chance.randrange(len(changed))
        how = chance.randrange(4)
        if how == 0:
            changed[at] = chance.randrange(256)
        elif how == 1:
            changed[at] ^= 1 << chance.randrange(8)
        elif how == 2 and len(changed) > 100:
            del changed[at : at + chance.randrange(1, 40)]
        else:
            changed[at:at] = changed[at : at + chance.randrange(1, 40)]
    return bytes(changed)
