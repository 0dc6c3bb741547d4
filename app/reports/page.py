"""Sheets of paper: text, rules and pictures by millimetres from the upper left corner."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.reports.fonts import FontBook

if TYPE_CHECKING:
    from PIL.Image import Image

Align = Literal["left", "centre", "right"]

MM = 72 / 25.4
A4 = (210.0, 297.0)
A4_LANDSCAPE = (297.0, 210.0)
FRAME = 1.1  # points
RULE = 0.4
LEADING = 1.32  # distance of lines, in type sizes
# Where the base line lies so that a Chinese character (88 % above, 12 % below) stands in the middle.
MIDDLE = 0.36
BOLD_STROKE = 0.028
PRODUCER = "桑榆"


@dataclass(frozen=True)
class Type:
    """How a text is set: the style of the face, the size in points, drawn fatter or not."""

    style: str = "song"
    size: float = 10
    bold: bool = False

    @property
    def leading(self) -> float:
        """Millimetres from line to line."""
        return self.size * LEADING / MM

    def sized(self, size: float) -> Type:
        return self if size == self.size else Type(self.style, size, self.bold)


TEXT = Type()
HEADING = Type("hei", 10)
TITLE = Type("song", 18, bold=True)
SMALL = Type("song", 9)


class Paper:
    """One PDF under way."""

    def __init__(self, fonts: FontBook, size: tuple[float, float], title: str, author: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.fonts = fonts
        self.width, self.height = size
        self.pages = 0
        # Otherwise every page names Helvetica, which is not in the file: no archive takes that.
        font, _ = next(fonts.runs("中", TEXT.style))
        paper = (size[0] * MM, size[1] * MM)
        self._canvas = Canvas(
            "",
            pagesize=paper,
            pageCompression=1,
            lang="zh-CN",
            initialFontName=font,  # type: ignore[arg-type]  # the stubs take it for a number
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator(PRODUCER)
        self._canvas.setProducer(PRODUCER)

    def measure(self, text: str, kind: Type) -> float:
        """Width in millimetres."""
        return self.fonts.width(text, kind.style, kind.size) / MM

    def text(self, x: float, y: float, text: str, kind: Type = TEXT, align: Align = "left") -> None:
        """A line whose middle is at height `y`; `x` is its left end, middle or right end."""
        if not text:
            return
        start = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * self.measure(text, kind)
        line = self._canvas.beginText(start * MM, self._up(y) - MIDDLE * kind.size)
        if kind.bold:
            self._canvas.setLineWidth(kind.size * BOLD_STROKE)
            line.setTextRenderMode(2)
        for font, piece in self.fonts.runs(text, kind.style):
            line.setFont(font, kind.size)
            line.textOut(piece)
        if kind.bold:
            line.setTextRenderMode(0)
        self._canvas.drawText(line)

    def lines(self, x: float, y: float, lines: list[str], kind: Type = TEXT, align: Align = "left") -> None:
        """Several lines around the middle `y`."""
        first = y - (len(lines) - 1) * kind.leading / 2
        for n, line in enumerate(lines):
            self.text(x, first + n * kind.leading, line, kind, align)

    def rule(self, x1: float, y1: float, x2: float, y2: float, points: float = RULE) -> None:
        self._canvas.setLineWidth(points)
        self._canvas.line(x1 * MM, self._up(y1), x2 * MM, self._up(y2))

    def frame(self, x: float, y: float, width: float, height: float, points: float = FRAME) -> None:
        self._canvas.setLineWidth(points)
        self._canvas.rect(x * MM, self._up(y + height), width * MM, height * MM)

    def picture(self, image: Image, x: float, y: float, width: float, height: float) -> None:
        """As large as the box allows, in its middle, not distorted."""
        from reportlab.lib.utils import ImageReader

        self._canvas.drawImage(
            ImageReader(image), x * MM, self._up(y + height), width * MM, height * MM,
            preserveAspectRatio=True, anchor="c",
        )  # fmt: skip

    def next_page(self) -> None:
        self._canvas.showPage()
        self.pages += 1

    def save(self, path: Path) -> None:
        """Whole or not at all: under another name first."""
        with self.fonts.lock:
            content: bytes = self._canvas.getpdfdata()  # type: ignore[no-untyped-call]
        beside = path.with_name(path.name + ".part")
        try:
            beside.write_bytes(content)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise UserError(_unwritten(path, error)) from error

    def _up(self, y: float) -> float:
        return (self.height - y) * MM


def _unwritten(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满，“{path.name}”没有保存。请腾出空间或换一个位置后重试。"
    if isinstance(error, FileNotFoundError):
        return f"文件夹“{path.parent}”不存在或已断开，“{path.name}”没有保存。请重新选择位置。"
    return f"“{path.name}”没有保存：文件正被其他程序打开，或没有写入权限。请关闭它或换一个位置后重试。"
