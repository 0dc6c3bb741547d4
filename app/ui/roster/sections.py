"""The tabs of a file in the order of the paper form, and which parts stand under which."""

from __future__ import annotations

from collections.abc import Mapping

TABS: Mapping[str, str] = {
    "基本信息": "基本",
    "离退休与待遇": "离退休",
    "住址与联系": "联系",
    "健康": "健康",
    "党组织生活": "党务",
    "特长与作用": "特长",
    "需求与困难": "需求",
    "简历与奖惩": "简历",
    "去世": "去世",
    "填报": "填报",
}
"""Section → the word on its tab."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "住址与联系": ("contacts", "apps"),
    "离退休与待遇": ("movements",),
    "健康": ("check_ups", "hospital_stays"),
    "需求与困难": ("special_conditions", "suggestions"),
    "简历与奖惩": ("resume", "family"),
    "去世": ("survivors",),
}
PARTS_FIRST = frozenset({"简历与奖惩", "需求与困难"})
"""Where the tables are the main thing, they stand above the fields."""
SERVICE = ("走访发放", "走访与发放")


def section_of_part(part: str) -> str:
    return next(section for section, parts in PARTS.items() if part in parts)
