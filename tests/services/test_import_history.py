"""撤销这次导入: old values come back, new records go, and whoever was edited since stays and is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.services.cadres import Cadres
from app.services.desk import Desk
from app.services.import_choices import choices
from app.services.import_preview import Way
from tests.content_hash import content, content_hash, differing
from tests.desks import desk_of
from tests.exchange.sheets import GUANG, KAI, SAMPLES
from tests.services.test_imports import PAYMENTS, ROSTER, SCHOOLS, VISITS, person, roster, take


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_of(tmp_path / "desk")
    yield opened
    opened.close()


def newest(desk: Desk) -> str:
    return desk.import_history.all()[0].uid


def edit(desk: Desk, name: str, **values: Any) -> str:
    file = person(desk.database, name)
    file.values.update(values)
    desk.cadres.save(file)
    return file.uid or ""


def test_the_history_says_file_who_and_counts(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    (past,) = desk.import_history.all()
    assert (past.file, past.by, past.new, past.doubtful, past.waiting) == (ROSTER, "林晓芸", 47, 3, 3)
    assert past.undone_at is None


def test_an_import_leaves_nothing_behind_when_it_is_undone(desk: Desk):
    before = content(desk.database)
    take(desk.imports, SAMPLES / ROSTER)
    assert desk.import_history.preview(newest(desk)).sentence == "撤掉新增 47 人"
    desk.import_history.undo(newest(desk))
    assert differing(content(desk.database), before) == {}
    assert desk.import_history.all()[0].undone_at


def test_old_values_come_back_and_whoever_was_edited_is_named(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    before = content(desk.database)
    take(desk.imports, SAMPLES / SCHOOLS)
    changed = edit(desk, "阎海", remarks="听力不好")
    told = desk.import_history.preview(newest(desk))
    assert told.left == ["“阎海”导入以后又改过"]
    assert "留下 1 项不动" in told.sentence
    undone, changes = desk.import_history.undo(newest(desk))
    assert undone == told
    assert {change.kind for change in changes} >= {"cadre", "import"}
    left = differing(content(desk.database), before)
    assert {key[1] for key in left} == {changed}


def test_somebody_new_who_was_edited_since_stays_and_is_named(desk: Desk, tmp_path: Path):
    take(
        desk.imports, roster(tmp_path, {"姓名": "廖开", "身份证号": KAI}, {"姓名": "阎光", "身份证号": GUANG})
    )
    edit(desk, "廖开", remarks="听力不好")
    undone, _ = desk.import_history.undo(newest(desk))
    assert (undone.sentence, undone.left) == ("撤掉新增 1 人，留下 1 项不动", ["“廖开”导入以后又改过"])
    assert [file.values["name"] for file in Cadres(desk.database).read_all()] == ["廖开"]


def test_somebody_new_who_was_visited_since_stays(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    roster_uid = newest(desk)
    take(desk.imports, SAMPLES / VISITS)
    undone, _ = desk.import_history.undo(roster_uid)
    assert undone.left
    assert len(desk.visits.lines()) > 0
    assert Cadres(desk.database).count() == len(undone.left)


def test_what_was_decided_later_goes_with_the_import(desk: Desk):
    before = content_hash(desk.database)
    take(desk.imports, SAMPLES / ROSTER)
    preview = desk.import_doubts.open(newest(desk))
    decisions = {id(row): choices(row)[0].decision for row in preview.rows()}
    desk.import_doubts.decide(newest(desk), preview, decisions)
    assert desk.import_history.preview(newest(desk)).sentence == "撤掉新增 49 人"
    desk.import_history.undo(newest(desk))
    assert content_hash(desk.database) == before


@pytest.mark.parametrize(("name", "told"), [(VISITS, "撤掉新增走访"), (PAYMENTS, "撤掉新增发放 1 批")])
def test_visits_and_payments_are_taken_back_too(desk: Desk, name: str, told: str):
    take(desk.imports, SAMPLES / ROSTER)
    before = content_hash(desk.database)
    take(desk.imports, SAMPLES / name)
    assert content_hash(desk.database) != before
    assert desk.import_history.undo(newest(desk))[0].sentence.startswith(told)
    assert content_hash(desk.database) == before


def test_a_batch_that_was_reviewed_stays_and_is_named(desk: Desk):
    desk.office.save({"one_person_reason": "全镇只有一名老干部工作人员"})
    take(desk.imports, SAMPLES / ROSTER)
    take(desk.imports, SAMPLES / PAYMENTS)
    (line,) = desk.payments.lines()
    desk.payments.review(line.uid)
    undone, _ = desk.import_history.undo(newest(desk))
    assert len(undone.left) == 1
    assert line.values["title"] in undone.left[0]
    assert len(desk.payments.lines()) == 1


def test_an_import_is_undone_once(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    desk.import_history.undo(newest(desk))
    with pytest.raises(UserError, match="已经撤销过了"):
        desk.import_history.undo(newest(desk))


def test_after_the_undoing_the_file_can_be_taken_in_again(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    first = content(desk.database)
    desk.import_history.undo(newest(desk))
    preview = desk.imports.preview(SAMPLES / ROSTER)
    before = desk.imports.taken_before(preview)
    assert before
    assert before.undone_at
    desk.imports.apply(preview)
    assert len(content(desk.database)) == len(first)
    assert desk.import_doubts.count() == 3


PEOPLE = {"廖开": KAI, "阎光": GUANG, "夏秀": "529999195003071520"}
FIELDS = ("民族", "籍贯", "手机", "备注", "原工作单位")
CELLS = st.sampled_from(["", "苗族", "贵州清镇", "19900005062", "19900005063", "卫城中学"])
ROWS = st.dictionaries(
    st.sampled_from(list(PEOPLE)), st.fixed_dictionaries(dict.fromkeys(FIELDS, CELLS)), min_size=1
)
WAYS = st.dictionaries(
    st.sampled_from(["ethnicity", "native_place", "mobile", "remarks", "former_unit"]),
    st.sampled_from(["overwrite", "fill", "skip"]),
)


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = desk_of(tmp_path_factory.mktemp("one"))
    yield opened
    opened.close()


def rows_of(people: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [{"姓名": name, "身份证号": PEOPLE[name], **cells} for name, cells in people.items()]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS, ways=WAYS, edited=st.sampled_from(["", *PEOPLE]))
def test_whatever_was_taken_in_is_undone_but_for_the_edited(
    one_desk: Desk,
    tmp_path: Path,
    first: dict[str, dict[str, str]],
    second: dict[str, dict[str, str]],
    ways: dict[str, Way],
    edited: str,
):
    desk = one_desk
    desk.cadres.remove([row.uid for row in desk.cadres.rows(["name"])])
    take(desk.imports, roster(tmp_path, *rows_of(first)))
    before = content(desk.database)
    preview = desk.imports.preview(roster(tmp_path, *rows_of(second)), {}, ways={"花名册": ways})
    desk.imports.apply(preview)
    uids = {row.values[0]: row.uid for row in desk.cadres.rows(["name"])}
    if edited in uids:
        edit(desk, edited, health_card="B-17")
    undone, _ = desk.import_history.undo(newest(desk))
    touched = {key[1] if key[0] == "cadre" else "" for key in differing(content(desk.database), before)}
    assert touched - {""} <= {uids.get(edited)}
    wrote = any(row.label == edited and row.pile in ("new", "changed") for row in preview.rows())
    assert undone.left == ([f"“{edited}”导入以后又改过"] if wrote else [])


def test_an_edit_between_the_import_and_a_later_decision_counts(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    edit(desk, "廖应", health_card="B-17")
    preview = desk.import_doubts.open(newest(desk))
    decisions = {id(row): choices(row)[0].decision for row in preview.rows()}
    desk.import_doubts.decide(newest(desk), preview, decisions)
    undoing = desk.import_history.preview(newest(desk))
    assert undoing.left == ["“廖应”导入以后又改过"]
    assert undoing.named == "廖应导入以后又改过"


def test_who_was_paid_since_gets_his_old_values_back(desk: Desk):
    take(desk.imports, SAMPLES / ROSTER)
    take(desk.imports, SAMPLES / SCHOOLS)
    second = newest(desk)
    take(desk.imports, SAMPLES / PAYMENTS)
    undone, _ = desk.import_history.undo(second)
    assert (undone.restored, undone.removed, undone.left) == ({"cadre": 5}, {"cadre": 22}, [])
    assert person(desk.database, "阎海").values["birth_date"] == "1966-06"
