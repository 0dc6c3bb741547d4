"""The village that an address names."""

from __future__ import annotations

import pytest

from app.fields.addresses import village_of


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("卫城镇东门村10组11号", "东门村"),
        ("卫城镇北门社区2组81号", "北门社区"),
        ("清镇市卫城镇坪寨村", "坪寨村"),
        ("贵州省清镇市卫城镇坪寨村3组", "坪寨村"),
        ("青龙山街道云岭社区8栋", "云岭社区"),
        ("东门村10组", "东门村"),
        ("建新居委会3号", "建新居委会"),
        ("贵阳市观山湖区金华园8栋1单元1417", None),
        ("", None),
        (None, None),
    ],
)
def test_the_village_is_what_stands_after_the_township(address: str | None, village: str | None):
    assert village_of(address) == village
