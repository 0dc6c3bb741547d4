"""Invented people in any number, the same ones every time: drawn, and kept nowhere but in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from app.fields import identity
from app.services.readings import search_key

SEED = 20260
AREA = "529999"
PHONES = (
    "130",
    "135",
    "136",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "178",
    "180",
    "182",
    "187",
    "189",
    "199",
)
SURNAMES = (
    "王王王王李李李李张张张张刘刘刘陈陈陈杨杨杨黄黄赵赵吴吴周周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "苏魏吕丁任卢姚沈钟姜崔谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙黎史陶贺毛郝顾龚邵万钱严单仇查解盖区"
)
GIVEN = (
    "国建华文明德正光志永家世忠庆开天长玉秀桂素淑凤兰英芳珍琴梅菊莲霞云美丽慧敏静惠翠月娥芬群贤先学安平福寿康宁强军伟勇刚毅俊峰海"
    "波涛江河山林森松柏柱栋梁才成功业兴旺发达富贵荣昌盛隆祥瑞吉庚辰生春夏秋冬东南西北元亨利仁义礼智信孝友恭俭让温良善昭映晖阳旭晨"
)
TOWNS = [
    first + second
    for first in "卫青红新双龙白石大小清永长安古东"
    for second in ("城镇", "山镇", "水乡", "河镇", "坝乡", "沙镇")
]
VILLAGES = [first + second for first in "东西南北上下前后新老大小中高石" for second in "门寨坪湾坡塘田井"]
UNITS = {
    "人民政府": ("副镇长", "办公室主任", "民政助理", "财政所所长"),
    "中学": ("校长", "教导主任", "中学高级教师", "中学一级教师"),
    "中心小学": ("校长", "小学高级教师", "小学一级教师"),
    "卫生院": ("院长", "主治医师", "护士长", "药剂师"),
    "农业服务中心": ("站长", "农艺师", "高级农艺师"),
    "粮管所": ("所长", "保管员"),
    "供销社": ("主任", "会计"),
    "派出所": ("所长", "指导员"),
}
ILLNESSES = ("高血压", "糖尿病", "冠心病", "慢性支气管炎", "白内障", "腰椎间盘突出", "脑梗后遗症")


def invented_people(count: int, towns: int = len(TOWNS)) -> Iterator[dict[str, Any]]:
    """Values by field name, codes as they are stored; as complete as a well-kept office has them."""
    draw = Random(SEED)
    return (_person(draw, TOWNS[number % towns]) for number in range(count))


def invented_parts(person: dict[str, Any], draw: Random) -> dict[str, list[dict[str, Any]]]:
    """Family, résumé, contacts, apps and conditions of one person."""
    child, phone = person["name"][:1] + _given(draw), _phone(draw)
    started, retired, unit = person["work_started_on"], person["retired_on"], person["former_unit"]
    middle = f"{(int(started[:4]) + int(retired[:4])) // 2}-03"
    return {
        "contacts": [{"name": child, "relation": "儿子", "mobile": phone}],
        "family": [
            {
                "relation": "儿子",
                "name": child,
                "birth_date": middle,
                "political_status": "13",
                "phone": phone,
            },
            {"relation": "女儿", "name": person["name"][:1] + _given(draw), "political_status": "13"},
        ],
        "resume": [
            {"started_on": started, "ended_on": middle, "text": f"{unit}工作"},
            {"started_on": middle, "ended_on": retired, "text": f"{unit}{person['former_post']}"},
            {"started_on": retired, "text": "退休"},
        ],
        "apps": [{"app": "szql", "installed": draw.random() < 0.6}],
        "special_conditions": [{"condition": "sick", "started_on": "2025"}] if person["illnesses"] else [],
    }


def _person(draw: Random, town: str) -> dict[str, Any]:
    name = draw.choice(SURNAMES) + _given(draw)
    sex, birth = draw.choice("112"), _birth(draw)
    values = {"name": name, "search_key": search_key(name), "sex": sex, "birth_date": birth}
    values |= {
        "id_number": _number(draw, birth, sex),
        "ethnicity": draw.choice(("01", "01", "01", "06", "09")),
    }
    return values | _career(draw, town, int(birth[:4]), birth[5:7]) | _home(draw, town) | _state(draw)


def _given(draw: Random) -> str:
    return "".join(draw.sample(GIVEN, 1 if draw.random() < 0.15 else 2))


def _birth(draw: Random) -> str:
    return f"{1926 + int(draw.triangular(0, 40, 26))}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"


def _number(draw: Random, birth: str, sex: str) -> str:
    serial = draw.randrange(100) * 10 + draw.randrange(0, 10, 2) + int(sex == "1")
    digits = f"{AREA}{birth.replace('-', '')}{serial:03d}"
    return digits + identity.check_character(digits)


def _phone(draw: Random) -> str:
    return f"{draw.choice(PHONES)}{draw.randrange(10**8):08d}"


def _career(draw: Random, town: str, year: int, month: str) -> dict[str, Any]:
    unit = draw.choice(tuple(UNITS))
    party = draw.random() < 0.7
    return {
        "retirement_kind": "LX" if year < 1930 else "TX",
        "work_started_on": f"{year + draw.randint(18, 23)}-{draw.randint(1, 12):02d}",
        "retired_on": f"{year + 60}-{month}",
        "former_unit": town + unit,
        "former_post": draw.choice(UNITS[unit]),
        "rank": draw.choice(("141", "142", "142", "150", "199")),
        "treatment": draw.choice(("141", "142", "142", "150", "199")),
        "political_status": "01" if party else "13",
        "party_joined_on": f"{year + draw.randint(22, 38)}-{draw.randint(1, 12):02d}" if party else None,
        "party_branch": f"{town}离退休干部党支部" if party else None,
        "managing_unit": f"{town}人民政府",
    }


def _home(draw: Random, town: str) -> dict[str, Any]:
    village = draw.choice(VILLAGES) + "村"
    home = f"{town}{village}{draw.randint(1, 11)}组{draw.randint(1, 90)}号"
    return {
        "native_place": "贵州练习县",
        "education": draw.choice(("20", "30", "40", "60", "70")),
        "marital_status": draw.choice(("20", "20", "20", "30")),
        "home_address": home,
        "residence_address": home,
        "living_arrangement": draw.choice(("1", "1", "2", "4")),
        "mobile": _phone(draw) if draw.random() < 0.9 else None,
        "landline": f"0851-{draw.randrange(10**7, 10**8)}" if draw.random() < 0.2 else None,
    }


def _state(draw: Random) -> dict[str, Any]:
    ill = draw.random() < 0.4
    return {
        "health_status": "3" if ill else "1",
        "illnesses": "、".join(draw.sample(ILLNESSES, 2)) if ill else None,
        "self_care": "1",
        "remarks": "每月到镇里领报纸" if draw.random() < 0.1 else None,
        "alive": True,
        "counted": True,
    }


def typed_in_steps(texts: Sequence[str]) -> Iterator[str]:
    """What the search box holds after each key."""
    return (text[:length] for text in texts for length in range(1, len(text) + 1))
