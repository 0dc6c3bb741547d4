"""What the system says about a disk, as the sentence the user needs."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import UserError

FULL, READ_ONLY, GONE, NO_RIGHTS, LOCKED, TOO_LONG, TOO_LARGE, BROKEN, ODD_NAME = range(9)

BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), FULL),
    errno.EROFS: READ_ONLY,
    **dict.fromkeys(
        (
            errno.ENODEV,
            errno.ENXIO,
            errno.ENOTCONN,
            errno.ECONNABORTED,
            errno.ESTALE,
            errno.ENOENT,
            errno.ENOTDIR,
            errno.ESHUTDOWN,
        ),
        GONE,
    ),
    **dict.fromkeys((errno.EACCES, errno.EPERM), NO_RIGHTS),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), LOCKED),
    errno.ENAMETOOLONG: TOO_LONG,
    errno.EFBIG: TOO_LARGE,
    errno.EIO: BROKEN,
    errno.EILSEQ: ODD_NAME,
}

# Windows folds many of its numbers into EACCES and EINVAL, so its own number is asked first.
# https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
BY_WINDOWS_NUMBER = {
    **dict.fromkeys((39, 112), FULL),
    19: READ_ONLY,
    **dict.fromkeys((2, 3, 15, 20, 21, 31, 55, 433, 483, 1006, 1167), GONE),
    5: NO_RIGHTS,
    **dict.fromkeys((32, 33), LOCKED),
    206: TOO_LONG,
    223: TOO_LARGE,
    **dict.fromkeys((23, 27, 29, 30, 1117), BROKEN),
    123: ODD_NAME,
}

SENTENCES = {
    FULL: "“{place}”的空间不够：需要 {needed}，还剩 {free}。请删去盘上不用的文件，或换一个盘，再写一次。",
    READ_ONLY: "“{place}”是只读的，写不进去。请检查 U 盘的写保护开关，或换一个盘、换一个文件夹。",
    GONE: "写“{name}”时找不到“{place}”，盘可能被拔出了。请插好 U 盘或重新选择文件夹，再写一次。",
    NO_RIGHTS: "没有权限写入“{place}”。请换一个文件夹，或请管理员开放权限。",
    LOCKED: "“{name}”正被别的程序（如 WPS）打开。请关掉它，再写一次。",
    TOO_LONG: "“{name}”的名字或所在的路径太长。请把名字改短，或换一个路径短的文件夹。",
    TOO_LARGE: "“{name}”太大（{needed}），这个盘放不下这么大的单个文件。请换一个盘（NTFS 或 exFAT 格式）。",
    BROKEN: "“{place}”读写出错，盘可能被拔出或已损坏。请重新插好，或换一个盘，再写一次。",
    ODD_NAME: "这个盘不能用“{name}”作文件名。请换一个名字。",
}


def readable_size(size: int) -> str:
    if size < 1024:
        return f"{size} 字节"
    amount, unit = size / 1024, "KB"
    for larger in ("MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.1f} {unit}"


def disk_error(error: OSError, path: Path, needed: int = 0) -> UserError:
    """The sentence for what went wrong while `path` was being written."""
    kind = BY_WINDOWS_NUMBER.get(getattr(error, "winerror", None) or 0, BY_ERRNO.get(error.errno or 0))
    if kind is None:
        reason = error.strerror or str(error)
        return UserError(f"“{path.name}”没有写成（{reason}）。请换一个文件夹或换一个盘，再写一次。")
    sentence = SENTENCES[kind].format(
        place=path.parent, name=path.name, needed=readable_size(needed), free=_free(path.parent)
    )
    return UserError(sentence)


def _free(folder: Path) -> str:
    with suppress(OSError):
        return readable_size(shutil.disk_usage(folder).free)
    return "多少不清楚"


@contextmanager
def explained(path: Path, needed: int = 0) -> Iterator[None]:
    """Faults of the disk inside the block reach the user as a sentence about `path`."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, path, needed) from error
