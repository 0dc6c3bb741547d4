"""The look as plain values: colours and sizes of `resources/theme/tokens.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Template
from typing import Any, Literal

from app.paths import resource

Shade = Literal["light", "dark"]
Size = Literal["小", "中", "大"]
FRAME = 10
"""Pixels that border and padding add around the inside of a field or a button."""


@dataclass(frozen=True)
class Theme:
    """One shade in one size."""

    shade: Shade
    size: Size
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    families: Sequence[str]

    @property
    def style_sheet(self) -> str:
        row = self.sizes["row"]
        template = Template(resource("theme/style.qss").read_text(encoding="utf-8"))
        return template.substitute(
            self.colours,
            **self.sizes,
            field=row - FRAME,
            inner=row - FRAME + 4,
            mode=self.shade,
            marks=resource("theme/marks").as_posix(),
        )


def read_theme(shade: Shade = "light", size: Size = "中") -> Theme:
    tokens = _tokens()
    return Theme(shade, size, tokens[shade], tokens["sizes"][size], tokens["fonts"]["text"])


@lru_cache(maxsize=1)
def _tokens() -> dict[str, Any]:
    return tomllib.loads(resource("theme/tokens.toml").read_text(encoding="utf-8"))
