"""Reads a whole bundle again and compares everything in it with its manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any, TypeGuard

from app.errors import UserError
from app.exchange.bundle_manifest import (
    FORMAT,
    MANIFEST,
    VERSION,
    check_code,
    manifest_bytes,
    manifest_hash,
)
from app.exchange.bundle_rows import HASH, row_line
from app.exchange.disk_errors import explained
from app.exchange.file_names import safe_paths
from app.exchange.safe_write import Sealed, seal_of
from app.progress import Progress, silent

MOST_FILES = 20_000
LARGEST_FILE = 512 << 20
LARGEST_BUNDLE = 2 << 30
LARGEST_MANIFEST = 8 << 20

Shape = Mapping[str, tuple[type, ...]]
FORMAT_SHAPE: Shape = {"name": (str,), "version": (int,)}
FIRST_SHAPE: Shape = {
    "format": (dict,),
    "schema": (int,),
    "program": (str,),
    "province": (dict,),
    "township": (dict,),
    "site_id": (str,),
    "bundle_uid": (str,),
    "seq": (int,),
    "previous": (str, NoneType),
    "period": (str,),
    "created_at": (str,),
    "operator": (str,),
    "doubts": (list,),
    "counts": (dict,),
    "files": (list,),
    "encryption": (NoneType,),
    "signature": (NoneType,),
}
SHAPES: Mapping[int, Shape] = {1: FIRST_SHAPE, 2: {**FIRST_SHAPE, "audit_head": (dict,)}}
"""By version of the format: what was written once is read for ever."""
HEAD_SHAPE: Shape = {"seq": (int,), "mac": (str,)}
FILE_SHAPE: Shape = {"path": (str,), "size": (int,), "sha256": (str,)}
# What Windows and macOS drop into every folder that somebody has looked into.
DROPPINGS = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True)
class Written:
    """A bundle that was read back from its disk and is whole."""

    path: Path
    check_code: str
    sha256: str  # goes into the next bundle as `previous`
    size: int
    files: int
    counts: Mapping[str, int]
    manifest: Mapping[str, Any]


def verify_bundle(path: Path, code: str | None = None, progress: Progress = silent) -> Written:
    """Raises a sentence when one byte differs. The `code` on the cover sheet proves the manifest too."""
    with explained(path / MANIFEST):
        manifest = _manifest(path)
        if code is not None and code != check_code(manifest):
            raise _damaged(path, f"校验码是 {check_code(manifest)}，与封面上的 {code} 不同")
        listed = _listed(path, manifest)
        _nothing_else(path, listed)
        for done, (name, seal) in enumerate(listed.items()):
            progress(done, len(listed), "正在核对上报包")
            _check_file(path, name, seal)
        _check_tables(path, manifest, listed)
    size = sum(seal.size for seal in listed.values()) + len(manifest_bytes(manifest))
    counts = manifest["counts"]
    return Written(
        path, check_code(manifest), manifest_hash(manifest), size, len(listed) + 1, counts, manifest
    )


def _damaged(path: Path, what: str) -> UserError:
    return UserError(f"上报包“{path.name}”不完整或被改动过：{what}。请重新拷贝，或请发送方重新生成。")


def _manifest(path: Path) -> dict[str, Any]:
    file = path / MANIFEST
    if not file.is_file() or file.is_symlink():
        raise UserError(f"“{path}”里没有 {MANIFEST}，不是上报包，或没有写完。请重新选择，或重新生成。")
    if file.stat().st_size > LARGEST_MANIFEST:
        raise _damaged(path, f"{MANIFEST} 太大")
    raw = file.read_bytes()
    try:
        manifest = json.loads(raw)
        as_we_write, _ = manifest_bytes(manifest), manifest_hash(manifest)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, f"{MANIFEST} 读不懂") from error
    _check_format(path, manifest)
    shape = SHAPES.get(manifest["format"]["version"], {})
    if not _has_shape(manifest, shape) or not _has_head(manifest) or as_we_write != raw:
        raise _damaged(path, f"{MANIFEST} 的内容不合格式")
    return manifest


def _check_format(path: Path, manifest: Any) -> None:
    known = manifest.get("format") if isinstance(manifest, dict) else None
    if not _has_shape(known, FORMAT_SHAPE) or known["name"] != FORMAT:
        raise _damaged(path, f"{MANIFEST} 不是本程序的格式")
    if known["version"] > VERSION:
        raise UserError(f"上报包“{path.name}”来自更新版本的程序。请先升级程序，再读取。")


def _has_shape(value: Any, shape: Shape) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict) or value.keys() != shape.keys():
        return False
    return all(type(value[name]) in kinds for name, kinds in shape.items())


def _has_head(manifest: Mapping[str, Any]) -> bool:
    return "audit_head" not in manifest or _has_shape(manifest["audit_head"], HEAD_SHAPE)


def _listed(path: Path, manifest: Mapping[str, Any]) -> dict[str, Sealed]:
    entries = manifest["files"]
    if len(entries) > MOST_FILES or not all(_has_shape(entry, FILE_SHAPE) for entry in entries):
        raise _damaged(path, "文件清单不合格式")
    listed = {entry["path"]: Sealed(entry["size"], entry["sha256"]) for entry in entries}
    if len(listed) != len(entries) or MANIFEST in listed:
        raise _damaged(path, "文件清单里有重复的文件")
    safe_paths(listed)
    sizes = [seal.size for seal in listed.values()]
    if any(not 0 <= size <= LARGEST_FILE for size in sizes) or sum(sizes) > LARGEST_BUNDLE:
        raise _damaged(path, "文件太大")
    return listed


def _nothing_else(path: Path, listed: Mapping[str, Sealed]) -> None:
    for found in path.rglob("*"):
        name = found.relative_to(path).as_posix()
        if found.is_symlink():
            raise _damaged(path, f"“{name}”是一个链接")
        if found.is_dir() or name == MANIFEST or name in listed or _dropped_by_the_system(found.name):
            continue
        raise _damaged(path, f"多出一个文件“{name}”")


def _dropped_by_the_system(name: str) -> bool:
    return name.lower() in DROPPINGS or name.startswith("._")


def _check_file(path: Path, name: str, seal: Sealed) -> None:
    file = path / name
    if not file.is_file():
        raise _damaged(path, f"缺少文件“{name}”")
    if file.stat().st_size != seal.size or seal_of(file) != seal:
        raise _damaged(path, f"“{name}”与清单不符")
    if name.startswith("photos/") and Path(name).stem != seal.sha256:
        raise _damaged(path, f"照片“{name}”的名字与内容不符")


def _check_tables(path: Path, manifest: Mapping[str, Any], listed: Mapping[str, Sealed]) -> None:
    tables = {match[1] for name in listed if (match := re.fullmatch(r"data/([a-z_]+)\.jsonl", name))}
    if tables != manifest["counts"].keys():
        raise _damaged(path, "数据表与清单不符")
    for table in sorted(tables):
        count = len(set(_uids(path, table, manifest["schema"])))
        if count != manifest["counts"][table]:
            raise _damaged(path, f"“{table}”应有 {manifest['counts'][table]} 条，读到 {count} 条")


def _uids(path: Path, table: str, schema: int) -> Iterator[str]:
    with (path / "data" / f"{table}.jsonl").open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if (uid := _uid(line, table, schema)) is None:
                raise _damaged(path, f"“{table}”第 {number} 行与它的校验值不符")
            yield uid


def _uid(line: bytes, table: str, schema: int) -> str | None:
    """The row's identity when the line is as we write it, hash included."""
    try:
        row = json.loads(line)
        content = {name: value for name, value in row.items() if name != HASH}
        return str(content["uid"]) if row_line(table, content, schema) == line else None
    except (ValueError, KeyError, AttributeError, RecursionError):
        return None
