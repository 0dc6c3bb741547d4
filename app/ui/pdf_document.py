"""The pages of a PDF as pictures. May be asked on any thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

ONE_AT_A_TIME = Lock()
"""PDFium does not bear two threads, not even with two documents."""


class PdfDocument:
    """Opened anew for each picture: opening takes 1 ms, and nothing is left for the garbage collector to close
    on some other thread."""

    sizes: Sequence[QSizeF]
    """Of each page, in points."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with self._opened() as document:
            self.sizes = [QSizeF(*document.get_page_size(number)) for number in range(len(document))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, pixels_per_point: float) -> QImage:
        with self._opened() as document:
            page = document[number]
            bitmap = page.render(scale=pixels_per_point, prefer_bgrx=True)
            try:
                pixels = bytes(bitmap.buffer)
                image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
                return image.copy()
            finally:
                bitmap.close()
                page.close()

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        import pypdfium2  # 60 ms, and only when something is looked at

        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(self._content)
            try:
                yield document
            finally:
                document.close()
