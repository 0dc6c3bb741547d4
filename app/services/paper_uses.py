"""Why and to whom each kind of paper usually leaves: the answers that stand ready when it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Purpose = Literal["report", "office", "finance", "person", "public", "other"]
"""Codes of resources/codes/export_purpose.csv."""


@dataclass(frozen=True)
class Use:
    """One kind of paper. `numbers` says whether identity, card or telephone numbers can stand on it at all."""

    title: str
    purpose: Purpose = "office"
    numbers: bool = True
    masked: bool = True
    """In the window, before anybody chose. What the county asks for is whole; a list about people is not."""
    masked_by_command: bool = False
    shortened: str = "身份证号、银行卡号"
    """What is shortened, as the window asks it."""


USES: Mapping[str, Use] = {
    "forms": Use("采集表", "report", masked=False, shortened="身份证号、电话"),
    "roster": Use("花名册", shortened="身份证号、电话"),
    "as_of": Use("截至某日的名册", shortened="身份证号、电话"),
    "ledger": Use("走访慰问台账", numbers=False),
    "records": Use("走访登记表", shortened="联系电话"),
    "visits": Use("走访明细"),
    "sign_off": Use("签领表", "finance", masked_by_command=True, shortened="身份证号"),
    "payments": Use("发放明细", "finance"),
    "public": Use("公示表", "public", numbers=False),
    "reminder": Use("催报单", numbers=False),
    "cover": Use("上报封面", "report", numbers=False),
    "gaps": Use("缺项清单", "office", numbers=False),
    "lrmx": Use("任免审批表", "report", masked=False, shortened="身份证号"),
    "missing_photos": Use("缺照名单", masked=False, shortened="联系电话"),
    "log": Use("操作日志", numbers=False),
    "log_report": Use("年度报告", numbers=False),
    "failed_rows": Use("没有导入的行", masked=False, shortened="身份证号、银行卡号、电话"),
    "bundle": Use("上报包", "report", masked=False),
}
OTHER = Use("文件", numbers=False)


def use_of(kind: str) -> Use:
    return USES.get(kind, OTHER)
