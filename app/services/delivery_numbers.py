"""Consecutive numbers of bundles. One under which a folder may have got its name is never given again.

Between the name on the stick and its record here the power can fail. So the number, and what is written under it,
is noted before the writing begins; whatever becomes of it is found out before the next number is given.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import UserError
from app.exchange.bundle_check import LARGEST_MANIFEST
from app.exchange.bundle_manifest import MANIFEST
from app.exchange.safe_write import PART
from app.models.database import Database
from app.models.delivery import Delivery
from app.models.note import Note
from app.services.review_sending import report_what_was_sent

KEY = "delivery_under_way"
PATIENCE = dt.timedelta(hours=2)


@dataclass(frozen=True)
class UnderWay:
    """A bundle that was begun: its number, its identity, and where it was to be. Without identity, only the number
    that was given last."""

    seq: int
    uid: str
    folder: str
    name: str
    begun_at: str = ""

    @property
    def is_old(self) -> bool:
        """Nobody writes on it any more."""
        begun = dt.datetime.fromisoformat(self.begun_at)
        return not dt.timedelta() <= clock.now() - begun < PATIENCE


class DeliveryNumbers:
    """`begin` takes the next number; `give_back` and `settle` end what was begun."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> tuple[int, str | None]:
        """The number of the last bundle handed over, and its hash."""
        with self._database.reading() as session:
            found = session.execute(
                select(Delivery.seq, Delivery.manifest_sha256).order_by(Delivery.seq.desc()).limit(1)
            ).first()
        return (found.seq, found.manifest_sha256) if found else (0, None)

    def next(self, folder: Path, site: str) -> int:
        """Also above what lies in the folder from here: data that came back from a backup knows less."""
        with self._database.reading() as session:
            return max(self._next(session), _highest(folder, site) + 1)

    def begin(self, taken: UnderWay, details: Mapping[str, Any]) -> None:
        """Raises UserError when another window took the number meanwhile."""
        with self._database.transaction("begin_delivery", taken.name, details) as session:
            if taken.seq < self._next(session):
                raise UserError("另一个窗口刚写过上报包，编号变了，没有写入。请再写一次。")
            _put(session, json.dumps(asdict(taken), ensure_ascii=False))

    def give_back(self, taken: UnderWay) -> None:
        """Of a bundle that surely never got its name: its number is the next again."""
        with self._database.transaction("set_note", taken.name) as session:
            _end(session, taken.uid, json.dumps(asdict(UnderWay(taken.seq - 1, "", "", ""))))

    def record(self, delivery: Delivery, details: Mapping[str, Any], seen: int) -> None:
        """Handed over, and no longer under way. Once is enough.

        `seen` is where the log stood when the bundle was begun: files that were approved by then went out with it.
        """
        with self._database.transaction("deliver", delivery.name, details) as session:
            if session.get(Delivery, delivery.uid) is None:
                session.add(delivery)
                report_what_was_sent(session, seen, self._database.actor)
            _end(session, delivery.uid, "")

    def unsettled(self) -> UnderWay | None:
        """What was begun and never recorded."""
        with self._database.reading() as session:
            told = session.scalar(select(Note.value).where(Note.key == KEY))
            taken = UnderWay(**json.loads(told)) if told else None
            return taken if taken and taken.uid and taken.seq > _recorded(session) else None

    def _next(self, session: Session) -> int:
        told = session.scalar(select(Note.value).where(Note.key == KEY))
        begun = int(json.loads(told)["seq"]) if told else 0
        return max(_recorded(session), begun) + 1


def place_of(taken: UnderWay) -> tuple[Path | None, bool]:
    """(the folder that got the name, whether it surely never did).

    A folder still under its temporary name was never renamed. Where nothing can be seen, the stick may have gone
    to the county office with it.
    """
    folder = Path(taken.folder)
    own = [path for path in _folders(folder) if _manifest_of(path).get("bundle_uid") == taken.uid]
    if own:
        return own[0], False
    return None, (folder / (taken.name + PART)).exists()


def _highest(folder: Path, site: str) -> int:
    told = [_manifest_of(path) for path in _folders(folder)]
    own = [each.get("seq") for each in told if each.get("site_id") == site]
    return max((seq for seq in own if isinstance(seq, int)), default=0)


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if not path.name.endswith(PART) and path.is_dir()]
    return []


def _manifest_of(path: Path) -> Mapping[str, Any]:
    """Only looked at for its number; empty where there is none or it cannot be read."""
    file = path / MANIFEST
    with suppress(OSError, ValueError, RecursionError):
        if file.stat().st_size <= LARGEST_MANIFEST and isinstance(
            told := json.loads(file.read_bytes()), dict
        ):
            return told
    return {}


def _recorded(session: Session) -> int:
    return session.scalar(select(func.max(Delivery.seq))) or 0


def _end(session: Session, uid: str, value: str) -> None:
    """Only of the bundle that is under way: another window may have begun the next."""
    told = session.scalar(select(Note.value).where(Note.key == KEY))
    if told and json.loads(told)["uid"] == uid:
        _put(session, value)


def _put(session: Session, value: str) -> None:
    note = session.scalar(select(Note).where(Note.key == KEY))
    if note is None:
        session.add(Note(key=KEY, value=value))
    else:
        note.value = value
