"""干部任免审批表 as one person's table, whichever file it stood in (domain.md §7.1, §7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from app.exchange import file_parts
from app.exchange.tables import Table, one_person
from app.fields.codes import code_table

ELEMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("XingMing", "姓名", "name", ""),
    ("XingBie", "性别", "sex", ""),
    ("ChuShengNianYue", "出生年月", "birth_date", ""),
    ("MinZu", "民族", "ethnicity", ""),
    ("JiGuan", "籍贯", "native_place", ""),
    ("ChuShengDi", "出生地", "birth_place", ""),
    ("RuDangShiJian", "入党时间", "party_joined_on", ""),
    ("CanJiaGongZuoShiJian", "参加工作时间", "work_started_on", ""),
    ("JianKangZhuangKuang", "健康状况", "health_status", ""),
    ("ZhuanYeJiShuZhiWu", "专业技术职务", "professional_title", ""),
    ("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长", "expertise", ""),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "全日制院校及专业", "school_full_time", ""),
    ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "在职院校及专业", "school_in_service", ""),
    ("XianRenZhiWu", "现任职务", "former_unit", "unit_post"),
    ("JianLi", "简历", "resume", "text"),
    ("JiangChengQingKuang", "奖惩情况", "awards", ""),
    ("ShenFenZheng", "身份证", "id_number", ""),
)
"""Element of .lrmx, its label on paper, field, part."""
ALL_ELEMENTS = (
    "XingMing", "XingBie", "ChuShengNianYue", "MinZu", "JiGuan", "ChuShengDi", "RuDangShiJian",
    "CanJiaGongZuoShiJian", "JianKangZhuangKuang", "ZhuanYeJiShuZhiWu", "ShuXiZhuanYeYouHeZhuanChang",
    "QuanRiZhiJiaoYu_XueLi", "QuanRiZhiJiaoYu_XueWei", "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "ZaiZhiJiaoYu_XueLi", "ZaiZhiJiaoYu_XueWei",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "XianRenZhiWu", "NiRenZhiWu",
    "NiMianZhiWu", "JianLi", "JiangChengQingKuang", "NianDuKaoHeJieGuo", "RenMianLiYou", "JiaTingChengYuan",
    "ChengBaoDanWei", "JiSuanNianLingShiJian", "TianBiaoShiJian", "TianBiaoRen", "ShenFenZheng", "ZhaoPian",
    "Version",
)  # fmt: skip
"""In the order of the file; `JiaTingChengYuan` holds an `Item` for each relative."""
FAMILY, PHOTO = "JiaTingChengYuan", "ZhaoPian"
MEMBER = ("ChengWei", "XingMing", "ChuShengRiQi", "ZhengZhiMianMao", "GongZuoDanWeiJiZhiWu")
"""Of an `Item`, in the order of `file_parts.FAMILY`."""


def person_table(
    name: str,
    texts: Mapping[str, str],
    family: Iterable[Iterable[str]],
    photo: bytes | None = None,
    note: str = "",
) -> Table:
    """`texts` by the element names of .lrmx; what is not there counts as empty."""
    cells = [(label, field, part, texts.get(element, "")) for element, label, field, part in ELEMENTS]
    cells += [
        ("文化程度", "education", "", _highest(texts, "XueLi", "education")),
        ("学位", "degree", "", _highest(texts, "XueWei", "degree")),
        ("家庭主要成员及重要社会关系", "family", "text", file_parts.family_text(family)),
    ]
    stem = PurePath(name).stem
    return one_person(stem, stem, cells, photo, [note] if note else [])


def _highest(texts: Mapping[str, str], part: str, table: str) -> str:
    """The higher one of full-time and in-service; code tables begin with the highest."""
    found = [texts.get(f"{way}JiaoYu_{part}", "") for way in ("QuanRiZhi", "ZaiZhi")]
    order = [item.code for item in code_table(table).items]
    known = {text: order.index(code) for text in found if text and (code := code_table(table).find(text))}
    return min(known, key=lambda text: known[text]) if known else next((text for text in found if text), "")
