"""Where one is while typing files into the platform: the person, the cell, what is next; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.services.changes import Change
from app.services.platform_typing import CellLine, PlatformTyping, Standing, platforms


class AssistantState:
    """People one after the other, cells in the order of the platform."""

    def __init__(self, typing: PlatformTyping, people: Sequence[tuple[str, str]]) -> None:
        """`people` are (uid, name) in the order in which they are typed."""
        self._typing = typing
        self.people = list(people)
        self.platforms = platforms()
        self.platform = self.platforms[0]
        self.place = 0
        self.at = 0
        """The cell in hand."""
        self.copied = False
        """Whether the cell in hand is in the clipboard."""
        self.only_changed = False
        self.lines: list[CellLine] = []
        self.read()

    @property
    def uid(self) -> str:
        return self.people[self.place][0]

    @property
    def name(self) -> str:
        return self.people[self.place][1]

    @property
    def line(self) -> CellLine | None:
        """None when everything is typed."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def read(self) -> None:
        """The person in front anew; the cell in hand is the first that is not typed as it is now."""
        self.lines = self._typing.lines(self.uid, self.platform)
        self.at, self.copied = self._following(-1), False

    def renew(self) -> None:
        """After a change elsewhere; the cell in hand stays in hand."""
        self.lines = self._typing.lines(self.uid, self.platform)

    def use(self, platform: str) -> None:
        self.platform = platform
        self.read()

    def go_to(self, place: int) -> None:
        """Another person."""
        if 0 <= place < len(self.people):
            self.place = place
            self.read()

    def take(self, at: int) -> None:
        """Another cell of this person."""
        self.at, self.copied = at, False

    def tick(self) -> Change | None:
        """The cell in hand is typed; the next one is in hand."""
        line = self.line
        if line is None:
            return None
        change = self._typing.tick(self.uid, self.platform, line.cell.name, line.text)
        self.renew()
        self.at, self.copied = self._following(self.at), False
        return change

    def untick(self, at: int) -> Change:
        change = self._typing.untick(self.uid, self.platform, [self.lines[at].cell.name])
        self.renew()
        self.take(at)
        return change

    def skip(self) -> None:
        """The next cell, without a tick."""
        self.take(self._following(self.at))

    @property
    def standing(self) -> Standing:
        return self._typing.standings([self.uid], self.platform).get(self.uid, Standing(0, 0, 0))

    @property
    def changed_people(self) -> Mapping[str, int]:
        """Uid → how many cells say something else by now, of the people here."""
        found = self._typing.standings([uid for uid, _ in self.people], self.platform)
        return {uid: standing.changed for uid, standing in found.items() if standing.changed}

    def go_to_changed(self) -> bool:
        """The next person with changed cells, from the one in front on; False when there is none."""
        changed = self.changed_people
        places = [*range(self.place + 1, len(self.people)), *range(self.place + 1)]
        target = next((place for place in places if self.people[place][0] in changed), None)
        if target is None:
            return False
        self.go_to(target)
        return True

    def _following(self, at: int) -> int:
        """What is empty here and was never typed needs no typing."""
        wanted = {"changed"} if self.only_changed else {"new", "changed"}
        for place in range(at + 1, len(self.lines)):
            line = self.lines[place]
            if line.state in wanted and (line.text or line.typed):
                return place
        return len(self.lines)
