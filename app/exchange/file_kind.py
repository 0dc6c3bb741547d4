"""What a file really is, whatever its name says, and the sentence for what cannot be read."""

from __future__ import annotations

import errno
import io
import zipfile
from pathlib import Path
from typing import Literal

from app.errors import UserError
from app.exchange.limits import LARGEST_FILE

TableFile = Literal["xlsx", "xls", "text"]
FileKind = TableFile | Literal["xml"]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx 再导入"
_CHOOSE = "请选花名册、台账等表格文件"
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包，请先解压"),
    (b"7z\xbc\xaf", "7z 压缩包，请先解压"),
    (b"\x1f\x8b", "压缩包，请先解压"),
    (b"MZ", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_SHARING_VIOLATIONS = {32, 33}
_OWNER_PREFIXES = ("~$", ".~")


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises UserError when it is no file, empty, locked, too large or may not be read."""
    if path.is_dir():
        raise UserError(f"“{path.name}”是文件夹，{_CHOOSE}")
    if path.name.startswith(_OWNER_PREFIXES):
        raise UserError(f"“{path.name}”是 WPS 或 Excel 打开表格时留下的临时文件，请选原来的表格文件")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(
                f"“{path.name}”超过 {LARGEST_FILE // 2**20} MB，不像花名册，请删去图片等内容后再导入"
            )
        found = path.read_bytes()
    except OSError as error:
        raise UserError(_unopened(path, error)) from error
    if not found:
        raise UserError(f"“{path.name}”是空文件（0 字节），可能没有拷完整，请重新拷贝")
    return found


def _unopened(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"找不到“{path.name}”，请看看是否改了名、移走了，或 U 盘已拔出"
    if isinstance(error, PermissionError):
        if getattr(error, "winerror", None) in _SHARING_VIOLATIONS or is_open_elsewhere(path):
            return f"“{path.name}”正在 WPS 或 Excel 中打开，请保存并关闭后再导入"
        return f"没有权限读取“{path.name}”，请把它复制到桌面再导入"
    if error.errno == errno.ENAMETOOLONG:
        return f"“{path.name[:20]}…”的文件名太长，请改短后再导入"
    return f"读不出“{path.name}”（{error.strerror or error}），请检查 U 盘或重新拷贝"


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel's or WPS's owner file lies beside it; it may also be left over from a crash."""
    names = {f"{prefix}{path.name}" for prefix in _OWNER_PREFIXES} | {f"~${path.name[2:]}"}
    try:
        return any(path.with_name(name).exists() for name in names)
    except OSError:
        return False


def kind_of(name: str, content: bytes) -> FileKind:
    """By what the bytes say. Raises UserError for anything that holds no table we can read."""
    if content.startswith(b"PK"):
        return _kind_of_archive(name, content)
    if content.startswith(OLE_START):
        return "xls"
    for start, said in _OTHER_KINDS:
        if content.startswith(start):
            raise UserError(f"“{name}”不是工作簿，其实是{said}；{_CHOOSE}")
    return _kind_of_text(name, content)


def _kind_of_archive(name: str, content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UserError(damaged(name)) from error
    if any(part.endswith("workbook.xml") and part.startswith("xl/") for part in names):
        return "xlsx"
    raise UserError(_other_archive(name, names))


def _other_archive(name: str, names: set[str]) -> str:
    if "xl/workbook.bin" in names or "mimetype" in names:
        return f"“{name}”不是 .xlsx 格式的表格，{_SAVE_AS}"
    if any(part.startswith("word/") for part in names):
        return f"“{name}”其实是 Word 文档，请把里面的表格复制到工作簿里再导入"
    if any(part.startswith("ppt/") for part in names):
        return f"“{name}”其实是演示文稿；{_CHOOSE}"
    return f"“{name}”不是工作簿，其实是压缩包；请先解压，再选里面的表格文件"


def _kind_of_text(name: str, content: bytes) -> FileKind:
    start = _beginning(content)
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        raise UserError(f"“{name}”其实是网页格式的表格，{_SAVE_AS}")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise UserError(f"“{name}”是 XML 格式的表格，{_SAVE_AS}")
    if start.startswith((b"<?xml", b"<person")):
        return "xml"
    if b"\0" in content and not content.startswith(_UTF_16):
        raise UserError(f"“{name}”不是工作簿，也不是文本表格；{_CHOOSE}，或{_SAVE_AS}")
    return "text"


def _beginning(content: bytes) -> bytes:
    if content.startswith(_UTF_16):
        content = content[:2000].decode("utf-16", "replace").encode("utf-8")
    return content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()


def damaged(name: str) -> str:
    """The sentence for a workbook whose end or middle is missing."""
    return f"“{name}”已损坏或没有拷完整，请重新拷贝；若 WPS 还能打开，请另存为新的 .xlsx 再导入"
