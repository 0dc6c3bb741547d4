"""The pictures in a workbook and the cells they lie on; of a form that is the photo."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from app.exchange.form_areas import Area

LARGEST_PICTURE = 20 * 2**20
LARGEST_PART = 4 * 2**20
MOST_PICTURES = 300
"""A workbook of forms has one on each sheet."""
_RELATION = re.compile(r"\}(?:id|embed)$")
_IN_CELL = re.compile(r'DISPIMG\("([^"]{1,80})"', re.IGNORECASE)
_CELL_IMAGES = "xl/cellimages.xml"
_UNREADABLE = (
    zipfile.BadZipFile,
    DefusedXmlException,
    ParseError,
    ValueError,
    KeyError,
    OSError,
    RuntimeError,
)


@dataclass(frozen=True)
class Placed:
    """One picture and the cell its upper left corner lies on, from 0."""

    row: int
    column: int
    content: bytes


class Pictures:
    """What cannot be read has no pictures: a form without its photo is still a form."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._taken = 0

    def of_sheets(self) -> Mapping[str, Sequence[Placed]]:
        """Sheet name → its pictures."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
                return {name: self._on_sheet(archive, part) for name, part in _sheets(archive).items()}
        except _UNREADABLE:
            return {}

    def in_cell(self, formula: str) -> bytes | None:
        """WPS keeps a picture in a cell as =DISPIMG("ID_…",1)."""
        wanted = _IN_CELL.search(formula)
        if not wanted:
            return None
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
                return self._named(archive, wanted[1])
        except _UNREADABLE:
            return None

    def _on_sheet(self, archive: zipfile.ZipFile, sheet: str) -> list[Placed]:
        drawings = [target for target in _relations(archive, sheet).values() if "/drawings/" in target]
        return [placed for part in drawings for placed in self._in_drawing(archive, part)]

    def _in_drawing(self, archive: zipfile.ZipFile, part: str) -> list[Placed]:
        if not part.lower().endswith(".xml"):
            return []
        targets, found = _relations(archive, part), list[Placed]()
        for anchor in _root(archive, part):
            row, column = _number(anchor, "row"), _number(anchor, "col")
            for media in filter(None, (targets.get(each) for each in _embedded(anchor))):
                if (content := self._media(archive, media)) is not None:
                    found.append(Placed(row, column, content))
        return found

    def _named(self, archive: zipfile.ZipFile, name: str) -> bytes | None:
        targets = _relations(archive, _CELL_IMAGES)
        for image in _root(archive, _CELL_IMAGES):
            if any(element.get("name") == name for element in image.iter()):
                medias = (targets.get(each) for each in _embedded(image))
                return next((self._media(archive, each) for each in medias if each), None)
        return None

    def _media(self, archive: zipfile.ZipFile, part: str) -> bytes | None:
        self._taken += 1
        if self._taken > MOST_PICTURES or archive.getinfo(part).file_size > LARGEST_PICTURE:
            return None
        return _read(archive, part, LARGEST_PICTURE)


def photo_at(pictures: Sequence[Placed], label: Area | None) -> bytes | None:
    """The picture on the photo's cell; without such a cell the only one."""
    if label is not None:
        on_it = [each for each in pictures if _lies_on(each, label)]
        if on_it:
            return on_it[0].content
    return pictures[0].content if len(pictures) == 1 else None


def _lies_on(picture: Placed, area: Area) -> bool:
    """People lay a photo a little too high or too far left."""
    return area.top - 1 <= picture.row <= area.bottom and area.left - 1 <= picture.column <= area.right


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = _relations(archive, "xl/workbook.xml")
    found = {}
    for element in _root(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((value for name, value in element.items() if _RELATION.search(name)), "")
            if relation in targets:
                found[element.get("name", "")] = targets[relation]
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Relation id → part of the archive; {} where the part refers to nothing."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return {}
    found = {}
    for relation in _root(archive, listed):
        if relation.get("TargetMode", "").lower() != "external":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found[relation.get("Id", "")] = target.lstrip("/")
    return {relation: target for relation, target in found.items() if target in archive.namelist()}


def _embedded(element: Element) -> list[str]:
    return [
        value
        for each in element.iter()
        for name, value in each.items()
        if each.tag.rpartition("}")[2] == "blip" and _RELATION.search(name)
    ]


def _number(anchor: Element, tag: str) -> int:
    """Of the anchor's upper left corner, which stands first."""
    found = (each.text for each in anchor.iter() if each.tag.rpartition("}")[2] == tag)
    text = next(found, None) or "0"
    return int(text) if text.isdecimal() else 0


def _root(archive: zipfile.ZipFile, part: str) -> Element:
    root: Element = SafeTree.fromstring(_read(archive, part, LARGEST_PART), forbid_dtd=True)
    return root


def _read(archive: zipfile.ZipFile, part: str, most: int) -> bytes:
    """Raises ValueError for a part that is longer than it may be, whatever the archive says of it."""
    with archive.open(part) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{part} is too long")
    return content
