"""Codes that mean the same to several rules."""

from __future__ import annotations

PARTY_MEMBERS = frozenset({"01", "02"})
FULL_MEMBER, PROBATIONER = "01", "02"
VETERAN_KINDS = frozenset({"LX", "TGL"})
SECRETARY = "1"
COMMITTEE_POSTS = frozenset({"2", "3", "4", "5", "6"})
BRANCH_POSTS = COMMITTEE_POSTS | {SECRETARY}
MARRIED = frozenset({"20", "21", "22", "23"})
UNMARRIED, WIDOWED, DIVORCED = "10", "30", "40"
ILL, DISABLED = "3", "6"
"""First digits of GB/T 2261.3."""
AT_HOME = "1"
"""居住地类别 本县（市）."""
