"""The practice township: invented people with everything that a real office has, gaps included.

Names and words are in `resources/practice/township.toml`; what happens to whom is drawn with a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from app import clock
from app.fields import identity
from app.fields.codes import code_table
from app.models.cadre import CADRE
from app.paths import resource
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.visits import VisitFile, same_for_all

PRACTICE_NAME, PRACTICE_PASSWORD = "练习员", "lianxizhen-keyi-suibian-shi"
"""Of the practice township that the command line makes; the one of the first run has the user's own."""
AREA = "529999"
PHONES = "1990000"
PARTY_SHARE = 0.72
SPRING_MONEY = 50_000
VETERAN_MONEY = 80_000


def make_practice(desk: Desk, person: Mapping[str, Any] | None = None) -> None:
    """Fills an empty data folder. The township's profile says that it is for practice.

    `person` is what the user has told about himself: he stays himself in the invented township.
    """
    plan = _plan()
    plan["office"] |= dict(person or {})
    draw = Random(plan["seed"])
    desk.office.save(dict(plan["office"]))
    uids = [_person(desk, draw, plan, name, *facts) for name, facts in plan["people"].items()]
    _visits(desk, draw, plan["pools"], uids)
    _payments(desk, uids)


def own_person(office: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """What of these fields the user has told himself; the rest is the practice township's own."""
    invented = _plan()["office"]
    return {name: office[name] for name in names if office.get(name) and office[name] != invented.get(name)}


def _plan() -> dict[str, Any]:
    return tomllib.loads(resource("practice/township.toml").read_text(encoding="utf-8"))


def _person(desk: Desk, draw: Random, plan: Mapping[str, Any], name: str, *facts: str) -> str:
    sex, birth, ethnicity, kind = facts
    texts = {"name": name, "sex": sex, "ethnicity": ethnicity, "retirement_kind": kind}
    values = CADRE.parse(
        texts | _career(draw, plan, birth, sex, kind) | _home(draw, plan) | _state(draw, plan)
    )
    values |= {"birth_date": birth, "id_number": _number(draw, birth, sex), "alive": True, "counted": True}
    _leave_gaps(draw, values)
    if draw.random() < 0.7:
        values["photo"] = desk.pictures.keep(_portrait(draw, sex))
    file = CadreFile(values=values, parts=_parts(draw, plan["pools"], name, values))
    return next(iter(desk.cadres.save(file).uids))


def _number(draw: Random, birth: str, sex: str) -> str:
    last = draw.randrange(0, 10, 2) + (1 if sex == "男" else 0)
    digits = f"{AREA}{birth.replace('-', '')}{draw.randrange(100):02d}{last % 10}"
    return digits + identity.check_character(digits)


def _career(draw: Random, plan: Mapping[str, Any], birth: str, sex: str, kind: str) -> dict[str, str]:
    year = int(birth[:4])
    unit = draw.choice(plan["pools"]["units"])
    veteran = kind == "离休"
    started = (
        f"1949-0{draw.randint(3, 8)}"
        if veteran
        else f"{year + draw.randint(18, 23)}-{draw.randint(1, 12):02d}"
    )
    retired = f"{year + (60 if sex == '男' or veteran else 55)}-{birth[5:7]}"
    rank = draw.choice(["正乡科级", "副乡科级", "副乡科级", "科员", "科员", "未定级"])
    texts = {
        "work_started_on": started,
        "retired_on": retired,
        "former_unit": unit,
        "former_post": draw.choice(plan["posts"][unit]),
        "rank": rank,
        "treatment": "副县处级" if veteran else rank,
        "unit_nature": "机关" if "政府" in unit or "派出所" in unit else "事业单位",
        "personnel_kind": "公务员" if "政府" in unit else "事业人员",
        "managing_unit": plan["office"]["unit"],
        "revolution_period": "解放战争时期" if veteran else "",
    }
    return texts | _party(draw, plan["pools"], year, veteran)


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


def _home(draw: Random, plan: Mapping[str, Any]) -> dict[str, str]:
    village = draw.choice(plan["pools"]["villages"])
    home = f"{plan['office']['township']}{village}{draw.randint(1, 11)}组{draw.randint(1, 90)}号"
    away = draw.random() < 0.15
    return {
        "native_place": "贵州练习县",
        "education": draw.choice(["中专", "大专", "高中", "大学本科", "初中"]),
        "marital_status": draw.choice(["已婚", "已婚", "已婚", "丧偶"]),
        "home_address": home,
        "residence_address": "贵阳市观山湖区金华园社区8栋1单元1417" if away else home,
        "residence_class": "省内跨县" if away else "本县（市）",
        "living_arrangement": "随子女异地居住" if away else draw.choice(["与配偶同住", "与子女同住", "独居"]),
        "relocated": "否",
        "mobile": f"{PHONES}{draw.randrange(10_000):04d}" if draw.random() < 0.85 else "",
        "bank_name": "练习县农商行梧桐支行",
        "bank_account": f"6210009{draw.randrange(10**12):012d}",
    }


def _state(draw: Random, plan: Mapping[str, Any]) -> dict[str, str]:
    pools = plan["pools"]
    health = draw.choice(["健康或良好", "一般或较弱", "有慢性病", "有慢性病", "残疾"])
    ill = health in {"有慢性病", "残疾"}
    return {
        "health_status": health,
        "illnesses": "、".join(draw.sample(pools["illnesses"], draw.randint(1, 2))) if ill else "",
        "self_care": draw.choice(["能自理", "能自理", "能自理", "部分自理", "不能自理"]),
        "activity": draw.choice(["能参加会议和活动", "能参加会议和活动", "能参加就近活动", "不能参加"]),
        "hobbies": "、".join(draw.sample(pools["hobbies"], draw.randint(1, 3))),
        "expertise": draw.choice(pools["expertise"]) if draw.random() < 0.3 else "",
        "awards": draw.choice(pools["awards"]) if draw.random() < 0.3 else "",
        "collection_methods": draw.choice(["上门", "上门、查档", "电话"]),
        "preparer": plan["office"]["preparer"],
        "prepared_on": _latest(10, 15),
        "reviewer": plan["office"]["reviewer"],
        "reviewed_on": _latest(10, 20),
    }


def _latest(month: int, day: int) -> str:
    """The last such day that is past."""
    today = clock.today()
    year = today.year - ((today.month, today.day) < (month, day))
    return dt.date(year, month, day).isoformat()


_MAY_BE_MISSING = ("native_place", "self_care", "party_branch", "activity", "id_number", "reviewed_on")


def _leave_gaps(draw: Random, values: dict[str, Any]) -> None:
    """Every fifth file is not finished yet, so that there is something to practise on."""
    if draw.random() < 0.2:
        values[draw.choice(_MAY_BE_MISSING)] = None


def _parts(draw: Random, pools: Mapping[str, Any], name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    surname = name[:2] if name[:2] in {"欧阳", "司徒", "尉迟", "万俟"} else name[:1]
    child = surname + draw.choice(pools["given"])
    relation = draw.choice(pools["relations"])
    phone = f"{PHONES}{draw.randrange(10_000):04d}"
    born = f"{int(values['birth_date'][:4]) + draw.randint(22, 30)}-{draw.randint(1, 12):02d}"
    return {
        "contacts": [{"name": child, "relation": relation, "mobile": phone}],
        "family": [
            {"relation": relation, "name": child, "birth_date": born, "work": "个体", "phone": phone},
        ],
        "resume": _resume(values),
        "apps": [{"app": "szql", "installed": draw.random() < 0.6, "reason": None}],
        "special_conditions": _conditions(values),
    }  # fmt: skip


def _resume(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    started, retired = values["work_started_on"], values["retired_on"]
    middle = f"{(int(started[:4]) + int(retired[:4])) // 2}-03"
    unit, post = values["former_unit"], values["former_post"]
    return [
        {"started_on": started, "ended_on": middle, "text": f"{unit}工作"},
        {"started_on": middle, "ended_on": retired, "text": f"{unit}{post}"},
        {"started_on": retired, "ended_on": None, "text": "退休"},
    ]


def _conditions(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    since = f"{clock.today().year - 1}"
    told = {
        "sick": bool(values.get("illnesses")),
        "widowed": values.get("marital_status") == "30",
        "alone": values.get("living_arrangement") == "4",
    }
    return [{"condition": condition, "started_on": since} for condition, holds in told.items() if holds]


def _portrait(draw: Random, sex: str) -> bytes:
    """A drawn bust in ID-photo size; nobody's face."""
    from PIL import Image, ImageDraw

    ground = draw.choice(["#dfe7ea", "#e9e4da", "#dde5dc"])
    coat = draw.choice(["#3e4f5c", "#5a4a42", "#44564b", "#6b5b6e"])
    image = Image.new("RGB", (413, 579), ground)
    pen = ImageDraw.Draw(image)
    pen.ellipse((56, 400, 357, 800), fill=coat)
    pen.rectangle((176, 330, 238, 420), fill="#e3c2a4")
    pen.ellipse((120, 140, 294, 372), fill="#ecd0b4")
    pen.pieslice(
        (112, 118, 302, 350 if sex == "女" else 300), 180, 360, fill=draw.choice(["#8f8f8f", "#5d5a57"])
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _visits(desk: Desk, draw: Random, pools: Mapping[str, Any], uids: list[str]) -> None:
    today = clock.today()
    for year in (today.year - 1, today.year):
        rounds = [
            (f"{year}-01-20", "春节慰问", SPRING_MONEY, "大米、食用油", uids),
            (f"{year}-06-28", "七一走访", 30_000, "", uids[::3]),
            (f"{year}-07-18", "夏送清凉", None, "防暑药品", uids[1::4]),
            (f"{year}-10-16", "重阳节慰问", 20_000, "牛奶", uids[2::4]),
        ]
        for date, kind, money, goods, people in rounds:
            if dt.date.fromisoformat(date) <= today:
                _round(
                    desk, draw, pools, date, kind, money, goods, draw.sample(people, max(len(people) - 3, 1))
                )


def _round(
    desk: Desk,
    draw: Random,
    pools: Mapping[str, Any],
    date: str,
    kind: str,
    money: int | None,
    goods: str,
    people: list[str],
) -> None:
    common = {
        "date": date,
        "kind": code_table("visit_kind").find(kind),
        "place": "家中",
        "leader": draw.choice(["王镇长", "陈副镇长", None]),
        "staff": "张小雨、李建华",
        "money": money,
        "goods": goods or None,
    }
    files: list[VisitFile] = same_for_all(common, [(uid, _told(draw, pools)) for uid in people])
    desk.visits.save(*files)


def _told(draw: Random, pools: Mapping[str, Any]) -> dict[str, Any]:
    asked = draw.random() < 0.3
    return {
        "situation": draw.choice(pools["situations"]),
        "requests": draw.choice(pools["requests"]) if asked else None,
        "answer": draw.choice(pools["answers"]) if asked else None,
    }


def _payments(desk: Desk, uids: list[str]) -> None:
    paid_on = _latest(1, 20)
    year = paid_on[:4]
    kinds = {row.uid: row.values for row in desk.cadres.rows(["retirement_kind", "name", "bank_account"])}
    batch = {
        "fund": "condolence",
        "title": f"{year}年春节慰问金",
        "period": f"{year}年春节",
        "source": "老干部工作经费",
        "document": f"梧府办〔{year}〕3号",
        "paid_on": paid_on,
    }
    payments = [_payment(uid, *kinds[uid], signed=number % 9 != 8) for number, uid in enumerate(uids)]
    desk.payments.save(BatchFile(values=batch, payments=payments))


def _payment(uid: str, kind: str, name: str, account: str, *, signed: bool) -> dict[str, Any]:
    amount = VETERAN_MONEY if kind == "LX" else SPRING_MONEY
    signature = {"signer": name, "signed_on": _latest(1, 20)} if signed else {}
    return {
        "cadre_uid": uid,
        "standard": amount,
        "times": 1,
        "amount": amount,
        "method": "1",
        "bank_account": account,
        **signature,
    }
