"""What an address says by itself."""

from __future__ import annotations

import re

_VILLAGE = re.compile(r"(?:.*?(?:镇|乡|街道))?([^镇乡\d]{1,8}?(?:村|社区|居委会))")


def village_of(address: str | None) -> str | None:
    """'卫城镇东门村10组11号' → '东门村'; None where no village or community is named."""
    match = _VILLAGE.match(address or "")
    return match.group(1) if match else None
