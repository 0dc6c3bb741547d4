"""The ways on for doubtful rows."""

from __future__ import annotations

from app.exchange.readings import Reading
from app.fields.spec import Problem
from app.services.import_choices import as_person, choices, may_be_anybody
from app.services.import_preview import Decision, PreviewRow
from app.services.matching import Known

LIAO = Known("u1", "廖应", "1960-07", None, None, "卫城派出所")
OTHER = Known("u2", "廖应", "1951-03", None, None, "卫城中学")
BAD = Problem("id_number", "E", "R-02", "F20：末位校验码不符")


def row(kind="cadres", values=None, **more):
    return PreviewRow(Reading("表", 20), kind, "廖应", values or {"name": "廖应"}, **more)


def told(doubtful):
    return [(choice.label, choice.decision) for choice in choices(doubtful)]


def test_a_number_that_cannot_be_right_is_never_written():
    doubtful = row(values={"name": "廖应", "id_number": "529999196005102600"}, problems=[BAD])
    assert told(doubtful) == [
        ("作为新人加入，但不要这个身份证号", Decision(True, None, ("id_number",))),
        ("不导入这一行", Decision(False)),
    ]


def test_a_number_that_could_not_be_read_is_to_be_filled_in_later():
    assert [label for label, _ in told(row(problems=[BAD]))] == [
        "作为新人加入，但身份证号以后补",
        "不导入这一行",
    ]


def test_namesakes_are_offered_before_somebody_new():
    assert told(row(candidates=(LIAO, OTHER))) == [
        ("就是 廖应（1960.07，卫城派出所）", Decision(True, "u1")),
        ("就是 廖应（1951.03，卫城中学）", Decision(True, "u2")),
        ("作为新人加入", Decision(True)),
        ("不导入这一行", Decision(False)),
    ]


def test_a_second_row_of_the_same_person_can_be_put_to_the_first():
    assert told(row(twin=8))[0] == ("并到第 8 行的人", Decision(True, same_as=8))
    assert not may_be_anybody(row(twin=8))


def test_a_visit_to_two_double_names_offers_each_pair():
    gu = [
        Known(f"g{place}", "顾少云", birth, None, None, None) for place, birth in enumerate(("1950", "1960"))
    ]
    names = {"names": ["廖应", "顾少云"]}
    offered = told(row("visits", names, candidates=(LIAO, OTHER, *gu)))
    assert [decision.people for _, decision in offered] == [
        ("u1", "g0"),
        ("u1", "g1"),
        ("u2", "g0"),
        ("u2", "g1"),
        (),
    ]


def test_a_visit_without_a_date_can_only_be_left_out():
    undated = row("visits", {"names": ["廖应"]}, problems=[Problem("date", "E", "C-01", "B3：看不懂日期")])
    assert told(undated) == [("不导入这一行", Decision(False))]


def test_one_unknown_name_may_be_anybody_of_the_roster():
    unknown = row("visits", {"names": ["廖映"]})
    assert may_be_anybody(unknown)
    assert as_person(unknown, "u1", "廖应").decision == Decision(True, people=("u1",))


def test_two_payments_in_one_batch_ask_which_one_holds():
    assert told(row("payments", people=["u1"]))[0] == ("以这一行为准，改掉前一笔", Decision(True))
