from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from app.paths import resource
from app.ui import theme, tokens

TEXTS = ("ink", "quiet", "leaf", "dusk", "seal")
GROUNDS = ("paper", "sheet", "hover", "rail", "leaf_tint", "dusk_tint", "seal_tint")
SHADES: tuple[tokens.Shade, ...] = ("light", "dark")
SIZES: tuple[tokens.Size, ...] = ("小", "中", "大")


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21, as WCAG 2.2 counts it."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("shade", "text", "ground"), list(product(SHADES, TEXTS, GROUNDS)))
def test_every_text_can_be_read_on_every_ground(shade: tokens.Shade, text: str, ground: str) -> None:
    colours = tokens.read_theme(shade).colours
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize(
    ("shade", "text", "ground"),
    [
        *product(SHADES, ["on_leaf"], ["leaf", "leaf_deep"]),
        *product(SHADES, ["sheet"], ["ink", "dusk", "seal"]),
    ],
)
def test_words_on_a_coloured_ground_can_be_read(shade: tokens.Shade, text: str, ground: str) -> None:
    colours = tokens.read_theme(shade).colours
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize(("shade", "ground"), list(product(SHADES, ("paper", "sheet"))))
def test_fields_and_focus_stand_out_from_their_ground(shade: tokens.Shade, ground: str) -> None:
    colours = tokens.read_theme(shade).colours
    assert contrast(colours["edge"], colours[ground]) >= 3
    assert contrast(colours["leaf"], colours[ground]) >= 3


@pytest.mark.parametrize("shade", SHADES)
def test_the_small_marks_of_the_style_sheet_can_be_seen(shade: tokens.Shade) -> None:
    colours = tokens.read_theme(shade).colours
    for mark in resource("theme/marks").glob("*.svg"):
        ink = re.search(r'stroke="(#\w{6})"', mark.read_text(encoding="utf-8"))
        assert ink, mark.name
        if mark.stem.endswith(f"_{shade}"):
            assert ink[1] == colours["on_leaf"]
        elif not mark.stem.endswith(SHADES):
            assert contrast(ink[1], colours["sheet"]) >= 3


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("shade", "size"), list(product(SHADES, SIZES)))
def test_the_style_sheet_knows_every_token_it_names(shade: tokens.Shade, size: tokens.Size) -> None:
    sheet = tokens.read_theme(shade, size).style_sheet
    assert "$" not in sheet
    named = re.findall(r'url\("([^"]+)"\)', sheet)
    assert named
    assert [name for name in named if not resource("theme/marks").joinpath(name).is_file()] == []


def test_both_shades_say_the_same_tokens() -> None:
    assert tokens.read_theme("light").colours.keys() == tokens.read_theme("dark").colours.keys()


@pytest.mark.parametrize("size", SIZES)
def test_targets_are_tall_enough_for_any_hand(application: QApplication, size: tokens.Size) -> None:
    theme.apply(application, "light", size)
    button = QPushButton("保存")
    button.ensurePolished()
    assert button.sizeHint().height() >= 32
    assert theme.size("row") >= 32


def test_the_theme_can_be_changed_while_the_program_runs(application: QApplication) -> None:
    theme.apply(application, "dark", "大")
    assert application.palette().color(QPalette.ColorRole.Window) == theme.colour("paper")
    assert application.font().pixelSize() == 17
    theme.apply(application, "light", "小")
    assert application.palette().color(QPalette.ColorRole.Window).name().upper() == "#FAF8F3"
    assert application.font().pixelSize() == 13


def test_the_design_document_says_the_colours_in_use() -> None:
    document = resource("theme").parent.parent / "docs" / "design.md"
    text = document.read_text(encoding="utf-8")
    for shade in SHADES:
        for token, colour in tokens.read_theme(shade).colours.items():
            line = next(line for line in text.splitlines() if line.startswith(f"| {token} |"))
            assert colour in line, f"{token} {shade}"
