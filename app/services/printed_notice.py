"""A payment batch as the public may read it: of each person four things, and nothing that leads to him."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.fields.codes import code_table
from app.models.cadre import CADRE
from app.reports.imprint import Imprint
from app.reports.public_notice import NoticeHead, NoticeLine
from app.services.office import unit_of

PERSON_FIELDS = ("name", "village", "party_branch", "retirement_kind")
NOTICE = "公示表"
_PLACE = re.compile(r"^\D*(?:社区|居委会|居民委员会|村委会|村|支部)")
_TELLS_AN_ILLNESS = re.compile(r"病|癌|瘤|残|医疗|医药|住院|手术|护理|失能|精神")


def notice_head(
    batch: Mapping[str, Any], profile: Mapping[str, Any], begins_on: str, imprint: Imprint
) -> NoticeHead:
    return NoticeHead(
        unit=unit_of(profile),
        fund=code_table("fund").label(batch.get("fund") or ""),
        period=batch.get("period") or "",
        begins_on=begins_on,
        telephone=profile.get("telephone") or "",
        title=notice_title(batch, unit_of(profile)),
        imprint=replace(imprint, one_person=""),  # the notice names nobody who fills in or reviews
    )


def notice_title(batch: Mapping[str, Any], unit: str) -> str:
    """The batch's own name, made the title of a notice."""
    named = str(batch.get("title") or "").removesuffix("签领表").removesuffix("发放表")
    return f"{unit}{named.removesuffix('发放')}发放{NOTICE}" if named else ""


def notice_line(payment: Mapping[str, Any], person: Mapping[str, Any]) -> NoticeLine:
    return NoticeLine(
        name=person.get("name") or "",
        group=public_group(person),
        category=CADRE.text(person, "retirement_kind"),
        amount=(payment.get("amount") or 0) + (payment.get("adjustment") or 0),
    )


def public_group(person: Mapping[str, Any]) -> str:
    """The village, else the party branch; what was written behind it, such as a house number, is left out."""
    told = str(person.get("village") or person.get("party_branch") or "")
    place = _PLACE.match(told)
    return place.group() if place else re.split(r"\d", told)[0].strip()


def notice_warnings(head: NoticeHead, *, is_reviewed: bool) -> list[str]:
    """What would be better mended before the notice hangs on a wall."""
    found = []
    if not is_reviewed:
        found.append("这一批还没有审定，公示前请先由审核人审定")
    if not head.telephone:
        found.append("监督电话空着，请先在“设置”里填联系电话")
    if tells := _TELLS_AN_ILLNESS.search(head.title + head.fund):
        found.append(f"标题或项目里有“{tells.group()}”，会让人看出病情，公示前请把发放名称改成看不出的")
    return found
