"""People ready for paper: the invented ones of the sample roster, with as much or as little as a test needs."""

from __future__ import annotations

from app.reports.subject import FormOffice, FormSubject

OFFICE = FormOffice(
    unit="卫城镇人民政府",
    preparer="张某某",
    reviewer="李某某",
    telephone="0851-25500000",
    filled_on="2026-11-22",
    apps=("夕阳红", "数字黔老"),
)


def person(
    name: str = "周光", *, periods: int = 3, relatives: int = 2, photo: bytes | None = None, **texts: str
) -> FormSubject:
    usual = {
        "name": name,
        "sex": "男",
        "ethnicity": "苗族",
        "birth_date": "1955.05.14",
        "id_number": "529999195505148814",
        "political_status": "中共党员",
        "party_joined_on": "1974.05",
        "former_unit": "卫城镇农业服务中心",
        "former_post": "站长",
        "mobile": "19900006374",
        "relocated": "否",
        "party_branch": "卫城镇机关退休党支部",
    }
    children = {
        "resume": [_period(number, periods) for number in range(periods)],
        "family": [_relative(number) for number in range(relatives)],
        "apps": [{"app": "夕阳红", "installed": "否", "reason": "用老人机"}],
        "special_conditions": [
            {"condition": "独居", "ended_on": ""},
            {"condition": "长期住院", "ended_on": "2020.01"},
        ],
        "contacts": [{"name": "周淑芬", "relation": "长女", "mobile": "19900000001"}],
    }
    return FormSubject(usual | texts, {"sex": "1"}, children, photo)


def _period(number: int, of: int) -> dict[str, str]:
    return {
        "started_on": f"{1972 + number}.01",
        "ended_on": f"{1973 + number}.01" if number < of - 1 else "",
        "text": f"清镇市卫城镇农业服务中心第{number + 1}段，任技术员，其间在省农学院进修",
    }


def _relative(number: int) -> dict[str, str]:
    return {
        "relation": "长女",
        "name": f"周淑芬{number + 1}",
        "birth_date": "1977.09",
        "political_status": "群众",
        "work": "个体",
    }
