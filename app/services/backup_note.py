"""备份说明.json beside every backup: what it holds, without a name or a number of anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app import VERSION
from app.errors import UserError
from app.paths import DATA_FILE
from app.services.backup_content import Content

NOTE_FILE = "备份说明.json"
FORMAT = "sangyu-backup"
LONGEST = 64 << 10


@dataclass(frozen=True)
class Backup:
    """One backup: a folder with the data, its key file, and the note that says what was checked.

    `doubts` are said of a copy that is whole although its log does not verify.
    """

    path: Path
    made_at: dt.datetime
    why: str
    content: Content
    size: int
    sha256: str
    program: str
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def file(self) -> Path:
        return self.path / DATA_FILE

    @property
    def is_sound(self) -> bool:
        """Checked when it was made, and still of that size."""
        return not self.doubts and self.file.exists() and self.file.stat().st_size == self.size


def note_bytes(backup: Backup) -> bytes:
    content = backup.content
    note = {
        "format": FORMAT,
        "program": backup.program,
        "made_at": backup.made_at.isoformat(sep=" "),
        "why": backup.why,
        "people": content.people,
        "counts": dict(content.counts),
        "paid_fen": content.paid,
        "log": {"seq": content.seq, "mac": content.mac},
        "size": backup.size,
        "sha256": backup.sha256,
        "doubts": list(backup.doubts),
    }
    return f"{json.dumps(note, ensure_ascii=False, indent=1)}\n".encode()


def read_note(folder: Path) -> Backup:
    """Raises UserError for a folder that is no backup of ours, or whose note cannot be read."""
    try:
        raw = (folder / NOTE_FILE).read_bytes()[:LONGEST]
        return _backup(folder, json.loads(raw))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            f"“{folder}”不是桑榆的备份，或者它的说明“{NOTE_FILE}”读不出来。请选另一份备份。"
        ) from error


def _backup(folder: Path, note: Mapping[str, object]) -> Backup:
    if note["format"] != FORMAT:
        raise ValueError(note["format"])
    return Backup(
        path=folder,
        made_at=dt.datetime.fromisoformat(str(note["made_at"])).replace(tzinfo=None),
        why=str(note["why"]),
        content=_content(note),
        size=_whole(note["size"]),
        sha256=str(note["sha256"]),
        program=str(note.get("program", VERSION)),
        doubts=tuple(str(doubt) for doubt in _list(note.get("doubts", []))),
    )


def _content(note: Mapping[str, object]) -> Content:
    counts, log = _mapping(note["counts"]), _mapping(note["log"])
    whole = {str(name): _whole(count) for name, count in counts.items()}
    return Content(whole, _whole(note["paid_fen"]), _whole(log["seq"]), str(log["mac"]))


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _mapping(value: object) -> Mapping[object, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
