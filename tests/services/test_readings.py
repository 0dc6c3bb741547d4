"""How names are typed: pinyin and initials, surnames read as surnames."""

from __future__ import annotations

import pytest

from app.services.readings import initials, search_key, surname


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("廖应", "liaoying ly"),
        ("单䶮生", "shanyansheng shan sys"),
        ("查月娥", "zhayuee zye"),
        ("仇应龙", "qiuyinglong qyl"),
        ("解秀兰", "xiexiulan xxl"),
        ("曾庆云", "zengqingyun zqy"),
        ("任小红", "renxiaohong rxh"),
        ("万俟志国", "moqizhiguo mqzg"),
        ("尉迟永安", "yuchiyongan ycya"),
        ("欧阳光荣", "ouyangguangrong oygr"),
        ("司徒美芳", "situmeifang stmf"),
        ("覃玉珍", "qinyuzhen tanyuzhen qyz tyz"),
        ("乐开明", "yuekaiming lekaiming"),
        ("吕凤翀", "lvfengchong lfc"),
        ("阿依古丽·买买提", "ayigulimaimaiti ayglmmt"),
    ],
)
def test_a_name_is_found_by_all_that_people_type(name: str, typed: str):
    key = search_key(name)
    assert [each for each in typed.split() if each not in key] == []


@pytest.mark.parametrize(("name", "first"), [("单䶮生", "shan"), ("万俟志国", "moqi"), ("查月娥", "zha")])
def test_the_reading_of_the_surname_comes_first_and_sorts_the_list(name: str, first: str):
    assert search_key(name).startswith(first)


@pytest.mark.parametrize(("name", "reading"), [("单䶮生", "dan"), ("查月娥", "cha"), ("仇应龙", "chou")])
def test_the_ordinary_reading_is_tolerated_too(name: str, reading: str):
    assert any(word.startswith(reading) for word in search_key(name).split())


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("廖应", "廖"),
        ("欧阳光荣", "欧阳"),
        ("尉迟永安", "尉迟"),
        ("万俟志国", "万俟"),
        ("欧阳", "欧"),
        ("阿依古丽·买买提", ""),
        ("", ""),
    ],
)
def test_the_surname_of_a_name(name: str, head: str):
    assert surname(name) == head


@pytest.mark.parametrize("name", ["", "·", "A", "王𬎆", "\ue000", "123"])
def test_any_name_has_a_key(name: str):
    assert search_key(name) == search_key(name).strip()


def test_the_initials_of_a_label():
    assert initials("中共党员") == "zgdy"
