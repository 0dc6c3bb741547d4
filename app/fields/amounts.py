"""Money, an integer of 分, as figures and as 人民币大写."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
LARGEST = 10**18  # 分: up to 仟万亿元


def yuan(fen: int) -> str:
    """Figures without the sign of the currency: 123400 → 1,234.00."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{part:02d}"


def in_words(fen: int) -> str:
    """The amount as it follows 人民币 on paper; 整 also after 角, no 零 between 元 and a 角 that is there."""
    if abs(fen) >= LARGEST:
        raise ValueError(f"too large for words: {fen}")
    whole, part = divmod(abs(fen), 100)
    words = (_number(whole) + "元" if whole else "") + _part(part, follows=bool(whole))
    return ("负" if fen < 0 else "") + (words or "零元整")


def _part(part: int, follows: bool) -> str:
    """角 and 分, or the 整 that closes an amount without 分."""
    jiao, fen = divmod(part, 10)
    if not part:
        return "整" if follows else ""
    if not fen:
        return DIGITS[jiao] + "角整"
    before = DIGITS[jiao] + "角" if jiao else "零" if follows else ""
    return before + DIGITS[fen] + "分"


def _number(number: int) -> str:
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, rest = divmod(number, size)
            return _number(high) + unit + _rest(rest, size)
    return _group(number)


def _rest(rest: int, size: int) -> str:
    """What stands behind 亿 or 万; zeros before its first digit are one 零."""
    if not rest:
        return ""
    return ("零" if rest < size // 10 else "") + _number(rest)


def _group(number: int) -> str:
    """Up to four digits."""
    words = ""
    for size, unit in UNITS:
        digit = number // size % 10
        if digit:
            words += DIGITS[digit] + unit
        elif words and number % size and not words.endswith("零"):
            words += "零"
    return words
