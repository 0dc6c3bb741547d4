"""The folder that a township hands to the county office: everything it owns, every time.

Layout: manifest.json, data/<table>.jsonl, forms/, ledgers/, photos/<sha256>.jpg, readme.txt. The manifest
is written last and names every other file with its size and hash; the check code on the cover sheet comes
from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.exchange.bundle_check import Written, verify_bundle
from app.exchange.bundle_manifest import (
    MANIFEST,
    README,
    BundleHead,
    bundle_name,
    manifest_bytes,
    manifest_of,
    readme,
)
from app.exchange.bundle_rows import row_lines
from app.exchange.disk_errors import explained
from app.exchange.file_names import safe_paths
from app.exchange.safe_write import (
    Draft,
    Sealed,
    Source,
    kept_if_whole,
    seal_of,
    size_of,
    write_folder,
)
from app.progress import Progress, silent

__all__ = ["BundleContent", "BundleHead", "Written", "verify_bundle", "write_bundle"]

FOLDERS = {"forms", "ledgers", "photos"}
CLUSTER = 32 << 10  # a stick gives even the smallest file this much


@dataclass(frozen=True)
class BundleContent:
    """Rows carry `uid`, all fields of their schema and their children; files, their path inside."""

    head: BundleHead
    tables: Mapping[str, Iterable[Mapping[str, Any]]]
    files: Mapping[str, Source] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # of tables, for the readme


def write_bundle(
    folder: Path,
    content: BundleContent,
    progress: Progress = silent,
    before_naming: Callable[[], object] = lambda: None,
) -> Written:
    """When this returns, everything was read back from the disk: only then may the user be told 可以拔出.

    `before_naming` is called when all was checked under the temporary name, and only naming is left to do.
    """
    if strange := [path for path in content.files if path.split("/")[0] not in FOLDERS]:
        raise ValueError(f"not a place inside a bundle: {strange}")
    head = content.head
    tables = {table: row_lines(table, rows, head.schema) for table, rows in content.tables.items()}
    counts = {table: len(lines) for table, lines in tables.items()}
    files: dict[str, Source] = {f"data/{table}.jsonl": b"".join(lines) for table, lines in tables.items()}
    files |= content.files
    files[README] = readme(head, counts, content.titles, len(content.files))
    safe_paths(files)

    seals: dict[str, Sealed] = {}
    checked: list[Written] = []

    def fill(draft: Draft) -> None:
        for done, (path, source) in enumerate(files.items()):
            progress(done, len(files), "正在写入")
            seals[path] = draft.add(path, source)
        seals[MANIFEST] = draft.add(MANIFEST, manifest_bytes(manifest_of(head, counts, seals)))

    def check(part: Path) -> None:
        checked.append(verify_bundle(part, progress=progress))
        before_naming()

    final = write_folder(
        folder,
        bundle_name(head),
        fill,
        size=_room(files),
        progress=progress,
        before_naming=check,
    )
    with kept_if_whole(final), explained(final):
        if seal_of(final / MANIFEST) != seals[MANIFEST]:
            raise UserError(f"“{final.name}”写到盘上以后读回来不一样，没有写成。请换一个盘再写一次。")
    return replace(checked[0], path=final)


def _room(files: Mapping[str, Source]) -> int:
    return sum(-(-size_of(source) // CLUSTER) * CLUSTER for source in files.values())
