"""Whether there is a screen to open a window on."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from app.errors import UserError

SAYS_WHERE = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def need_a_display(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Asked before Qt, which ends the process without a word a user understands."""
    if platform == "linux" and not any(environment.get(name) for name in SAYS_WHERE):
        raise UserError(
            "这台电脑没有可用的屏幕，窗口打不开；请在桌面环境里运行，或改用命令行（main.py --help）。"
        )
