"""Taking in what the office has: four piles, decisions, all or nothing, and never twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.errors import UserError
from app.models.audit import AUDIT_ACT
from app.models.database import Database, table_counts
from app.services import imports as imports_module
from app.services.cadres import CadreFile, Cadres
from app.services.import_history import ImportHistory
from app.services.import_preview import Decision, Preview, PreviewRow
from app.services.imports import Imports
from app.services.payments import Payments
from app.services.visits import Visits
from tests.desks import KEYS
from tests.exchange.sheets import GUANG, KAI, SAMPLES, save

ROSTER, SCHOOLS, EXPORT = "花名册_卫城镇.xlsx", "退休教师花名册.xls", "数字黔老导出.xlsx"
VISITS, PAYMENTS = "走访台账_2025年.xlsx", "春节慰问金发放表_2026.csv"
PEOPLE = (ROSTER, SCHOOLS, EXPORT, "采集表_已填.xlsx", "任免表1.lrmx", "任免表2.lrmx")
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))

Decide = Callable[[PreviewRow], Decision]


@pytest.fixture
def imports(database: Database) -> Imports:
    return Imports(database)


@pytest.fixture(scope="session")
def filled_file(newest_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the roster taken in and every doubt decided."""
    path = tmp_path_factory.mktemp("filled") / "sangyu.db"
    shutil.copyfile(newest_file, path)
    database = Database(path, KEYS)
    take(Imports(database), SAMPLES / ROSTER, decided_roster)
    database.close()
    return path


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path):
    path = tmp_path / "filled.db"
    shutil.copyfile(filled_file, path)
    database = Database(path, KEYS)
    yield database
    database.close()


@pytest.fixture
def whole_town(filled: Database) -> Database:
    """Beside the roster the teachers, some of whom share a name with somebody of the roster."""
    take(Imports(filled), SAMPLES / SCHOOLS)
    return filled


def decided_roster(row: PreviewRow) -> Decision:
    """The double entry is left out, a damaged number is not taken over."""
    return Decision(take=row.twin is None, without=("id_number",))


def take(imports: Imports, path: Path, decide: Decide | None = None, **by_hand: Any) -> Preview:
    preview = imports.preview(path, **by_hand)
    doubtful = [row for row in preview.rows() if row.pile == "doubtful"]
    imports.apply(preview, {id(row): decide(row) for row in doubtful} if decide else None)
    return preview


def piles(preview: Preview) -> dict[str, int]:
    counts = preview.counts
    found = {"new": counts.new, "changed": counts.changed, "same": counts.same, "doubtful": counts.doubtful}
    assert sum(found.values()) == counts.read == len(list(preview.rows()))
    return {pile: count for pile, count in found.items() if count}


def only(preview: Preview) -> PreviewRow:
    (row,) = preview.rows()
    return row


def kept(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return table_counts(session)


def everything(database: Database) -> list[Any]:
    """All that is kept of people, visits and payments, versions included."""
    visits, payments = Visits(database), Payments(database)
    return [
        [(file.uid, file.version, file.values, file.parts) for file in Cadres(database).read_all()],
        [visits.read(line.uid) for line in visits.lines()],
        [payments.read(line.uid) for line in payments.lines()],
    ]


def person(database: Database, name: str, **values: Any) -> CadreFile:
    found = [file for file in Cadres(database).read_all() if file.values["name"] == name]
    (file,) = [file for file in found if values.items() <= file.values.items()]
    return file


def roster(folder: Path, *rows: Mapping[str, Any], name: str = "花名册.xlsx") -> Path:
    """A small workbook with a column for every heading that some row uses."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return save(folder, [heads, *([row.get(head, "") for head in heads] for row in rows)], name=name)


def test_the_roster_falls_into_its_piles_with_reasons(imports: Imports):
    preview = imports.preview(SAMPLES / ROSTER)
    assert piles(preview) == {"new": 47, "doubtful": 3}
    assert {row.row: row.doubts for row in preview.rows() if row.pile == "doubtful"} == {
        10: ["F10：身份证号存成了数字，末几位已经丢失，没有读入，请照证件重新录入"],
        20: ["F20：末位校验码不符：应为 3，现为 0，请照证件核对每一位"],
        59: ["司徒美蓉 与第 8 行是同一个人，请确定以哪一行为准"],
    }


def test_a_preview_changes_nothing(imports: Imports, database: Database):
    before = kept(database)
    imports.preview(SAMPLES / ROSTER)
    assert kept(database) == before


def test_doubtful_rows_wait_for_a_decision(imports: Imports, database: Database):
    counts, change = imports.apply(imports.preview(SAMPLES / ROSTER))
    assert (counts.read, counts.applied, change.kind) == (50, 47, "cadre")
    assert Cadres(database).count() == 47


def test_after_the_decisions_the_roster_gives_its_people(filled: Database):
    assert Cadres(filled).count() == TRUTH["roster"]["people"] == 49
    assert person(filled, "夏秀英").values["id_number"] is None
    assert person(filled, "阎光荣").values["id_number"] is None


def test_what_is_kept_is_what_the_truth_says(filled: Database):
    told = {row["name"]: row for row in TRUTH["roster"]["rows"] if not row.get("problem")}
    files = {
        (file.values["name"], file.values["id_number"]): Cadres.record.texts(file.values)
        for file in Cadres(filled).read_all()
    }
    for row in told.values():
        kept_texts = files[row["name"], row["id_number"]]
        for field in ("sex", "ethnicity", "political_status", "former_unit", "former_post", "treatment"):
            assert kept_texts[field] == row[field], (row["name"], field)
        for field in ("birth_date", "work_started_on", "retired_on", "party_joined_on"):
            assert kept_texts[field] == row[field].replace("-", "."), (row["name"], field)


@pytest.mark.parametrize("name", PEOPLE)
def test_taking_in_the_same_file_again_changes_nothing(imports: Imports, database: Database, name: str):
    first = take(imports, SAMPLES / name)
    before = everything(database)
    again = take(imports, SAMPLES / name)
    taken = first.counts.new + first.counts.changed
    assert piles(again) == {"same": taken} | ({"doubtful": 3} if name == ROSTER else {})
    assert everything(database) == before


@pytest.mark.parametrize("name", [VISITS, PAYMENTS])
def test_ledgers_taken_in_again_change_nothing(filled: Database, name: str):
    imports = Imports(filled)
    first = take(imports, SAMPLES / name)
    before = everything(filled)
    again = take(imports, SAMPLES / name)
    assert again.counts.same == first.counts.new > 0
    assert again.counts.new == again.counts.changed == 0
    assert everything(filled) == before


def test_one_file_after_another_settles_down(imports: Imports, database: Database):
    for name in PEOPLE:
        take(imports, SAMPLES / name)
    before = everything(database)
    for name in PEOPLE[3:]:
        assert piles(take(imports, SAMPLES / name)) == {"same": 1}
    assert everything(database) == before


def test_a_file_says_when_it_was_taken_in_before(imports: Imports):
    preview = imports.preview(SAMPLES / ROSTER)
    assert imports.taken_before(preview) is None
    imports.apply(preview)
    before = imports.taken_before(imports.preview(SAMPLES / ROSTER))
    assert before is not None
    assert (before.by, before.undone_at) == ("林晓芸", None)


def test_a_changed_row_shows_old_and_new(imports: Imports, database: Database, tmp_path: Path):
    take(imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "手机": "19900005062", "民族": "苗族"}))
    preview = imports.preview(
        roster(
            tmp_path, {"姓名": "廖开", "身份证号": KAI, "手机": "19900000001", "民族": "苗"}, name="新.xlsx"
        )
    )
    row = only(preview)
    assert row.pile == "changed"
    assert [(each.label, each.old, each.new) for each in row.differences] == [
        ("手机", "19900005062", "19900000001")
    ]
    imports.apply(preview)
    assert person(database, "廖开").values["mobile"] == "19900000001"


def test_an_empty_cell_or_a_vaguer_date_never_beats_a_value(
    imports: Imports, database: Database, tmp_path: Path
):
    full = {"姓名": "廖开", "身份证号": KAI, "出生日期": "1966-09-22", "手机": "19900005062"}
    take(imports, roster(tmp_path, full))
    before = everything(database)
    vague = {"姓名": "廖开", "身份证号": KAI, "出生日期": "1966.09", "手机": ""}
    assert piles(take(imports, roster(tmp_path, vague, name="略.xlsx"))) == {"same": 1}
    assert everything(database) == before


def test_a_more_precise_date_is_taken_over(imports: Imports, database: Database, tmp_path: Path):
    take(imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "出生日期": "1966.09"}))
    more = {"姓名": "廖开", "身份证号": KAI, "出生日期": "1966-09-22"}
    assert piles(take(imports, roster(tmp_path, more, name="详.xlsx"))) == {"changed": 1}
    assert person(database, "廖开").values["birth_date"] == "1966-09-22"


def test_who_died_and_is_said_to_live_is_asked_about(imports: Imports, database: Database):
    take(imports, SAMPLES / ROSTER)
    preview = imports.preview(SAMPLES / EXPORT)
    (row,) = [row for row in preview.rows() if row.pile == "doubtful" and row.label == "单䶮生"]
    assert row.doubts == ["单䶮生 的档案里已有去世时间 2026.03.12，这里却写着在世"]
    imports.apply(preview)
    assert person(database, "单䶮生").values["alive"] is False


def test_a_candidate_is_offered_and_the_decision_honoured(
    imports: Imports, database: Database, tmp_path: Path
):
    take(imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI}))
    again = roster(tmp_path, {"姓名": "廖开", "手机": "19900005062"}, name="无号.xlsx")
    row = only(take(imports, again))
    assert (row.pile, [each.name for each in row.candidates]) == ("doubtful", ["廖开"])
    assert Cadres(database).count() == 1
    take(imports, again, lambda row: Decision(True, row.candidates[0].uid))
    assert person(database, "廖开").values["mobile"] == "19900005062"
    assert piles(imports.preview(again)) == {"same": 1}


def test_a_namesake_may_be_somebody_new_or_left_out(imports: Imports, database: Database, tmp_path: Path):
    take(imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI}))
    again = roster(tmp_path, {"姓名": "廖开", "手机": "19900005062"}, name="无号.xlsx")
    take(imports, again, lambda _: Decision(False))
    assert Cadres(database).count() == 1
    take(imports, again, lambda _: Decision(True))
    assert Cadres(database).count() == 2


def test_the_second_row_of_a_person_may_be_put_to_the_first(imports: Imports, database: Database):
    take(imports, SAMPLES / ROSTER, lambda row: Decision(True, None, ("id_number",), same_as=row.twin))
    assert Cadres(database).count() == 49


def test_another_person_with_the_same_number_is_asked_about(imports: Imports, tmp_path: Path):
    take(imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI}))
    row = only(imports.preview(roster(tmp_path, {"姓名": "廖小开", "身份证号": KAI}, name="新.xlsx")))
    assert row.doubts == ["身份证号与 廖开 相同，姓名却不同"]


def test_more_contacts_than_the_form_has_lines_are_asked_about(
    imports: Imports, database: Database, tmp_path: Path
):
    for number in range(4):
        take(
            imports,
            roster(
                tmp_path,
                {
                    "姓名": "廖开",
                    "身份证号": KAI,
                    "联系人及电话": f"廖{'甲乙丙丁'[number]} 1990000506{number}",
                },
                name=f"{number}.xlsx",
            ),
        )
    assert len(person(database, "廖开").parts["contacts"]) == 4
    fifth = {"姓名": "廖开", "身份证号": KAI, "联系人及电话": "廖戊 19900005069"}
    row = only(take(imports, roster(tmp_path, fifth, name="五.xlsx")))
    assert row.doubts == ["联系人合起来有 5 个，最多 4 个"]
    assert len(person(database, "廖开").parts["contacts"]) == 4


def test_several_numbers_without_names_are_all_kept_and_settle_down(
    imports: Imports, database: Database, tmp_path: Path
):
    path = roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "联系人及电话": "19900005062、19900005063"})
    take(imports, path)
    before = everything(database)
    take(imports, path)
    assert everything(database) == before


def test_a_photo_is_shown_among_the_changes_and_kept_once(imports: Imports, database: Database):
    take(imports, SAMPLES / ROSTER)
    row = only(take(imports, SAMPLES / "任免表1.lrmx"))
    assert ("照片", "", "有") in [(each.label, each.old, each.new) for each in row.differences]
    assert person(database, "廖应").values["photo"]
    assert kept(database)["picture"] == 1


def test_a_column_may_be_mapped_by_hand(imports: Imports, database: Database, tmp_path: Path):
    path = roster(tmp_path, {"姓名": "廖开", "身份证号": KAI, "奇怪的列": "书法", "手机": "19900005062"})
    sheet = imports.preview(path).sheets[0]
    column = {column.heading: column for column in sheet.columns}
    assert (column["奇怪的列"].field, column["奇怪的列"].certainty) == (None, "unknown")
    by_hand = {sheet.name: {column["奇怪的列"].index: "hobbies", column["手机"].index: None}}
    take(imports, path, by_hand=by_hand)
    values = person(database, "廖开").values
    assert (values["hobbies"], values["mobile"]) == ("书法", None)


def test_all_is_taken_in_or_nothing(imports: Imports, database: Database, monkeypatch: pytest.MonkeyPatch):
    preview = imports.preview(SAMPLES / ROSTER)
    before = kept(database)
    real, written = imports_module.apply_row, []

    def fail_half_way(*arguments: Any) -> str:
        if len(written) == 20:
            raise OSError("the disk is gone")
        written.append(real(*arguments))
        return written[-1]

    monkeypatch.setattr(imports_module, "apply_row", fail_half_way)
    with pytest.raises(OSError, match="the disk is gone"):
        imports.apply(preview)
    assert len(written) == 20
    assert kept(database) == before


def test_a_preview_that_is_out_of_date_is_not_applied(imports: Imports, database: Database):
    preview = imports.preview(SAMPLES / ROSTER)
    imports.apply(preview)
    before = everything(database)
    with pytest.raises(UserError, match="预览之后名单或台账又有改动，没有写入"):
        imports.apply(preview)
    assert everything(database) == before


def test_without_data_a_preview_compares_with_nothing_and_nothing_is_applied():
    imports = Imports(None)
    preview = imports.preview(SAMPLES / ROSTER)
    assert piles(preview) == {"new": 47, "doubtful": 3}
    assert imports.taken_before(preview) is None
    with pytest.raises(UserError, match="还没有数据文件夹"):
        imports.apply(preview)


def test_a_file_without_people_says_so(imports: Imports):
    with pytest.raises(UserError, match="没有找到花名册、走访台账或发放表"):
        imports.preview(SAMPLES / "采集表_空表.xlsx")


# Visits


def test_the_double_names_of_the_visit_ledger_are_asked_about(whole_town: Database):
    preview = Imports(whole_town).preview(SAMPLES / VISITS)
    named = [(row.row, row.doubts) for row in preview.rows() if row.candidates]
    assert {"黎翠莲", "阿依古丽·买买提", "欧阳光荣"} <= doubles(whole_town)
    assert [row for row, _ in named] == [
        row["row"] for row in TRUTH["visits"]["rows"] if set(row["names"]) & doubles(whole_town)
    ]
    assert all("请指明是哪一个" in doubts[0] for _, doubts in named)
    assert piles(preview) == {"new": 60 - len(named), "doubtful": len(named)}


def doubles(database: Database) -> set[str]:
    names = [row.values[0] for row in Cadres(database).rows(["name"])]
    return {name for name in names if names.count(name) > 1}


def test_the_decision_of_who_was_met_is_honoured_and_stays(whole_town: Database):
    imports, visits = Imports(whole_town), Visits(whole_town)

    def second(row: PreviewRow) -> Decision:
        return Decision(True, people=(row.candidates[-1].uid,))

    preview = take(imports, SAMPLES / VISITS, second)
    for row in preview.rows():
        if row.candidates:
            meant = visits.lines(cadre_uid=row.candidates[-1].uid)
            others = visits.lines(cadre_uid=row.candidates[0].uid)
            assert row.values["date"] in {line.values["date"] for line in meant}
            assert others == []
    assert len(visits.lines()) == 60
    before = everything(whole_town)
    take(imports, SAMPLES / VISITS, second)
    assert everything(whole_town) == before


def ledger(folder: Path, *rows: tuple[str, str, str]) -> Path:
    table = [["走访时间", "走访对象", "走访类型"], *map(list, rows)]
    return save(folder, table, name="走访台账_2026年.xlsx")


def test_somebody_whom_the_roster_lacks_is_asked_about(filled: Database, tmp_path: Path):
    row = only(Imports(filled).preview(ledger(tmp_path, ("2026-01-20", "无名氏", "春节慰问"))))
    assert row.doubts == ["花名册里没有“无名氏”，请先补上这个人，或改正姓名"]


def test_a_visit_after_the_death_is_asked_about(filled: Database, tmp_path: Path):
    late = ledger(tmp_path, ("2026-04-01", "单䶮生", "七一走访"))
    assert only(Imports(filled).preview(late)).doubts == ["单䶮生 已于 2026.03.12 去世，只能记遗属慰问"]
    before = ledger(tmp_path, ("2026-03-01", "单䶮生", "春节慰问"))
    assert piles(Imports(filled).preview(before)) == {"new": 1}


def test_two_visits_alike_on_one_day_are_pointed_out_and_kept(filled: Database, tmp_path: Path):
    path = ledger(tmp_path, ("2026-01-20", "廖应", "春节慰问"), ("2026-01-20", "廖应", "春节慰问"))
    preview = take(Imports(filled), path)
    assert [[each.code for each in row.problems] for row in preview.rows()] == [[], ["R-61"]]
    assert piles(Imports(filled).preview(path)) == {"same": 2}


def test_a_changed_visit_is_updated_and_not_doubled(filled: Database, tmp_path: Path):
    heads = ["走访时间", "走访对象", "走访类型", "慰问金"]
    path = save(tmp_path, [heads, ["2026-01-20", "廖应", "春节慰问", 500]])
    take(Imports(filled), path)
    path = save(tmp_path, [heads, ["2026-01-20", "廖应", "春节慰问", 600]])
    assert piles(take(Imports(filled), path)) == {"changed": 1}
    (line,) = Visits(filled).lines("2026")
    assert line.values["money"] == 60000


# Payments


def test_payments_become_one_batch_of_their_fund(filled: Database):
    take(Imports(filled), SAMPLES / PAYMENTS)
    (line,) = Payments(filled).lines()
    file = Payments(filled).read(line.uid)
    values = {name: file.values[name] for name in ("title", "fund", "period")}
    assert values == {"title": "2026年春节慰问金发放表", "fund": "condolence", "period": "2026年春节"}
    assert len(file.payments) == len(TRUTH["payments"]["rows"])
    assert sum(row["amount"] for row in file.payments) == TRUTH["payments"]["total"] * 100


def test_a_table_without_numbers_pays_whom_the_name_means_alone(whole_town: Database, tmp_path: Path):
    rows = [["姓名", "金额"], ["廖应", 500], ["无名氏", 500], ["黎翠莲", 500]]
    preview = Imports(whole_town).preview(save(tmp_path, rows, name="2026年慰问金发放表.xlsx"))
    first, unknown, double = preview.rows()
    assert first.pile == "new"
    assert unknown.doubts == ["花名册里没有“无名氏”，请先补上这个人，或改正姓名和身份证号"]
    assert len(double.candidates) == 2


def test_nobody_is_paid_twice_in_one_batch(filled: Database, tmp_path: Path):
    rows = [["姓名", "金额"], ["廖应", 500], ["廖应", 600]]
    path = save(tmp_path, rows, name="2026年慰问金发放表.xlsx")
    preview = take(Imports(filled), path)
    assert [row.pile for row in preview.rows()] == ["new", "doubtful"]
    assert [line.people for line in Payments(filled).lines()] == [1]


def test_the_sample_workbooks_are_only_read(imports: Imports, tmp_path: Path):
    path = tmp_path / ROSTER
    shutil.copyfile(SAMPLES / ROSTER, path)
    before = path.read_bytes()
    take(imports, path)
    assert path.read_bytes() == before
    load_workbook(path).close()
    assert sorted(each.name for each in tmp_path.glob("*.xlsx")) == [ROSTER]


def test_a_number_that_two_rows_share_is_asked_about(imports: Imports, tmp_path: Path):
    rows = [{"姓名": "廖开", "身份证号": KAI}, {"姓名": "周光", "身份证号": KAI}]
    first, second = imports.preview(roster(tmp_path, *rows)).rows()
    assert first.pile == "new"
    assert second.doubts == ["周光 与第 2 行的 廖开 身份证号相同，姓名却不同"]
    assert [(each.field, each.severity, each.code) for each in second.problems] == [
        ("id_number", "E", "R-08")
    ]


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        (({"姓名": "廖开"}, {"姓名": "廖开"}), True),
        (({"姓名": "廖开", "手机": "19900005062"}, {"姓名": "廖开"}), True),
        (({"姓名": "廖开", "出生年月": "1950.03"}, {"姓名": "廖开", "出生年月": "1961.08"}), False),
        (({"姓名": "廖开", "工作单位": "卫城中学"}, {"姓名": "廖开", "工作单位": "卫城小学"}), False),
        (({"姓名": "廖开", "身份证号": KAI}, {"姓名": "廖开", "身份证号": GUANG}), False),
    ],
)
def test_namesakes_in_one_file_are_asked_about_where_nothing_tells_them_apart(
    imports: Imports, tmp_path: Path, rows: tuple[Mapping[str, str], ...], doubtful: bool
):
    common = {"性别": "男", "民族": "汉族"}
    preview = imports.preview(roster(tmp_path, *({**common, **row} for row in rows)))
    assert [row.pile == "doubtful" for row in preview.rows()] == [False, doubtful]


def test_a_file_named_after_a_number_stands_in_the_log_with_its_end_only(
    imports: Imports, database: Database, tmp_path: Path
):
    path = tmp_path / "52999919410203002X.xlsx"
    path.write_bytes((SAMPLES / ROSTER).read_bytes())
    imports.apply(imports.preview(path))
    path.write_bytes(b"PK no more")
    with pytest.raises(UserError):
        imports.preview(path)
    with database.reading() as session:
        said = list(session.execute(select(AUDIT_ACT.c.about, AUDIT_ACT.c.details)))
    assert "**************002X.xlsx" in [about for about, _ in said]
    assert "52999919410203002X" not in str(said)
    (past,) = ImportHistory(database).all()
    assert past.file == "**************002X.xlsx"


def test_a_file_that_is_refused_stands_in_the_log(imports: Imports, database: Database, tmp_path: Path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes((SAMPLES / ROSTER).read_bytes()[:4000])
    with pytest.raises(UserError) as told:
        imports.preview(path)
    with database.reading() as session:
        act, about, details = session.execute(
            select(AUDIT_ACT.c.act, AUDIT_ACT.c.about, AUDIT_ACT.c.details).order_by(AUDIT_ACT.c.seq.desc())
        ).first()
    assert (act, about) == ("import_refused", "坏.xlsx")
    assert json.loads(details) == {"why": str(told.value)}
