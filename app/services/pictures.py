"""Photos: kept once under the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from sqlalchemy import select

from app.errors import UserError
from app.models.database import Database
from app.models.service_records import Picture

MOST_PIXELS = 40_000_000
"""A small file can unpack to a picture that fills the memory (reliability.md §5.3)."""
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "BMP", "WEBP")


class Pictures:
    """Takes pictures in and gives their bytes back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(self, file: Path) -> str:
        """Keeps the picture upright as JPEG, no side over 1,600 px; returns its key.

        Raises UserError for a file that is no picture or too large.
        """
        try:
            content = file.read_bytes()
        except OSError as error:
            raise UserError(f"照片“{file.name}”读不出来，请检查文件是否还在、有没有权限。") from error
        return self.keep(upright_jpeg(content, file.name))

    def keep(self, jpeg: bytes) -> str:
        """Keeps bytes as they are; the same picture is kept once."""
        key = hashlib.sha256(jpeg).hexdigest()
        with self._database.transaction() as session:
            if session.scalar(select(Picture.uid).where(Picture.sha256 == key)) is None:
                session.add(Picture(sha256=key, content=jpeg))
        return key

    def content(self, key: str | None) -> bytes | None:
        if not key:
            return None
        with self._database.reading() as session:
            return session.scalar(select(Picture.content).where(Picture.sha256 == key))


def upright_jpeg(content: bytes, name: str) -> bytes:
    """The picture turned as its EXIF says, at most 1,600 px a side."""
    from PIL import Image, ImageOps  # 40 ms at start-up otherwise

    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UserError(f"照片“{name}”太大（{image.width}×{image.height}），请先缩小再选。")
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(f"“{name}”不是能打开的照片，请选 JPG 或 PNG 文件。") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=90)
    return out.getvalue()
