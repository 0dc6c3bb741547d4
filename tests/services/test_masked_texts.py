"""Numbers on papers for which their ends are enough."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from app.models.cadre import CADRE
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.masked_texts import masked_phone, masked_text, masked_values
from app.services.paper import Paper
from app.services.payments import BatchFile

NUMBER, CARD, MOBILE = "529999195001011239", "6210003110539454122", "13812341234"


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (MOBILE, "138****1234"),
        ("0855-2231234", "085*****1234"),
        ("2231234", "***1234"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_of_a_telephone_the_middle_goes(number: str, left: str) -> None:
    assert masked_phone(number) == left


def test_numbers_in_free_text_are_shortened_too() -> None:
    text = f"换号{MOBILE}，卡{CARD}，证{NUMBER}，2026年1月3日去的"
    assert masked_text(text) == (
        "换号138****1234，卡***************4122，证**************1239，2026年1月3日去的"
    )


def test_every_field_goes_by_its_kind_and_what_is_no_text_stays() -> None:
    values = {"id_number": NUMBER, "bank_account": CARD, "mobile": MOBILE, "alive": True, "landline": None}
    assert masked_values(CADRE, values) == {
        "id_number": "**************1239",
        "bank_account": "***************4122",
        "mobile": "138****1234",
        "alive": True,
        "landline": None,
    }


@pytest.fixture
def uid(practice: Desk) -> str:
    """Somebody with every number there is, also where nobody looks for one."""
    file = CadreFile(
        values={
            "name": "钱某", "id_number": NUMBER, "bank_account": CARD, "mobile": MOBILE,
            "remarks": f"旧卡{CARD}",
        },
        parts={
            "contacts": [{"name": "钱小", "relation": "子", "mobile": "13987654321"}],
            "family": [{"name": "钱小", "relation": "儿子", "work": "个体", "phone": "13987654321"}],
        },
    )  # fmt: skip
    (made,) = practice.cadres.save(file).uids
    return made


def texts(paper: Paper) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(paper.content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row)


def test_a_masked_workbook_holds_no_whole_number(practice: Desk, uid: str) -> None:
    batch = BatchFile(
        values={"fund": "condolence", "title": "补发", "period": "2019年"},
        payments=[{"cadre_uid": uid, "amount": 100, "bank_account": CARD, "remarks": f"电话{MOBILE}"}],
    )
    (paid,) = practice.payments.save(batch).uids
    printing = practice.printing
    masked = [
        printing.roster([uid], masked=True),
        printing.form_book([uid], masked=True),
        *printing.forms([uid], masked=True).papers,
        printing.payments_book([paid], masked=True),
    ]
    for paper in masked:
        told = texts(paper)
        assert not any(number in told for number in (NUMBER, CARD, MOBILE, "13987654321"))
        assert not re.search(r"\d{12,}", re.sub(r"\*+\d{4}", "", told))
        assert paper.facts.masked
    assert NUMBER in texts(printing.roster([uid]))
    assert CARD in texts(printing.payments_book([paid]))
