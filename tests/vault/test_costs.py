"""What a guess costs, on quick, slow and small computers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.vault.costs import FLOOR, USUAL, Cost, calibrate, derive


def computer(speed: float, memory_kib: int = 10**9) -> Callable[[Cost], float]:
    """Needs `speed` seconds for the usual cost, and has so much memory."""

    def seconds(cost: Cost) -> float:
        work = cost.memory_kib * cost.passes / (USUAL.memory_kib * USUAL.passes)
        return speed * work if cost.memory_kib <= memory_kib else float("inf")

    return seconds


@pytest.mark.parametrize(
    ("seconds", "chosen"),
    [
        (computer(0.12), Cost(64 * 1024, 5, 4)),
        (computer(0.2), USUAL),
        (computer(0.3), USUAL),
        (computer(0.01), Cost(64 * 1024, 10, 4)),
        (computer(0.0), Cost(64 * 1024, 10, 4)),
        (computer(0.5), Cost(32 * 1024, 3, 4)),
        (computer(0.31), Cost(32 * 1024, 3, 4)),
        (computer(1.0), FLOOR),
        (computer(9.0), FLOOR),
        (computer(0.1, memory_kib=48 * 1024), Cost(32 * 1024, 10, 4)),
        (computer(0.1, memory_kib=1), FLOOR),
    ],
)
def test_the_cost_fits_the_computer(seconds: Callable[[Cost], float], chosen: Cost) -> None:
    assert calibrate(seconds) == chosen


def test_here_it_costs_at_least_the_floor_and_is_possible() -> None:
    cost = calibrate()
    assert cost.possible
    assert cost.memory_kib * cost.passes >= FLOOR.memory_kib * FLOOR.passes


@pytest.mark.parametrize(
    "cost",
    [
        Cost(1024 * 1024 + 1, 3, 4),
        Cost(64 * 1024, 11, 4),
        Cost(64 * 1024, 0, 4),
        Cost(64 * 1024, 3, 0),
        Cost(64 * 1024, 3, 17),
        Cost(31, 3, 4),
        Cost(-64, 3, 4),
    ],
)
def test_absurd_costs_are_known_as_such(cost: Cost) -> None:
    assert not cost.possible


def test_the_derivation_is_argon2id() -> None:
    """The vector is the reference implementation's own (phc-winner-argon2, src/test.c)."""
    key = derive(b"password", b"somesalt", Cost(64 * 1024, 2, 1))
    assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
