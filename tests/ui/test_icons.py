from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton

from app.paths import resource
from app.ui import icons, theme

NAMES = sorted(
    file.stem for file in resource("icons").glob("*.svg") if file.stem not in {"program", "sangyu"}
)


def inks(picture: QImage) -> set[str]:
    """The colours of what is fully drawn."""
    pixels = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {_token(pixel) for pixel in pixels if pixel.alpha() == 255}


def _token(pixel: QColor) -> str:
    """The token nearest to it: blending rounds by one or two of 255."""

    def distance(token: str) -> int:
        other = QColor(theme.current().colours[token])
        pairs = zip(pixel.getRgb(), other.getRgb(), strict=True)  # type: ignore[call-overload]
        return max(abs(one - two) for one, two in pairs)

    nearest = min(theme.current().colours, key=distance)
    return nearest if distance(nearest) <= 2 else pixel.name()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_ink(qtbot: object, name: str) -> None:
    picture = icons.icon(name).pixmap(QSize(60, 60)).toImage()
    assert inks(picture) == {"ink"}


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_of_one_family(name: str) -> None:
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 20 20"' in drawing
    assert 'stroke-width="1.5"' in drawing
    assert 'stroke="currentColor"' in drawing


def test_an_icon_follows_the_theme_by_itself(application: QApplication) -> None:
    button = QToolButton()
    button.setIcon(icons.icon("save"))
    theme.apply(application, "dark")
    assert inks(button.icon().pixmap(QSize(60, 60)).toImage()) == {"ink"}


def test_an_icon_is_sharp_on_a_dense_screen(qtbot: object) -> None:
    picture = icons.icon("save").pixmap(QSize(20, 20), 1.5)
    assert picture.size() == QSize(30, 30)
    assert picture.devicePixelRatio() == 1.5


def test_icons_outlive_many_copies(qtbot: object) -> None:
    """Qt clones and drops the engines behind our back; a lost reference would end the process."""
    kept = [QIcon(icons.icon("add", "seal")) for _ in range(500)]
    copies = [QIcon(one) for one in kept]
    kept.clear()
    assert inks(copies[-1].pixmap(QSize(60, 60)).toImage()) == {"seal"}


def test_the_program_has_its_own_icon(qtbot: object) -> None:
    assert {size.width() for size in icons.program_icon().availableSizes()} >= {16, 32, 48}
