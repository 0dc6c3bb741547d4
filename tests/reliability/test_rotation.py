"""A12: two years of an office's backups, thinned after each, tried over and over by made-up habits."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from app.services.backup_rotation import MOST, kept
from tests.reliability.figures import Figures

DAYS = 800
START = dt.datetime(2026, 1, 5, 8)  # noqa: DTZ001 - the clock on the wall
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PROMISED = {"%j %Y": 7, "%G %V": 4, "%Y %m": 12}
"""The last of each day, week and month, as `strftime` writes them."""
MONTHS_LEFT = 10
"""A month dated wrong takes two of the twelve."""
SLOTS_PER_JUMP = 9
"""What may leave at once when the clock jumps ahead: the two days are over, and each slot moves on by one."""


class Office:
    """When it works, and how often it makes a backup; each is another kind of office."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.works = self.chance.choice([0.05, 0.3, 0.7, 1.0])
        self.most_a_day = self.chance.choice([1, 2, 5, 16])

    def times(self, day: dt.datetime) -> list[dt.datetime]:
        if self.chance.random() > self.works:
            return []
        count = self.chance.randint(1, self.most_a_day)
        return sorted(day + self.chance.random() * 10 * HOUR for _ in range(count))


def test_an_office_never_has_none_and_never_more_than_29(
    runs: Callable[[int, int], int], figures: Figures
) -> None:
    offices, most, made_in_all = runs(20, 200), 0, 0
    for seed in range(offices):
        office, stay = Office(seed), set[dt.datetime]()
        for day in range(DAYS):
            for moment in office.times(START + day * DAY):
                stay = kept({*stay, moment}, moment)
                made_in_all += 1
                assert moment in stay
                most = max(most, len(stay))
    figures.record(
        "A12",
        measured={"offices of 800 days": offices, "backups made": made_in_all, "files at most": str(most)},
        expected=f"never 0, at most {MOST} files",
        count=offices * DAYS,
    )
    assert most <= MOST


def test_what_is_promised_is_there_on_every_evening(runs: Callable[[int, int], int]) -> None:
    """Counted from all that were ever made, another way than the program counts."""
    for seed in range(runs(10, 100)):
        office, stay = Office(seed), set[dt.datetime]()
        lasts: dict[str, dict[str, dt.datetime]] = {form: {} for form in PROMISED}
        for day in range(DAYS):
            for moment in office.times(START + day * DAY):
                stay = kept({*stay, moment}, moment)
                for form, last in lasts.items():
                    last[moment.strftime(form)] = moment
            for form, count in PROMISED.items():
                assert {*[*lasts[form].values()][-count:]} <= stay


@pytest.mark.parametrize("years", [-15, -1, 1, 15])
def test_a_clock_that_jumps_and_comes_back_costs_almost_nothing(
    runs: Callable[[int, int], int], figures: Figures, years: int
) -> None:
    """The battery of an old mainboard is empty: for some days everything is dated wrong."""
    tried = runs(10, 100)
    for seed in range(tried):
        office, stay = Office(seed), set[dt.datetime]()
        for day in range(400):
            for moment in office.times(START + day * DAY):
                stay = kept({*stay, moment}, moment)
        right = set(stay)
        for day in range(400, 400 + office.chance.randint(1, 30)):
            for moment in office.times(START + day * DAY):
                wrong = moment + years * 365 * DAY
                stay = kept({*stay, wrong}, wrong)
                assert wrong in stay
        assert right <= stay or years > 0
        assert {*last_of_months(right)[-MONTHS_LEFT:]} <= stay
        back = START + 440 * DAY
        after = kept({*stay, back}, back)
        assert {back, max(right)} <= after
        assert len(after) <= 2 * MOST
    figures.record(
        "A12",
        measured={"jumps of the clock": tried},
        expected="a clock set back loses none, one set ahead no older month than its own",
        count=tried,
    )


def last_of_months(made: set[dt.datetime]) -> list[dt.datetime]:
    return [*{f"{moment:%Y %m}": moment for moment in sorted(made)}.values()]


def test_a_single_jump_ahead_takes_no_more_than_what_was_only_recent() -> None:
    stay: set[dt.datetime] = set()
    for day in range(400):
        moment = START + day * DAY
        stay = kept({*stay, moment}, moment)
    ahead = START + 5000 * DAY
    assert len(stay - kept({*stay, ahead}, ahead)) <= SLOTS_PER_JUMP
