"""公示表: of each person four things, and nothing else that the file knows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.models.payments import PAYMENT
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.printed_notice import public_group
from tests.reports.reading import text

SHOWN = {"name", "village", "party_branch", "retirement_kind"}
"""The fields that a notice may show; the amount comes from the payment."""
SHORT = 3
"""Texts of so few signs stand anywhere: 男, 退休, 否."""


def notice(desk: Desk, batch: str, folder: Path) -> str:
    """All that the PDF and the workbook say, without gaps."""
    paper, book = desk.printing.public_notice(batch), desk.printing.public_book(batch)
    (folder / "notice.pdf").write_bytes(paper.content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    rows = [row for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python()]
    return text(folder / "notice.pdf") + "".join("".join(str(cell) for cell in row) for row in rows)


def kept_back(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """(whose, which field, what) of all that the practice township knows of its people and may not show."""
    for file in desk.cadres.read_all():
        name = file.values.get("name") or ""
        texts = [(field, value) for field, value in CADRE.texts(file.values).items() if field not in SHOWN]
        for part, rows in file.parts.items():
            texts += [pair for row in rows for pair in PART_TYPES[part].texts(row).items()]
        yield from ((name, field, value) for field, value in texts if len(value) > SHORT)
    for batch in desk.payments.read_all():
        for row in batch.payments:
            private = {name: row.get(name) for name in ("bank_account", "bank_name", "signer", "remarks")}
            texts_of_row = PAYMENT.texts(private)
            yield from (("", name, texts_of_row[name]) for name in private if len(texts_of_row[name]) > SHORT)


@pytest.fixture
def batch(practice: Desk) -> str:
    return practice.payments.lines()[0].uid


def test_a_notice_names_everybody_with_group_category_and_amount(
    practice: Desk, batch: str, tmp_path: Path
) -> None:
    told = notice(practice, batch, tmp_path)
    for name in ("王𬎆", "单䶮生", "阿依古丽·买买提"):
        assert told.count(name) == 2
    line = practice.payments.lines()[0]
    assert f"合计（{line.people}人）" in told
    assert "监督电话：0851-25500001" in told
    assert "（7天）" in told
    assert "梧桐镇人民政府2026年春节慰问金发放公示表".replace("2026", line.values["title"][:4]) in told


def test_nothing_of_what_the_township_knows_of_its_people_leads_to_them(
    practice: Desk, batch: str, tmp_path: Path
) -> None:
    told = notice(practice, batch, tmp_path)
    office = "".join(str(value) for value in practice.office.read().values())
    public = told + office
    people = {file.values.get("name") for file in practice.cadres.read_all()}
    villages = {file.values.get("village") for file in practice.cadres.read_all()}
    asked = [
        (whose, field, value)
        for whose, field, value in kept_back(practice)
        if value not in people | villages and value not in office
    ]
    assert {"id_number", "mobile", "home_address", "bank_account", "illnesses"} <= {each[1] for each in asked}
    assert [each for each in asked if "".join(each[2].split()) in public] == []


def test_what_was_written_by_hand_beside_a_payment_stays_here(practice: Desk, tmp_path: Path) -> None:
    person = CadreFile(
        values={
            "name": "钱某", "id_number": "529999195001011239", "village": "东门村3组12号",
            "illnesses": "尿毒症", "home_address": "东门村3组12号", "retirement_kind": "2",
        }
    )  # fmt: skip
    (uid,) = practice.cadres.save(person).uids
    row = {
        "cadre_uid": uid,
        "amount": 50_000,
        "adjustment": -10_000,
        "remarks": "尿毒症透析，电话13812341234",
    }
    file = BatchFile(values={"fund": "hardship", "title": "困难帮扶", "period": "2019年"}, payments=[row])
    (made,) = practice.payments.save(file).uids
    told = notice(practice, made, tmp_path)
    assert "钱某东门村" in told
    assert "400.00" in told
    for private in ("尿毒症", "13812341234", "1239", "12号", "3组"):
        assert private not in told.replace(practice.database.head().code, "")


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ({"village": "东门村3组12号"}, "东门村"),
        ({"village": "中村乡东村"}, "中村乡东村"),
        ({"village": "村头社区"}, "村头社区"),
        ({"village": "人民路12号"}, "人民路"),
        ({"village": None, "party_branch": "机关退休第一党支部"}, "机关退休第一党支部"),
        ({}, ""),
    ],
)
def test_the_group_is_a_village_or_a_branch_without_a_house_number(
    person: dict[str, str | None], shown: str
) -> None:
    assert public_group(person) == shown


def test_what_should_not_hang_on_a_wall_yet_is_pointed_out(practice: Desk) -> None:
    (uid, *_) = (row.uid for row in practice.cadres.rows(["name"]))
    file = BatchFile(
        values={"fund": "hardship", "title": "大病救助", "period": "2019年"},
        payments=[{"cadre_uid": uid, "amount": 100}],
    )
    (made,) = practice.payments.save(file).uids
    practice.office.save({"telephone": None})
    warnings = practice.printing.public_notice(made).warnings
    pairs = zip(["还没有审定", "监督电话空着", "“病”"], warnings, strict=True)
    assert [told in warning for told, warning in pairs] == [True, True, True]


def test_a_notice_fills_upright_pages_and_says_who_printed_it(
    practice: Desk, batch: str, tmp_path: Path
) -> None:
    paper = practice.printing.public_notice(batch)
    (tmp_path / "notice.pdf").write_bytes(paper.content)
    told = text(tmp_path / "notice.pdf")
    assert paper.pages == 2
    assert told.count("打印人：林晓芸") == 2
    assert (paper.facts.kind, paper.facts.people) == ("public", 47)
