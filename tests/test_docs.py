"""The documents agree with the tree: what they name is there, and every picture is shown somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LARGEST_PICTURE = 200_000

LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+)(#[^)\s]*)?\)")
NAME = re.compile(r"[\w.]+(?:\.\w+|/)")


def links(document: Path) -> Iterator[Path]:
    """What the document points to in this tree."""
    for target, _heading in LINK.findall(document.read_text(encoding="utf-8")):
        yield (document.parent / unquote(target)).resolve()


def tree_of_the_architecture() -> str:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return text.split("## The tree")[1].split("```")[1].strip("\n")


def named_in(tree: str) -> Iterator[Path]:
    """A line names one thing, or several with single blanks between; what is further in lies in the last folder."""
    folders: list[Path] = []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = NAME.match(line.strip()) and re.split(r"\s{2,}", line.strip())[0].split(" ")
        for name in names or ():
            place = Path(*folders[:depth][-1:], name)
            if name.endswith("/"):
                folders[depth:] = [place]
            yield place


def test_everything_in_the_tree_of_the_architecture_is_there() -> None:
    named = list(named_in(tree_of_the_architecture()))
    assert Path("app/services/search.py") in named, "the tree was not understood"
    assert not [str(path) for path in named if not (ROOT / path).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert not [str(path) for path in links(document) if not path.exists()]


def test_every_picture_is_shown_in_a_document() -> None:
    shown = {path for document in DOCUMENTS for path in links(document)}
    assert not [path.name for path in IMAGES.iterdir() if path not in shown]


def test_no_picture_is_heavier_than_a_page_of_text_should_carry() -> None:
    assert not [path.name for path in IMAGES.iterdir() if path.stat().st_size > LARGEST_PICTURE]
