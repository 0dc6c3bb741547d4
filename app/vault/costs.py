"""What one guess at a password costs: the memory and the passes of Argon2id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

MIB = 1024  # Argon2 counts in KiB
LIKED, MOST = 0.2, 0.3  # seconds for one unlocking
MOST_PASSES = 10
MOST_MEMORY = 1024 * MIB
MOST_LANES = 16
LEAST_MEMORY_PER_LANE = 8


@dataclass(frozen=True)
class Cost:
    """The parameters of one derivation."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def possible(self) -> bool:
        """Argon2 takes it, and no computer of an office is brought down by it."""
        return (
            1 <= self.passes <= MOST_PASSES
            and 1 <= self.lanes <= MOST_LANES
            and LEAST_MEMORY_PER_LANE * self.lanes <= self.memory_kib <= MOST_MEMORY
        )


# https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
FLOOR = Cost(19 * MIB, 2, 1)
# RFC 9106, second recommended option.
USUAL = Cost(64 * MIB, 3, 4)
LADDER = (USUAL, Cost(32 * MIB, 3, 4), FLOOR)


def derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """32 bytes. Raises MemoryError where the computer cannot spare what the cost asks."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret)


def measured(cost: Cost) -> float:
    """Seconds for one derivation here, the better of two; no memory counts as for ever."""
    try:
        return min(_seconds(cost) for _ in range(2))
    except MemoryError:
        return float("inf")


def calibrate(seconds: Callable[[Cost], float] = measured) -> Cost:
    """The dearest cost this computer bears without the user having to wait."""
    for cost in LADDER:
        taken = seconds(cost)
        if taken <= MOST:
            return _dearer(cost, taken)
    return FLOOR


def _dearer(cost: Cost, taken: float) -> Cost:
    passes = int(cost.passes * LIKED / max(taken, 0.001))
    return replace(cost, passes=min(max(passes, cost.passes), MOST_PASSES))


def _seconds(cost: Cost) -> float:
    start = perf_counter()
    derive(b"measure", b"0123456789abcdef", cost)
    return perf_counter() - start
