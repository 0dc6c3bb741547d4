"""What an address says by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_VILLAGE = re.compile(r"(?:.*?(?:镇|乡|街道))?([^镇乡\d]{1,8}?(?:村|社区|居委会))")
_PROVINCE = re.compile(r"(北京市|天津市|上海市|重庆市|[^省区市县]{2,5}?(?:省|自治区))")
_CITY = re.compile(r"([^省市县区镇乡村街路\d]{2,10}?(?:自治州|地区|盟|州|市))")
_COUNTY = re.compile(
    r"([^省市县区镇乡村街路\d]{2,12}?"
    r"(?:自治县|县(?!城(?!关)|政府|医院|委|里)|市(?!场)|(?<![社小园校厂矿新城发片街辖老景库])区|旗))"
)


def village_of(address: str | None) -> str | None:
    """'卫城镇东门村10组11号' → '东门村'; None where no village or community is named."""
    match = _VILLAGE.match(address or "")
    return match.group(1) if match else None


def village_in(values: Mapping[str, Any]) -> str:
    """Of a file: the village as it is filled in, or as the home address says; '' where neither tells."""
    return values.get("village") or village_of(values.get("home_address")) or ""


def place_elsewhere(address: str | None, province: str | None, county: str | None) -> str:
    """The province or county that the address names and that is not the given one; '' where it tells nothing."""
    rest = (address or "").strip()
    if found := _PROVINCE.match(rest):
        if province and found[1] != province:
            return found[1]
        rest = rest[found.end() :]
    if not county or county in rest:
        return ""
    city = _CITY.match(rest)
    below = _COUNTY.match(rest, city.end() if city else 0)
    if below and (city or not below[1].endswith("市")):
        return below[1]
    return ""
