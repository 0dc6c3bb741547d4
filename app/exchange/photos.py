"""Photos as cameras and telephones make them → what is kept: upright, JPEG, of a sane size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 40_000_000
"""A small file can unpack to a picture that fills the memory (reliability.md §5.3)."""
LONGEST_SIDE = 1600
PORTRAIT = (413, 579)
"""35 × 49 mm at 300 dots an inch."""
QUALITY = 90
FORMATS = ("JPEG", "PNG", "BMP", "WEBP")


@contextmanager
def _quietly() -> Iterator[None]:
    """Without Pillow's warnings: damaged EXIF does no harm, and of many pixels `MOST_PIXELS` refuses fewer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def upright_jpeg(name: str, content: bytes) -> bytes:
    """The picture turned as its EXIF says, at most 1,600 px a side. Raises UserError for what is no picture."""
    from PIL import Image

    try:
        with _quietly(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            upright = _upright(name, image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _saved(upright)
    except Image.DecompressionBombError as error:
        raise UserError(f"照片“{name}”太大，请先缩小再选。") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UserError(f"“{name}”不是能打开的照片，请选 JPG 或 PNG 文件。") from error


def portrait_jpeg(name: str, content: bytes, frame: tuple[float, ...]) -> bytes:
    """What lies in the frame — left, top, width, height as parts of the upright picture — in the size of 一寸照.

    Never made larger than it is. Raises UserError for what is no picture or no frame.
    """
    from PIL import Image

    left, top, width, height = frame
    try:
        with _quietly(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            upright = _upright(name, image)
            across, down = upright.size
            box = (left * across, top * down, (left + width) * across, (top + height) * down)
            cut = upright.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
            if cut.width < 1 or cut.height < 1:
                raise UserError(f"照片“{name}”的裁剪框太小，请把框拉大一些。")
            cut = cut.resize(PORTRAIT) if cut.width > PORTRAIT[0] else cut
            return _saved(cut)
    except Image.DecompressionBombError as error:
        raise UserError(f"照片“{name}”太大，请先缩小再选。") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UserError(f"“{name}”不是能打开的照片，请选 JPG 或 PNG 文件。") from error


def _upright(name: str, image: Picture) -> Picture:
    from PIL import ImageOps

    if image.width * image.height > MOST_PIXELS:
        raise UserError(f"照片“{name}”太大（{image.width}×{image.height}），请先缩小再选。")
    ImageOps.exif_transpose(image, in_place=True)
    return image if image.mode == "RGB" else image.convert("RGB")


def _saved(image: Picture) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
