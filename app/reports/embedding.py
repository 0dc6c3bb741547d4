"""Fonts inside a PDF. Needs reportlab (120 ms), so it is imported only when something is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

# More entries in one block are against the PDF reference (CMap, 9.10.3).
BLOCK = 100


class EmbeddedFont(TTFont):
    """A TrueType font whose text can be copied and searched beyond U+FFFF.

    reportlab writes five hex digits there, which readers take for another character.
    """

    def __init__(self, name: str, path: Path, index: int) -> None:
        super().__init__(name, str(path), subfontIndex=index, asciiReadable=False, shapable=False)
        registerFont(self)

    def draws(self, character: str) -> bool:
        """False where the face maps the character to nothing but an empty glyph."""
        glyph = self.face.charToGlyph.get(ord(character), 0)
        empty = self.face.glyphPos[glyph] == self.face.glyphPos[glyph + 1]
        return bool(glyph) and (not empty or character.isspace())

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (reportlab's own name)
        subsets = self.state[doc].subsets
        named = {self.getSubsetInternalName(n, doc)[1:]: subset for n, subset in enumerate(subsets)}
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in named.items():
            doc.idToObject[fonts[name].ToUnicode.name].content = to_unicode(subset)


def to_unicode(subset: Sequence[int]) -> str:
    """The map from the codes of a subset to UTF-16BE."""
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset) if point]
    blocks = [entries[n : n + BLOCK] for n in range(0, len(entries), BLOCK)]
    lines = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return TO_UNICODE.format("\n".join(lines))


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()


TO_UNICODE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
