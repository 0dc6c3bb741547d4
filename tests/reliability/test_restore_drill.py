"""A11: backup, damage, restore; and the drill. What comes back is counted, added up and compared."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import DamagedError
from app.paths import DATA_FILE, KEY_FILE
from app.services.backup_content import Content, content_of, mac_at
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.rescue import Rescue
from tests.desks import PASSWORD, cheap_key_file, desk_of
from tests.reliability.figures import Figures

PAGE = 4096
WAYS = ("first page", "any page", "cut short", "overwritten", "gone")


def test_after_any_damage_the_backup_brings_everything_back(
    practice_folder: Path, scratch: Path, runs: Callable[[int, int], int], figures: Figures
) -> None:
    tried = runs(6, 100)
    for seed in range(tried):
        folder, chance = scratch / str(seed), random.Random(seed)
        shutil.copytree(practice_folder, folder)
        (folder / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
        with closing(desk_of(folder)) as desk:
            work(desk, chance)
            kept = content_of(desk.database)
            desk.backups.make()
            work(desk, chance)
        damage(folder / DATA_FILE, WAYS[seed % len(WAYS)], chance)
        if (folder / DATA_FILE).exists():
            with pytest.raises(DamagedError):
                check(folder)
        rescue = Rescue(folder, find_drives=list)
        newest = rescue.newest()
        assert newest is not None
        rescue.restore(newest, PASSWORD)
        assert came_back(folder, kept)
        shutil.rmtree(folder)
    figures.record(
        "A11",
        measured={"damaged files restored": tried},
        expected="identical counts, sums and log",
        count=tried,
    )


def test_the_drill_agrees_with_the_data_in_use(
    practice_folder: Path, scratch: Path, runs: Callable[[int, int], int], figures: Figures
) -> None:
    tried = runs(3, 100)
    shutil.copytree(practice_folder, scratch / "desk")
    (scratch / "desk" / KEY_FILE).write_bytes(cheap_key_file().to_bytes())
    chance = random.Random(1)
    with closing(desk_of(scratch / "desk")) as desk:
        for _ in range(tried):
            work(desk, chance)
            result = desk.drills.run()
            assert result.passed, result
            assert len(result.lines) == 10
    figures.record("A11", measured={"drills": tried}, expected="all agree", count=tried)


def work(desk: Desk, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        desk.cadres.save(CadreFile(values={"name": chance.choice(["罗桂香", "杨胜利", "石秀英"])}))


def check(folder: Path) -> None:
    """As at the start, and then every page."""
    with closing(desk_of(folder)) as desk:
        if problems := desk.database.integrity():
            raise DamagedError(problems[0])


def damage(path: Path, way: str, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    place = 0 if way == "first page" else chance.randrange(1, len(content) // PAGE) * PAGE
    if way == "gone":
        path.unlink()
        return
    if way == "cut short":
        content = content[:place]
    elif way == "overwritten":
        content[place:] = bytes(len(content) - place)
    else:
        content[place + 100] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def came_back(folder: Path, kept: Content) -> bool:
    with closing(desk_of(folder)) as desk:
        now = content_of(desk.database)
        assert desk.database.integrity() == []
        assert desk.database.verify_log().problems == ()
        assert now.seq == kept.seq + 1, "one more step: the restore itself"
        assert mac_at(desk.database, kept.seq) == kept.mac
        return (now.counts, now.paid) == (kept.counts, kept.paid)
