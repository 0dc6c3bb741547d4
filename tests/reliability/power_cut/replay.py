"""What a disk may hold after the power went: everything that was forced out, and of the rest anything.

Content that no fsync has covered may be there in part, sector by sector, older or newer, or as garbage in the
sectors that were being written. Names come in two kinds of file system: a journal keeps their order, and forcing
out a file forces out the names before it; on a stick (FAT-like) each half of a renaming may be there without the
other until the folder itself is forced out, and space that was never written holds what lay there before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath
from random import Random
from typing import Literal

from tests.reliability.power_cut.recording import CREATED, EMPTIED, Operation, Recording

Kind = Literal["journal", "stick"]
SAID = "said"
SECTORS = (512, 4096)
LAYERS = 2
"""So many states in between, besides the first and the last, may be mixed in one file."""


@dataclass(eq=False)
class File:
    """`kept` is on the disk for sure; `changes` are (offset, bytes) or a new size, since then."""

    kept: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    changes: list[tuple[int, bytes] | int] = field(default_factory=list)

    def change(self, change: tuple[int, bytes] | int) -> None:
        self.changes.append(change)
        _apply(self.now, change)

    def force_out(self) -> None:
        if self.changes:
            self.kept = bytes(self.now)
            self.changes.clear()

    def after_a_cut(self, chance: Random, style: Style, *, stale: bool) -> bytes:
        """Every sector comes from one of a few moments since the last fsync; the length does, too."""
        if not self.changes:
            return self.kept
        states = self._states(chance)
        length, size = len(chance.choice(states)), style.sector
        whole = bytearray(length)
        for start in range(0, length, size):
            versions = {state[start : start + size] for state in states}
            sector = chance.choice(states)[start : start + size]
            if len(versions) > 1 and chance.random() < style.garbage:
                sector = chance.randbytes(size)
            elif stale and not sector:
                sector = chance.randbytes(size)  # allotted, but never written
            whole[start : start + size] = sector[: length - start].ljust(min(size, length - start), b"\0")
        return bytes(whole)

    def _states(self, chance: Random) -> list[bytes]:
        """Moments whose sectors may lie side by side. A shortening is whole: what it took away does not come back."""
        cuts = [at for at, change in enumerate(self.changes, 1) if isinstance(change, int)]
        began = chance.choice([0, *cuts])
        ended = next((cut - 1 for cut in cuts if cut > began), len(self.changes))
        states = [
            self._state(at) for at in (began, ended, *chance.choices(range(began, ended + 1), k=LAYERS))
        ]
        if began:
            left = self.changes[began - 1]
            assert isinstance(left, int)
            states += [self._state(chance.randrange(began))[:left], self.kept[:left]]
        return states

    def _state(self, count: int) -> bytes:
        state = bytearray(self.kept)
        for change in self.changes[:count]:
            _apply(state, change)
        return bytes(state)


@dataclass(eq=False)
class Folder:
    kept: dict[str, File | Folder] = field(default_factory=dict)
    now: dict[str, File | Folder] = field(default_factory=dict)


Node = File | Folder


@dataclass(frozen=True)
class Entry:
    """One name that is given, or taken away where `node` is None."""

    folder: Folder
    name: str
    node: Node | None

    def put(self, names: dict[str, Node]) -> None:
        names.pop(self.name, None)
        if self.node is not None:
            names[self.name] = self.node


@dataclass(frozen=True)
class Style:
    """How the sectors of one cut behave."""

    sector: int
    garbage: float

    @classmethod
    def any(cls, chance: Random) -> Style:
        return cls(chance.choice(SECTORS), chance.choice((0.0, 0.0, 0.1, 0.5)))

    @classmethod
    def all_garbage(cls, chance: Random) -> Style:
        return cls(chance.choice(SECTORS), 1.0)


class Disk:
    """What the recording has done so far: for the program, and for sure."""

    def __init__(self, before: Mapping[str, bytes], kind: Kind = "journal") -> None:
        self.kind = kind
        self.root = Folder()
        self._open: dict[int, Node] = {}
        self._names: list[list[Entry]] = []
        for path, content in before.items():
            folder = self._folder_of(path, make=True)
            folder.now[PurePosixPath(path).name] = File(content, bytearray(content))
        _keep_all(self.root)

    def do(self, operation: Operation) -> None:
        getattr(self, "_" + _VERBS[operation.kind])(operation)

    def now(self) -> dict[str, bytes]:
        """What the program itself sees."""
        return {path: bytes(file.now) for path, file in _files(self.root, lambda folder: folder.now)}

    def read(self, path: str) -> bytes:
        """As the program sees it."""
        node = self._find(path)
        return bytes(node.now) if isinstance(node, File) else b""

    def after_a_cut(self, chance: Random, style: Style) -> dict[str, bytes]:
        """One of the many states in which the disk may be found."""
        found = self._names_after_a_cut(chance)
        stale = self.kind == "stick"
        return {
            path: file.after_a_cut(chance, style, stale=stale)
            for path, file in _files(self.root, lambda folder: found.get(id(folder), folder.kept))
        }

    def _names_after_a_cut(self, chance: Random) -> dict[int, dict[str, Node]]:
        found: dict[int, dict[str, Node]] = {}
        groups = self._names
        if self.kind == "journal":
            groups = groups[: chance.randrange(len(groups) + 1)]
        for entry in (entry for group in groups for entry in group):
            if self.kind == "journal" or chance.random() < 0.5:
                entry.put(found.setdefault(id(entry.folder), dict(entry.folder.kept)))
        return found

    def _opened(self, operation: Operation) -> None:
        node = self._find(operation.path)
        if node is None:
            assert operation.flag & CREATED, f"{operation.path} was opened, but never made"
            node = File()
            self._rename([(operation.path, node)])
        elif operation.flag & EMPTIED and isinstance(node, File):
            node.change(0)
        self._open[operation.file] = node

    def _written(self, operation: Operation) -> None:
        self._file(operation).change((operation.place, operation.content))

    def _cut_short(self, operation: Operation) -> None:
        self._file(operation).change(operation.place)

    def _closed(self, operation: Operation) -> None:
        del self._open[operation.file]

    def _forced_out(self, operation: Operation) -> None:
        node = self._open[operation.file]
        if isinstance(node, File):
            node.force_out()
            if self.kind == "journal":
                self._keep_names(until=node)
        elif self.kind == "journal":
            self._keep_names()
        else:
            self._keep_names(only=node)

    def _made_folder(self, operation: Operation) -> None:
        self._rename([(operation.path, Folder())])

    def _removed(self, operation: Operation) -> None:
        self._rename([(operation.path, None)])

    def _renamed(self, operation: Operation) -> None:
        target = operation.content.decode()
        node = self._find(operation.path)
        replaced: list[tuple[str, Node | None]] = [(target, None)] if self._find(target) else []
        self._rename([*replaced, (target, node), (operation.path, None)])

    def _rename(self, entries: Iterable[tuple[str, Node | None]]) -> None:
        group = [Entry(self._folder_of(path), PurePosixPath(path).name, node) for path, node in entries]
        for entry in group:
            entry.put(entry.folder.now)
        self._names.append(group)

    def _keep_names(self, until: Node | None = None, only: Folder | None = None) -> None:
        """All, those up to the last that names `until`, or those in the folder `only`."""
        last = len(self._names)
        if until is not None:
            named = [at for at, group in enumerate(self._names) if any(e.node is until for e in group)]
            last = named[-1] + 1 if named else 0
        for entry in (entry for group in self._names[:last] for entry in group):
            if only in (None, entry.folder):
                entry.put(entry.folder.kept)
        rest = [[e for e in group if only not in (None, e.folder)] for group in self._names[:last]]
        self._names = [group for group in rest if group] + self._names[last:]

    def _file(self, operation: Operation) -> File:
        node = self._open[operation.file]
        assert isinstance(node, File)
        return node

    def _find(self, path: str) -> Node | None:
        node: Node | None = self.root
        for name in PurePosixPath(path).parts:
            node = node.now.get(name) if isinstance(node, Folder) else None
        return node

    def _folder_of(self, path: str, *, make: bool = False) -> Folder:
        folder = self.root
        for name in PurePosixPath(path).parts[:-1]:
            inner = folder.now.setdefault(name, Folder()) if make else folder.now[name]
            assert isinstance(inner, Folder)
            folder = inner
        return folder


_VERBS = {
    "o": "opened", "w": "written", "t": "cut_short", "c": "closed", "f": "forced_out", "m": "made_folder",
    "u": "removed", "r": "renamed",
}  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """One disk after one cut, and what the program had noted in the file `said` until then."""

    said: list[str]
    disk: dict[str, bytes]


def cuts(
    recording: Recording,
    count: int,
    chance: Random,
    *,
    kind: Kind = "journal",
    style: Callable[[Random], Style] = Style.any,
) -> Iterator[Cut]:
    """`count` power cuts all over the recording."""
    for disk in _moments(recording, count, chance, kind):
        yield Cut(disk.read(SAID).decode().splitlines(), disk.after_a_cut(chance, style(chance)))


def stops(recording: Recording, count: int, chance: Random) -> Iterator[dict[str, bytes]]:
    """What a program leaves that is killed: everything it has asked for, and nothing more."""
    return (disk.now() for disk in _moments(recording, count, chance, "journal"))


def _moments(recording: Recording, count: int, chance: Random, kind: Kind) -> Iterator[Disk]:
    """Each once where there are fewer than asked for."""
    everywhere = range(len(recording.operations))
    again = chance.choices(everywhere, k=max(0, count - len(everywhere)))
    moments = sorted([*chance.sample(everywhere, count - len(again)), *again])
    disk = Disk(recording.before, kind)
    for before, moment in pairwise([-1, *moments]):
        for operation in recording.operations[before + 1 : moment + 1]:
            disk.do(operation)
        yield disk


def replayed(recording: Recording) -> Disk:
    """Everything, without a cut."""
    disk = Disk(recording.before)
    for operation in recording.operations:
        disk.do(operation)
    return disk


def _apply(content: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
        return
    place, piece = change
    if place > len(content):
        content.extend(bytes(place - len(content)))
    content[place : place + len(piece)] = piece


def _keep_all(folder: Folder) -> None:
    folder.kept = dict(folder.now)
    for node in folder.now.values():
        if isinstance(node, Folder):
            _keep_all(node)


def _files(
    folder: Folder, names: Callable[[Folder], Mapping[str, Node]], above: str = ""
) -> Iterator[tuple[str, File]]:
    for name, node in names(folder).items():
        if isinstance(node, Folder):
            yield from _files(node, names, f"{above}{name}/")
        else:
            yield f"{above}{name}", node
