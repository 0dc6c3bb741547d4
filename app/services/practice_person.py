"""One invented person of the practice township: what stands in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app import clock
from app.fields import identity
from app.models.cadre import CADRE
from app.services.cadres import CadreFile
from app.services.practice_parts import Household, household, parts_of

AREA = "529999"
PHONES = "1990000"
PARTY_SHARE = 0.72
UNFINISHED_SHARE = 0.2
LAST_OF_SPOUSES = 1940
"""Who was born earlier has outlived husband or wife."""
Plan = Mapping[str, Any]


@dataclass
class Township:
    """What one person after the other is drawn from."""

    plan: Plan
    draw: Random
    posts: dict[str, list[str]] = field(default_factory=dict)
    """Of each branch, those that nobody holds yet."""

    def __post_init__(self) -> None:
        self.posts = {branch: list(posts) for branch, posts in self.plan["committees"].items()}

    @property
    def pools(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.plan["pools"]
        return found


def latest(month: int, day: int) -> str:
    """The last such day that is past."""
    today = clock.today()
    year = today.year - ((today.month, today.day) < (month, day))
    return dt.date(year, month, day).isoformat()


def person(township: Township, name: str, sex: str, birth: str, ethnicity: str, kind: str) -> CadreFile:
    draw, fixed = township.draw, township.plan["fixed"].get(name, {})
    texts = {"name": name, "sex": sex, "ethnicity": ethnicity, "retirement_kind": kind}
    texts |= _career(township, birth, sex, kind) | _home(township, birth) | _state(township) | fixed
    texts |= _post(township, texts, birth)
    values = CADRE.parse(texts)
    values |= {"birth_date": birth, "id_number": _number(draw, birth, sex), "alive": True, "counted": True}
    if not fixed:
        _leave_gaps(draw, values)
    home = _household(township, name, values)
    return CadreFile(values=values, parts=parts_of(draw, township.plan, values, home))


def _number(draw: Random, birth: str, sex: str) -> str:
    last = draw.randrange(0, 10, 2) + (1 if sex == "男" else 0)
    digits = f"{AREA}{birth.replace('-', '')}{draw.randrange(100):02d}{last % 10}"
    return digits + identity.check_character(digits)


def _career(township: Township, birth: str, sex: str, kind: str) -> dict[str, str]:
    draw, plan, year = township.draw, township.plan, int(birth[:4])
    unit = draw.choice(plan["pools"]["units"])
    veteran = kind == "离休"
    started = (
        f"1949-0{draw.randint(3, 8)}"
        if veteran
        else f"{year + draw.randint(18, 23)}-{draw.randint(1, 12):02d}"
    )
    rank = draw.choice(["正乡科级", "副乡科级", "副乡科级", "科员", "科员", "未定级"])
    texts = {
        "work_started_on": started,
        "retired_on": f"{year + (60 if sex == '男' or veteran else 55)}-{birth[5:7]}",
        "former_unit": unit,
        "former_post": draw.choice(plan["posts"][unit]),
        "rank": rank,
        "treatment": rank,
        "unit_nature": "机关" if "政府" in unit or "派出所" in unit else "事业单位",
        "personnel_kind": "公务员" if "政府" in unit else "事业人员",
        "managing_unit": plan["office"]["unit"],
    }
    return texts | (plan["veteran"] if veteran else {}) | _party(draw, township.pools, year, veteran)


def _party(draw: Random, pools: Mapping[str, Any], year: int, veteran: bool) -> dict[str, str]:
    if not veteran and draw.random() > PARTY_SHARE:
        return {"political_status": "群众"}
    joined = year + draw.randint(22, 38)
    return {
        "political_status": "中共党员",
        "party_joined_on": f"{joined}-{draw.randint(1, 12):02d}",
        "party_full_on": f"{joined + 1}",
        "party_branch": draw.choice(pools["branches"]),
        "study_method": draw.choice(["集体学习", "集体学习", "送学上门", "网上自学"]),
        "relation_place": draw.choice(["本单位", "居住地社区"]),
    }


def _post(township: Township, texts: Mapping[str, str], birth: str) -> dict[str, str]:
    """The posts of a branch go to the first who can hold them."""
    free = township.posts.get(texts.get("party_branch", ""), [])
    able = texts["self_care"] == "能自理" and birth >= "1948"
    return {"party_post": free.pop(0)} if free and able else {}


def _home(township: Township, birth: str) -> dict[str, str]:
    draw = township.draw
    village = draw.choice(township.pools["villages"])
    home = f"{township.plan['office']['township']}{village}{draw.randint(1, 11)}组{draw.randint(1, 90)}号"
    away = draw.random() < 0.15
    married = int(birth[:4]) >= LAST_OF_SPOUSES and draw.random() < 0.75
    together = ["与配偶同住", "与配偶同住", "与配偶及子女同住"] if married else ["与子女同住", "独居"]
    return {
        "native_place": "贵州练习县",
        "education": draw.choice(["中专", "大专", "高中", "大学本科", "初中"]),
        "marital_status": "已婚" if married else "丧偶",
        "home_address": home,
        "residence_address": "贵阳市观山湖区金华园社区8栋1单元1417" if away else home,
        "residence_class": "省内跨县" if away else "本县（市）",
        "living_arrangement": "随子女异地居住" if away else draw.choice(together),
        "relocated": "否",
        "mobile": f"{PHONES}{draw.randrange(10_000):04d}" if draw.random() < 0.85 else "",
        "bank_name": "练习县农商行梧桐支行",
        "bank_account": f"6210009{draw.randrange(10**12):012d}",
    }


_ACTIVITIES = {
    "能自理": ["能参加会议和活动", "能参加会议和活动", "能参加就近活动"],
    "部分自理": ["能参加就近活动", "不能参加"],
    "不能自理": ["不能参加"],
}


def _state(township: Township) -> dict[str, str]:
    draw, pools, office = township.draw, township.pools, township.plan["office"]
    health = draw.choice(["健康或良好", "一般或较弱", "有慢性病", "有慢性病", "残疾"])
    ill = health in {"有慢性病", "残疾"}
    self_care = draw.choice(["能自理", "能自理", "能自理", "能自理", "部分自理", "不能自理"])
    return {
        "health_status": health,
        "illnesses": "、".join(draw.sample(pools["illnesses"], draw.randint(1, 2))) if ill else "",
        "self_care": self_care,
        "activity": draw.choice(_ACTIVITIES[self_care]),
        "hobbies": "、".join(draw.sample(pools["hobbies"], draw.randint(1, 3))),
        "expertise": draw.choice(pools["expertise"]) if draw.random() < 0.3 else "",
        "awards": draw.choice(pools["awards"]) if draw.random() < 0.3 else "",
        "collection_methods": draw.choice(["上门", "上门、查档", "电话"]),
        "preparer": office["preparer"],
        "prepared_on": latest(10, 15),
        "reviewer": office["reviewer"],
        "reviewed_on": latest(10, 20),
    }


_MAY_BE_MISSING = ("native_place", "self_care", "activity", "education", "reviewed_on")


def _leave_gaps(draw: Random, values: dict[str, Any]) -> None:
    """Every fifth file is not finished yet, so that there is something to practise on."""
    if draw.random() < UNFINISHED_SHARE:
        values[draw.choice(_MAY_BE_MISSING)] = None


def _household(township: Township, name: str, values: Mapping[str, Any]) -> Household:
    """Both of a couple in the township name each other."""
    plan, phone = township.plan, f"{PHONES}{township.draw.randrange(10_000):04d}"
    found = household(township.draw, township.pools, values, phone)
    couples = plan["couples"] | {other: one for one, other in plan["couples"].items()}
    if spouse := couples.get(name):
        found.spouse.update(name=spouse, birth_date=plan["people"][spouse][1])
        found.child.update(plan["children"][name])
    return found
