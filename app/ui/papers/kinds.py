"""The papers of the office as a list: what each is, and what it asks before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Option = Literal["people", "period", "batch", "layout", "file", "masked", "photos", "two_sided", "rows"]
Makes = Literal["pdf", "book", "forms"]


@dataclass(frozen=True)
class PaperKind:
    key: str
    title: str
    note: str
    icon: str
    makes: Makes
    options: tuple[Option, ...]


KINDS = (
    PaperKind("forms", "采集表", "照省里的表样填好，一人一份", "forms", "forms", ("people", "layout")),
    PaperKind("roster", "花名册", "全部栏目的 Excel 名单", "roster", "book", ("people",)),
    PaperKind(
        "ledger",
        "走访慰问台账",
        "A4 横向，有小计、合计和签字栏",
        "visit",
        "pdf",
        ("period", "photos", "two_sided", "rows"),
    ),
    PaperKind(
        "records",
        "走访登记表",
        "一次走访一页，归入本人档案",
        "person",
        "pdf",
        ("people", "period", "masked", "photos"),
    ),
    PaperKind("visits", "走访明细", "走访记录的 Excel 清单", "list", "book", ("period",)),
    PaperKind(
        "sign_off",
        "签领表",
        "一个发放批次一份，供签字领取",
        "payment",
        "pdf",
        ("batch", "masked", "two_sided", "rows"),
    ),
    PaperKind("public", "公示表", "没有号码和住址，可以上墙", "pin", "pdf", ("batch", "file")),
    PaperKind("payments", "发放明细", "发放记录的 Excel 清单", "list", "book", ("batch",)),
)
KINDS_BY_KEY = {kind.key: kind for kind in KINDS}
EVERY_BATCH = ""
EACH, BOOK = "each", "book"
AS_PDF, AS_BOOK = "pdf", "book"
