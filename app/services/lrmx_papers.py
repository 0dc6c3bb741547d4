"""干部任免审批表 (.lrmx) of one person or of many, for the programs of the organisation department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.errors import UserError
from app.exchange.file_names import tidy_name
from app.models.cadre import CADRE
from app.models.database import Database
from app.models.parts import PART_TYPES
from app.progress import Progress, silent
from app.services.cadres import CadreFile, Cadres
from app.services.masked_texts import masked_values
from app.services.office import OfficeProfile, unit_of
from app.services.paper import Facts, Paper
from app.services.pictures import Pictures

ENDING = ".lrmx"
KIND = "lrmx"
_FIELDS: Mapping[str, str] = {
    "XingMing": "name",
    "XingBie": "sex",
    "ChuShengNianYue": "birth_date",
    "MinZu": "ethnicity",
    "JiGuan": "native_place",
    "ChuShengDi": "birth_place",
    "RuDangShiJian": "party_joined_on",
    "CanJiaGongZuoShiJian": "work_started_on",
    "JianKangZhuangKuang": "health_status",
    "ZhuanYeJiShuZhiWu": "professional_title",
    "ShuXiZhuanYeYouHeZhuanChang": "expertise",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "school_full_time",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "school_in_service",
    "ShenFenZheng": "id_number",
}
_DATES = frozenset({"birth_date", "party_joined_on", "work_started_on"})
_OPEN = " " * len("YYYY.MM")


class LrmxPapers:
    """Makes them in memory; `Exports` brings them out."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._office = OfficeProfile(database)
        self._pictures = Pictures(database)

    def name_of(self, uid: str) -> str:
        return tidy_name(self._cadres.read(uid).values.get("name") or "任免表", ENDING)

    def paper(self, uid: str, *, masked: bool = False) -> Paper:
        return self._paper(self._cadres.read(uid), self._office.read(), masked=masked)

    def papers(
        self, uids: Sequence[str] | None = None, progress: Progress = silent, *, masked: bool = False
    ) -> list[Paper]:
        """A file for each, of all or the named. Raises UserError when there is nobody."""
        files = self._cadres.read_all(uids)
        if not files:
            raise UserError("花名册里还没有人，没有可以导出的任免表。请先导入花名册或新建档案。")
        made, profile = [], self._office.read()
        for done, file in enumerate(files):
            progress(done, len(files), f"正在写 {file.values.get('name') or ''} 的任免表")
            made.append(self._paper(file, profile, masked=masked))
        return made

    def _paper(self, file: CadreFile, profile: Mapping[str, Any], *, masked: bool) -> Paper:
        from app.exchange.lrmx_writer import lrmx_bytes

        photo = self._pictures.content(file.values.get("photo"))
        content = lrmx_bytes(_texts(file, profile, masked=masked), _family(file), photo)
        fields = [CADRE.field(name).label for name in _FIELDS.values()]
        facts = Facts(KIND, 1, 1, fields, masked)
        return Paper(tidy_name(file.values.get("name") or "任免表", ENDING), content, facts=facts)


def _texts(file: CadreFile, profile: Mapping[str, Any], *, masked: bool) -> dict[str, str]:
    values = masked_values(CADRE, file.values) if masked else file.values
    shown = CADRE.texts(values)
    texts = {
        element: _digits(values.get(name)) if name in _DATES else shown[name]
        for element, name in _FIELDS.items()
    }
    way = "ZaiZhi" if values.get("school_in_service") and not values.get("school_full_time") else "QuanRiZhi"
    today = f"{clock.today():%Y%m%d}"
    return texts | {
        f"{way}JiaoYu_XueLi": shown["education"],
        f"{way}JiaoYu_XueWei": shown["degree"],
        "XianRenZhiWu": f"{shown['former_unit']}{shown['former_post']}",
        "JianLi": "\n".join(_period(row) for row in file.parts.get("resume", [])),
        "JiangChengQingKuang": "；".join(filter(None, (shown["awards"], shown["special_contribution"]))),
        "ChengBaoDanWei": unit_of(profile),
        "JiSuanNianLingShiJian": today,
        "TianBiaoShiJian": today,
        "TianBiaoRen": profile.get("preparer") or "",
    }


def _digits(date: str | None) -> str:
    """'196607' or '19660722'; a year alone stays a year."""
    return (date or "").replace("-", "")


def _period(row: Mapping[str, Any]) -> str:
    started, ended = (_dotted(row.get(name)) for name in ("started_on", "ended_on"))
    text = (row.get("text") or "").replace("\r\n", "\n")
    return f"{started or _OPEN}--{ended or _OPEN}  {text}" if started or ended else text


def _dotted(date: str | None) -> str:
    return (date or "")[:7].replace("-", ".")


def _family(file: CadreFile) -> list[list[str]]:
    record = PART_TYPES["family"]
    rows = []
    for row in file.parts.get("family", []):
        shown = record.texts(row)
        work = shown["work"] or ("已去世" if row.get("alive") is False else "")
        born = _digits(row.get("birth_date"))
        rows.append([shown["relation"], shown["name"], born, shown["political_status"], work])
    return rows
