"""The folder that a township hands to the county office: everything it owns, every time.

Layout: manifest.json, data/<table>.jsonl, forms/, ledgers/, photos/<sha256>.jpg, readme.txt. The manifest
is written last and names every other file with its size and hash; the check code on the cover sheet comes
from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
from app.exchange.file_names import safe_paths
from app.exchange.safe_write import (
    Draft,
    Source,
    kept_if_whole,
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


def write_bundle(folder: Path, content: BundleContent, progress: Progress = silent) -> Written:
    """When this returns, everything was read back from the disk: only then may the user be told 可以拔出."""
    if strange := [path for path in content.files if path.split("/")[0] not in FOLDERS]:
        raise ValueError(f"not a place inside a bundle: {strange}")
    head = content.head
    tables = {table: row_lines(table, rows, head.schema) for table, rows in content.tables.items()}
    counts = {table: len(lines) for table, lines in tables.items()}
    files: dict[str, Source] = {f"data/{table}.jsonl": b"".join(lines) for table, lines in tables.items()}
    files |= content.files
    files[README] = readme(head, counts, content.titles, len(content.files))
    safe_paths(files)

    def fill(draft: Draft) -> None:
        seals = {}
        for done, (path, source) in enumerate(files.items()):
            progress(done, len(files), "正在写入")
            seals[path] = draft.add(path, source)
        draft.add(MANIFEST, manifest_bytes(manifest_of(head, counts, seals)))

    final = write_folder(folder, bundle_name(head), fill, size=_room(files), progress=progress)
    with kept_if_whole(final):
        return verify_bundle(final, progress=progress)


def _room(files: Mapping[str, Source]) -> int:
    return sum(-(-size_of(source) // CLUSTER) * CLUSTER for source in files.values())
