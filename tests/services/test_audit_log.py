"""The log as people read it: narrowed, field by field, as of a day, in a report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, text

from app import clock
from app.errors import UserError
from app.fields.actors import PROGRAM, Actor
from app.models.audit import AUDIT_ROW, OWN_TABLES
from app.models.base import Base
from app.models.cadre import CADRE, Cadre
from app.models.database import Database
from app.models.parts import Contact
from app.services.audit_log import AuditLog, LogFilter, said_of
from app.services.cadres import CadreFile, Cadres
from app.services.drafts import Drafts
from app.services.log_changes import FieldChange, LoggedRow, net
from app.services.log_words import TITLES, WITHOUT_WORDS, label_of, value_of
from app.services.notes import Notes
from app.services.payments import BatchFile, Payments
from app.services.record_names import RecordNames
from app.services.reviews import Reviews
from app.services.roster_filter import Condition, RosterFilter
from app.services.saved_filters import SavedFilters
from app.services.visits import VisitFile, Visits
from tests.desks import ACTOR
from tests.reports.reading import text as text_of

ID_NUMBER, CARD = "52999919410203002X", "6210003110539454122"
PREPARER = replace(ACTOR, roles=("preparer",))
CHIEF = Actor("0c0ffee0-0000-4000-8000-000000000002", "周启明", ("head",), "window")


class Clock:
    """The day that it is said to be."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC)

    def set(self, day: str) -> None:
        self.at = dt.datetime.fromisoformat(f"{day}T09:30:00+00:00")


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Clock:
    kept = Clock()
    monkeypatch.setattr(clock, "now", lambda: kept.at)
    monkeypatch.setattr(clock, "today", lambda: kept.at.date())
    return kept


@pytest.fixture
def log(database: Database) -> AuditLog:
    return AuditLog(database)


def save(database: Database, **values: object) -> str:
    """A new cadre with a contact; the uid."""
    file = CadreFile(values={"name": "王秀英", **values}, parts={"contacts": [{"name": "王小明"}]})
    return next(iter(Cadres(database).save(file).uids))


def change(database: Database, uid: str, **values: object) -> None:
    file = Cadres(database).read(uid)
    file.values |= values
    Cadres(database).save(file)


def told(log: AuditLog, **wanted: object) -> list[tuple[str, str]]:
    return [(line.act_label, line.about) for line in log.lines(LogFilter(**wanted))]  # type: ignore[arg-type]


def fields(log: AuditLog, seq: int) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (record.title, record.operation, [(each.label, each.old, each.new) for each in record.fields])
        for record in log.detail(seq).records
    ]


def test_a_step_says_who_did_what_when_and_where(database, log, day):
    save(database)
    line = log.lines()[0]
    assert (line.time, line.actor, line.act_label, line.about, line.source) == (
        "2026-03-05 09:30",
        "林晓芸",
        "保存档案",
        "王秀英",
        "窗口",
    )
    assert line.roles == "填报、审核、负责人、管理员"


def test_each_field_is_told_before_and_after_with_numbers_masked(database, log):
    uid = save(database, id_number=ID_NUMBER, bank_account=CARD, sex="1")
    change(database, uid, id_number="529999194102030038", sex="2", remarks=f"卡号 {CARD}")
    seq = log.lines()[0].seq
    assert fields(log, seq) == [
        (
            "档案 王秀英",
            "修改",
            [
                ("性别", "男", "女"),
                ("身份证号", "****002X", "****0038"),
                ("备注", "", "卡号 ****4122"),
            ],
        )
    ]


def test_a_new_record_tells_what_it_holds_and_a_removed_one_what_it_held(database, log):
    uid = save(database, mobile="13885100001")
    Cadres(database).remove([uid])
    removed, made = log.lines()[:2]
    assert ("手机", "", "13885100001") in fields(log, made.seq)[0][2]
    titles = [(title, operation) for title, operation, _ in fields(log, removed.seq)]
    assert titles == [("档案 王秀英", "删除"), ("王秀英的联系人", "删除")]
    assert ("手机", "13885100001", "") in fields(log, removed.seq)[0][2]
    assert removed.about == "王秀英"


def test_parts_that_are_written_anew_but_the_same_are_no_change(database, log):
    uid = save(database)
    change(database, uid, remarks="一切都好")
    assert fields(log, log.lines()[0].seq) == [("档案 王秀英", "修改", [("备注", "", "一切都好")])]


def test_a_change_in_one_part_is_told_alone(database, log):
    uid = save(database)
    file = Cadres(database).read(uid)
    file.parts["contacts"][0]["mobile"] = "13985112233"
    Cadres(database).save(file)
    assert fields(log, log.lines()[0].seq) == [("王秀英的联系人", "修改", [("手机", "", "13985112233")])]


def test_a_visit_saved_again_tells_only_what_is_new(database, log):
    uid = save(database)
    visits = Visits(database)
    made = next(
        iter(visits.save(VisitFile(values={"date": "2026-03-05", "kind": "spring"}, people=[uid])).uids)
    )
    file = visits.read(made)
    file.values["situation"] = "身体硬朗"
    visits.save(file)
    assert fields(log, log.lines()[0].seq) == [("走访 2026-03-05", "修改", [("了解的情况", "", "身体硬朗")])]


def test_rows_of_one_step_come_to_what_they_changed():
    def row(operation, old, new, uid="a"):
        return LoggedRow("contact", uid, operation, old, new)

    assert net([row("insert", {}, {"name": "甲"}), row("update", {"name": "甲"}, {"name": "乙"})]) == [
        row("insert", {}, {"name": "乙"})
    ]
    assert net([row("insert", {}, {"name": "甲"}), row("delete", {"name": "甲"}, {})]) == []
    assert (
        net([row("update", {"name": "甲"}, {"name": "乙"}), row("update", {"name": "乙"}, {"name": "甲"})])
        == []
    )
    assert net(
        [row("update", {"name": "甲"}, {"name": "乙"}), row("delete", {"name": "乙", "phone": "1"}, {})]
    ) == [row("delete", {"name": "甲", "phone": "1"}, {})]
    assert net([row("delete", {"name": "甲", "phone": "1"}, {}), row("insert", {}, {"name": "乙"})]) == [
        row("update", {"name": "甲", "phone": "1"}, {"name": "乙", "phone": None})
    ]
    assert (
        net([row("delete", {"name": "甲"}, {}, "a"), row("insert", {}, {"name": "甲", "position": 3}, "b")])
        == []
    )


@pytest.fixture
def busy(database: Database, day: Clock) -> str:
    """A year of one person: a file, two visits, a payment, a look at a number; and somebody else's file."""
    day.set("2026-01-10")
    uid = save(database, former_unit="卫城公社")
    day.set("2026-02-01")
    other = save(database, name="高忠信")
    day.set("2026-03-05")
    Visits(database).save(VisitFile(values={"date": "2026-03-05", "kind": "spring"}, people=[uid, other]))
    day.set("2026-04-01")
    batch = BatchFile(
        values={"fund": "condolence", "title": "春节慰问", "period": "2026", "paid_on": "2026-02-06"}
    )
    batch.payments = [{"cadre_uid": uid, "amount": 50_000}]
    Payments(database).save(batch)
    database.record("reveal", "王秀英 身份证号")
    database.record("reveal", "高忠信 身份证号")
    database.actor = CHIEF
    database.record("export", "花名册", {"purpose": "上报", "recipient": "县委老干部局", "rows": 2})
    database.actor = ACTOR
    Drafts(database).keep(f"cadre:{uid}", {"name": "王"})
    return uid


def test_the_log_is_narrowed_by_days(log, busy):
    assert told(log, until="2026-01-10") == [("保存档案", "王秀英")]
    assert told(log, since="2026-02-01", until="2026-03-05") == [
        ("记走访", "2026.03.05"),
        ("保存档案", "高忠信"),
    ]


def test_the_log_is_narrowed_by_who_and_what(log, busy):
    assert told(log, actor=CHIEF.uid) == [("导出", "花名册")]
    assert told(log, group="export") == [("导出", "花名册")]
    assert told(log, kind="走访") == [("记走访", "2026.03.05")]
    assert log.actors() == [(CHIEF.uid, "周启明"), (ACTOR.uid, "林晓芸")]


def test_all_that_concerns_one_person_is_found(log, busy):
    assert told(log, person=busy) == [
        ("查看完整号码", "王秀英 身份证号"),
        ("记发放", "春节慰问"),
        ("记走访", "2026.03.05"),
        ("保存档案", "王秀英"),
    ]


def test_a_visit_changed_later_still_concerns_whom_it_names(database, log, busy):
    with database.transaction("save_visit", "后来") as session:
        session.execute(text("UPDATE visit SET situation = '补记'"))
    assert told(log, person=busy)[0] == ("记走访", "后来")


def test_of_a_step_about_many_only_one_persons_part_is_shown(log, busy):
    visit = next(line for line in log.lines() if line.act == "save_visit")
    assert len(log.detail(visit.seq).records) == 3
    titles = [record.title for record in log.detail(visit.seq, busy).records]
    assert titles == ["走访 2026-03-05", "走访对象 王秀英"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("卫城公社", [("保存档案", "王秀英")]),
        ("县委老干部局", [("导出", "花名册")]),
        ("周启明", [("导出", "花名册")]),
        ("记发放", [("记发放", "春节慰问")]),
        ("高忠信", [("查看完整号码", "高忠信 身份证号"), ("记走访", "2026.03.05"), ("保存档案", "高忠信")]),
        ("%", []),
    ],
)
def test_words_are_found_in_the_line_in_values_and_in_names(log, busy, typed, expected):
    assert told(log, text=f" {typed} ") == expected


def test_drafts_are_shown_only_when_asked_for(log, busy):
    assert "留草稿" not in [label for label, _ in told(log)]
    assert told(log, with_drafts=True)[0] == ("留草稿", "档案 王秀英")


def test_the_log_is_read_on_where_one_was(log, busy):
    whole = [line.seq for line in log.lines()]
    first = [line.seq for line in log.lines(limit=3)]
    rest = [line.seq for line in log.lines(limit=100, before=first[-1])]
    assert first + rest == whole
    assert log.count() == len(whole)


def test_who_fills_in_sees_only_what_he_did(database, log, busy):
    database.actor = replace(CHIEF, roles=("preparer",))
    assert (log.sees_all, log.may_read, log.may_take_out) == (False, True, False)
    assert [line.actor for line in log.lines()] == ["周启明"]
    assert log.count() == 1
    assert log.actors() == [(CHIEF.uid, "周启明")]
    with pytest.raises(UserError, match="不是您做的"):
        log.detail(1)
    with pytest.raises(UserError, match="由审核或负责人来做"):
        log.workbook()


@pytest.mark.parametrize(
    ("role", "reads", "takes_out"),
    [("reviewer", True, True), ("head", True, True), ("admin", True, False), ("reader", False, False)],
)
def test_who_may_read_the_log(database, log, role, reads, takes_out):
    database.actor = replace(ACTOR, roles=(role,))
    assert (log.may_read, log.may_take_out) == (reads, takes_out)


def test_looking_through_the_log_stands_in_the_log(database, log, busy):
    before = database.head()
    verdict = log.verify()
    assert said_of(verdict) == f"共 {before.seq} 步、{verdict.rows} 条改动，链完整；存证码 {before.code}"
    line = log.lines()[0]
    assert (line.act_label, line.about) == ("核对日志", said_of(verdict))


def test_a_log_that_was_changed_is_said_to_be(database, log, busy):
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_act_no_update"))
        connection.execute(text("UPDATE audit_act SET actor = '别人' WHERE seq = 2"))
    said = said_of(log.verify())
    assert "日志被动过：第 2 步（2026-02-01 09:30）被改动过" in said


def test_a_record_is_what_it_was_on_a_day(database, log, day):
    day.set("2026-01-10")
    uid = save(database, home_address="东门")
    day.set("2026-02-10")
    change(database, uid, home_address="西门", in_relief=True)
    day.set("2026-03-10")
    Cadres(database).remove([uid])
    assert log.as_of("cadre", uid, "2026-01-09") is None
    then, later = log.as_of("cadre", uid, "2026-01-10"), log.as_of("cadre", uid, "2026-03-09")
    assert then is not None
    assert later is not None
    assert (then["home_address"], then["in_relief"]) == ("东门", None)
    assert (later["home_address"], later["in_relief"], later["alive"]) == ("西门", True, True)
    assert log.as_of("cadre", uid, "2026-03-10") is None


def test_what_was_there_before_there_was_a_log_is_known_too(database, log, day):
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_cadre_insert"))
        connection.execute(
            text("INSERT INTO cadre (uid, version, search_key, name) VALUES ('old', 1, '', '老人')")
        )
    day.set("2026-05-01")
    with database.transaction("save_cadre") as session:
        session.get_one(Cadre, "old").name = "新名"
    assert (log.as_of("cadre", "old", "2020-01-01") or {})["name"] == "老人"


@pytest.mark.parametrize("seed", range(5))
def test_the_state_of_every_day_comes_back(database, log, day, seed):
    """A contact that is made, changed, moved, removed and made again at random, kept aside each evening."""
    with database.transaction("import") as session:
        session.add(Cadre(uid="c", name="某人"))
    draw, evenings = Random(seed), {}
    for number in range(1, 29):
        date = f"2026-06-{number:02d}"
        day.set(date)
        for _ in range(draw.randrange(3)):
            _something(database, draw)
        with database.reading() as session:
            kept = session.get(Contact, "k")
            evenings[date] = (kept.name, kept.mobile, kept.position) if kept else None
    for date, expected in evenings.items():
        values = log.as_of("contact", "k", date)
        assert (values and (values["name"], values["mobile"], values["position"])) == expected


def _something(database: Database, draw: Random) -> None:
    with database.transaction("save_cadre") as session:
        kept = session.get(Contact, "k")
        if kept is None:
            session.add(Contact(uid="k", cadre_uid="c", name=draw.choice("甲乙丙"), position=0))
        elif draw.random() < 0.3:
            session.delete(kept)
        else:
            setattr(kept, draw.choice(["name", "mobile"]), draw.choice(["丁", "13900000000", None]))
            kept.position = draw.randrange(4)


def test_the_history_of_a_file_has_its_parts(database, log, day):
    day.set("2026-01-10")
    uid = save(database)
    day.set("2026-02-10")
    change(database, uid, remarks="一切都好")
    Visits(database).save(VisitFile(values={"date": "2026-02-05", "kind": "spring"}, people=[uid]))
    newest, first = log.history("cadre", uid)
    assert [(each.title, each.fields) for each in newest.changes] == [
        ("档案 王秀英", (FieldChange("备注", "", "一切都好"),))
    ]
    assert [each.title for each in first.changes] == ["档案 王秀英", "王秀英的联系人"]
    assert (newest.at[:10], newest.actor, newest.act_label) == ("2026-02-10", "林晓芸", "保存档案")


def test_the_yearly_report_counts_what_the_log_holds(database, log, busy, tmp_path: Path):
    database.record("login_failed", "林晓芸", {"at": "2026-03-30T08:01:00+08:00"})
    database.record("backup", "20260401-0930", {"stick": "KINGSTON"})
    database.record("export", f"写着 {ID_NUMBER} 的表")
    paper = log.year_report("2026")
    assert (paper.warnings, paper.facts.kind, paper.facts.rows) == ([], "log_report", 2)
    (tmp_path / "报告.pdf").write_bytes(paper.content)
    read = text_of(tmp_path / "报告.pdf")
    for said in (
        "2026年度操作与导出情况报告",
        "3月1–––––1",
        "2026-04-0109:30周启明导出花名册上报县委老干部局2",
        "登录失败（1次）",
        "2026-03-3008:01林晓芸登录失败林晓芸下一次登录时记下",
        "林晓芸2次0次2份",
        "备份1次，最后一次2026-04-0109:30；其中写到U盘1次",
        "链完整；存证码",
    ):
        assert said in read
    assert ID_NUMBER not in read
    assert log.year_report("2025").pages >= 1


def test_the_workbook_has_a_line_a_step(log, busy, tmp_path: Path):
    from openpyxl import load_workbook

    paper = log.workbook(LogFilter(actor=CHIEF.uid))
    (tmp_path / paper.name).write_bytes(paper.content)
    sheet = load_workbook(tmp_path / paper.name).active
    assert sheet is not None
    row = [cell.value for cell in sheet[4]]
    assert row[2:8] == ["周启明", "负责人", "导出", "花名册", "上报", "县委老干部局"]
    assert (sheet.max_row, paper.warnings, paper.facts.kind) == (4, [], "log")


def test_years_are_those_of_the_log(log, busy, database, day):
    day.set("2028-01-01")
    database.record("login")
    assert log.years() == ["2028", "2027", "2026"]


def columns() -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        if table not in OWN_TABLES:
            yield from ((table.name, column.name) for column in table.columns)


@pytest.mark.parametrize(("table", "column"), [*columns()])
def test_every_column_has_words_or_is_declared_to_have_none(table, column):
    assert TITLES[table]
    assert column in WITHOUT_WORDS or label_of(table, column)


def test_what_the_program_keeps_for_itself_is_told_in_words(database, log):
    Notes(database).put("circle 0c0ffee0-0000-4000-8000-000000000001", "x")
    Notes(database).put("errand_roster", "y")
    lines = log.lines(LogFilter(with_drafts=True))
    assert [line.about for line in lines[:2]] == ["导出的事由", "工作圈"]
    Notes(database).put("last_drill_at", "2026-11-22T10:26:32+00:00")
    drill, *others = (fields(log, line.seq) for line in log.lines(LogFilter(with_drafts=True))[:3])
    assert drill == [("程序状态 恢复演练的时间", "新增", [("内容", "", "2026.11.22 10:26")])]
    assert [told for detail in others for _, _, told in detail] == [[], []]


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("import_doubt", "state", "left", "不导入"),
        ("rule_switch", "severity", "off", "不查"),
        ("acceptance", "field_name", "home_address", CADRE.field("home_address").label),
        ("cadre", "photo_original", "0" * 64, "有"),
        ("typed_in", "value", ID_NUMBER, "**************002X"),
        ("typed_in", "typed_at", "2026-11-22T10:26:32+00:00", "2026.11.22 10:26"),
        ("acceptance", "field_name", "hospital_stays", "住院"),
    ],
)
def test_codes_and_numbers_of_other_tables_are_words_too(database, table, column, value, told):
    with database.reading() as session:
        assert value_of(table, column, value, RecordNames(session)) == told


def test_a_review_says_when_and_by_whom_once(database, log, day):
    uid = save(database)
    Reviews(database).move([uid], "review_check")
    (review,) = (each for each in fields(log, log.lines()[0].seq) if each[0] == "王秀英的核对状态")
    told = [("核对状态", "", "已核"), ("时间", "", "2026.03.05 09:30"), ("经手人", "", "林晓芸")]
    assert review == ("王秀英的核对状态", "新增", told)


def test_a_kept_filter_is_told_by_its_name(database, log):
    SavedFilters(database).save("东片", RosterFilter(((Condition("village", "东门村"),),)))
    assert fields(log, log.lines()[0].seq) == [("存下的筛选 东片", "新增", [("名称", "", "东片")])]


def test_a_step_of_an_event_has_the_name_of_its_sheet(practice):
    log = practice.log
    (seq, *_) = [line.seq for line in log.lines(limit=2000) if line.act == "life_event"]
    titles = [record.title for record in log.detail(seq).records if record.record_type == "event_step"]
    assert titles
    assert all(title.partition("的事项步骤 ")[2] for title in titles)
    assert not re.search("[a-z]", "".join(titles))


def test_what_does_not_fit_its_kind_is_shown_as_it_is(database, log):
    uid = save(database)
    visit = Visits(database).save(VisitFile(values={"date": "2026-03-05", "kind": "spring"}, people=[uid]))
    with database.transaction("save_visit") as session:
        session.execute(text("UPDATE visit SET money = '五百'"))
    assert visit.uids
    assert fields(log, log.lines()[0].seq)[0][2] == [("慰问金（元）", "", "五百")]


def test_the_program_sees_all_and_stands_last_among_who_acted(database, log, busy):
    database.actor = PROGRAM
    database.record("backup", "夜里")
    assert log.sees_all
    assert log.actors()[-1] == ("", "程序")


def test_a_long_step_is_listed_in_parts(database, log):
    with database.transaction("import", "名单.xlsx") as session:
        session.add_all([Cadre(uid=f"c{n:03d}", name=f"第{n}人") for n in range(100)])
    detail = log.detail(log.lines()[0].seq, most=30)
    assert (len(detail.records), detail.more) == (30, 70)


def test_a_step_without_words_is_named_after_what_it_changed(database, log):
    with database.transaction("import") as session:
        session.add_all([Cadre(uid="c1", name="王秀英"), Cadre(uid="c2", name="高忠信")])
    assert log.lines()[0].about == "档案 王秀英 等 2 条"
    with database.reading() as session:
        assert session.scalars(select(AUDIT_ROW.c.person)).all() == ["c1", "c2"]
