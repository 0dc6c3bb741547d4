"""What one cell says, by the field it stands in. Nothing is guessed: a doubt keeps the cell out and is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from app.errors import UnreadableError
from app.exchange.contacts import phones_in
from app.exchange.unit_post import split_unit_and_post
from app.exchange.vocabulary import words
from app.fields import identity, kinds, names
from app.fields.codes import code_table
from app.fields.kinds import Flaw, cell_text

UNREADABLE, NAMELESS, DERIVED, DOUBTFUL, CONTINUED = "C-01", "C-02", "C-03", "C-04", "C-05"
"""Codes of what only reading a file can find; all others are the rules of domain.md §3."""

Pairs = tuple[tuple[str, Any], ...]
Outcome = tuple[Pairs, tuple[Flaw, ...]]
"""Fields with their values, and what is to be said about them. No pair: the cell gives no value."""
Reader = Callable[[Any], Outcome]

NOTHING: Outcome = ((), ())
BLANK = frozenset({"无", "/", "-", "—", "——", "--", "／", "\\", "暂无", "没有", "空", "无。"})
_SAYS_NONE = frozenset({"allergies", "operations", "medicines_covered", "medicines_other", "hardship"})
"""Fields where 无 is an answer rather than an empty cell."""
_LOST_DIGITS = re.compile(r"\d(?:\.\d+)?[Ee]\+?1[5-9]")
_MASKED = re.compile(r"[*＊×]|[xX]{2,}")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")
_WORD = re.compile(r"[^\W\d_]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_LONGEST_EXACT = 10**15
_YES_WORDS = frozenset({"是", "√", "✓", "y", "yes", "党员", "对"})
_NO_WORDS = frozenset({"否", "×", "x", "n", "no", "不是", "非党员"})


def refused(message: str, code: str = UNREADABLE) -> Outcome:
    return (), (Flaw("E", code, message),)


def plain_reader(field: str, kind: kinds.Kind) -> Reader:
    """By the kind of the field alone."""
    if isinstance(kind, kinds.Identity):
        return identity_reader(field, kind)
    if isinstance(kind, kinds.Name):
        return name_reader(field, kind)
    if isinstance(kind, kinds.Code):
        return code_reader(field, kind)
    if isinstance(kind, kinds.Text):
        return text_reader(field, kind)
    return _other_reader(field, kind)


def _other_reader(field: str, kind: kinds.Kind) -> Reader:
    def read(cell: Any) -> Outcome:
        if cell_text(cell).strip() in BLANK:
            return NOTHING
        try:
            value = kind.read_cell(cell)
        except UnreadableError as error:
            return refused(str(error))
        return ((field, value),), tuple(kind.flaws(value)) if value is not None else ()

    return read


def text_reader(field: str, kind: kinds.Text) -> Reader:
    keeps_none = field in _SAYS_NONE

    def read(cell: Any) -> Outcome:
        if isinstance(cell, int | float) and abs(cell) >= _LONGEST_EXACT:
            return refused("号码存成了数字，末几位已经丢失，请照原件重新录入", "R-09")
        text = cell.strip() if isinstance(cell, str) else cell_text(cell).strip()
        if not text or (text in BLANK and not keeps_none):
            return NOTHING
        if _PRIVATE_USE.search(text):
            return ((field, text),), (Flaw("W", DOUBTFUL, "文字里有旧字库的自造字，请换成标准字"),)
        return ((field, text),), (tuple(kind.flaws(text)) if len(text) > kind.max_length else ())

    return read


def identity_reader(field: str, kind: kinds.Identity) -> Reader:
    """R-01 … R-09: what a numeric cell has rounded is refused; an old number is converted and told."""

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        if (isinstance(cell, int | float) and abs(cell) >= _LONGEST_EXACT) or _LOST_DIGITS.fullmatch(text):
            return refused("身份证号存成了数字，末几位已经丢失，没有读入，请照证件重新录入", "R-09")
        if text in BLANK:
            return NOTHING
        if _MASKED.search(text):
            return refused("身份证号被遮盖，没有读入，请照证件补全", "R-01")
        number = text if identity.is_shaped(text) else identity.clean(text)
        if identity.is_old(number):
            return _converted(field, number)
        flaws = tuple(kind.flaws(number))
        if number.endswith("000") and any(flaw.code == "R-02" for flaw in flaws):
            return refused(
                "身份证号末三位是 000 且校验不符，可能曾存成数字，没有读入，请照证件重新录入", "R-09"
            )
        return (((field, number),) if number else ()), flaws

    return read


def _converted(field: str, number: str) -> Outcome:
    longer = identity.from_old(number)
    if longer is None:
        return refused(f"15 位旧号 {number} 的顺序码表示 1900 年前出生，请照证件核对", "R-07")
    return ((field, longer),), (Flaw("I", "R-07", f"15 位旧号 {number} 已按规则换成 {longer}"),)


def name_reader(field: str, kind: kinds.Name) -> Reader:
    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        if not text or text in BLANK:
            return NOTHING
        inside = _BRACKETS.search(text)
        name = names.clean_name(_BRACKETS.sub("", text))
        flaws = list(kind.flaws(name))
        if inside:
            flaws.append(Flaw("W", DOUBTFUL, f"姓名后括号里的“{inside[1]}”没有读入，请核对"))
        if any(character.isdigit() for character in name):
            flaws.append(Flaw("W", DOUBTFUL, f"姓名“{name}”里有数字，请核对"))
        if names.SEPARATOR in name and names.SEPARATOR not in text:
            flaws.append(Flaw("I", DERIVED, f"姓名里的间隔号统一为“·”：{name}"))
        return (((field, name),) if name else ()), tuple(flaws)

    return read


def code_reader(field: str, kind: kinds.Code) -> Reader:
    """Labels and their aliases; a label with a note in brackets counts by the label."""

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        try:
            value = kind.read_cell(text)
        except UnreadableError as error:
            if text in BLANK:
                return NOTHING
            return _without_brackets(field, kind, text) or refused(str(error))
        return ((field, value),) if value is not None else (), ()

    return read


def _without_brackets(field: str, kind: kinds.Code, text: str) -> Outcome | None:
    inside = _BRACKETS.search(text)
    if not inside:
        return None
    try:
        value = kind.read_cell(_BRACKETS.sub("", text))
    except UnreadableError:
        return None
    rival = kind.codes.find(inside[1])
    doubtful = rival is not None and rival != value
    said = f"括号里的“{inside[1]}”{'也像一个选项' if doubtful else '没有读入'}"
    return ((field, value),), (Flaw("W" if doubtful else "I", DERIVED, said),)


def ticked(text: str) -> str | None:
    """'☑患病 □丧偶' as '患病'; None when the text has no boxes."""
    if not re.search("[□☐☑✓√■☒]", text):
        return None
    return "、".join(each.strip() for each in re.findall(r"[☑✓√■☒]\s*([^□☐☑✓√■☒]*)", text) if each.strip())


def yes_no_reader(field: str, kind: kinds.YesNo, inverted: bool = False) -> Reader:
    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        chosen = ticked(text)
        try:
            value = kind.parse(text if chosen is None else chosen)
        except UnreadableError as error:
            return NOTHING if text in BLANK else refused(str(error))
        return ((field, value is not inverted),) if value is not None else (), ()

    return read


def party_member_reader(field: str, kind: kinds.Code) -> Reader:
    """党员: 是/否. A 否 leaves the field empty, since it does not say 群众."""
    labels = code_reader(field, kind)
    member = kind.codes.find("中共党员")

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        if text.casefold() in _YES_WORDS:
            return ((field, member),), ()
        if text.casefold() in _NO_WORDS:
            return (), (Flaw("I", DERIVED, "只说明不是中共党员，政治面貌请补填"),)
        return labels(cell)

    return read


def alone_reader(field: str, kind: kinds.Code) -> Reader:
    """是否独居: 否 says nothing about how the person does live."""
    labels = code_reader(field, kind)
    alone = kind.codes.find("独居")

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        if text.casefold() in _YES_WORDS:
            return ((field, alone),), ()
        return NOTHING if text.casefold() in _NO_WORDS else labels(cell)

    return read


def health_reader(field: str, kind: kinds.Code) -> Reader:
    """有慢性病（高血压）: the state and, in the brackets, the illnesses."""

    def read(cell: Any) -> Outcome:
        text = cell_text(cell).strip()
        inside = _BRACKETS.search(text)
        state = kind.codes.find(_BRACKETS.sub("", text))
        if state and inside:
            return ((field, state), ("illnesses", inside[1].strip())), ()
        if state or text in BLANK:
            return ((field, state),) if state else (), ()
        if _names_illnesses(text):
            flaw = Flaw("W", DERIVED, f"写的是病名“{text}”，已记入主要疾病；健康状况请选定一项")
            return (("illnesses", text),), (flaw,)
        return refused(f"“{text}”不在可选的项目里")

    return read


def _names_illnesses(text: str) -> bool:
    parts = [part for part in re.split(r"[、，,；;\s]+", text) if part]
    return bool(parts) and all(part.endswith(words("illness")) for part in parts)


def phone_reader(field: str, kind: kinds.Phone) -> Reader:
    """Several numbers in a cell: the first mobile one is the mobile, the others follow as landline."""
    other = "mobile" if field == "landline" else "landline"

    def read(cell: Any) -> Outcome:
        if isinstance(cell, str) and len(cell) == 11 and cell.isdecimal() and cell[0] == "1":
            return ((field, cell),), () if cell[1] in "3456789" else tuple(kind.flaws(cell))
        text = cell_text(cell).strip()
        if text in BLANK:
            return NOTHING
        numbers, rest = phones_in(_without_others(text))
        told = rest or "、".join(_others(text))
        flaws = [Flaw("W", DOUBTFUL, f"电话旁写着“{told}”，请核对是不是本人的电话")] if told else []
        if not numbers:
            return refused(f"“{text}”不像电话号码", "R-58")
        pairs = _shared_out(field, other, numbers)
        if len(numbers) > len(pairs):
            flaws.append(Flaw("W", DOUBTFUL, f"一格里有 {len(numbers)} 个号码，只读入前 {len(pairs)} 个"))
        for _, number in pairs:
            flaws += kinds.Phone().flaws(number)
        return tuple(pairs), tuple(flaws)

    return read


def _others(text: str) -> list[str]:
    """Brackets that speak of somebody else: （儿子李强13900000001）, unlike the area code in (0851)."""
    return [inside for inside in _BRACKETS.findall(text) if _WORD.search(phones_in(inside)[1])]


def _without_others(text: str) -> str:
    """The text without such brackets, unless the only number stands inside."""
    for inside in _others(text):
        outside = re.sub(rf"[（(]{re.escape(inside)}[)）]", " ", text)
        text = outside if any(character.isdigit() for character in outside) else text
    return text


def _shared_out(field: str, other: str, numbers: list[str]) -> list[tuple[str, str]]:
    """A landline number never takes the place of the mobile one."""
    mobile = next((number for number in numbers if number.startswith("1") and len(number) == 11), None)
    if field == "mobile" and mobile is None:
        return [("landline", numbers[0])]
    if field == "landline" or mobile is None:
        return list(zip((field, other), numbers, strict=False))
    left = [number for number in numbers if number != mobile]
    return [("mobile", mobile), *([("landline", left[0])] if left else [])]


def unit_post_reader(field: str, kind: kinds.Text) -> Reader:
    """Unit and post in one column: taken apart only where both ends are certain."""
    whole = text_reader(field, kind)

    def read(cell: Any) -> Outcome:
        pairs, flaws = whole(cell)
        if not pairs:
            return pairs, flaws
        parts = split_unit_and_post(pairs[0][1])
        if parts is None:
            told = Flaw("W", DOUBTFUL, f"“{pairs[0][1]}”分不清单位和职务，全文记在单位里，请分开填写")
            return pairs, (*flaws, told)
        return ((field, parts[0]), ("former_post", parts[1])), flaws

    return read


def _listed(cell: Any) -> list[str]:
    """The words of a cell, of ticked boxes only those that are ticked."""
    text = cell_text(cell).strip()
    chosen = ticked(text)
    return [part for part in re.split(r"[、，,；;\s/]+", text if chosen is None else chosen) if part]


def conditions_reader(field: str) -> Reader:
    """特殊情况, several in a cell or ticked boxes; rows of the special conditions."""
    table = code_table("special_condition")

    def read(cell: Any) -> Outcome:
        parts = _listed(cell)
        found = [table.find(part) for part in parts if part not in BLANK]
        unknown = [part for part in parts if part not in BLANK and not table.find(part)]
        rows = [{"condition": code} for code in dict.fromkeys(found) if code]
        flaws = tuple(Flaw("E", UNREADABLE, f"“{part}”不在可选的项目里") for part in unknown)
        return (((field, rows),) if rows else ()), flaws

    return read


def apps_reader(field: str) -> Reader:
    table = code_table("app")

    def read(cell: Any) -> Outcome:
        parts = _listed(cell)
        none = [part for part in parts if "未安装" in part or part in BLANK or part == "否"]
        found = {part: table.find(part) for part in parts if part not in none}
        rows = [{"app": code, "installed": True} for code in dict.fromkeys(found.values()) if code]
        flaws = tuple(
            Flaw("W", UNREADABLE, f"“{part}”不在可选的应用里") for part, code in found.items() if not code
        )
        return (((field, rows),) if rows else ()), flaws

    return read


def names_reader(field: str) -> Reader:
    """The people of one visit; several in a cell."""

    def read(cell: Any) -> Outcome:
        found, unnamed = names_in(cell_text(cell).strip())
        flaws = (Flaw("W", DOUBTFUL, f"“{unnamed}”没有写出姓名，请补全"),) if unnamed else ()
        return (((field, found),) if found else ()), flaws

    return read


_AND_OTHERS = re.compile(r"等\s*\d*\s*[人名户位]?$")
_NOT_A_NAME = re.compile(r"男|女|\d+岁?")


def names_in(text: str) -> tuple[list[str], str]:
    """The names of a cell, and the words that stand for people who are not named."""
    text = _BRACKETS.sub(" ", unicodedata.normalize("NFC", text))
    others = _AND_OTHERS.search(text)
    text = _AND_OTHERS.sub("", text)
    found: list[str] = []
    for part in re.split(r"[、,，;；/\n]+", text):
        found += _spaced_names(part)
    kept = [name for name in found if name and not _NOT_A_NAME.fullmatch(name)]
    return list(dict.fromkeys(kept)), others[0] if others else ""


def _spaced_names(part: str) -> list[str]:
    """'廖  应' is one name with padding; '廖开 周光' are two."""
    words_ = part.split()
    if len(words_) > 1 and all(len(word) > 1 for word in words_):
        return [names.clean_name(word) for word in words_]
    if len(words_) > 2 and len(words_) % 2 == 0 and all(len(word) == 1 for word in words_):
        return [first + second for first, second in zip(words_[::2], words_[1::2], strict=True)]
    return [names.clean_name(part)] if part.strip() else []
