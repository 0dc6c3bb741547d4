"""Photos that are being taken in: whose each is, what of it is shown, what becomes of a photo that is there; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.progress import Progress, silent
from app.services.changes import Change
from app.services.photo_frames import Frame, moved, resized, usual_frame
from app.services.photo_intake import FoundPhoto, PhotoChoice, PhotoIntake, PhotosFound, Sitter

Instead = Literal["", "new", "old"]
"""Of somebody who has a photo: not decided, the new one, the old one."""
Standing = Literal["nobody", "asked", "taken", "left", "twice"]


@dataclass
class Tray:
    """One picture with what was decided about it."""

    photo: FoundPhoto
    uid: str
    frame: Frame
    instead: Instead = ""
    dropped: bool = False
    """Left out altogether."""


class PhotosState:
    """Looking and taking may run on another thread."""

    def __init__(self, intake: PhotoIntake) -> None:
        self._intake = intake
        self.trays: list[Tray] = []
        self.refused: Sequence[tuple[str, str]] = ()
        self.sitters: dict[str, Sitter] = {}

    def look(self, paths: Sequence[Path], progress: Progress = silent) -> PhotosFound:
        return self._intake.look(paths, progress)

    def take_up(self, found: PhotosFound) -> None:
        self.read_people()
        self.refused = found.refused
        self.trays = [Tray(photo, photo.uid or "", usual_frame(*photo.size)) for photo in found.photos]
        self.trays.sort(key=lambda tray: bool(tray.uid))

    def clear(self) -> None:
        self.trays, self.refused = [], ()

    def standing(self, tray: Tray) -> Standing:
        if tray.dropped:
            return "left"
        if not tray.uid:
            return "nobody"
        if sum(1 for each in self.trays if each.uid == tray.uid and not each.dropped) > 1:
            return "twice"
        if self.kept_key(tray):
            return {"": "asked", "new": "taken", "old": "left"}[tray.instead]  # type: ignore[return-value]
        return "taken"

    def kept_key(self, tray: Tray) -> str | None:
        sitter = self.sitters.get(tray.uid)
        return sitter.photo if sitter else None

    def kept(self, tray: Tray) -> bytes | None:
        """The photo that is there already."""
        return self._intake.kept(self.kept_key(tray))

    def name(self, tray: Tray) -> str:
        sitter = self.sitters.get(tray.uid)
        return sitter.name if sitter else ""

    def give(self, tray: Tray, uid: str) -> None:
        tray.uid, tray.instead, tray.dropped = uid, "", False

    def move(self, tray: Tray, across: float, down: float) -> None:
        tray.frame = moved(tray.frame, across, down)

    def resize(self, tray: Tray, factor: float) -> None:
        tray.frame = resized(tray.frame, factor, *tray.photo.size)

    @property
    def open_places(self) -> list[int]:
        """Those that wait for a decision."""
        waiting = ("nobody", "asked", "twice")
        return [place for place, tray in enumerate(self.trays) if self.standing(tray) in waiting]

    @property
    def choices(self) -> list[PhotoChoice]:
        return [
            PhotoChoice(tray.uid, tray.photo.jpeg, tray.frame, self.name(tray))
            for tray in self.trays
            if self.standing(tray) == "taken"
        ]

    def take(self, progress: Progress = silent) -> Change:
        return self._intake.take(self.choices, progress)

    def after_take(self) -> None:
        """What was taken is gone; what waits stays in the tray."""
        self.trays = [tray for tray in self.trays if self.standing(tray) not in ("taken", "left")]
        self.read_people()

    def read_people(self) -> None:
        """Whose photos they may be; one that was given to somebody who is gone is nobody's again."""
        self.sitters = {sitter.uid: sitter for sitter in self._intake.sitters()}
        for tray in self.trays:
            if tray.uid not in self.sitters:
                tray.uid = ""
