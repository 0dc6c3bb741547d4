"""Names in the order of the strokes of their surnames, as lists of delegates are printed."""

from __future__ import annotations

from random import Random

import pytest

from app.services.stroke_order import stroke_key, strokes

SURNAMES = list(
    "丁卜刁于万卫马王韦毛孔邓石龙叶史冉白包冯司吕朱刘米江安许孙麦严苏杜李杨吴何余汪沈宋张陈武范"
    "林欧罗金周郑赵胡钟段侯姜洪姚贺袁夏顾钱徐高郭唐黄曹龚崔梁彭董蒋韩程傅谢雷蔡谭熊潘薛魏"
)
"""Written down by hand from the strokes of each, without looking at the data."""


def sorted_names(*names: str) -> list[str]:
    shuffled = list(names)
    Random(7).shuffle(shuffled)
    return sorted(shuffled, key=stroke_key)


COUNTS = {
    1: "一",
    2: "丁",
    4: "王",
    6: "达",
    7: "李张陈",
    9: "虽䶮㛃",
    11: "堃",
    12: "喆𫖯𬱟",
    17: "魏",
    43: "𰻝",
    48: "龘",
    0: "a",
}


@pytest.mark.parametrize(("count", "characters"), COUNTS.items())
def test_strokes_are_counted_as_the_standard_counts_them(count: int, characters: str) -> None:
    assert {strokes(character) for character in characters} == {count}


def test_fewer_strokes_stand_first() -> None:
    assert sorted_names("陈三", "王三", "丁三", "魏三", "马三") == ["丁三", "马三", "王三", "陈三", "魏三"]


def test_of_equal_number_the_order_of_the_strokes_decides() -> None:
    two_strokes, seven = (
        ["丁一", "卜一", "刁一"],
        ["杜一", "李一", "杨一", "吴一", "何一", "汪一", "张一", "陈一"],
    )
    assert sorted_names(*two_strokes) == two_strokes  # 横, 竖, 折
    assert sorted_names(*seven) == seven


def test_the_table_of_standard_characters_decides_what_strokes_leave_open() -> None:
    assert sorted_names("丰一", "王一", "开一", "井一") == ["丰一", "王一", "开一", "井一"]
    assert sorted_names("千一", "于一", "干一", "工一", "土一", "士一")[:3] == ["干一", "于一", "工一"]


def test_a_long_list_of_surnames_is_sorted_by_their_strokes() -> None:
    assert sorted_names(*SURNAMES) == SURNAMES


def test_of_one_surname_single_names_stand_before_double_ones() -> None:
    assert sorted_names("王一一", "王伟", "王一") == ["王一", "王伟", "王一一"]


def test_of_one_surname_the_next_character_decides_then_the_one_after() -> None:
    assert sorted_names("王志国", "王一民", "王一兵") == ["王一民", "王一兵", "王志国"]


def test_a_compound_surname_stands_behind_the_single_one_that_begins_alike() -> None:
    assert sorted_names("欧阳一", "欧志国", "司马一", "司一") == ["司一", "司马一", "欧志国", "欧阳一"]


def test_a_name_without_surname_is_sorted_as_a_whole() -> None:
    assert sorted_names("阿依古丽·买买提", "阿一", "巴·图尔", "王一") == [
        "王一",
        "巴·图尔",
        "阿一",
        "阿依古丽·买买提",
    ]


def test_rare_characters_have_their_place_too() -> None:
    assert sorted_names("单䶮生", "单一生", "𬱟一", "陈𫖯", "𰻝一") == [
        "陈𫖯",
        "单一生",
        "单䶮生",
        "𬱟一",
        "𰻝一",
    ]


def test_letters_and_empty_names_do_not_stop_the_sorting() -> None:
    assert sorted_names("王一", "", "Li Si") == ["", "王一", "Li Si"]
