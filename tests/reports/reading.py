"""What a printed file says when it is read back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2


def pages(path: Path) -> list[str]:
    """The text of each page without its gaps, in the order it was drawn."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [_text(page) for page in document]


def text(path: Path) -> str:
    return "".join(pages(path))


def heights(path: Path, found: str) -> list[float]:
    """Millimetres from the upper edge to each place of a text on the first page."""
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0]) as page:
        whole = page.get_textpage()
        with closing(whole), closing(whole.search(found)) as search:
            places = iter(search.get_next, None)
            boxes = [whole.get_charbox(start) for start, _ in places]
            return [(page.get_height() - bottom) * 25.4 / 72 for _, bottom, _, _ in boxes]


def _text(page: pypdfium2.PdfPage) -> str:
    with closing(page), closing(page.get_textpage()) as whole:
        return "".join(whole.get_text_range().split())
