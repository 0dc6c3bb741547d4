"""A picture in a cell: upright, whole, in its own proportions, clear of the borders."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.errors import UserError
from app.reports.text_fitting import Box

if TYPE_CHECKING:
    from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor
    from PIL.Image import Image as Picture

MARGIN = 2.5
"""Points left free inside the borders; programs differ by that much in how wide they draw a column."""
DOTS_PER_POINT = 300 / 72
LARGEST = 40_000_000
EMU_PER_POINT = 12_700
QUALITY = 90


def prepared(photo: bytes, box: Box) -> tuple[bytes, Box]:
    """A JPEG of 300 dpi at most and its size on paper. Raises UserError for what is no picture.

    Turned as its EXIF note says, and without that note: cameras also write there where it was taken.
    """
    picture = _upright(photo)
    room = Box(box.width - 2 * MARGIN, box.height - 2 * MARGIN)
    scale = min(room.width / picture.width, room.height / picture.height)
    printed = Box(picture.width * scale, picture.height * scale)
    dots = (max(round(printed.width * DOTS_PER_POINT), 1), max(round(printed.height * DOTS_PER_POINT), 1))
    if dots < picture.size:
        picture = picture.resize(dots)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY)
    return target.getvalue(), printed


def _upright(photo: bytes) -> Picture:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(photo)) as picture:
            if picture.width * picture.height > LARGEST:
                raise UserError("照片太大（超过 4000 万像素），没有放进表里。请换一张小些的。")
            turned = ImageOps.exif_transpose(picture)
            return _on_white(turned)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError("照片打不开，没有放进表里。请换一张照片。") from error


def _on_white(picture: Picture) -> Picture:
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear)
    return ground


def centred_anchor(column: int, row: int, room: Box, printed: Box) -> OneCellAnchor:
    """Where a picture of this size stands in the middle of the room; column and row from 0."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    across, down = (room.width - printed.width) / 2, (room.height - printed.height) / 2
    return OneCellAnchor(
        _from=AnchorMarker(col=column, colOff=_emu(across), row=row, rowOff=_emu(down)),
        ext=XDRPositiveSize2D(_emu(printed.width), _emu(printed.height)),
    )


def _emu(points: float) -> int:
    return round(points * EMU_PER_POINT)
