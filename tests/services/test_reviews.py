"""谁填报谁负责、谁审核谁负责: steps, who may take them, what stops them, and the way back."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import clock
from app.errors import UserError
from app.fields.actors import PROGRAM
from app.fields.review_states import FALLS_TO, MOVES, STATES
from app.models.database import Database
from app.models.review import Review
from app.services.audit_log import AuditLog
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.office import OfficeProfile
from tests.desks import KEYS
from tests.services.review_town import BOTH, CHECKER, MAKER, READER, Town, make_town


@pytest.fixture
def town(database: Database) -> Town:
    return make_town(database)


def wrong(town: Town, name: str) -> None:
    """A fault that must be mended: died before born."""
    town.edit(name, birth_date="1950-01-01", died_on="1940-01-01")


def test_a_file_that_nobody_looked_at_is_new(town: Town) -> None:
    reviews = town.sit(MAKER)
    assert {line.uid for line in reviews.queue()} == set(town.people.values())
    assert {line.state for line in reviews.queue()} == {"new"}
    assert reviews.state(town.people["廖应"]).label == "未核"


def test_the_preparer_checks_and_signs_the_form(town: Town) -> None:
    moved = town.check("廖应")
    state, values = town.sit(MAKER).state(town.people["廖应"]), town.values("廖应")
    assert (state.state, state.by_name) == ("checked", "林晓芸")
    assert (values["preparer"], values["prepared_on"]) == ("林晓芸", clock.today().isoformat())
    assert moved.done == (town.people["廖应"],)
    assert [change.kind for change in moved.changes] == ["review", "cadre"]


def test_what_the_form_says_of_its_preparer_stays(town: Town) -> None:
    town.edit("廖应", preparer="老王", prepared_on="2025-03-04")
    town.check("廖应")
    assert (town.values("廖应")["preparer"], town.values("廖应")["prepared_on"]) == ("老王", "2025-03-04")


def test_the_reviewer_approves_and_signs_the_form(town: Town) -> None:
    town.check("廖应")
    town.approve("廖应")
    assert town.state("廖应") == "approved"
    values = town.values("廖应")
    assert (values["reviewer"], values["reviewed_on"]) == ("周光", clock.today().isoformat())


def test_whoever_has_the_old_file_open_cannot_write_over_the_signature(town: Town) -> None:
    cadres = Cadres(town.database)
    before = cadres.read(town.people["廖应"])
    town.check("廖应")
    town.database.actor = MAKER
    with pytest.raises(UserError, match="刚在别处改过"):
        cadres.save(before)


def test_the_number_of_the_approval_is_kept(town: Town) -> None:
    town.check("廖应")
    town.approve("廖应")
    newest = AuditLog(town.database).lines()[0]
    assert newest.act == "review_approve"
    assert newest.about == "廖应"
    assert town.sit(CHECKER).state(town.people["廖应"]).approved_act == newest.seq


@pytest.mark.parametrize(
    ("actor", "act", "told"),
    [
        (CHECKER, "review_check", "填报"),
        (MAKER, "review_approve", "审核"),
        (MAKER, "review_return", "审核"),
        (CHECKER, "review_report", "填报"),
        (READER, "review_check", "角色"),
    ],
)
def test_whoever_has_not_the_role_is_refused(town: Town, actor, act: str, told: str) -> None:
    uid = town.people["廖应"]
    reviews = town.sit(actor)
    assert told in reviews.can(uid, act)
    with pytest.raises(UserError, match="没有改动"):
        reviews.move([uid], act, "原因")


def test_the_program_itself_approves_nothing(town: Town) -> None:
    town.check("廖应")
    with pytest.raises(UserError, match="登录的审核人"):
        town.move(PROGRAM, "review_approve", "廖应")


def test_a_file_is_not_approved_before_it_was_checked(town: Town) -> None:
    assert "“已核”才能审核通过" in town.sit(CHECKER).can(town.people["廖应"], "review_approve")
    with pytest.raises(UserError, match="廖应：现在是“未核”"):
        town.approve("廖应")


def test_nobody_approves_what_he_checked_himself(town: Town) -> None:
    town.move(BOTH, "review_check", "廖应")
    assert "自己核对" in town.sit(BOTH).can(town.people["廖应"], "review_approve")
    with pytest.raises(UserError, match="自己核对"):
        town.move(BOTH, "review_approve", "廖应")
    town.approve("廖应")
    assert town.state("廖应") == "approved"


def test_one_person_alone_may_do_both_when_the_office_has_said_why(town: Town) -> None:
    town.database.actor = MAKER
    OfficeProfile(town.database).save({"one_person_reason": "全乡只有一名工作人员"})
    town.move(BOTH, "review_check", "廖应")
    town.move(BOTH, "review_approve", "廖应")
    assert town.state("廖应") == "approved"


def test_errors_block_the_approval_and_are_named(town: Town) -> None:
    wrong(town, "廖应")
    town.check("廖应")
    told = town.sit(CHECKER).can(town.people["廖应"], "review_approve")
    assert "去世" in told
    assert "改好以后再审核" in told
    with pytest.raises(UserError, match="廖应"):
        town.approve("廖应")
    assert town.state("廖应") == "checked"


def test_a_number_that_two_share_blocks_both(town: Town) -> None:
    for name in ("廖应", "夏秀英"):
        town.edit(name, birth_date=None, id_number="529999195108010010")
    town.check(*town.people)
    moved = town.approve(*town.people)
    assert moved.done == tuple(town.uids("单䶮生"))
    assert set(moved.left) == set(town.uids("廖应", "夏秀英"))


def test_several_go_as_one_step_and_those_that_cannot_are_named(town: Town) -> None:
    town.check("夏秀英")
    moved = town.check("廖应", "夏秀英", "单䶮生")
    assert moved.done == tuple(town.uids("廖应", "单䶮生"))
    assert list(moved.left) == town.uids("夏秀英")
    assert moved.left[town.people["夏秀英"]].startswith("夏秀英：现在是“已核”")
    line = AuditLog(town.database).lines()[0]
    assert (line.act, line.about) == ("review_check", "廖应、单䶮生")


def test_sending_back_wants_a_reason(town: Town) -> None:
    town.check("廖应")
    with pytest.raises(UserError, match="写明原因"):
        town.move(CHECKER, "review_return", "廖应", remark="  ")
    town.move(CHECKER, "review_return", "廖应", remark="入党时间和档案不一致")
    kept = town.sit(MAKER).state(town.people["廖应"])
    assert (kept.state, kept.remark, kept.by_name) == ("returned", "入党时间和档案不一致", "周光")


def test_what_is_sent_back_waits_until_it_is_checked_again(town: Town) -> None:
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="补照片")
    town.edit("廖应", mobile="19900001234")
    assert town.state("廖应") == "returned"
    town.check("廖应")
    assert town.state("廖应") == "checked"


def test_from_the_county_and_to_the_end(town: Town) -> None:
    town.check("廖应")
    town.approve("廖应")
    town.move(MAKER, "review_report", "廖应")
    town.move(MAKER, "review_query", "廖应", remark="县局问：职级")
    assert town.state("廖应") == "returned"
    town.check("廖应")
    town.approve("廖应")
    town.move(MAKER, "review_report", "廖应")
    town.move(MAKER, "review_settle", "廖应")
    assert town.state("廖应") == "settled"
    town.edit("廖应", mobile="19900001234")
    assert town.state("廖应") == "changed"


def test_the_steps_tell_who_and_when_also_those_that_came_by_themselves(town: Town) -> None:
    town.check("廖应")
    town.approve("廖应")
    town.edit("廖应", mobile="19900001234")
    steps = town.sit(MAKER).steps(town.people["廖应"])
    assert [(step.label, step.actor, step.before, step.after, step.by_itself) for step in steps] == [
        ("保存档案", "林晓芸", "approved", "new", True),
        ("审核档案", "周光", "checked", "approved", False),
        ("核对档案", "林晓芸", "new", "checked", False),
    ]


def test_a_step_is_taken_back_with_what_it_signed(town: Town) -> None:
    town.check("廖应")
    town.approve("廖应")
    uid = town.people["廖应"]
    town.sit(CHECKER).back(uid)
    assert town.state("廖应") == "checked"
    assert town.sit(MAKER).state(uid).by_name == "林晓芸"
    assert (town.values("廖应")["reviewer"], town.values("廖应")["preparer"]) == (None, "林晓芸")
    town.sit(MAKER).back(uid)
    assert town.state("廖应") == "new"
    assert town.values("廖应")["preparer"] is None
    assert "没有可以收回" in town.sit(MAKER).can(uid, "review_back")


def test_what_was_taken_back_can_be_done_again(town: Town) -> None:
    uid = town.people["廖应"]
    town.check("廖应")
    town.sit(MAKER).back(uid)
    town.check("廖应")
    town.approve("廖应")
    assert town.state("廖应") == "approved"
    assert town.sit(CHECKER).can(uid, "review_back") == ""


def test_only_whoever_may_take_the_step_takes_it_back(town: Town) -> None:
    uid = town.people["廖应"]
    town.check("廖应")
    town.approve("廖应")
    assert "角色" in town.sit(MAKER).can(uid, "review_back")
    with pytest.raises(UserError, match="角色"):
        town.sit(MAKER).back(uid)


def test_a_file_that_changed_since_is_not_taken_back(town: Town) -> None:
    uid = town.people["廖应"]
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="补手机号")
    town.edit("廖应", mobile="19900001234")
    with pytest.raises(UserError, match="档案又改过"):
        town.sit(CHECKER).back(uid)
    assert town.state("廖应") == "returned"


def test_what_came_by_itself_is_not_taken_back(town: Town) -> None:
    town.check("廖应")
    town.edit("廖应", mobile="19900001234")
    with pytest.raises(UserError, match="自动记的"):
        town.sit(MAKER).back(town.people["廖应"])


def test_the_queue_stands_in_the_order_of_the_roster(town: Town) -> None:
    town.check("夏秀英")
    reviews = town.sit(MAKER)
    assert [line.uid for line in reviews.queue()] == [row.uid for row in Cadres(town.database).rows(["name"])]
    assert [(line.name, line.label, line.by_name) for line in reviews.queue("checked")] == [
        ("夏秀英", "已核", "林晓芸")
    ]
    assert {line.name for line in reviews.queue("", "东门村")} == {"廖应", "夏秀英"}
    assert reviews.queue("checked", "西门村") == []


def test_a_removed_file_is_told(town: Town) -> None:
    town.database.actor = MAKER
    Cadres(town.database).remove(town.uids("廖应"))
    with pytest.raises(UserError, match="已经不在了"):
        town.check("廖应", "夏秀英")
    assert town.state("夏秀英") == "new"


def test_nothing_is_half_signed_when_the_disk_refuses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.services import reviews

    def refuse(*_: object) -> None:
        raise UserError("磁盘已满")

    monkeypatch.setattr(reviews, "put_state", refuse)
    with pytest.raises(UserError, match="磁盘已满"):
        town.check("廖应")
    assert town.values("廖应")["preparer"] is None


def test_a_bundle_reports_what_was_approved_in_it(practice: Desk, tmp_path: Path) -> None:
    first, second, third = (row.uid for row in practice.cadres.rows(["name"])[:3])
    practice.office.save({"one_person_reason": "全镇只有一名工作人员"})
    errors = {finding.uid for finding in practice.data_check.run().errors}
    assert not errors & {first, second, third}
    practice.reviews.move([first, second, third], "review_check")
    practice.reviews.move([first, second], "review_approve")
    (tmp_path / "stick").mkdir()
    delivered = practice.deliveries.deliver(tmp_path / "stick", "2025-Q1")
    states = {line.uid: line.state for line in practice.reviews.queue()}
    assert [states[uid] for uid in (first, second, third)] == ["reported", "reported", "checked"]
    step = practice.reviews.steps(first)[0]
    assert (step.label, step.by_itself) == ("上报", True)
    assert "自动记的" in practice.reviews.can(first, "review_back")
    assert delivered.seq == 1


def test_what_was_approved_while_the_bundle_was_written_waits_for_the_next(
    practice: Desk, tmp_path: Path
) -> None:
    uid = practice.cadres.rows(["name"])[0].uid
    practice.office.save({"one_person_reason": "全镇只有一名工作人员"})

    def approve_meanwhile(_done: int, _total: int, told: str) -> None:
        if told.startswith("正在核对上报包") and practice.reviews.state(uid).state == "new":
            practice.reviews.move([uid], "review_check")
            practice.reviews.move([uid], "review_approve")

    (tmp_path / "stick").mkdir()
    practice.deliveries.deliver(tmp_path / "stick", "2025-Q1", approve_meanwhile)
    assert practice.reviews.state(uid).state == "approved"


NAMES = ("廖应", "夏秀英")
STEPS = st.one_of(
    st.tuples(
        st.sampled_from((MAKER, CHECKER, BOTH, PROGRAM)),
        st.sampled_from(sorted(MOVES)),
        st.sampled_from(NAMES),
    ),
    st.tuples(st.sampled_from((MAKER, CHECKER, BOTH)), st.just("review_back"), st.sampled_from(NAMES)),
    st.tuples(st.just(MAKER), st.sampled_from(("edit", "spoil", "mend", "reason")), st.sampled_from(NAMES)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
def test_whatever_people_try_a_state_is_reached_only_by_a_lawful_step(newest_file: Path, steps) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sangyu.db"
        shutil.copyfile(newest_file, path)
        database = Database(path, KEYS, MAKER)
        try:
            town = make_town(database)
            reasoned = False
            for number, (actor, what, name) in enumerate(steps):
                before = town.state(name)
                try:
                    act(town, actor, what, name, number)
                except UserError:
                    assert town.state(name) == before
                    continue
                reasoned |= what == "reason"
                follows_from(town, actor, what, name, before)
                assert_the_maker_approved_nothing(database, reasoned=reasoned)
        finally:
            database.close()


def act(town: Town, actor, what: str, name: str, number: int) -> None:
    if what in MOVES:
        town.move(actor, what, name, remark="有疑问")
    elif what == "review_back":
        town.sit(actor).back(town.people[name])
    elif what == "reason":
        town.database.actor = MAKER
        OfficeProfile(town.database).save({"one_person_reason": "全乡只有一名工作人员"})
    elif what == "edit":
        town.edit(name, housing=f"第 {number} 套")
    else:
        died = "1900-01-01" if what == "spoil" else "2020-01-01"
        town.edit(name, died_on=died, remarks=f"{number}", alive=False)


def follows_from(town: Town, actor, what: str, name: str, before: str) -> None:
    after = town.state(name)
    if what in MOVES:
        assert before in MOVES[what].sources
        assert after == MOVES[what].target
    elif what == "review_back":
        step = town.sit(actor).steps(town.people[name])[0]
        assert after in STATES
        assert step.before == before
    elif what == "reason":
        assert after == before
    else:
        assert after == FALLS_TO.get(before, before)  # type: ignore[call-overload]
    if what == "review_approve":
        problems = Cadres(town.database).problems(Cadres(town.database).read(town.people[name]))
        assert not [problem for problem in problems if problem.severity == "E"]
        assert actor.uid


def assert_the_maker_approved_nothing(database: Database, *, reasoned: bool) -> None:
    with database.reading() as session:
        rows = session.execute(select(Review.state, Review.by_uid, Review.checked_by)).all()
    own = [row for row in rows if row.state == "approved" and row.by_uid == row.checked_by]
    assert reasoned or not own


def test_a_file_of_its_own_is_signed_by_whoever_is_logged_in(practice: Desk) -> None:
    uid = next(iter(practice.cadres.save(CadreFile(values={"name": "廖应", "alive": True})).uids))
    practice.reviews.move([uid], "review_check")
    assert practice.cadres.read(uid).values["preparer"] == practice.database.actor.name
