"""R-01 … R-10: identity numbers, with the vectors of domain.md §3.1."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fields.rule_case import MAN, WOMAN, Cases, Values, Wrong


def number(text: str | None) -> Values:
    return {"name": "廖应", "id_number": text}


def numbers(severity: str, *texts: str) -> list[Wrong]:
    return [Wrong(severity, "id_number", number(text)) for text in texts]


VALID = [number(text) for text in (MAN, WOMAN, "62999919350930003X", "52999919640229002X")]
NUMBER_CASES: Mapping[str, Cases] = {
    "R-01": Cases(numbers("E", "52999919520317001", "5299991952031700123", "52999919520317X012", "无"), VALID),
    "R-02": Cases(
        numbers("E", "529999195203170013", "529999195203170011", "629999193509300030", "529999195203170000"),
        [*VALID, number("529999196202290017")],
    ),
    "R-03": Cases(
        numbers("W", "999999193509300036", "009999193509300036", "109999193509300036"),
        [*VALID, number("110101193509300030"), number("910101193509300038")],
    ),
    "R-04": Cases(
        numbers(
            "E", "529999196202290017", "529999195213170015", "52999918520317001X", "529999203003170010"
        ),
        [*VALID, number("529999190103170018"), number("529999202611220016")],
    ),
    "R-05": Cases(
        [
            Wrong("W", "birth_date", {"birth_date": date, "id_number": MAN})
            for date in ("1952-04", "1952-03-18", "1951")
        ],
        [
            {"birth_date": "1952", "id_number": MAN},
            {"birth_date": "1952-03", "id_number": MAN},
            {"birth_date": "1952-03-17", "id_number": MAN},
            {"birth_date": "1951-02", "id_number": MAN, "birth_note": "以档案最早记载为准"},
            {"birth_date": "1952-04", "id_number": "529999"},
        ],
    ),
    "R-06": Cases(
        [
            Wrong("W", "sex", {"sex": "2", "id_number": MAN}),
            Wrong("W", "sex", {"sex": "1", "id_number": WOMAN}),
        ],
        [{"sex": "1", "id_number": MAN}, {"sex": "9", "id_number": MAN}, {"sex": "2", "id_number": "529999"}],
    ),
    "R-07": Cases(numbers("I", "529999280105002", "529999280105997"), [*VALID, number("52999928010500")]),
    "R-09": Cases(numbers("E", "52999919520317E17", "5E17"), [*VALID, number("52999919520317001"), number("E17")]),
    "R-10": Cases(
        [
            Wrong("W", "id_number", number(None)),
            Wrong("W", "id_number", {**number(""), "remarks": "每月到镇里领报纸"}),
        ],
        [number(MAN), {**number(None), "remarks": "户口问题未办身份证"}, {"name": None}],
    ),
}  # fmt: skip
