"""Two files of one person become one; nothing is lost, nothing that was signed changes, all of it goes back."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Update, func, select, update

from app.errors import UserError
from app.models.audit import AUDIT_ACT
from app.models.base import Base
from app.models.database import Database
from app.models.parts import PART_TYPES
from app.models.payments import PaymentBatch
from app.models.review import Review
from app.models.typed_in import TypedIn
from app.services.cadres import CadreFile, Cadres
from app.services.desk import Desk
from app.services.matching import known_people
from app.services.merge_meetings import MEETINGS
from app.services.merge_plan import plan_of
from app.services.merging import Merging, person_keys
from app.services.payments import BatchFile, Payments
from app.services.undo import UndoSteps
from app.services.visits import VisitFile, Visits
from tests.services.twins import (
    NUMBER,
    WRONG_NUMBER,
    content,
    give_a_row_of_everything,
    rows_of_person,
    save,
)


@pytest.fixture
def merging(database: Database) -> Merging:
    return Merging(database)


def merge(merging: Merging, keep: str, other: str) -> str:
    """As proposed; the uid of the alias."""
    plan = merging.plan(keep, other)
    merging.merge(plan, plan.choices)
    return merging.merged()[0].uid


def part(database: Database, uid: str, name: str) -> list[dict[str, Any]]:
    rows = Cadres(database).read(uid).parts[name]
    return [{key: value for key, value in row.items() if value is not None and key != "uid"} for row in rows]


class TestWhatIsProposed:
    def sides(self, keep: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
        plan = plan_of(CadreFile("a", 1, keep), CadreFile("b", 1, other))
        return {line.field.name: line.side for line in plan.lines if line.differs}

    def test_what_is_filled_goes_before_what_is_empty(self):
        assert self.sides({"mobile": "13800000001"}, {"landline": "0851-1234567"}) == {
            "mobile": "keep",
            "landline": "other",
        }

    def test_a_number_that_is_right_goes_before_one_that_is_not(self):
        assert self.sides({"id_number": WRONG_NUMBER}, {"id_number": NUMBER}) == {"id_number": "other"}
        assert self.sides({"id_number": NUMBER}, {"id_number": WRONG_NUMBER}) == {"id_number": "keep"}

    def test_the_more_precise_date_goes_first_but_not_another_date(self):
        assert self.sides({"birth_date": "1952"}, {"birth_date": "1952-03-17"}) == {"birth_date": "other"}
        assert self.sides({"birth_date": "1952"}, {"birth_date": "1953-03"}) == {"birth_date": "keep"}

    def test_whoever_knows_of_a_death_is_believed(self):
        assert self.sides({"alive": True}, {"alive": False, "died_on": "2025-02"}) == {
            "alive": "other",
            "died_on": "other",
        }

    def test_long_texts_are_both_kept(self):
        plan = plan_of(CadreFile("a", 1, {"remarks": "腿脚不便"}), CadreFile("b", 1, {"remarks": "每月领报"}))
        assert plan.values(plan.choices) == {"remarks": "腿脚不便\n每月领报"}

    def test_otherwise_the_kept_file_is_right(self):
        assert self.sides({"home_address": "东门村"}, {"home_address": "西门村"}) == {"home_address": "keep"}


class TestRows:
    def test_the_same_contact_is_one_and_takes_on_what_it_lacked(self, database, merging):
        one = save(database, "周光", {"contacts": [{"name": "周明", "mobile": "13800000001"}]})
        two = save(database, "周光", {"contacts": [{"name": "周明", "relation": "儿子"}, {"name": "周芳"}]})
        merge(merging, one, two)
        assert part(database, one, "contacts") == [
            {"name": "周明", "mobile": "13800000001", "relation": "儿子"},
            {"name": "周芳"},
        ]

    def test_two_of_a_name_with_other_facts_stay_two(self, database, merging):
        one = save(database, "周光", {"family": [{"name": "周明", "relation": "儿子"}]})
        two = save(database, "周光", {"family": [{"name": "周明", "relation": "侄子"}]})
        merge(merging, one, two)
        assert len(part(database, one, "family")) == 2

    def test_the_career_stays_in_the_order_of_time(self, database, merging):
        one = save(
            database,
            "周光",
            {"resume": [{"started_on": "1970", "text": "入伍"}, {"started_on": "1990", "text": "镇长"}]},
        )
        two = save(
            database,
            "周光",
            {
                "resume": [
                    {"started_on": "1980-03", "text": "干事"},
                    {"started_on": "1990-01", "text": "镇长"},
                ]
            },
        )
        merge(merging, one, two)
        assert part(database, one, "resume") == [
            {"started_on": "1970", "text": "入伍"},
            {"started_on": "1980-03", "text": "干事"},
            {"started_on": "1990-01", "text": "镇长"},
        ]

    def test_more_than_four_contacts_wait_for_a_choice(self, database, merging):
        one = save(database, "周光", {"contacts": [{"name": name} for name in "甲乙丙"]})
        two = save(database, "周光", {"contacts": [{"name": name} for name in "丁戊"]})
        plan = merging.plan(one, two)
        with pytest.raises(UserError, match="联系人最多 4 个，现在有 5 个，请去掉 1 个的勾"):
            merging.merge(plan, plan.choices)
        choices = plan.choices
        choices.left_out = {plan.rows[1].uid}
        merging.merge(plan, choices)
        assert [row["name"] for row in part(database, one, "contacts")] == ["甲", "丙", "丁", "戊"]

    def test_a_row_that_nobody_wants_stays_out_and_comes_back_with_the_split(self, database, merging):
        one = save(database, "周光", {"family": [{"name": "周明"}]})
        two = save(database, "周光", {"family": [{"name": "周芳"}]})
        before = content(database)
        plan = merging.plan(one, two)
        choices = plan.choices
        choices.left_out = {row.uid for row in plan.rows if row.side == "keep"}
        merging.merge(plan, choices)
        assert part(database, one, "family") == [{"name": "周芳"}]
        merging.split(merging.merged()[0].uid)
        assert content(database) == before


NAMES = st.sampled_from(["周明", "周芳", None])
MEMBERS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "relation": st.sampled_from(["儿子", "女儿", None]),
            "birth_date": st.sampled_from(["1980", "1980-05", "1981", None]),
        }
    ).filter(lambda row: any(row.values())),
    max_size=4,
)


@given(mine=MEMBERS, theirs=MEMBERS)
@settings(max_examples=150)
def test_every_row_is_there_afterwards_or_its_twin_says_all_it_said(mine, theirs):
    files = [
        CadreFile(who, 1, {}, {"family": [{"uid": f"{who}{n}", **row} for n, row in enumerate(rows)]})
        for who, rows in (("a", mine), ("b", theirs))
    ]
    plan = plan_of(*files)
    after = plan.kept_rows("family", plan.choices)
    recognised = [row for row in plan.rows if row.twin]
    assert len(after) + len(recognised) == len(mine) + len(theirs)
    kept = {row.uid: values for row, values in after}
    assert kept.keys() | {row.uid for row in recognised} == {row.uid for row in plan.rows}
    for row in plan.rows:
        values = kept[row.twin or row.uid]
        assert all(
            values[name] == value or values[name].startswith(value)
            for name, value in row.values.items()
            if value
        )


@given(
    mine=st.dictionaries(
        st.sampled_from(["name", "mobile", "birth_date", "remarks"]), st.sampled_from(["1952", "1952-03"])
    ),
    theirs=st.dictionaries(
        st.sampled_from(["name", "mobile", "birth_date", "remarks"]), st.sampled_from(["1952", "1953"])
    ),
    data=st.data(),
)
def test_a_field_has_what_was_chosen_and_is_never_emptied_by_the_proposal(mine, theirs, data):
    plan = plan_of(CadreFile("a", 1, mine), CadreFile("b", 1, theirs))
    assert {line.field.name for line in plan.lines} == mine.keys() | theirs.keys()
    assert None not in plan.values(plan.choices).values()
    choices = plan.choices
    for line in plan.lines:
        choices.sides[line.field.name] = data.draw(st.sampled_from(["keep", "other"]))
    chosen = {name: (mine if side == "keep" else theirs).get(name) for name, side in choices.sides.items()}
    assert plan.values(choices) == chosen


class TestTheWholeDatabase:
    def test_every_table_with_a_key_on_a_person_is_moved_and_restored(self, database, merging):
        """A table that is added later fails here until it is moved, or named in `MEETINGS`."""
        one, two = save(database, "周光"), save(database, "周广")
        with database.transaction("import") as session:
            give_a_row_of_everything(session, one, "one")
            give_a_row_of_everything(session, two, "two")
        before, mine, theirs = content(database), rows_of_person(database, one), rows_of_person(database, two)
        assert min(mine.values()) > 0 < min(theirs.values())

        alias = merge(merging, one, two)

        met = Counter({"review": 1})  # one state of a file, not two
        assert rows_of_person(database, one) == mine + theirs + Counter({"alias": 1}) - met
        assert sum(rows_of_person(database, two).values()) == 0
        merging.split(alias)
        assert content(database) == before

    def test_a_table_in_which_a_person_is_unique_says_how_two_meet(self):
        unique = {
            table.name
            for table, key in person_keys()
            for columns in [
                *(index.columns for index in table.indexes if index.unique),
                *(each.columns for each in table.constraints if hasattr(each, "columns")),
            ]
            if key.name in columns and len(columns) < len(table.columns) and _is_unique(table, columns)
        }
        assert unique <= MEETINGS.keys()

    def test_no_key_on_a_person_stands_under_another_name(self):
        named = {table.name for table in Base.metadata.sorted_tables if "cadre_uid" in table.c}
        assert named == {table.name for table, _ in person_keys()}

    def test_undo_and_redo_take_it_back_and_forth(self, database, merging):
        one, two = save(database, "周光", id_number=NUMBER), save(database, "周广", mobile="13800000001")
        with database.transaction("import") as session:
            give_a_row_of_everything(session, one, "one")
            give_a_row_of_everything(session, two, "two")
        before = content(database)
        merge(merging, one, two)
        after = content(database)
        steps = UndoSteps(database)
        steps.undo()
        assert content(database) == before
        steps.redo()
        assert content(database) == after
        merging.split(merging.merged()[0].uid)
        assert content(database) == before


def _is_unique(table, columns) -> bool:
    return any(
        list(each.columns) == list(columns)
        for each in (*table.constraints, *table.indexes)
        if getattr(each, "unique", type(each).__name__ == "UniqueConstraint")
    )


def visit(database: Database, *uids: str) -> str:
    file = VisitFile(values={"date": "2026-01-20", "kind": "spring"}, people=list(uids))
    return next(iter(Visits(database).save(file).uids))


def sign(batch_uid: str) -> Update:
    signed = {"reviewed_by": "somebody else", "reviewed_at": "2026-01-21"}
    return update(PaymentBatch).where(PaymentBatch.uid == batch_uid).values(**signed)


def batch(database: Database, title: str, *uids: str, reviewed: bool = False) -> str:
    payments = [{"cadre_uid": uid, "amount": 50_000} for uid in uids]
    file = BatchFile(
        values={"title": title, "fund": "spring", "period": "2026", "paid_on": "2026-01-20"},
        payments=payments,
    )
    uid = next(iter(Payments(database).save(file).uids))
    if reviewed:
        with database.transaction("review_batch") as session:
            session.execute(
                update(PaymentBatch)
                .where(PaymentBatch.uid == uid)
                .values(reviewed_by="somebody else", reviewed_at="2026-01-21")
            )
    return uid


class TestVisitsAndMoney:
    def test_who_was_met_twice_on_one_visit_is_met_once(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        both, only = visit(database, one, two), visit(database, two)
        before = content(database)
        alias = merge(merging, one, two)
        assert Visits(database).read(both).people == [one]
        assert Visits(database).read(only).people == [one]
        merging.split(alias)
        assert content(database) == before

    def test_a_form_that_stood_open_with_the_file_that_went_is_not_saved(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        stale = Visits(database).read(visit(database, two))
        merge(merging, one, two)
        with pytest.raises(UserError):
            Visits(database).save(stale)

    def test_both_payments_of_one_batch_stay_and_are_named(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        uid = batch(database, "春节慰问", one, two)
        plan = merging.plan(one, two)
        assert plan.notes == ("“春节慰问”里两份档案各有一笔，合并后两笔都在，请到发放里核对是不是发重了。",)
        merging.merge(plan, plan.choices)
        assert [row["cadre_uid"] for row in Payments(database).read(uid).payments] == [one, one]

    def test_the_file_that_a_reviewed_payment_went_to_is_the_one_that_stays(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        batch(database, "春节慰问", two, reviewed=True)
        plan = merging.plan(one, two)
        assert (plan.keep.uid, plan.other.uid) == (two, one)
        assert (
            plan.must_keep
            == "“周广”的这份领过已经审定的款项（春节慰问），审定后的领款人不能改，所以保留这一份。"
        )
        assert merging.better_kept(one, two) == two
        merging.merge(plan, plan.choices)
        assert merging.kept_for(one) == two

    def test_two_that_were_both_paid_by_reviewed_batches_stay_two(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        batch(database, "春节慰问", one, reviewed=True)
        batch(database, "高龄补贴", two, reviewed=True)
        plan = merging.plan(one, two)
        assert plan.refusal.startswith("两份档案都领过已经审定的款项（春节慰问；高龄补贴）")
        with pytest.raises(UserError, match="改为不列入统计"):
            merging.merge(plan, plan.choices)

    def test_a_batch_reviewed_while_they_were_compared_is_seen(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        plan = merging.plan(one, two)
        batch(database, "春节慰问", two, reviewed=True)
        with pytest.raises(UserError, match="“春节慰问”刚刚审定"):
            merging.merge(plan, plan.choices)


class TestWhatIsUnique:
    @pytest.mark.parametrize(
        ("mine", "theirs", "after"),
        [
            ("reported", None, "new"),
            ("approved", "checked", "new"),
            ("reported", "reported", "changed"),
            ("settled", "returned", "returned"),
            (None, "changed", "new"),
        ],
    )
    def test_the_lower_state_of_review_stands(self, database, merging, mine, theirs, after):
        one, two = save(database, "周光"), save(database, "周广")
        with database.transaction("import") as session:
            for uid, state in ((one, mine), (two, theirs)):
                if state:
                    session.add(
                        Review(cadre_uid=uid, state=state, remark="请核对" if state == "returned" else None)
                    )
        before = content(database)
        alias = merge(merging, one, two)
        with database.reading() as session:
            (row,) = session.scalars(select(Review))
            assert (row.cadre_uid, row.state) == (one, after)
            assert row.remark == ("请核对" if after == "returned" else None)
        merging.split(alias)
        assert content(database) == before

    def test_of_two_typed_cells_the_newer_stands(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        with database.transaction("type_in") as session:
            for uid, cell, value, at in (
                (one, "a", "old", "2026-01"),
                (two, "a", "new", "2026-02"),
                (one, "b", "new", "2026-02"),
                (two, "b", "old", "2026-01"),
                (two, "c", "only", "2026-01"),
            ):
                session.add(
                    TypedIn(cadre_uid=uid, platform="p", cell=cell, value=value, typed_at=at, typed_by="林")
                )
        before = content(database)
        alias = merge(merging, one, two)
        with database.reading() as session:
            rows = session.scalars(select(TypedIn).order_by(TypedIn.cell)).all()
            assert [(row.cadre_uid, row.value) for row in rows] == [(one, "new"), (one, "new"), (one, "only")]
        merging.split(alias)
        assert content(database) == before


class TestRefusals:
    def test_a_file_that_changed_while_they_were_compared_is_seen(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        plan = merging.plan(one, two)
        file = Cadres(database).read(two)
        file.values["mobile"] = "13800000001"
        Cadres(database).save(file)
        with pytest.raises(UserError, match="刚在别处改过，没有合并"):
            merging.merge(plan, plan.choices)

    def test_a_file_that_is_gone_is_told(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        merging.merge(plan := merging.plan(one, two), plan.choices)
        with pytest.raises(UserError, match="已经不在了"):
            merging.plan(one, two)
        with pytest.raises(UserError, match="没有合并"):
            merging.merge(plan, plan.choices)


class TestSplit:
    def test_what_was_changed_since_stays_with_the_kept_file_and_is_named(self, database, merging):
        one = save(database, "周光", home_address="东门村")
        two = save(database, "周光", {"family": [{"name": "周芳"}]}, mobile="13800000001")
        alias = merge(merging, one, two)
        file = Cadres(database).read(one)
        file.values |= {"home_address": "西门村", "mobile": "13800000009"}
        file.parts["family"][0]["relation"] = "女儿"
        file.parts["contacts"] = [{"name": "周明"}]
        Cadres(database).save(file)

        split = merging.split(alias)

        assert sorted(split.stayed) == [
            "周光的家庭主要成员及重要社会关系",
            "周光的联系人",
            "家庭住址",
            "手机",
        ]
        kept, again = Cadres(database).read(one), Cadres(database).read(two)
        assert (kept.values["home_address"], kept.values["mobile"]) == ("西门村", "13800000009")
        assert again.values["mobile"] == "13800000001"
        assert part(database, one, "family") == [{"name": "周芳", "relation": "女儿"}]
        assert part(database, two, "family") == [{"name": "周芳"}]
        assert part(database, one, "contacts") == [{"name": "周明"}]

    def test_a_file_that_was_open_meanwhile_is_not_saved_over_it(self, database, merging):
        one, two = save(database, "周光"), save(database, "周光", {"family": [{"name": "周芳"}]})
        alias = merge(merging, one, two)
        change = Cadres(database).read(one)
        change.values["home_address"] = "西门村"
        Cadres(database).save(change)
        open_file = Cadres(database).read(one)
        merging.split(alias)
        with pytest.raises(UserError, match="别处改过"):
            Cadres(database).save(open_file)
        assert part(database, two, "family") == [{"name": "周芳"}]

    def test_a_payment_that_was_reviewed_since_stays_where_it_was_paid(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        uid = batch(database, "春节慰问", two)
        alias = merge(merging, one, two)
        with database.transaction("review_batch") as session:
            session.execute(
                update(PaymentBatch).where(PaymentBatch.uid == uid).values(reviewed_by="somebody else")
            )
        split = merging.split(alias)
        assert [row["cadre_uid"] for row in Payments(database).read(uid).payments] == [one]
        assert split.stayed == ("发放 春节慰问 里的一笔（已经审定）",)

    def test_a_visit_that_was_removed_since_stays_removed(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        uid = visit(database, one, two)
        alias = merge(merging, one, two)
        Visits(database).remove([uid])
        merging.split(alias)
        assert Cadres(database).read(two).values["name"] == "周广"

    def test_the_later_merge_is_split_first(self, database, merging):
        one, two, three = save(database, "周光"), save(database, "周广"), save(database, "周逛")
        before = content(database)
        inner = merge(merging, two, three)
        outer = merge(merging, one, two)
        with pytest.raises(UserError, match="请先拆回后来的那一次"):
            merging.split(inner)
        merging.split(outer)
        merging.split(inner)
        assert content(database) == before

    def test_a_merge_is_split_only_once(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        alias = merge(merging, one, two)
        merging.split(alias)
        with pytest.raises(UserError, match="已经拆回"):
            merging.split(alias)

    def test_a_file_changed_since_is_not_signed_again_by_it(self, database, merging):
        one, two = save(database, "周光"), save(database, "周广")
        with database.transaction("import") as session:
            session.add(Review(cadre_uid=one, state="approved"))
        alias = merge(merging, one, two)
        file = Cadres(database).read(one)
        file.values["mobile"] = "13800000001"
        Cadres(database).save(file)
        merging.split(alias)
        with database.reading() as session:
            assert session.scalars(select(Review.state)).all() == ["new"]


def test_two_of_the_practice_township_are_merged_and_split_whole(practice: Desk) -> None:
    merging = Merging(practice.database)
    uids = [row.uid for row in practice.cadres.rows(["name"])]
    tried = 0
    for one, two in zip(uids[::2], uids[1::2], strict=False):
        plan = merging.plan(one, two)
        if plan.refusal or plan.too_many(plan.choices):
            continue
        before = content(practice.database)
        mine, theirs = rows_of_person(practice.database, one), rows_of_person(practice.database, two)
        merging.merge(plan, plan.choices)
        after = rows_of_person(practice.database, str(plan.keep.uid))
        twins = Counter(PART_TYPES[row.part].name for row in plan.rows if row.twin)
        lost = mine + theirs - after - twins
        assert set(lost) <= {"review", "visited_cadre"}
        merging.split(merging.merged()[0].uid)
        assert content(practice.database) == before
        tried += 1
    assert tried > 5


def test_the_log_names_the_step_and_both_people(database: Database, merging: Merging) -> None:
    one, two = save(database, "周光"), save(database, "周广")
    merge(merging, one, two)
    with database.reading() as session:
        newest = select(AUDIT_ACT.c.act, AUDIT_ACT.c.about).order_by(AUDIT_ACT.c.seq.desc()).limit(1)
        assert session.execute(newest).one() == ("merge", "周广 并入 周光")
        assert session.scalar(select(func.count()).select_from(Review)) == 0


def test_a_roster_that_still_has_the_merged_file_means_the_kept_one(
    database: Database, merging: Merging
) -> None:
    """By its number, and by its name with what else agrees; a name that both had is no doubt."""
    one = save(database, "周光", birth_date="1952-03-17")
    two, three = save(database, "周广", id_number=NUMBER), save(database, "周光", birth_date="1952-03")
    for gone in (two, three):
        plan = merging.plan(one, gone)
        choices = plan.choices
        choices.sides["id_number"] = "keep"
        merging.merge(plan, choices)
    with database.reading() as session:
        people = known_people(session)
    assert people.match({"name": "周广", "id_number": NUMBER}).uid == one
    assert people.match({"name": "周广", "birth_date": "1952-03"}).uid == one
    assert people.match({"name": "周光", "birth_date": "1952-03"}).uid == one
