"""Kinds of values: how each is read from text and cells, shown, and checked on its own.

Values are plain: text, whole numbers, bool, None. Money is in 分. A kind raises UnreadableError with
a sentence that says how the value should be written.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from app import clock
from app.errors import UnreadableError
from app.fields import amounts, dates, identity
from app.fields.codes import CodeTable, code_table
from app.fields.masking import last_four, last_four_digits
from app.fields.names import clean_name

Cell = str | int | float | bool | dt.date | dt.datetime | None
Stored = Literal["text", "integer", "boolean"]
Severity = Literal["E", "W", "I"]
EXACT = 10**15
MANY = ";"
"""Joins the codes of a field that holds several."""


@dataclass(frozen=True)
class Flaw:
    """Something wrong with one value on its own."""

    severity: Severity
    code: str
    message: str


@dataclass(frozen=True)
class Kind:
    """A kind of value. Subclasses say how it is stored, read, shown and checked."""

    stored_as: ClassVar[Stored] = "text"
    secret: ClassVar[bool] = False
    """Whether a screen shows only its end until somebody asks for the whole."""

    def parse(self, text: str) -> Any:
        """The value meant by a typed text; None for an empty one."""
        return text.strip() or None

    def format(self, value: Any) -> str:
        """The value as people read it; '' for None."""
        return "" if value is None else str(value)

    def masked(self, value: Any) -> str:
        """The value as it stands on a screen before anybody has asked."""
        return self.format(value)

    def read_cell(self, cell: Cell) -> Any:
        """The value of a worksheet cell, which may be a number or a date instead of a text."""
        return self.parse(cell_text(cell))

    def flaws(self, value: Any) -> list[Flaw]:  # noqa: ARG002 - every value of this kind is right
        """What is wrong with a value that could be read."""
        return []

    @cached_property
    def has_flaws(self) -> bool:
        """Whether a value of this kind can be wrong at all."""
        return type(self).flaws is not Kind.flaws


def cell_text(cell: object) -> str:
    """A cell as it would be typed: whole floats without '.0', dates as YYYY-MM-DD, yes/no as 是/否."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        # Beyond 15 digits a float has no digits of its own; writing them out would invent some.
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


@dataclass(frozen=True)
class Text(Kind):
    """One line of text."""

    max_length: int = 120

    def flaws(self, value: str) -> list[Flaw]:
        if len(value) > self.max_length:
            return [Flaw("E", "R-03L", f"最多 {self.max_length} 个字，现在有 {len(value)} 个")]
        return []


@dataclass(frozen=True)
class LongText(Text):
    """Text of several lines."""

    max_length: int = 2000
    lines: int = 3


@dataclass(frozen=True)
class Name(Text):
    """A person's name, by code point (domain.md §8.1, §8.2)."""

    max_length: int = 30

    def parse(self, text: str) -> str | None:
        return clean_name(text) or None

    def flaws(self, value: str) -> list[Flaw]:
        if any(unicodedata.category(character) == "Co" for character in value):
            return [Flaw("W", "R-02N", "姓名里有旧字库的自造字，请换成标准字")]
        return super().flaws(value)


@dataclass(frozen=True)
class Code(Kind):
    """A code of a table, or several of them joined by ';'."""

    table: str
    many: bool = False

    @property
    def codes(self) -> CodeTable:
        return code_table(self.table)

    def parse(self, text: str) -> str | None:
        parts = re.split(r"[;；、,，/]", text) if self.many else [text]
        found = [self._one(part) for part in parts if part.strip()]
        return MANY.join(dict.fromkeys(found)) or None

    def _one(self, text: str) -> str:
        text = text.strip()
        found = self.codes.find(text) or (text if self.codes.has(text) else None)
        if found is None:
            raise UnreadableError(f"“{text}”不在可选的项目里")
        return found

    def format(self, value: Any) -> str:
        return "、".join(self.codes.label(code) for code in split_codes(value))

    def read_cell(self, cell: Cell) -> str | None:
        """Unlike typed text, a bare digit is refused: offices number their lists differently (domain.md §2.1)."""
        text = cell_text(cell)
        if text.strip().isdigit():
            raise UnreadableError(f"只有代码“{text.strip()}”，不知道指哪一项")
        return self.parse(text)

    def flaws(self, value: str) -> list[Flaw]:
        unknown = [code for code in split_codes(value) if not self.codes.has(code)]
        return [Flaw("W", "R-01C", f"“{code}”不在代码表里") for code in unknown]


def split_codes(value: str | None) -> list[str]:
    """The codes of a value that may hold several."""
    return value.split(MANY) if value else []


@dataclass(frozen=True)
class PartialDate(Kind):
    """'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'."""

    def parse(self, text: str) -> str | None:
        return dates.read(text)

    def format(self, value: str | None) -> str:
        return dates.show(value) if value else ""

    def read_cell(self, cell: Cell) -> str | None:
        if isinstance(cell, dt.datetime):
            return cell.date().isoformat()
        if isinstance(cell, dt.date):
            return cell.isoformat()
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return dates.read_number(cell)
        return self.parse(cell_text(cell))


@dataclass(frozen=True)
class BankCard(Text):
    """A card or account number as it was written; the bank's name may stand beside it."""

    secret: ClassVar[bool] = True
    max_length: int = 30

    def masked(self, value: str | None) -> str:
        return last_four_digits(value or "")


@dataclass(frozen=True)
class Identity(Kind):
    """The citizen identity number, GB 11643-1999."""

    secret: ClassVar[bool] = True

    def masked(self, value: str | None) -> str:
        return last_four(value or "")

    def parse(self, text: str) -> str | None:
        return identity.clean(text) or None

    def read_cell(self, cell: Cell) -> str | None:
        if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
            raise UnreadableError("号码存成了数字，末几位已经丢失，请照证件重新录入")
        return self.parse(cell_text(cell))

    def flaws(self, value: str) -> list[Flaw]:
        if identity.is_old(value):
            return [Flaw("I", "R-07", _how_to_lengthen(value))]
        if identity.is_rounded(value):
            return [Flaw("E", "R-09", "号码存成了数字，末几位已经丢失，请照证件重新录入")]
        if not identity.is_shaped(value):
            return [Flaw("E", "R-01", f"应为 18 位（前 17 位数字，末位数字或 X），现在是 {len(value)} 位")]
        return _number_flaws(value)


def _how_to_lengthen(number: str) -> str:
    """Without the number itself: what is wrong may be read by whoever looks at the screen."""
    longer = identity.from_old(number)
    if longer is None:
        return "是 15 位旧号，顺序码表示 1900 年前出生，请照证件核对"
    return f"是 15 位旧号，按规则在第 6 位后加“19”，末尾加校验码“{longer[-1]}”"


def _number_flaws(number: str) -> list[Flaw]:
    found = []
    if number[:2] not in identity.PROVINCES:
        found.append(Flaw("W", "R-03", f"前两位“{number[:2]}”不是省级代码，请照证件核对"))
    born = identity.birth_date(number)
    if born is None:
        found.append(Flaw("E", "R-04", "第 7 至 14 位不是真实的日期，请照证件核对"))
    elif not 0 <= dates.age(born, clock.today()) <= identity.OLDEST:
        found.append(Flaw("E", "R-04", f"号码里的出生日期 {dates.show(born)} 不可能，请照证件核对"))
    if (right := identity.check_character(number)) != number[17]:
        text = f"末位校验码不符：应为 {right}，现为 {number[17]}，请照证件核对每一位"
        if number.endswith("000"):
            text += "；末三位都是 0，可能曾在表格里存成数字"
        found.append(Flaw("E", "R-02", text))
    return found


@dataclass(frozen=True)
class Phone(Kind):
    """A mobile or landline number; digits, and one hyphen after an area code."""

    mobile: bool = False
    _MOBILE: ClassVar[re.Pattern[str]] = re.compile(r"1[3-9]\d{9}")
    _LANDLINE: ClassVar[re.Pattern[str]] = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")

    def parse(self, text: str) -> str | None:
        plain = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text)).strip("'")
        digits = re.sub(r"\D", "", plain)
        digits = digits.removeprefix("86") if len(digits) == 13 else digits
        if len(digits) == 11 and digits.startswith("1"):
            return digits
        return plain or None

    def flaws(self, value: str) -> list[Flaw]:
        if self._MOBILE.fullmatch(value) or (not self.mobile and self._LANDLINE.fullmatch(value)):
            return []
        wanted = "11 位手机号" if self.mobile else "手机号或“区号-号码”"
        return [Flaw("W", "R-58", f"“{value}”不像{wanted}")]


@dataclass(frozen=True)
class Money(Kind):
    """An amount in 分."""

    stored_as: ClassVar[Stored] = "integer"

    def parse(self, text: str) -> int | None:
        plain = re.sub(r"[\s,¥￥元]", "", unicodedata.normalize("NFKC", text))
        if not plain:
            return None
        match = re.fullmatch(r"(-?)(\d{1,10})(?:\.(\d{1,2})0*)?", plain)
        if not match:
            raise UnreadableError(f"“{text.strip()}”不是金额，请按 500 或 500.00 的样式填写")
        sign, yuan, cents = match.groups()
        return int(f"{sign}{yuan}{(cents or '').ljust(2, '0')}")

    def format(self, value: int | None) -> str:
        return "" if value is None else amounts.yuan(value)

    def read_cell(self, cell: Cell) -> int | None:
        if isinstance(cell, float):
            return self.parse(f"{cell:.2f}")
        return self.parse(cell_text(cell))

    def flaws(self, value: int) -> list[Flaw]:
        return [Flaw("E", "R-60M", "金额不能是负数")] if value < 0 else []


@dataclass(frozen=True)
class SignedMoney(Money):
    """An amount in 分 that may be taken off (negative) or added."""

    def flaws(self, value: int) -> list[Flaw]:  # noqa: ARG002 - taking off is allowed
        return []


@dataclass(frozen=True)
class Number(Kind):
    """A whole number."""

    stored_as: ClassVar[Stored] = "integer"
    unit: str = ""

    def parse(self, text: str) -> int | None:
        unit = unicodedata.normalize("NFKC", self.unit)
        plain = unicodedata.normalize("NFKC", text).strip().removesuffix(unit).strip()
        if not plain:
            return None
        if not re.fullmatch(r"-?\d{1,9}", plain):
            raise UnreadableError(f"“{text.strip()}”不是整数")
        return int(plain)


@dataclass(frozen=True)
class YesNo(Kind):
    """是, 否, or not filled."""

    stored_as: ClassVar[Stored] = "boolean"
    _WORDS: ClassVar[dict[str, bool]] = {
        **dict.fromkeys(("是", "有", "y", "yes", "√", "✓", "☑", "已", "1", "true"), True),
        **dict.fromkeys(("否", "无", "没有", "不是", "n", "no", "×", "✗", "□", "未", "0", "false"), False),
    }

    def parse(self, text: str) -> bool | None:
        plain = text.strip().casefold()
        if not plain:
            return None
        if plain not in self._WORDS:
            raise UnreadableError(f"“{text.strip()}”应填“是”或“否”")
        return self._WORDS[plain]

    def format(self, value: bool | None) -> str:
        return "" if value is None else "是" if value else "否"


@dataclass(frozen=True)
class Photo(Kind):
    """A picture, kept by the SHA-256 of its bytes."""

    def format(self, value: str | None) -> str:
        return "有" if value else ""
