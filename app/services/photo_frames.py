"""The frame of a portrait on a picture, in the proportions of an identity photo: parts of the picture's sides."""

from __future__ import annotations

from dataclasses import dataclass

RATIO = 413 / 579
"""35 × 49 mm."""
LEAST = 0.1
HEAD_ROOM = 0.3
"""Of the height that is left over, so much is cut off above: faces are in the upper part."""


@dataclass(frozen=True)
class Frame:
    """Left, top, width and height as parts of the upright picture."""

    left: float
    top: float
    width: float
    height: float

    @property
    def parts(self) -> tuple[float, ...]:
        return (self.left, self.top, self.width, self.height)


def usual_frame(width: int, height: int) -> Frame:
    """The largest that fits, in the middle across and towards the top."""
    across, down = _fitted(width, height)
    return Frame((1 - across) / 2, (1 - down) * HEAD_ROOM, across, down)


def _fitted(width: int, height: int) -> tuple[float, float]:
    if width / height > RATIO:
        return height * RATIO / width, 1.0
    return 1.0, width / RATIO / height


def moved(frame: Frame, across: float, down: float) -> Frame:
    """Never past the edges."""
    left = min(max(frame.left + across, 0.0), 1 - frame.width)
    top = min(max(frame.top + down, 0.0), 1 - frame.height)
    return Frame(left, top, frame.width, frame.height)


def resized(frame: Frame, factor: float, width: int, height: int) -> Frame:
    """About its middle, in its proportions, no larger than the picture."""
    most, _ = _fitted(width, height)
    across = min(max(frame.width * factor, min(LEAST, most)), most)
    down = across * frame.height / frame.width
    left = frame.left + (frame.width - across) / 2
    top = frame.top + (frame.height - down) / 2
    return moved(Frame(left, top, across, down), 0, 0)
