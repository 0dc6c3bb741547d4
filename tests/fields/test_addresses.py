"""The village that an address names."""

from __future__ import annotations

import pytest

from app.fields.addresses import place_elsewhere, village_of


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


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("贵阳市云岩区中华路1号", "云岩区"),
        ("贵州省贵阳市云岩区", "云岩区"),
        ("云南省昆明市五华区", "云南省"),
        ("上海市浦东新区", "上海市"),
        ("广西壮族自治区南宁市", "广西壮族自治区"),
        ("息烽县永靖镇", "息烽县"),
        ("黔南州都匀市", "都匀市"),
        ("清水县城关镇", "清水县"),
    ],
)
def test_an_address_far_away_says_where(address: str, place: str):
    assert place_elsewhere(address, "贵州省", "练习县") == place


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "练习县梧桐镇东街社区",
        "贵州省练习县梧桐镇",
        "某某市练习县梧桐镇",
        "梧桐镇石板井村3组",
        "东街社区12号",
        "阳光小区3栋",
        "老城区3号",
        "练习老县城后街",
        "东门菜市场",
        "安顺市",
    ],
)
def test_an_address_that_may_be_at_home_says_nothing(address: str | None):
    assert place_elsewhere(address, "贵州省", "练习县") == ""


def test_an_office_that_has_not_said_where_it_is_asks_nobody():
    assert place_elsewhere("云南省昆明市五华区", None, None) == ""
