"""撤销 and 重做: named steps out of the log, exactly taken back, and never over what somebody did since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.fields.actors import Actor
from app.fields.acts import ACTS
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.payments import BatchFile, Payments
from app.services.undo import MOST, CannotUndoError, UndoSteps
from app.services.visits import VisitFile, Visits
from tests.bulk import give
from tests.content_hash import content, differing
from tests.desks import ACTOR, desk_of

PREPARER = Actor("1" * 36, "周填报", ("preparer",), "window")
ROSTER = Path(__file__).parent.parent / "samples" / "花名册_卫城镇.xlsx"
REVIEWER = Actor("2" * 36, "吴审核", ("reviewer",), "window")


@pytest.fixture
def cadres(database: Database) -> Cadres:
    return Cadres(database)


@pytest.fixture
def steps(database: Database) -> UndoSteps:
    return UndoSteps(database)


def person(cadres: Cadres, name: str = "王秀英", **values: object) -> str:
    family = [{"relation": "妻", "name": "张淑芬"}]
    change = cadres.save(CadreFile(values={"name": name, **values}, parts={"family": family}))
    return next(iter(change.uids))


def rename(cadres: Cadres, uid: str, name: str) -> None:
    file = cadres.read(uid)
    file.values["name"] = name
    cadres.save(file)


def titles(steps: UndoSteps) -> list[str]:
    return [step.title for step in steps.done()]


def test_steps_are_named_newest_first(database: Database, cadres: Cadres, steps: UndoSteps) -> None:
    uid = person(cadres)
    give(database, [uid], "village", "东门村")
    cadres.remove([uid])
    assert titles(steps) == ["删除档案：王秀英", "批量改：把 1 人的村（社区）改为东门村", "保存档案：王秀英"]


def test_steps_from_before_a_restart_are_there(database: Database, cadres: Cadres) -> None:
    uid = person(cadres)
    rename(cadres, uid, "王淑英")
    first = UndoSteps(database)
    first.undo()
    again = UndoSteps(database)
    assert [step.title for step in again.undone()] == ["保存档案：王淑英"]
    again.redo()
    assert cadres.read(uid).values["name"] == "王淑英"


def test_the_practice_township_is_no_step_of_the_learner(practice: Desk) -> None:
    assert UndoSteps(practice.database).done() == []


def test_no_more_than_thirty_steps_are_offered(cadres: Cadres, steps: UndoSteps) -> None:
    for number in range(MOST + 5):
        person(cadres, f"第{number}人")
    assert len(steps.done()) == MOST


def test_an_import_stands_in_the_way_and_says_where_it_is_taken_back(practice: Desk) -> None:
    steps = UndoSteps(practice.database)
    edit(practice)
    practice.imports.apply(practice.imports.preview(ROSTER))
    assert steps.done()[0].title == f"导入：{ROSTER.name}"
    with pytest.raises(CannotUndoError, match="导入记录") as refused:
        steps.undo()
    steps.go_past(refused.value.step)
    assert steps.done()[0].title.startswith("保存档案")


def test_an_import_that_was_taken_back_is_no_step_any_more(practice: Desk) -> None:
    steps = UndoSteps(practice.database)
    edit(practice)
    practice.imports.apply(practice.imports.preview(ROSTER))
    steps.done()
    practice.import_history.undo(practice.import_history.all()[0].uid)
    assert steps.done()[0].title.startswith("保存档案")


def edit(desk: Desk) -> None:
    uid = desk.cadres.rows(["name"])[0].uid
    file = desk.cadres.read(uid)
    file.values |= {"name": "改过的人", "alive": False, "died_on": "2026-03-05"}
    file.parts["family"] = [{"relation": "女", "name": "新来的"}]
    file.parts["resume"] = []
    desk.cadres.save(file)


def remove_people(desk: Desk) -> None:
    signed = [desk.payments.read(line.uid) for line in desk.payments.lines() if line.review.is_done]
    paid = {row["cadre_uid"] for file in signed for row in file.payments}
    uids = [row.uid for row in desk.cadres.rows(["name"]) if row.uid not in paid][:3]
    assert len(uids) == 3
    desk.cadres.remove(uids)


def bulk(desk: Desk) -> None:
    give(desk.database, [row.uid for row in desk.cadres.rows(["name"])][:12], "village", "东门村")


def new_visit(desk: Desk) -> None:
    uids = [row.uid for row in desk.cadres.rows(["alive"]) if row.values[0]]
    desk.visits.save(VisitFile(values={"date": "2026-03-05", "kind": "daily"}, people=uids[:2]))


def other_people_visited(desk: Desk) -> None:
    file = desk.visits.read(desk.visits.lines()[0].uid)
    uids = [row.uid for row in desk.cadres.rows(["alive"]) if row.values[0] and row.uid not in file.people]
    file.people, file.values["place"] = uids[:2], "活动室"
    desk.visits.save(file)


def remove_visits(desk: Desk) -> None:
    desk.visits.remove([line.uid for line in desk.visits.lines()[:5]])


def new_batch(desk: Desk) -> None:
    rows = [{"cadre_uid": row.uid, "amount": 20000} for row in desk.cadres.rows(["name"])[:4]]
    values = {"fund": "spring", "title": "春节慰问", "period": "2026年春节", "paid_on": "2026-02-01"}
    desk.payments.save(BatchFile(values=values, payments=rows))


@pytest.mark.parametrize(
    "do", [edit, remove_people, bulk, new_visit, other_people_visited, remove_visits, new_batch]
)
def test_undo_gives_back_every_row_and_redo_does_it_again(practice: Desk, do: Callable[[Desk], None]) -> None:
    before = content(practice.database)
    do(practice)
    after = content(practice.database)
    assert before != after
    practice.undo.undo()
    assert differing(before, content(practice.database)) == {}
    practice.undo.redo()
    assert differing(after, content(practice.database)) == {}
    practice.undo.undo()
    assert differing(before, content(practice.database)) == {}
    assert not practice.database.verify_log().problems


def test_going_back_to_a_step_takes_all_down_to_it_back_at_once(
    database: Database, cadres: Cadres, steps: UndoSteps
) -> None:
    uid = person(cadres)
    before = content(database)
    for name in ("王一", "王二", "王三"):
        rename(cadres, uid, name)
    after = content(database)
    undone = steps.undo(steps.done()[2].seq)
    assert undone.told == "已撤销 3 步"
    assert differing(before, content(database)) == {}
    assert [step.title for step in steps.undone()] == ["保存档案：王三 等 3 步"]
    steps.redo()
    assert differing(after, content(database)) == {}
    assert titles(steps)[:3] == ["保存档案：王三", "保存档案：王二", "保存档案：王一"]


def test_what_was_made_and_removed_again_is_undone_although_nothing_is_left_to_write(
    database: Database, cadres: Cadres, steps: UndoSteps
) -> None:
    uid = person(cadres)
    database.actor = PREPARER
    rename(cadres, uid, "王一")
    database.actor = ACTOR
    cadres.remove([uid])
    steps.undo(steps.done()[1].seq)
    assert cadres.count() == 0
    assert steps.done() == []
    assert len(steps.undone()) == 1
    steps.redo()
    assert len(steps.done()) == 2


def test_something_new_cuts_the_way_forward_off(cadres: Cadres, steps: UndoSteps) -> None:
    uid = person(cadres)
    rename(cadres, uid, "王一")
    steps.undo()
    assert steps.undone()
    person(cadres, "新来的")
    assert steps.undone() == []
    with pytest.raises(UserError, match="没有可以撤销或重做的操作"):
        steps.redo()


def test_what_somebody_else_changed_since_is_left_alone_and_named(
    database: Database, cadres: Cadres, steps: UndoSteps
) -> None:
    first, second = person(cadres, "李国强"), person(cadres, "王秀英")
    rename(cadres, first, "李国庆")
    rename(cadres, second, "王一")
    database.actor = PREPARER
    rename(cadres, second, "王二")
    database.actor = ACTOR
    kept = content(database)
    with pytest.raises(CannotUndoError, match="“档案 王二”后来又改过，没有改动。") as caught:
        steps.undo()
    assert caught.value.step.title == "保存档案：王一"
    assert content(database) == kept
    with pytest.raises(CannotUndoError) as caught:
        steps.undo(steps.done()[1].seq)
    assert caught.value.step.title == "保存档案：王一"
    steps.go_past(caught.value.step)
    steps.undo()
    assert cadres.read(first).values["name"] == "李国强"
    assert cadres.read(second).values["name"] == "王二"


def test_each_one_sees_his_own_steps(database: Database, cadres: Cadres, steps: UndoSteps) -> None:
    person(cadres)
    database.actor = PREPARER
    assert steps.done() == []
    person(cadres, "李国强")
    assert titles(steps) == ["保存档案：李国强"]
    database.actor = ACTOR
    assert titles(steps) == ["保存档案：王秀英"]


def test_a_batch_that_was_signed_off_since_is_named(database: Database, cadres: Cadres) -> None:
    payments, steps = Payments(database), UndoSteps(database)
    rows = [{"cadre_uid": person(cadres), "amount": 20000}]
    database.actor = PREPARER
    values = {"fund": "spring", "title": "春节慰问", "period": "2026年春节", "paid_on": "2026-02-01"}
    uid = next(iter(payments.save(BatchFile(values=values, payments=rows)).uids))
    file = payments.read(uid)
    file.payments[0]["amount"] = 30000
    payments.save(file)
    database.actor = REVIEWER
    payments.review(uid)
    database.actor = PREPARER
    with pytest.raises(CannotUndoError, match="“发放 春节慰问”已经审定"):
        steps.undo()
    assert payments.read(uid).payments[0]["amount"] == 30000


def test_whoever_may_no_longer_do_a_thing_may_not_take_it_back(database: Database, cadres: Cadres) -> None:
    uid = person(cadres)
    database.actor = replace(ACTOR, roles=("reader",))
    with pytest.raises(UserError, match="您的角色不能"):
        UndoSteps(database).undo()
    assert cadres.read(uid)


def test_a_visit_whose_people_are_gone_is_not_put_half_back(
    database: Database, cadres: Cadres, steps: UndoSteps
) -> None:
    visits = Visits(database)
    uid = person(cadres)
    visit = next(
        iter(visits.save(VisitFile(values={"date": "2026-03-05", "kind": "daily"}, people=[uid])).uids)
    )
    visits.remove([visit])
    cadres.remove([uid])
    steps.go_past(steps.done()[0])
    with pytest.raises(CannotUndoError, match="档案 王秀英”已经不在"):
        steps.undo()
    assert visits.lines() == []


def test_pages_are_told_what_has_changed(practice: Desk) -> None:
    remove_people(practice)
    kinds = {change.kind: change.uids for change in practice.undo.undo().changes}
    assert len(kinds["cadre"]) == 3
    remove_visits(practice)
    kinds = {change.kind: change.uids for change in practice.undo.undo().changes}
    assert len(kinds["visit"]) == 5
    new_batch(practice)
    kinds = {change.kind: change.uids for change in practice.undo.undo().changes}
    assert len(kinds["payment"]) == 1


def test_undo_says_in_the_log_what_it_took_back(database: Database, cadres: Cadres, steps: UndoSteps) -> None:
    person(cadres)
    done = steps.done()[0]
    steps.undo()
    steps.redo()
    from app.services.audit_log import AuditLog

    redo, undo = AuditLog(database).lines()[:2]
    assert (undo.act, undo.about, undo.details["of"]) == ("undo", "保存档案：王秀英", [done.seq])
    assert (redo.act, redo.details) == ("redo", {"of": [done.seq], "act": [undo.seq]})


def test_acts_with_a_way_back_of_their_own_are_no_steps() -> None:
    assert not ACTS["put_back"].can_be_undone
    assert not ACTS["undo"].can_be_undone


def test_undo_works_after_the_program_was_closed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    person(desk.cadres)
    desk.close()
    desk = desk_of(tmp_path)
    desk.undo.undo()
    assert desk.cadres.count() == 0
    desk.close()
