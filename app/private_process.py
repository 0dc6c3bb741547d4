"""Keeps what the program holds in its memory out of files that a crash would leave behind (reliability.md §6)."""

from __future__ import annotations

import sys

PR_SET_DUMPABLE = 4
"""linux/prctl.h"""


def keep_memory_private() -> None:
    """No core file, and no other program of the same user may look in. Windows keeps no such file by itself."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
