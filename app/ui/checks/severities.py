"""How grave something is, as it is shown: a sign, a word, a colour; never the colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.ui.widgets.tag import Level


@dataclass(frozen=True)
class Severity:
    sign: str
    word: str
    tone: str
    level: Level

    @property
    def said(self) -> str:
        return f"{self.sign} {self.word}"


SEVERITIES: Mapping[str, Severity] = {
    "E": Severity("×", "错误", "seal", "error"),
    "W": Severity("!", "提醒", "dusk", "warning"),
    "I": Severity("i", "提示", "quiet", "quiet"),
}
