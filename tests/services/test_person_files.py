"""Forms, .lrmx and .lrm beside what is kept: matched, compared, decided, saved as one step."""

from __future__ import annotations

import base64
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from app.errors import UserError
from app.exchange.form_labels import meaning_of
from app.fields.kinds import Code, PartialDate, YesNo
from app.models.audit import AUDIT_ACT
from app.models.cadre import CADRE
from app.models.database import Database
from app.models.intake import Intake
from app.reports.collection_form import form_files, named_form
from app.reports.subject import FormOffice
from app.services import person_readings
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.lrmx_papers import LrmxPapers
from app.services.person_compare import Comparison, compare
from app.services.person_files import PersonFiles
from app.services.person_readings import PersonReading
from app.services.person_rows import chosen_rows
from app.services.subjects import form_subject
from tests.desks import desk_of

SAMPLES = Path(__file__).parent.parent / "samples"
FILLED = SAMPLES / "采集表_已填.xlsx"
FORMS = ("collection", "collection_full")
SIGNED = {"preparer", "reviewer", "prepared_on"}
"""On our forms these are the office's, not the file's."""
JPEG = io.BytesIO()
Image.new("RGB", (70, 98), "navy").save(JPEG, "JPEG")


@pytest.fixture
def desk(tmp_path: Path, database: Database) -> Desk:
    database.close()
    return desk_of(tmp_path)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: what another one answers is tested elsewhere, and a thousand of them take long."""
    from tests.exchange.sheets import find

    monkeypatch.setattr(person_readings, "read_document", find)
    monkeypatch.setattr(person_readings, "upright_jpeg", lambda content, _name: content)


def form_of(file: CadreFile, form: str, folder: Path, photo: bytes | None = None) -> Path:
    (filled,) = form_files(named_form(form), [form_subject(file, photo)], FormOffice())
    (folder / filled.name).write_bytes(filled.content)
    return folder / filled.name


def only(path: Path) -> PersonReading:
    (person,) = person_readings.readings_of(path)
    return person


def unlike(compared: Comparison) -> list[str]:
    """Names of the fields and parts on which file and form do not agree."""
    lines = [line.name for line in compared.lines if line.state != "same" and line.name not in SIGNED]
    return lines + [sides.name for sides in compared.parts if sides.state != "same"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMS)
def test_our_own_forms_are_read_back_as_they_were_filled(practice: Desk, tmp_path: Path, form: str):
    cells = named_form(form).cells.values()
    alone = {cell.names[0] for cell in cells if len(cell.names) == 1 and not cell.children}
    for file in practice.cadres.read_all():
        person = only(form_of(file, form, tmp_path))
        assert unlike(compare(person, file)) == [], file.values["name"]
        assert {name for name in alone if file.values[name] is not None} <= set(person.values)


@pytest.mark.usefixtures("here")
def test_our_own_lrmx_files_are_read_back_as_they_were_written(practice: Desk, tmp_path: Path):
    papers = practice.lrmx_papers.papers()
    for file, paper in zip(practice.cadres.read_all(), papers, strict=True):
        (tmp_path / paper.name).write_bytes(paper.content)
        assert unlike(compare(only(tmp_path / paper.name), file)) == [], paper.name


NAMES = st.text("廖开周光单䶮𬎆欧阳娜", min_size=2, max_size=4)
PLAIN = st.text("卫城镇新桥村组号农业服务中心", min_size=1, max_size=20).filter(
    lambda text: meaning_of(text) is None
)
"""An answer that is the label of another cell, such as 村 alone, nobody can tell from it."""
DATES = st.builds("{:04d}-{:02d}".format, st.integers(1925, 2020), st.integers(1, 12))
WORDS = st.text("优秀党员先进个人每周到校讲党史", min_size=2, max_size=18)


def _codes(name: str) -> st.SearchStrategy[str]:
    kind = CADRE.field(name).kind
    assert isinstance(kind, Code)
    return st.sampled_from([item.code for item in kind.codes.offered])


def _values(name: str) -> st.SearchStrategy[Any]:
    kind = CADRE.field(name).kind
    if isinstance(kind, Code):
        return _codes(name)
    if isinstance(kind, PartialDate):
        return DATES
    return st.booleans() if isinstance(kind, YesNo) else PLAIN


ASKED = (
    "sex", "birth_date", "ethnicity", "native_place", "political_status", "work_started_on", "party_joined_on",
    "marital_status", "education", "health_status", "retirement_kind", "retired_on", "rank", "treatment",
    "home_address", "residence_address", "living_arrangement", "relocated", "relocation_place", "party_branch",
    "expertise", "hobbies",
)  # fmt: skip
FILES = st.builds(
    lambda name, values, family, resume: CadreFile(
        None, 0, {"name": name, **values}, {"family": family, "resume": resume}
    ),
    NAMES,
    st.fixed_dictionaries({}, optional={name: _values(name) for name in ASKED}),
    st.lists(
        st.fixed_dictionaries(
            {"relation": st.sampled_from(["妻子", "长女", "父亲"]), "name": NAMES},
            optional={"birth_date": DATES, "work": WORDS},
        ),
        max_size=9,
        unique_by=lambda row: row["name"],
    ),
    st.lists(
        st.fixed_dictionaries({"started_on": DATES, "text": WORDS}, optional={"ended_on": DATES}),
        max_size=12,
        unique_by=lambda row: (row["started_on"], row["text"]),
    ),
)


@pytest.mark.usefixtures("here")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.sampled_from(FORMS))
def test_whatever_a_form_was_filled_with_is_read_back(file: CadreFile, form: str):
    with tempfile.TemporaryDirectory() as folder:
        person = only(form_of(file, form, Path(folder)))
    compared = compare(person, file)
    assert unlike(compared) == []
    shown = named_form(form).field_names
    read = {name: person.values.get(name) for name in ASKED if name in shown and name in file.values}
    assert read == {name: file.values[name] for name in read}


@pytest.mark.usefixtures("here")
def test_the_photo_of_a_form_comes_back(practice: Desk, tmp_path: Path):
    file = practice.cadres.read_all()[0]
    person = only(form_of(file, "collection", tmp_path, JPEG.getvalue()))
    assert person.photo is not None
    assert compare(person, CadreFile()).photo == "fill"


def test_somebody_new_is_taken_as_one_import_with_its_batch(desk: Desk):
    (person,) = desk.person_files.read([FILLED]).people
    compared = desk.person_files.compare(person, person.uid)
    assert person.uid is None
    taken = [line.name for line in compared.lines if line.taken_unasked]
    desk.person_files.save(person, compared, taken, {})
    (file,) = desk.cadres.read_all()
    assert (file.values["name"], len(file.parts["family"]), len(file.parts["resume"])) == ("周光", 2, 3)
    with desk.database.reading() as session:
        (intake,) = session.scalars(select(Intake))
        acts = session.execute(
            select(AUDIT_ACT.c.act, AUDIT_ACT.c.about).where(AUDIT_ACT.c.batch == intake.batch)
        ).all()
    assert (intake.file, intake.new, intake.changed) == ("采集表_已填.xlsx", 1, 0)
    assert acts == [("import", "采集表_已填.xlsx 周光")]


def test_a_form_named_after_a_number_stands_in_the_log_with_its_end_only(desk: Desk, tmp_path: Path):
    path = tmp_path / "529999195505148814.xlsx"
    path.write_bytes(FILLED.read_bytes())
    (person,) = desk.person_files.read([path]).people
    desk.person_files.save(person, desk.person_files.compare(person, None), {"name"}, {})
    assert desk.log.lines()[0].about == "**************8814.xlsx 周光"


def test_who_signed_on_paper_is_offered_but_not_ticked(desk: Desk):
    (person,) = desk.person_files.read([FILLED]).people
    signed = {"preparer": "林晓芸", "reviewer": "周启明"} | dict.fromkeys(
        ("prepared_on", "reviewed_on"), "2026-03"
    )
    person.values |= signed
    lines = {line.name: line for line in desk.person_files.compare(person, None).lines}
    for name in signed:
        assert lines[name].can_be_taken
        assert not lines[name].taken_unasked
    assert lines["name"].taken_unasked


def test_what_is_kept_is_changed_only_where_it_was_ticked(desk: Desk):
    kept = {"name": "周光", "id_number": "529999195505148814", "hobbies": "象棋", "native_place": None}
    desk.cadres.save(CadreFile(None, 0, kept))
    (person,) = desk.person_files.read([FILLED]).people
    compared = desk.person_files.compare(person, person.uid)
    states = {line.name: line.state for line in compared.lines}
    assert (states["name"], states["hobbies"], states["native_place"]) == ("same", "differs", "fill")
    desk.person_files.save(person, compared, ["native_place"], {"family": "kept", "resume": "file"})
    (file,) = desk.cadres.read_all()
    assert (file.values["hobbies"], file.values["native_place"], file.values["sex"]) == (
        "象棋",
        "贵州清镇",
        None,
    )
    assert (file.parts["family"], len(file.parts["resume"])) == ([], 3)


def test_relatives_are_joined_and_keep_what_is_known_of_them(desk: Desk):
    family = [
        {"relation": "妻子", "name": "苏素华", "phone": "19900001234"},
        {"relation": "儿子", "name": "周强"},
    ]
    desk.cadres.save(
        CadreFile(None, 0, {"name": "周光", "id_number": "529999195505148814"}, {"family": family})
    )
    (person,) = desk.person_files.read([FILLED]).people
    compared = desk.person_files.compare(person, person.uid)
    desk.person_files.save(person, compared, [], {"family": "both"})
    (file,) = desk.cadres.read_all()
    told = [(row["name"], row["phone"], row["birth_date"]) for row in file.parts["family"]]
    assert told == [("苏素华", "19900001234", "1955-07"), ("周强", None, None), ("周淑芬", None, "1977-09")]


def test_what_has_ended_stays_whatever_a_form_lists():
    ended = {"uid": "a", "condition": "sick", "started_on": "2024-01", "ended_on": "2024-06"}
    lasting = {"uid": "b", "condition": "alone", "started_on": "2023-01", "ended_on": None}
    rows = chosen_rows("special_conditions", [ended, lasting], [{"condition": "sick"}], "file")
    assert rows == [ended, {"condition": "sick"}]


def test_a_file_changed_meanwhile_is_not_overwritten(desk: Desk):
    desk.cadres.save(CadreFile(None, 0, {"name": "周光", "id_number": "529999195505148814"}))
    (person,) = desk.person_files.read([FILLED]).people
    compared = desk.person_files.compare(person, person.uid)
    desk.cadres.save(desk.cadres.read(person.uid or ""))
    with pytest.raises(UserError, match="刚在别处改过"):
        desk.person_files.save(person, compared, ["sex"], {})


def test_namesakes_are_not_guessed(desk: Desk):
    for unit in ("卫城中学", "新桥小学"):
        desk.cadres.save(CadreFile(None, 0, {"name": "周光", "former_unit": unit}))
    (person,) = desk.person_files.read([FILLED]).people
    assert (person.uid, len(person.candidates)) == (None, 2)
    assert "同名" in person.doubt


def test_a_folder_is_read_to_its_end_whatever_lies_in_it(desk: Desk, tmp_path: Path):
    folder = tmp_path / "来件"
    (folder / "里面").mkdir(parents=True)
    (folder / "里面" / "周光.xlsx").write_bytes(FILLED.read_bytes())
    (folder / "廖应.lrmx").write_bytes((SAMPLES / "任免表1.lrmx").read_bytes())
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "名单.xlsx").write_bytes((SAMPLES / "花名册_卫城镇.xlsx").read_bytes())
    (folder / "说明.docx").write_bytes(b"x")
    read = desk.person_files.read([folder])
    assert sorted(person.label for person in read.people) == ["周光", "廖应"]
    assert sorted(name for name, _ in read.refused) == ["名单.xlsx", "坏.xlsx"]
    assert all(name in why for name, why in read.refused)
    assert desk.cadres.count() == 0


def test_the_photo_beside_an_lrm_file_is_taken(desk: Desk, tmp_path: Path):
    from tests.exchange.test_lrm import lrm

    path = lrm(tmp_path)
    path.with_suffix(".PIC").write_bytes(JPEG.getvalue())
    (person,) = desk.person_files.read([path]).people
    assert person.photo is not None
    assert person.photo.startswith(b"\xff\xd8\xff")


def test_what_could_not_be_read_is_shown_and_never_taken(desk: Desk, tmp_path: Path):
    path = tmp_path / "廖应.lrmx"
    text = (SAMPLES / "任免表1.lrmx").read_text(encoding="utf-8")
    path.write_text(text.replace("<ChuShengNianYue>196007", "<ChuShengNianYue>六零年夏"), encoding="utf-8")
    (person,) = desk.person_files.read([path]).people
    line = next(line for line in desk.person_files.compare(person, None).lines if line.name == "birth_date")
    assert (line.said, line.state, line.can_be_taken) == ("六零年夏", "unread", False)
    assert "看不出是什么日期" in line.note


def test_masked_lrmx_files_keep_only_the_ends_of_numbers(practice: Desk):
    file = next(each for each in practice.cadres.read_all() if each.values["id_number"])
    papers: Callable[..., Any] = LrmxPapers(practice.database).paper
    number = str(file.values["id_number"]).encode()
    assert number in papers(file.uid).content
    assert number not in papers(file.uid, masked=True).content


def test_a_service_without_a_backup_still_saves_once_for_each_file(database: Database):
    made: list[str] = []
    files = PersonFiles(database, made.append)
    for person in files.read([FILLED, SAMPLES / "任免表1.lrmx"]).people:
        compared = files.compare(person, None)
        files.save(person, compared, ["name"], {})
    assert made == ["import"]


ENTITIES = (
    '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Person><XingMing>&b;</XingMing></Person>'
)
HUGE = f"<Person><XingMing>廖应</XingMing><ZhaoPian>{'A' * (21 * 2**20)}</ZhaoPian></Person>"
HOSTILE = {
    "实体.lrmx": f'<?xml version="1.0"?>{ENTITIES}'.encode(),
    "外部.lrmx": b'<?xml version="1.0"?><!DOCTYPE p SYSTEM "file:///etc/passwd"><Person/>',
    "巨大.lrmx": HUGE.encode(),
    "半个.lrmx": b"<Person><XingMing>",
    "别的.lrmx": b'<?xml version="1.0"?><html/>',
    "乱引号.lrm": '"廖应","男","196007"'.encode("gb18030"),
    "图片.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "网页.xlsx": b"<html><table><tr><td>x</td></tr></table></html>",
}


def test_hostile_files_get_a_sentence_each_and_nothing_is_stored(desk: Desk, tmp_path: Path):
    folder = tmp_path / "来件"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    read = desk.person_files.read([folder])
    assert read.people == []
    assert sorted(name for name, _ in read.refused) == sorted(HOSTILE)
    assert all(f"“{name}”" in why for name, why in read.refused)
    with desk.database.reading() as session:
        acts = session.execute(select(AUDIT_ACT.c.act)).scalars().all()
        assert session.scalar(select(Intake)) is None
    assert (desk.cadres.count(), acts.count("import_refused"), "import" in acts) == (0, len(HOSTILE), False)


@pytest.mark.parametrize(
    ("photo", "told"),
    [
        ("AAAA" * (2 * 2**20), "太大"),
        (base64.b64encode(b"\xff\xd8\xff" + b"no picture").decode(), "不是能打开的照片"),
        ("这不是照片", "已损坏"),
    ],
)
def test_a_bad_photo_costs_the_photo_and_not_the_person(desk: Desk, tmp_path: Path, photo: str, told: str):
    path = tmp_path / "廖应.lrmx"
    path.write_text(
        f"<Person><XingMing>廖应</XingMing><ZhaoPian>{photo}</ZhaoPian></Person>", encoding="utf-8"
    )
    (person,) = desk.person_files.read([path]).people
    said = [*person.notes, *(problem.message for problem in person.problems)]
    assert (person.values["name"], person.photo) == ("廖应", None)
    assert any(told in each for each in said)


def test_a_form_with_macros_is_read_and_they_are_not(desk: Desk, tmp_path: Path):
    path = tmp_path / "带宏.xlsx"
    path.write_bytes(FILLED.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600))
    (person,) = desk.person_files.read([path]).people
    assert person.values["name"] == "周光"
