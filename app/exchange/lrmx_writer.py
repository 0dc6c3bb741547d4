"""干部任免审批表 (.lrmx) out: every element in its order even when empty, lines ended as its own program ends them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from app.exchange.appointment import ALL_ELEMENTS, FAMILY, MEMBER, PHOTO

VERSION = "3.2.1.16"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = "\r\n"


def lrmx_bytes(
    texts: Mapping[str, str], family: Iterable[Sequence[str]] = (), photo: bytes | None = None
) -> bytes:
    """`texts` by element; a member of the family in the order of `MEMBER`; the photo as JPEG."""
    lines = [HEAD, "<Person>"]
    for element in ALL_ELEMENTS:
        if element == FAMILY:
            lines += _family(family)
        elif element == PHOTO:
            lines.append(_element(element, base64.b64encode(photo or b"").decode(), 1))
        else:
            lines.append(_element(element, texts.get(element, "") or _usual(element), 1))
    return _LINE_END.join([*lines, "</Person>", ""]).encode()


def _usual(element: str) -> str:
    return VERSION if element == "Version" else ""


def _element(element: str, text: str, depth: int) -> str:
    plain = _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", _LINE_END)
    return f"{'  ' * depth}<{element}>{escape(plain)}</{element}>"


def _family(family: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"  <{FAMILY}>"]
    for member in family:
        items = [_element(name, text, 3) for name, text in zip(MEMBER, member, strict=True)]
        lines += ["    <Item>", *items, "    </Item>"]
    return [*lines, f"  </{FAMILY}>"]
