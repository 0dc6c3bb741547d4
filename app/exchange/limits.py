"""How much of a file from outside is read (reliability.md §5.3): more is refused before it can hurt."""

from __future__ import annotations

LARGEST_FILE = 100 * 2**20
LARGEST_TEXT_FILE = 40 * 2**20
LARGEST_PART = 200 * 2**20
LARGEST_WORKBOOK = 300 * 2**20
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 10 * 2**20
LAST_ROW = 200_000
LAST_COLUMN = 300
MOST_CELLS = 6_000_000
"""Readers keep the rectangle around everything filled, so two far cells cost as much as all between them."""
LARGEST_TEXT = 400 * 2**20
"""All texts of a sheet together: one shared text may stand in every cell."""
MOST_MERGES = 100_000
MOST_MEMORY = 1536 * 2**20
"""Of the process that reads: the largest workbook let through above needs two thirds of it."""
LARGEST_ANSWER = 256 * 2**20
"""What that process may hand back."""
