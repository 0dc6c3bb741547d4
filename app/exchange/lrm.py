"""The older 干部任免审批表 (.lrm, domain.md §7.2): 33 quoted texts in one line; the photo lies beside it as .pic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.errors import UserError
from app.exchange import text_table
from app.exchange.appointment import person_table
from app.exchange.tables import Table

ENDING, PHOTO_ENDING = ".lrm", ".pic"
LARGEST = 2 * 2**20
FIELDS = 33
_BETWEEN = '","'
MOST_SURPLUS = 12
_SEX = 1
_PLACES: Mapping[int, str] = {
    0: "XingMing", 1: "XingBie", 2: "ChuShengNianYue", 3: "MinZu", 4: "JiGuan", 5: "RuDangShiJian",
    6: "JianKangZhuangKuang", 7: "ChuShengDi", 8: "CanJiaGongZuoShiJian", 11: "ZhuanYeJiShuZhiWu",
    16: "ShuXiZhuanYeYouHeZhuanChang", 17: "JianLi", 18: "JiangChengQingKuang", 19: "NianDuKaoHeJieGuo",
    25: "XianRenZhiWu",
}  # fmt: skip
_SCHOOLING = {9: "", 10: "_BiYeYuanXiaoXi"}
"""'全日制学历#学位@在职学历#学位', and the schools in the same pattern."""
_FAMILY = range(20, 25)


def is_lrm(name: str, content: bytes) -> bool:
    return name.lower().endswith(ENDING) and content.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b'"'


def read(name: str, content: bytes) -> Table:
    """The one row of a .lrm file. Raises UserError where its texts cannot be told apart for certain."""
    if len(content) > LARGEST:
        raise UserError(f"“{name}”超过 {LARGEST // 2**20} MB，不像任免审批表，没有读取")
    texts = _texts(name, text_table.decode(name, content))
    found = {element: texts[place].strip() for place, element in _PLACES.items()}
    for place, ending in _SCHOOLING.items():
        found |= _schooling(texts[place], ending)
    return person_table(name, found, _family([texts[place] for place in _FAMILY]))


def _texts(name: str, text: str) -> list[str]:
    """A `","` inside a text makes too many of them: they are joined where that is possible in one way only."""
    parts = text.strip("\ufeff \r\n\t,\0").removeprefix('"').removesuffix('"').split(_BETWEEN)
    ways = [way for way in _ways(parts) if _is_sound(way)]
    if len(ways) != 1:
        raise UserError(
            f"“{name}”里的引号或逗号乱了，分不清各栏，没有读入；请用任免审批表软件打开它，另存为 .lrmx 再导入"
        )
    return ways[0]


def _ways(parts: list[str]) -> list[list[str]]:
    surplus = len(parts) - FIELDS
    if not 0 < surplus <= MOST_SURPLUS:
        return [parts] if surplus == 0 else []
    return [
        [*parts[:at], _BETWEEN.join(parts[at : at + surplus + 1]), *parts[at + surplus + 1 :]]
        for at in range(FIELDS)
    ]


def _is_sound(parts: Sequence[str]) -> bool:
    """Somebody with a name, quotation marks in pairs, the columns of the family as long as each other."""
    if not parts[0].strip() or parts[_SEX].strip() not in ("男", "女", ""):
        return False
    lengths = {len(parts[place].split("@")) for place in _FAMILY if parts[place].strip()}
    return len(lengths) <= 1 and not any(part.count('"') % 2 for part in parts)


def _schooling(text: str, ending: str) -> dict[str, str]:
    found = {}
    for way, part in zip(("QuanRiZhi", "ZaiZhi"), text.split("@"), strict=False):
        for kind, said in zip(("XueLi", "XueWei"), part.split("#"), strict=False):
            found[f"{way}JiaoYu_{kind}{ending}"] = said.strip()
    return found


def _family(columns: Sequence[str]) -> list[list[str]]:
    """Columns of the members, each split by '@', as a row for each member."""
    parted = [column.split("@") for column in columns]
    longest = max(map(len, parted))
    return [[column[at].strip() if at < len(column) else "" for column in parted] for at in range(longest)]
