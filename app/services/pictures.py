"""Photos: kept once under the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.exchange.child import PICTURE, READERS
from app.exchange.limits import LARGEST_FILE
from app.models.database import Database
from app.models.pictures import Picture

MOST_ASKED = 500
"""So many keys stand in one query."""
_JPEG = b"\xff\xd8\xff"


class Pictures:
    """Takes pictures in and gives their bytes back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(self, file: Path) -> str:
        """Keeps the picture upright as JPEG, no side over 1,600 px; returns its key.

        Raises UserError for a file that is no picture or too large.
        """
        try:
            if file.stat().st_size > LARGEST_FILE:
                raise UserError(f"照片“{file.name}”太大，请先缩小再选。")
            content = file.read_bytes()
        except OSError as error:
            raise UserError(f"照片“{file.name}”读不出来，请检查文件是否还在、有没有权限。") from error
        return self.keep(upright_jpeg(content, file.name))

    def keep(self, jpeg: bytes) -> str:
        """Keeps bytes as they are; the same picture is kept once."""
        with self._database.transaction("keep_picture") as session:
            return store_picture(session, jpeg)

    def content(self, key: str | None) -> bytes | None:
        if not key:
            return None
        with self._database.reading() as session:
            return session.scalar(select(Picture.content).where(Picture.sha256 == key))

    def copy_to(self, folder: Path, keys: Collection[str]) -> dict[str, Path]:
        """The pictures as files named by their keys, one after the other: together they may be too much
        for the memory of an office computer."""
        query = select(Picture.sha256, Picture.content).execution_options(yield_per=4)
        copied = {}
        with self._database.reading() as session:
            for batch in _batched(sorted(keys), MOST_ASKED):
                for key, content in session.execute(query.where(Picture.sha256.in_(batch))):
                    copied[key] = folder / f"{key}.jpg"
                    copied[key].write_bytes(content)
        return copied


def picture_key(jpeg: bytes) -> str:
    return hashlib.sha256(jpeg).hexdigest()


def store_picture(session: Session, jpeg: bytes) -> str:
    """Within a transaction that the caller owns; the same picture is kept once."""
    key = picture_key(jpeg)
    if session.scalar(select(Picture.uid).where(Picture.sha256 == key)) is None:
        session.add(Picture(sha256=key, content=jpeg))
        session.flush()
    return key


def _batched(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def upright_jpeg(content: bytes, name: str) -> bytes:
    """The picture turned as its EXIF says, at most 1,600 px a side. Another process opens it: it may be hostile."""
    jpeg = READERS.read(PICTURE, name, content)
    if not jpeg.startswith(_JPEG):
        raise UserError(f"照片“{name}”读出来的内容不对，没有收入；{PICTURE.advice}。")
    return jpeg
