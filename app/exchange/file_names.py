"""Names that every office computer and every stick can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from app.errors import UserError

LONGEST_NAME = 80
LONGEST_PATH = 180
FORBIDDEN = '\\/:*?"<>|'
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"}
# These turn text around, so that a name can look like another one.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def name_problem(name: str) -> str | None:
    """Why this cannot be the name of a file or folder, or None."""
    if not name:
        return "名字是空的"
    if len(name) > LONGEST_NAME:
        return f"名字太长（{len(name)} 个字，最多 {LONGEST_NAME} 个），请改短一些"
    if odd := [sign for sign in name if sign in FORBIDDEN]:
        return f"名字里不能有 {' '.join(dict.fromkeys(odd))}，请换成别的字"
    if any(unicodedata.category(sign) in {"Cc", "Cs"} or sign in TURNING for sign in name):
        return "名字里有看不见的控制字符，请重新输入"
    if name != name.strip(" ") or name.endswith("."):
        return "名字的开头和末尾不能是空格，末尾不能是点"
    if name.split(".")[0].strip(" ").upper() in RESERVED:
        return "这是 Windows 保留的名字，请换一个"
    return None


def checked_name(name: str) -> str:
    if problem := name_problem(name):
        raise UserError(f"“{name[:LONGEST_NAME]}”不能用作文件名：{problem}。")
    return name


def tidy_name(text: str, ending: str = "") -> str:
    """The text as a name: what a name may not hold becomes a low line, what is too long is cut before the ending."""
    room = LONGEST_NAME - len(ending)
    plain = "".join("_" if _unfit(sign) else sign for sign in text)[:room].strip(" ").rstrip(". ")
    tidy = f"_{plain}"[:room] if not plain or name_problem(plain) else plain
    return tidy + ending


def _unfit(sign: str) -> bool:
    return sign in FORBIDDEN or sign in TURNING or unicodedata.category(sign) in {"Cc", "Cs"}


def safe_path(text: str) -> PurePosixPath:
    """A path inside a folder that came from outside: it stays inside, on every system."""
    parts = text.split("/")
    if len(text) > LONGEST_PATH or any(part in {".", ".."} or name_problem(part) for part in parts):
        raise UserError(f"包里的文件名“{text[:LONGEST_PATH]}”不合规则，不能使用。")
    return PurePosixPath(text)


def safe_paths(texts: Iterable[str]) -> list[PurePosixPath]:
    """Safe one by one, and no two that are the same file on a stick."""
    seen: dict[str, str] = {}
    for text in texts:
        known = seen.setdefault(unicodedata.normalize("NFC", text).casefold(), text)
        if known is not text:
            raise UserError(f"包里有两个重名的文件：“{known}”和“{text}”。")
    return [safe_path(text) for text in seen.values()]


def free_name(path: Path) -> Path:
    """The path itself, or with the first number that nobody has taken."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        ending = f"_{number}{path.suffix}"
        free = path.with_name(path.stem[: LONGEST_NAME - len(ending)] + ending)
    return free
