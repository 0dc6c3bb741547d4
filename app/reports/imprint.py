"""What every paper says about itself: who took it out, when, and where the log stood then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from app.reports.page import Paper, Type
from app.reports.wrapping import wrap

SENTENCE, SMALLEST = Type("song", 8), 7.0
FEW = 2
WIDEST = 0.4  # of the foot line; its middle belongs to the number of the page


@dataclass(frozen=True)
class Imprint:
    """Empty texts are left out."""

    who: str = ""
    at: str = ""
    """'YYYY-MM-DD HH:MM'."""
    code: str = ""
    """存证码: the end of the log when the paper was made. Whoever keeps the paper can hold the log against it."""
    one_person: str = ""
    """The sentence beside 填报人 and 审核人 where one person is both, with the office's reason."""

    def by(self, role: str) -> str:
        """'打印人：林晓芸　2026-10-18 09:30'."""
        return f"{role}：{self.who}　{self.at}".rstrip("　") if self.who else ""

    @property
    def proof(self) -> str:
        return f"存证码：{self.code}" if self.code else ""

    @property
    def text(self) -> str:
        """All that is printed, for finding characters that no font has."""
        return self.who + self.one_person


NOBODY = Imprint()


def draw_imprint(paper: Paper, imprint: Imprint, left: float, right: float, y: float) -> None:
    """At both ends of the foot line; the number of the page has its middle."""
    kind = SENTENCE
    if (needed := paper.measure(imprint.by("打印人"), kind)) > (most := (right - left) * WIDEST):
        kind = kind.sized(kind.size * most / needed)
    paper.text(left, y, imprint.by("打印人"), kind)
    paper.text(right, y, imprint.proof, SENTENCE, "right")


def draw_sentence(paper: Paper, sentence: str, x: float, top: float, width: float) -> float:
    """Over the width, on as many lines as it takes; returns its lower edge."""
    lines, kind = _set(paper, sentence, width)
    for n, line in enumerate(lines):
        paper.text(x, top + (n + 0.5) * kind.leading, line, kind)
    return top + len(lines) * kind.leading


def sentence_height(paper: Paper, sentence: str, width: float) -> float:
    lines, kind = _set(paper, sentence, width)
    return len(lines) * kind.leading


def _set(paper: Paper, sentence: str, width: float) -> tuple[list[str], Type]:
    """Smaller where that saves a third line."""
    kind = SENTENCE
    if paper.measure(sentence, kind) > FEW * width * 0.97:
        kind = SENTENCE.sized(SMALLEST)
    return wrap(sentence, width, partial(paper.measure, kind=kind)), kind
