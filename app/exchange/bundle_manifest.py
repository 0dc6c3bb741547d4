"""The first page of a bundle: who sends what, and by which hashes one knows it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exchange.bundle_rows import canonical_json
from app.exchange.file_names import tidy_name
from app.exchange.safe_write import Sealed
from app.fields import periods

FORMAT = "sangyu-bundle"
VERSION = 2
MANIFEST = "manifest.json"
README = "readme.txt"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class BundleHead:
    """Who sends, and which of his bundles this is. `created_at` is shown to people and decides nothing.

    The audit head is where the sender's log ended: kept by the county office, it tells later whether that log was
    rewritten.
    """

    township_code: str
    township: str
    site_id: str
    bundle_uid: str
    seq: int
    period: str  # 'YYYY', 'YYYY-MM' or 'YYYY-Q1'
    created_at: str
    operator: str
    schema: int
    program: str
    province: Mapping[str, str]
    previous: str | None = None  # `Written.sha256` of the bundle before
    doubts: Sequence[str] = ()
    audit_seq: int = 0
    audit_mac: str = ""


def bundle_name(head: BundleHead) -> str:
    return tidy_name(f"{head.township[:40]}_{periods.said(head.period)}_第{head.seq:02d}包")


def manifest_of(head: BundleHead, counts: Mapping[str, int], files: Mapping[str, Sealed]) -> dict[str, Any]:
    return {
        "format": {"name": FORMAT, "version": VERSION},
        "schema": head.schema,
        "program": head.program,
        "province": dict(head.province),
        "township": {"code": head.township_code, "name": head.township},
        "site_id": head.site_id,
        "bundle_uid": head.bundle_uid,
        "seq": head.seq,
        "previous": head.previous,
        "period": head.period,
        "created_at": head.created_at,
        "operator": head.operator,
        "doubts": list(head.doubts),
        "audit_head": {"seq": head.audit_seq, "mac": head.audit_mac},
        "counts": dict(counts),
        "files": [
            {"path": path, "size": seal.size, "sha256": seal.sha256} for path, seal in sorted(files.items())
        ],
        "encryption": None,
        "signature": None,
    }


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """One way to write it down, so that no byte can change unseen."""
    return f"{json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(manifest)).hexdigest()


def check_code(manifest: Mapping[str, Any]) -> str:
    """Ten signs that two people can compare on paper or by telephone: `7K2QF-9M0XR`."""
    number = int.from_bytes(hashlib.sha256(canonical_json(manifest)).digest(), "big") >> (256 - 50)
    signs = "".join(CROCKFORD[number >> shift & 31] for shift in range(45, -5, -5))
    return f"{signs[:5]}-{signs[5:]}"


def readme(head: BundleHead, counts: Mapping[str, int], titles: Mapping[str, str], files: int) -> bytes:
    """Marked as UTF-8 and with the line ends that old Windows editors need."""
    lines = [
        "离退休干部信息上报包",
        "",
        f"乡镇：{head.township}（{head.township_code}）",
        f"期间：{periods.said(head.period)}    第 {head.seq} 包",
        f"填报人：{head.operator}",
        f"生成时间：{head.created_at}",
        "",
        *(f"{titles.get(table, table)}：{count} 条" for table, count in counts.items()),
        f"表格、台账、照片：{files} 个文件",
        "",
        "请把整个文件夹交给县委老干部局，不要改动、改名或删去里面的文件。",
        "data 是供程序读取的数据；forms 是采集表和花名册；ledgers 是台账；photos 是照片；",
        "manifest.json 记着每个文件的校验值，校验码印在上报封面上。",
        "内含个人信息，请妥善保管，不要转发给无关的人。",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8-sig")
