"""What is written into the cells of a form, as the readers of tables know it: ticks, dates, joint answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from app.exchange.cells import ticked
from app.exchange.contacts import phones_in
from app.fields.codes import code_table

_BRACKETED_TICK = re.compile(r"[\[(（【]\s*[√✓✔☑vV]\s*[\])）】]")
_BRACKETED_BOX = re.compile(r"[\[(（【]\s*[\])）】]")
_BOXES = re.compile("[□☐◻▢○¨]")
_TICKS = re.compile("[✔☒■▣●]")
_TICK_BEHIND = re.compile(r"([^\s√✓]+?)\s*[√✓]")
_DATE_ENDINGS = ("_on", "_date", "_until", "_from")
_SPACED_DATE = re.compile(r"(?<=\d)\s+(?=[年月日.\-/\d])|(?<=[年月.\-/])\s+(?=\d)")
_AGE = re.compile(r"[（(]\s*\d{1,3}\s*周?岁\s*[)）]|\s+\d{1,3}\s*周?岁$")
_TO_FILL = re.compile(r"[\s年月日_—/.-]*")
_UNDERLINES = re.compile(r"_{2,}|﹍+")
_LISTED = re.compile("[、,，]")
_PARTS = re.compile("[；;]")

Cell = tuple[str, str, Any]
"""Field, part, what is read."""


def is_date(field: str) -> bool:
    return field.endswith(_DATE_ENDINGS)


def read_cells(field: str, part: str, value: Any) -> list[Cell]:
    """One answer as one or several cells; a cell that holds what should be parted is parted only where that is sure."""
    if not isinstance(value, str):
        return [(field, part, value)]
    text = _UNDERLINES.sub(" ", value).strip()
    if is_date(field):
        return [(field, part, date_text(text))]
    text = chosen(text)
    return _JOINT[part](text) if part in _JOINT else [(field, part, text)]


def date_text(text: str) -> str:
    """'1955 年 5 月（71岁）' as '1955年5月'; the printed '    年    月    日' alone is nothing."""
    plain = _SPACED_DATE.sub("", _AGE.sub("", unicodedata.normalize("NFKC", text).strip()))
    return "" if _TO_FILL.fullmatch(plain) else plain


def chosen(text: str) -> str:
    """Of ticked boxes those that are ticked, joined by '、'; any other text as it stands."""
    plain = _BRACKETED_BOX.sub("□", _BRACKETED_TICK.sub("☑", text))
    plain = _TICKS.sub("☑", _BOXES.sub("□", plain))
    if plain == text and "√" in text and "□" not in text and not text.lstrip().startswith("√"):
        return "、".join(_TICK_BEHIND.findall(text))
    if "□" not in plain and "☑" not in plain and "√" not in plain:
        return text
    found = ticked(plain)
    return text if found is None else found


def _unit_and_phone(text: str) -> list[Cell]:
    unit, phone = without_phone(text)
    return [("relocation_unit", "", unit), ("relocation_phone", "", phone)]


def without_phone(text: str) -> tuple[str, str]:
    """'贵阳市老干部局 0851-25500000': the text and the one number at its end; '' where there is none."""
    before, _, last = text.rpartition(" ") if " " in text else ("", "", text)
    numbers, rest = phones_in(last)
    return (before.strip(), last) if len(numbers) == 1 and not rest else (text, "")


def _hospitals(text: str) -> list[Cell]:
    parts = [part.strip() for part in _LISTED.split(text) if part.strip()]
    if len(parts) == 2:
        return [("hospital_1", "", parts[0]), ("hospital_2", "", parts[1])]
    return [("hospital_1", "", text)]


def _contributions(text: str) -> list[Cell]:
    """'关心下一代、志愿服务；每周到校讲党史': words of the list first, then running text."""
    first, *others = _PARTS.split(text)
    if not _all_listed("contribution", first):
        return [("contribution_note", "", text)]
    return [("contributions", "", first), ("contribution_note", "", "；".join(others))]


def _needs(text: str) -> list[Cell]:
    *others, last = _PARTS.split(text)
    if not _all_listed("wanted_service", last):
        return [("individual_needs", "", text)]
    return [("wanted_services", "", last), ("individual_needs", "", "；".join(others))]


def _all_listed(table: str, text: str) -> bool:
    listed = [part.strip() for part in _LISTED.split(text) if part.strip()]
    labels = {item.label for item in code_table(table).items}
    return bool(listed) and all(part in labels for part in listed)


_JOINT: Mapping[str, Callable[[str], list[Cell]]] = {
    "unit_phone": _unit_and_phone,
    "hospitals": _hospitals,
    "contributions": _contributions,
    "needs": _needs,
}
