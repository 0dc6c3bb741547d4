"""'卫城镇农业服务中心站长': unit and post written as one."""

from __future__ import annotations

import re

from app.exchange.vocabulary import words

_SEPARATED = re.compile(r"\s*(\S+?)(?:\s+|[，,、；;/])(\S+)\s*")


def split_unit_and_post(text: str) -> tuple[str, str] | None:
    """Both parts where there is exactly one place to cut: a unit's ending before a whole post or title."""
    posts = {*words("post"), *words("title")}
    if (match := _SEPARATED.fullmatch(text)) and match[2] in posts:
        return match[1], match[2]
    cuts = [
        at for at in range(2, len(text)) if text[at:] in posts and text[:at].endswith(words("unit_ending"))
    ]
    return (text[: cuts[0]], text[cuts[0] :]) if len(cuts) == 1 else None
