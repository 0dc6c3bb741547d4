"""Papers made from the practice township, read back from the real files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from app.errors import UserError
from app.models.database import Database
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.paper import Paper
from app.services.payments import BatchFile
from app.services.printing import Printing
from app.services.visits import VisitFile
from tests.reports.reading import pages

RARE = ("王𬎆", "单䶮生", "阿依古丽·买买提")


@pytest.fixture
def names(practice: Desk) -> dict[str, str]:
    return {row.values[0]: row.uid for row in practice.cadres.rows(["name"])}


@pytest.fixture
def read(tmp_path: Path):
    """The text of each page of a PDF that is in memory."""

    def text_of(paper: Paper) -> list[str]:
        (tmp_path / "paper.pdf").write_bytes(paper.content)
        return pages(tmp_path / "paper.pdf")

    return text_of


def sheets(paper: Paper) -> dict[str, list[list[object]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(paper.content))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def test_a_sign_off_sheet_prints_every_rare_name(practice: Desk, read) -> None:
    batch = practice.payments.lines()[0]
    paper = practice.printing.sign_off_sheet(batch.uid)
    printed = read(paper)
    assert (len(printed), list(paper.warnings)) == (paper.pages, [])
    assert [name for name in RARE if name not in "".join(printed)] == []
    assert f"合计（{batch.people}人）" in printed[-1]
    assert "梧桐镇人民政府" in printed[0]
    assert "春节慰问金发放签领表" in printed[0]


def test_identity_numbers_are_masked_unless_asked_for(practice: Desk, read) -> None:
    batch = practice.payments.lines()[0].uid
    number = next(row.values[0] for row in practice.cadres.rows(["id_number"]) if row.values[0])
    whole = "".join(read(practice.printing.sign_off_sheet(batch, masked=False)))
    hidden = "".join(read(practice.printing.sign_off_sheet(batch)))
    assert number in whole
    assert number not in hidden
    assert f"**************{number[-4:]}" in hidden


def test_a_ledger_holds_the_visits_of_its_period_oldest_first(practice: Desk, names, read) -> None:
    for date in ("2019-06-01", "2019-02-03", "2019", "2019-08-01"):
        practice.visits.save(
            VisitFile(values={"date": date, "kind": "spring", "money": 10_000}, people=[names["王𬎆"]])
        )
    year, quarter = (read(practice.printing.visit_ledger(period))[0] for period in ("2019", "2019-Q2"))
    assert year.index("2019.02.03") < year.index("2019.06.01") < year.index("2019.08.01")
    assert "合计（走访4次，4人次）" in year
    assert "期间：2019年第2季度" in quarter
    assert "合计（走访1次，1人次）100.00人民币（大写）：壹佰元整" in quarter


def test_a_ledger_without_visits_says_so(practice: Desk, read) -> None:
    assert "本期没有走访记录" in read(practice.printing.visit_ledger("1999"))[0]


def test_photos_follow_the_ledger_on_pages_of_their_own(practice: Desk, names, read, tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "seen.jpg")
    photo = practice.pictures.take_in(tmp_path / "seen.jpg")
    practice.visits.save(
        VisitFile(values={"date": "2019-02-03", "kind": "spring"}, people=[names["单䶮生"]], photos=[photo])
    )
    plain, shown = (read(practice.printing.visit_ledger("2019", photos=photos)) for photos in (False, True))
    assert (len(plain), len(shown)) == (1, 2)
    assert "走访慰问照片" in shown[1]
    assert "单䶮生" in shown[1]


def test_a_visit_to_two_makes_a_record_for_each_and_says_the_money_is_for_both(
    practice: Desk, names, read
) -> None:
    both = [names["王𬎆"], names["阿依古丽·买买提"]]
    practice.visits.save(
        VisitFile(values={"date": "2019-02-03", "kind": "spring", "money": 80_000}, people=both)
    )
    printed = read(practice.printing.visit_records("2019"))
    assert len(printed) == 2
    assert [
        name for name in ("阿依古丽·买买提", "王𬎆") if not any(f"姓名{name}性别" in page for page in printed)
    ] == []
    assert all("本次走访2人合计" in page for page in printed)
    alone = read(practice.printing.visit_records("2019", [names["王𬎆"]]))
    assert len(alone) == 1


def test_records_of_a_time_without_visits_are_refused_with_a_sentence(practice: Desk) -> None:
    with pytest.raises(UserError, match="1999年没有这些人的走访记录"):
        practice.printing.visit_records("1999")


def test_forms_are_one_file_a_person_and_tell_how_far_they_are(practice: Desk, names) -> None:
    told: list[tuple[int, int, str]] = []
    chosen = [names[name] for name in RARE]
    filled = practice.printing.forms(chosen, lambda *step: told.append(step))
    assert sorted(paper.name.split("_")[1].removesuffix(".xlsx") for paper in filled.papers) == sorted(RARE)
    assert [(done, total) for done, total, _ in told] == [(0, 3), (1, 3), (2, 3)]
    for paper in filled.papers:
        cells = [cell for rows in sheets(paper).values() for row in rows for cell in row]
        assert paper.name.split("_")[1].removesuffix(".xlsx") in cells


def test_the_book_of_forms_has_a_sheet_for_each_person(practice: Desk, names) -> None:
    book = practice.printing.form_book([names[name] for name in RARE])
    assert sorted(sheets(book)) == sorted(RARE)
    assert book.name == practice.printing.form_book_name


def test_what_will_stand_empty_is_known_before_filling(practice: Desk, names) -> None:
    file = practice.cadres.read(names["王𬎆"])
    file.values["native_place"] = None
    practice.cadres.save(file)
    (line,) = practice.printing.form_lines([names["王𬎆"]])
    assert (line.name, list(line.missing)) == ("王𬎆", ["籍贯"])


def test_a_roster_lists_everybody_and_shows_the_same_before_it_is_written(practice: Desk) -> None:
    paper = practice.printing.roster()
    (rows,) = sheets(paper).values()
    text = [[str(cell) for cell in row] for row in rows]
    assert paper.look is not None
    assert (paper.look.count, len(paper.look.rows)) == (48, 48)
    assert [row[1] for row in text if row[1] in RARE] == [row[1] for row in paper.look.rows if row[1] in RARE]
    assert any("共 48 人" in cell for row in text for cell in row)


def test_a_roster_of_the_columns_on_the_screen(practice: Desk, names) -> None:
    paper = practice.printing.roster([names["王𬎆"]], ["name", "village"])
    assert paper.look is not None
    assert list(paper.look.columns) == ["序号", "姓名", "村（社区）"]
    assert [row[1] for row in paper.look.rows] == ["王𬎆"]


def test_the_lists_add_up_their_money_in_numbers(practice: Desk) -> None:
    batch = practice.payments.lines()[0]
    (rows,) = sheets(practice.printing.payments_book([batch.uid])).values()
    heading = next(row for row in rows if "姓名" in row)
    totals = next(row for row in rows if row[1] == "合计")
    assert totals[heading.index("应发金额")] == batch.total / 100
    people = [row for row in rows if isinstance(row[0], float | int)]
    assert len(people) == batch.people
    assert all(isinstance(row[heading.index("身份证号")], str) for row in people)


def test_a_batch_is_left_out_of_a_list_of_another(practice: Desk, names) -> None:
    batch = {"fund": "condolence", "title": "补发", "period": "2019年"}
    (uid,) = practice.payments.save(
        BatchFile(values=batch, payments=[{"cadre_uid": names["王𬎆"], "amount": 100}])
    ).uids
    paper = practice.printing.payments_book([uid])
    assert paper.look is not None
    assert [row[1] for row in paper.look.rows] == ["王𬎆"]


def test_the_visits_of_a_period_as_a_list(practice: Desk, names) -> None:
    practice.visits.save(VisitFile(values={"date": "2019-02-03", "kind": "spring"}, people=[names["单䶮生"]]))
    paper = practice.printing.visits_book("2019-Q1")
    assert paper.look is not None
    assert [row[1] for row in paper.look.rows] == ["单䶮生"]
    assert "单䶮生" in [cell for rows in sheets(paper).values() for row in rows for cell in row]


def test_a_character_that_no_font_has_is_named_with_its_place(practice: Desk, read) -> None:
    (uid,) = practice.cadres.save(CadreFile(values={"name": "\U0010fffd某"})).uids
    practice.visits.save(VisitFile(values={"date": "2019-02-03", "kind": "spring"}, people=[uid]))
    paper = practice.printing.visit_ledger("2019")
    assert list(paper.warnings) == ["第1行 \U0010fffd某：“\U0010fffd”（U+10FFFD）没有字体能印，印成〓"]


def test_an_empty_roster_has_nothing_to_fill(database: Database) -> None:
    with pytest.raises(UserError, match="还没有人"):
        Printing(database).forms()


def test_the_office_chooses_which_collection_form_is_filled(practice: Desk, names: dict[str, str]) -> None:
    one = [names["王𬎆"]]
    usual = sheets(practice.printing.forms(one).papers[0])
    practice.office.save({"form_name": "collection_full"})
    full = sheets(practice.printing.forms(one).papers[0])
    assert max(len(rows) for rows in full.values()) > max(len(rows) for rows in usual.values())
    assert any("王𬎆" in row for rows in full.values() for row in rows)
