"""Every paper says who took it out, when, and where the log stood."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.services.desk import Desk
from app.services.imprints import Imprints
from app.services.paper import Paper
from app.services.users import UserFile
from tests.desks import ACTOR
from tests.reports.reading import pages

REASON = "本镇只有一名老干部工作人员"
SENTENCE = f"填报、审核由同一人承担：{REASON}。"


@pytest.fixture
def one_person(practice: Desk) -> Desk:
    """Whoever fills in reviews too, and the office says why."""
    practice.office.save({"one_person_reason": REASON})
    roles = {"name": ACTOR.name, "roles": "preparer;reviewer;admin"}
    practice.users.save(UserFile(ACTOR.uid, roles))
    return practice


def printed(desk: Desk) -> dict[str, Paper]:
    year, batch = desk.visits.years()[0], desk.payments.lines()[0].uid
    return {
        "ledger": desk.printing.visit_ledger(year),
        "records": desk.printing.visit_records(year),
        "sign-off": desk.printing.sign_off_sheet(batch),
    }


def books(desk: Desk) -> dict[str, Paper]:
    person = [desk.cadres.rows(["name"])[0].uid]
    return {
        "roster": desk.printing.roster(),
        "form": desk.printing.forms(person).papers[0],
        "forms": desk.printing.form_book(person),
        "payments": desk.printing.payments_book(),
        "visits": desk.printing.visits_book(desk.visits.years()[0]),
    }


def text_of(paper: Paper, folder: Path) -> list[str]:
    (folder / "paper.pdf").write_bytes(paper.content)
    return pages(folder / "paper.pdf")


def test_every_page_says_who_printed_it_when_and_the_code_of_the_log(practice: Desk, tmp_path: Path) -> None:
    imprint = Imprints(practice.database).read()
    assert imprint.code == practice.database.head().code
    for name, paper in printed(practice).items():
        told = text_of(paper, tmp_path)
        assert len(told) == paper.pages, name
        for page in told:
            assert f"打印人：林晓芸{imprint.at[:10]}" in page, name
            assert f"存证码：{imprint.code}" in page, name
            assert "同一人承担" not in page, name


def test_the_code_follows_the_log(practice: Desk) -> None:
    before = Imprints(practice.database).read().code
    practice.database.record("verify")
    assert Imprints(practice.database).read().code != before


def test_every_sheet_of_a_workbook_says_it_in_its_print_footer(practice: Desk) -> None:
    code = practice.database.head().code
    for name, paper in books(practice).items():
        for sheet in load_workbook(io.BytesIO(paper.content)).worksheets:
            assert (sheet.oddFooter.left.text or "").startswith("导出人：林晓芸"), name
            assert sheet.oddFooter.right.text == f"存证码：{code}", name


def test_one_person_for_both_is_said_beside_the_names_with_the_reason(
    one_person: Desk, tmp_path: Path
) -> None:
    for name, paper in printed(one_person).items():
        assert all(SENTENCE in page for page in text_of(paper, tmp_path)), name
    for name in ("roster", "form", "forms"):
        book = load_workbook(io.BytesIO(books(one_person)[name].content))
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert [cell for cell in cells if SENTENCE in cell] != [], name


def test_the_cover_of_a_bundle_says_it_too(one_person: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    delivered = one_person.deliveries.deliver(tmp_path / "stick", "2026")
    (told,) = text_of(one_person.deliveries.cover_sheet(delivered), tmp_path)
    assert SENTENCE in told
    assert "打印人：林晓芸" in told


def test_a_reason_without_such_a_person_is_not_printed(practice: Desk) -> None:
    practice.office.save({"one_person_reason": REASON})
    practice.users.save(UserFile(values={"name": "甲", "roles": "preparer;admin"}))
    practice.users.save(UserFile(values={"name": "乙", "roles": "reviewer"}))
    assert Imprints(practice.database).read().one_person == ""


def test_pages_hold_as_many_rows_with_the_sentence_as_without(one_person: Desk, practice: Desk) -> None:
    year, batch = practice.visits.years()[0], practice.payments.lines()[0].uid
    with_it = [one_person.printing.visit_ledger(year).pages, one_person.printing.sign_off_sheet(batch).pages]
    practice.office.save({"one_person_reason": None})
    without = [practice.printing.visit_ledger(year).pages, practice.printing.sign_off_sheet(batch).pages]
    assert with_it == without
