"""Photos as cameras and telephones make them → what is kept: upright, JPEG, of a sane size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import UserError

MOST_PIXELS = 40_000_000
"""A small file can unpack to a picture that fills the memory (reliability.md §5.3)."""
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "BMP", "WEBP")


@contextmanager
def _quietly() -> Iterator[None]:
    """Without Pillow's warnings: damaged EXIF does no harm, and of many pixels `MOST_PIXELS` refuses fewer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def upright_jpeg(name: str, content: bytes) -> bytes:
    """The picture turned as its EXIF says, at most 1,600 px a side. Raises UserError for what is no picture."""
    from PIL import Image, ImageOps

    try:
        with _quietly(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UserError(f"照片“{name}”太大（{image.width}×{image.height}），请先缩小再选。")
            ImageOps.exif_transpose(image, in_place=True)
            upright = image if image.mode == "RGB" else image.convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=90)
    except Image.DecompressionBombError as error:
        raise UserError(f"照片“{name}”太大，请先缩小再选。") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UserError(f"“{name}”不是能打开的照片，请选 JPG 或 PNG 文件。") from error
    return out.getvalue()
