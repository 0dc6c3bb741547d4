from __future__ import annotations

import pytest

from app.errors import UserError
from app.ui.display import need_a_display


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}])
def test_without_a_screen_one_sentence_says_so(environment: dict[str, str]) -> None:
    with pytest.raises(UserError, match="没有可用的屏幕"):
        need_a_display(environment, "linux")


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "linux"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux"),
        ({}, "win32"),
        ({}, "darwin"),
    ],
)
def test_a_screen_or_another_system_goes_on(environment: dict[str, str], platform: str) -> None:
    need_a_display(environment, platform)
