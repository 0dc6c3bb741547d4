"""The rules that compare several records: each from both sides, in a few queries however many people there are."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import clock
from app.fields.actors import Actor
from app.models.database import Database
from app.models.parts import PARTS
from app.services.acceptances import Acceptances
from app.services.cadres import CadreFile, Cadres, store
from app.services.data_check import DataCheck
from app.services.findings import Finding
from app.services.office import OfficeProfile
from app.services.payments import BatchFile, Payments, store_batch
from app.services.shared_rules import shared_findings
from app.services.visits import VisitFile, store_visit
from tests.services.shared_cases import CASES, GUANG, SPRING, YING, Office, Visited, Wrong, paid

MAKER = Actor("maker", "林晓芸", ("preparer", "admin"), "window")
CHECKER = Actor("checker", "周光", ("reviewer",), "window")
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


def began(patch: pytest.MonkeyPatch, database: Database) -> AbstractContextManager[Session]:
    """The office has used the program since the first of October."""
    patch.setattr(clock, "now", lambda: NOW.replace(month=10, day=1))
    return database.transaction("import", "试")


def make(database: Database, office: Office) -> None:
    """All at once, past what the services refuse: old data and imports may hold anything."""
    uids = {}
    if any(office.profile.values()):
        named = {"township": "梧桐镇", "unit": "镇政府", "officer": "张", "preparer": "张"}
        OfficeProfile(database).save({**named, **office.profile})
    with pytest.MonkeyPatch.context() as patch, began(patch, database) as session:
        for name, told in office.people.items():
            values = {"name": name, **{key: value for key, value in told.items() if key not in PARTS}}
            parts = {key: rows for key, rows in told.items() if key in PARTS}
            uids[name] = store(session, CadreFile(values=values, parts=parts))
        for batch in office.batches:
            values = {
                "fund": batch.fund,
                "period": batch.period,
                "paid_on": batch.paid_on,
                "title": batch.title,
            }
            lines = [{"cadre_uid": uids[name], **line} for name, line in batch.lines.items()]
            store_batch(session, BatchFile(values=values, payments=lines))
    for visit in office.visits:
        values = {"date": visit.date, "kind": visit.kind, **visit.values}
        with database.transaction("save_visit" if visit.typed_in else "import", "试") as session:
            store_visit(session, VisitFile(values=values, people=[uids[name] for name in visit.names]))


def found(database: Database) -> list[Finding]:
    files = Cadres(database).read_all()
    with database.reading() as session:
        return list(shared_findings(session, files))


def of(code: str, findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [
        (each.problem.severity, each.name, each.problem.field, each.about.partition(":")[0])
        for each in findings
        if each.problem.code == code
    ]


@pytest.mark.parametrize(
    ("code", "case"),
    [
        pytest.param(code, case, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases.wrong, 1)
    ],
)
def test_what_does_not_fit_together_is_said(database: Database, code: str, case: Wrong):
    make(database, case.office)
    findings = found(database)
    assert sorted(of(code, findings)) == sorted(case.said)
    assert all(each.label and (each.uid or each.about) for each in findings)


@pytest.mark.parametrize(
    ("code", "office"),
    [
        pytest.param(code, office, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, office in enumerate(cases.right, 1)
    ],
)
def test_what_can_be_right_is_not_questioned(database: Database, code: str, office: Office):
    make(database, office)
    assert of(code, found(database)) == []


def test_nobody_and_nothing_gives_no_word(database: Database):
    assert found(database) == []


def test_a_number_copied_down_a_column_names_a_few(database: Database):
    make(database, Office({f"人{n}": {"id_number": "529999195203170012"} for n in range(1, 10)}))
    findings = [each for each in found(database) if each.problem.code == "R-08"]
    assert len(findings) == 9
    for each in findings:
        assert each.problem.message.endswith("等 8 人 相同，请核对")
        assert each.problem.message.count("、") == 4
        assert f"{each.name}、" not in each.problem.message


def test_money_that_was_taken_back_is_as_if_never_paid(database: Database):
    database.actor = MAKER
    make(database, paid(SPRING, died_on="2026-02-01"))
    (batch,) = Payments(database).lines()

    def review(uid: str) -> None:
        database.actor = CHECKER
        Payments(database).review(uid)
        database.actor = MAKER

    review(batch.uid)
    assert of("R-60", found(database)) == [("E", YING, "fund", "batch")]
    (undo,) = Payments(database).reverse(batch.uid, "人已去世").uids - {batch.uid}
    review(undo)
    assert of("R-60", found(database)) == []


def test_people_who_are_not_looked_at_are_not_spoken_of(database: Database):
    make(database, paid(SPRING, visits=[Visited("2026-11-23")], died_on="2026-02-01"))
    files = [file for file in Cadres(database).read_all() if file.values["name"] == GUANG]
    with database.reading() as session:
        assert [each.name for each in shared_findings(session, files) if each.name == YING] == []


def test_the_queries_are_as_many_for_one_as_for_many(database: Database):
    def queries() -> int:
        statements: list[str] = []
        files = Cadres(database).read_all()
        with database.reading() as session:
            listen = lambda *args: statements.append(args[2])  # noqa: E731
            event.listen(database.engine, "before_cursor_execute", listen)
            list(shared_findings(session, files))
            event.remove(database.engine, "before_cursor_execute", listen)
        return len(statements)

    before = queries()
    make(
        database,
        Office(
            {f"人{n}": {"party_branch": f"支部{n}", "residence_class": "1"} for n in range(30)},
            [Visited("2026-02-09", names=(f"人{n}",)) for n in range(5)],
            [SPRING._replace(lines={f"人{n}": {"amount": 1} for n in range(30)})],
        ),
    )
    assert queries() == before


def test_a_warning_about_a_batch_lapses_when_its_lines_change(database: Database):
    twice = SPRING._replace(lines={YING: {"standard": 50000, "times": 2, "amount": 50000}})
    make(database, paid(twice))

    def left() -> list[Finding]:
        return [each for each in DataCheck(database).run().findings if each.problem.code == "R-62"]

    (finding,) = left()
    Acceptances(database).accept(finding, "只发一次，已核实")
    assert left() == []
    (batch,) = Payments(database).lines()
    file = Payments(database).read(batch.uid)
    file.payments[0]["amount"] = 60000
    Payments(database).save(file)
    assert len(left()) == 1
