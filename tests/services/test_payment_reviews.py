"""谁填报谁负责、谁审核谁负责: drafts, reviews, what stands fast afterwards, and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidError, UserError
from app.fields.actors import PROGRAM, Actor
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.delivery_outlook import DeliveryOutlook
from app.services.import_preview import Decision
from app.services.imports import Imports
from app.services.office import OfficeProfile
from app.services.payments import BatchFile, Payments
from app.services.printing import Printing
from app.services.signatures import Signature, sign, unsign
from app.services.today import Today
from app.services.users import UserFile, Users
from tests.exchange.sheets import save
from tests.reports.reading import pages

MAKER = Actor("maker", "林晓芸", ("preparer", "admin"), "window")
CHECKER = Actor("checker", "周光", ("reviewer",), "window")
NAMES = ("廖应", "夏秀英", "单䶮生")


@dataclass
class Town:
    """A maker, a checker, and people to pay."""

    database: Database
    people: dict[str, str] = field(default_factory=dict)

    @property
    def payments(self) -> Payments:
        return Payments(self.database)

    def sit(self, actor: Actor) -> Payments:
        """Somebody else sits down at the desk."""
        self.database.actor = actor
        return self.payments

    def fill_in(self, *names: str, title: str = "春节慰问金", amount: int = 50_000, **values: Any) -> str:
        """The uid of a draft by the maker."""
        about = {"fund": "condolence", "title": title, "period": "2026年春节", "paid_on": "2026-02-01"}
        rows = [{"cadre_uid": self.people[name], "amount": amount} for name in names or NAMES]
        return only(self.sit(MAKER).save(BatchFile(values={**about, **values}, payments=rows)).uids)

    def imports(self) -> Imports:
        self.sit(MAKER)
        return Imports(self.database)

    def review(self, uid: str) -> str:
        self.sit(CHECKER).review(uid)
        return uid

    def reverse(self, uid: str) -> str:
        """The uid of the batch that takes this one back."""
        return only(self.sit(MAKER).reverse(uid, "金额算错").uids - {uid})


def only(uids: frozenset[str]) -> str:
    (uid,) = uids
    return uid


@pytest.fixture
def town(database: Database) -> Town:
    users = Users(database)
    users.save(UserFile(MAKER.uid, {"name": MAKER.name, "roles": "preparer;admin"}))
    users.save(UserFile(CHECKER.uid, {"name": CHECKER.name, "roles": "reviewer"}))
    made = Town(database)
    for name in NAMES:
        made.people[name] = only(Cadres(database).save(CadreFile(values={"name": name})).uids)
    return made


def table(folder: Path, *rows: Sequence[Any], title: str = "春节慰问金") -> Path:
    """A table of payments for the batch of this title."""
    return save(folder, [[title], ["姓名", "金额", "签领人"], *rows], name="发放表.xlsx")


# Reviewing


def test_a_draft_says_who_filled_it_in(town: Town) -> None:
    review = town.payments.read(town.fill_in()).review
    assert (review.state, review.prepared_by, review.is_done) == ("draft", "林晓芸", False)


def test_a_review_names_both_and_the_time(town: Town) -> None:
    town.review(town.fill_in())
    (line,) = town.payments.lines()
    assert (line.review.state, line.review.prepared_by, line.review.reviewed_by) == (
        "reviewed",
        "林晓芸",
        "周光",
    )
    assert line.review.reviewed_at


def test_nobody_reviews_without_the_role(town: Town) -> None:
    uid = town.fill_in()
    told = "您的角色不能“审定发放”。这件事由审核来做"
    assert town.payments.why_not("review_batch", town.payments.read(uid)).startswith(told)
    with pytest.raises(UserError, match=told):
        town.payments.review(uid)
    assert not town.payments.read(uid).review.is_done


def test_a_reviewer_fills_nothing_in(town: Town) -> None:
    uid = town.fill_in()
    payments = town.sit(CHECKER)
    with pytest.raises(UserError, match="您的角色不能“记发放”"):
        payments.save(payments.read(uid))
    assert "冲销发放" in payments.why_not("reverse_batch", payments.read(uid))


def test_who_became_a_reviewer_later_does_not_review_his_own_work(town: Town) -> None:
    uid = town.fill_in()
    payments = town.sit(Actor(MAKER.uid, MAKER.name, ("reviewer",), "window"))
    with pytest.raises(UserError, match="填报的人不能自己审定"):
        payments.review(uid)
    assert not payments.read(uid).review.is_done


def test_what_was_taken_in_from_a_file_is_the_work_of_who_took_it_in(town: Town, tmp_path: Path) -> None:
    imports = town.imports()
    imports.apply(imports.preview(table(tmp_path, ["廖应", 500])))
    (line,) = town.payments.lines()
    assert line.review.prepared_by == "林晓芸"
    with pytest.raises(UserError, match="填报的人不能自己审定"):
        town.sit(Actor(MAKER.uid, MAKER.name, ("reviewer",), "window")).review(line.uid)


def test_the_office_may_let_one_person_do_both_in_writing(town: Town) -> None:
    OfficeProfile(town.database).save({"one_person_reason": "本镇老干部工作只有一名工作人员"})
    uid = town.fill_in()
    town.sit(Actor(MAKER.uid, MAKER.name, ("preparer", "reviewer"), "window")).review(uid)
    assert town.payments.read(uid).review.reviewed_by == "林晓芸"


def test_the_program_by_itself_stands_for_nothing(town: Town) -> None:
    uid = town.fill_in()
    with pytest.raises(UserError, match="审定要由登录的审核人来做"):
        town.sit(PROGRAM).review(uid)


def test_who_only_notes_signatures_is_not_the_one_who_filled_in(town: Town) -> None:
    uid = town.fill_in()
    other = Actor("other", "夏明", ("preparer",), "window")
    payments = town.sit(other)
    payments.save(
        sign(payments.read(uid), [town.people["廖应"]], {}, Signature("2026-02-03", "雷群英", "妻子"))
    )
    assert payments.read(uid).review.prepared_by == "林晓芸"
    file = payments.read(uid)
    file.payments[0]["amount"] = 60_000
    town.sit(MAKER).save(file)
    assert payments.read(uid).review.prepared_by == "林晓芸"


def test_a_batch_with_problems_is_not_reviewed(town: Town) -> None:
    uid = town.fill_in()
    with town.database.transaction("save_batch") as session:
        session.connection().exec_driver_sql("UPDATE payment SET adjustment = -60000 WHERE position = 1")
    with pytest.raises(UserError, match="还有问题，不能审定：第 2 行：扣减大于应发金额") as told:
        town.review(uid)
    assert str(told.value).endswith("。")
    assert not town.payments.read(uid).review.is_done


def test_who_was_paid_before_is_seen_at_the_review(town: Town, tmp_path: Path) -> None:
    town.review(town.fill_in("廖应"))
    imports = town.imports()
    imports.apply(imports.preview(table(tmp_path, ["廖应", 500], title="2026年春节慰问金发放表")))
    again = next(line.uid for line in town.payments.lines() if not line.review.is_done)
    with pytest.raises(UserError, match="不能审定：廖应已在“春节慰问金”里领过"):
        town.review(again)


def test_a_batch_is_reviewed_once(town: Town) -> None:
    uid = town.review(town.fill_in())
    at = town.payments.read(uid).review.reviewed_at
    with pytest.raises(UserError, match="这一批已经审定过了"):
        town.review(uid)
    assert town.payments.read(uid).review.reviewed_at == at


def test_the_reviewer_stands_only_for_what_he_has_seen(town: Town) -> None:
    uid = town.fill_in()
    seen = town.payments.read(uid)
    file = town.payments.read(uid)
    file.payments[0]["amount"] = 90_000
    town.sit(MAKER).save(file)
    with pytest.raises(UserError, match="刚在别处改过，请看过以后再审定"):
        town.sit(CHECKER).review(uid, seen.version)
    assert not town.payments.read(uid).review.is_done


# What stands fast


@pytest.mark.parametrize(
    "change",
    [
        lambda file, _: file.payments[0].update(amount=1),
        lambda file, _: file.payments.pop(),
        lambda file, people: file.payments[0].update(cadre_uid=people["单䶮生"]),
        lambda file, people: file.payments.append({"cadre_uid": people["单䶮生"], "amount": 1}),
        lambda file, _: file.payments.reverse(),
        lambda file, _: file.values.update(paid_on="2026-03-01"),
        lambda file, _: file.values.update(title="另一批"),
    ],
    ids=["amount", "one less", "another person", "one more", "order", "date", "title"],
)
def test_after_the_review_nothing_of_it_changes(town: Town, change: Any) -> None:
    uid = town.review(town.fill_in("廖应", "夏秀英"))
    before = town.payments.read(uid)
    file = town.sit(MAKER).read(uid)
    change(file, town.people)
    with pytest.raises(UserError, match="“春节慰问金”已经审定，金额和名单不能再改；有错请在“发放”里冲销"):
        town.payments.save(file)
    assert town.payments.read(uid) == before


def test_who_had_the_draft_open_does_not_save_over_the_review(town: Town) -> None:
    uid = town.fill_in()
    opened = town.payments.read(uid)
    town.review(uid)
    with pytest.raises(UserError, match="刚在别处改过"):
        town.sit(MAKER).save(opened)


def test_reviewed_batches_are_not_removed_not_even_with_others(town: Town) -> None:
    uid, draft = town.review(town.fill_in()), town.fill_in(title="重阳慰问金", period="2026年重阳")
    with pytest.raises(UserError, match="已经审定，不能再改"):
        town.sit(MAKER).remove([draft, uid])
    assert {line.uid for line in town.payments.lines()} == {uid, draft}
    town.payments.remove([draft])
    assert [line.uid for line in town.payments.lines()] == [uid]


def test_everybody_may_still_sign(town: Town) -> None:
    uid = town.review(town.fill_in())
    payments = town.sit(MAKER)
    names = {uid: name for name, uid in town.people.items()}
    payments.save(sign(payments.read(uid), list(names), names, Signature("2026-02-03")))
    assert payments.lines()[0].signed == len(NAMES)
    payments.save(unsign(payments.read(uid), [town.people["廖应"]]))
    (line,) = payments.lines()
    assert (line.signed, line.review.state, line.review.prepared_by) == (2, "reviewed", "林晓芸")


def test_a_file_that_changes_a_reviewed_batch_is_doubted_and_refused(town: Town, tmp_path: Path) -> None:
    uid = town.review(town.fill_in("廖应", "夏秀英"))
    before = town.payments.read(uid)
    imports = town.imports()
    preview = imports.preview(table(tmp_path, ["廖应", 600], ["夏秀英", 500], ["单䶮生", 500]))
    told = "“春节慰问金”已经审定，金额和名单不能再改；有错请在“发放”里冲销"
    assert [(row.pile, row.doubts) for row in preview.rows()] == [
        ("doubtful", [told]),
        ("same", []),
        ("doubtful", [told]),
    ]
    with pytest.raises(UserError, match=told):
        imports.apply(preview, {id(row): Decision(take=True, uid=row.uid) for row in preview.rows()})
    assert town.payments.read(uid) == before


def test_a_file_may_bring_the_signatures_of_a_reviewed_batch(town: Town, tmp_path: Path) -> None:
    town.review(town.fill_in("廖应", "夏秀英"))
    imports = town.imports()
    preview = imports.preview(table(tmp_path, ["廖应", 500, "廖应"], ["夏秀英", 500, ""]))
    assert [row.pile for row in preview.rows()] == ["changed", "same"]
    imports.apply(preview)
    assert town.payments.lines()[0].signed == 1


# Taking back


def test_a_reversal_takes_back_to_the_fen_and_leaves_the_batch_alone(town: Town) -> None:
    uid = town.fill_in(amount=50_001)
    file = town.payments.read(uid)
    file.payments[1]["adjustment"] = -10_050
    town.payments.save(file)
    town.review(uid)
    before = town.payments.read(uid)
    counter = town.payments.read(town.reverse(uid))
    assert before.total + counter.total == 0
    assert [row["adjustment"] for row in counter.payments] == [-50_001, -39_951, -50_001]
    assert {row["remarks"] for row in counter.payments} == {"冲销：金额算错"}
    assert (counter.review.state, counter.review.reverses) == ("reversal_draft", "春节慰问金")
    assert (counter.review.prepared_by, counter.values["title"]) == ("林晓芸", "冲销：春节慰问金")
    after = town.payments.read(uid)
    assert (after.values, after.payments, after.version) == (before.values, before.payments, before.version)


def test_a_reversal_bears_its_own_day(town: Town) -> None:
    counter = town.payments.read(town.reverse(town.review(town.fill_in())))
    assert counter.values["paid_on"] != "2026-02-01"


def test_a_reversal_counts_once_it_is_reviewed_too(town: Town) -> None:
    uid = town.review(town.fill_in())
    counter = town.reverse(uid)
    review = town.payments.read(uid).review
    assert (review.state, review.reversed_by, review.counts) == ("reviewed", "冲销：春节慰问金", True)
    town.review(counter)
    assert town.payments.read(uid).review.state == "reversed"
    assert town.payments.read(counter).review.state == "reversal"
    assert sum(line.total for line in town.payments.lines()) == 0


@pytest.mark.parametrize(
    ("ready", "reason", "told"),
    [
        ("draft", "金额算错", "还没有审定，直接改就可以，不用冲销"),
        ("reviewed", "  ", "请写明为什么冲销"),
        ("pending", "金额算错", "已经做了“冲销：春节慰问金”，等审核人审定"),
        ("reversed", "金额算错", "已经由“冲销：春节慰问金”冲销过了"),
        ("counter", "金额算错", "这是冲销批次，不能再冲销"),
    ],
)
def test_what_is_not_taken_back(town: Town, ready: str, reason: str, told: str) -> None:
    uid = town.fill_in()
    if ready != "draft":
        town.review(uid)
    if ready in ("pending", "reversed", "counter"):
        counter = town.reverse(uid)
        if ready != "pending":
            town.review(counter)
        if ready == "counter":
            uid = counter
    count = len(town.payments.lines())
    with pytest.raises(UserError, match=told):
        town.sit(MAKER).reverse(uid, reason)
    assert len(town.payments.lines()) == count


def test_a_reversal_is_not_edited_but_may_be_dropped_before_its_review(town: Town) -> None:
    uid = town.review(town.fill_in())
    counter = town.reverse(uid)
    file = town.payments.read(counter)
    file.payments[0]["adjustment"] = -1
    with pytest.raises(UserError, match="“冲销：春节慰问金”"):
        town.payments.save(file)
    town.payments.remove([counter])
    assert town.payments.why_not("reverse_batch", town.payments.read(uid)) == ""


def test_a_reviewed_reversal_stays(town: Town) -> None:
    counter = town.review(town.reverse(town.review(town.fill_in())))
    with pytest.raises(UserError, match="已经审定，不能再改"):
        town.sit(MAKER).remove([counter])


def test_money_taken_back_may_be_signed_for(town: Town) -> None:
    counter = town.reverse(town.review(town.fill_in()))
    payments = town.payments
    payments.save(
        sign(payments.read(counter), [town.people["廖应"]], {}, Signature("2026-03-01", "廖小开", "儿子"))
    )
    assert next(line for line in payments.lines() if line.uid == counter).signed == 1


def test_people_are_paid_again_only_after_the_reversal_was_reviewed(town: Town) -> None:
    counter = town.reverse(town.review(town.fill_in()))
    with pytest.raises(InvalidError, match="那一批正在冲销，冲销审定以后才能重发"):
        town.fill_in(title="春节慰问金（更正）", amount=60_000)
    town.review(counter)
    uid = town.review(town.fill_in(title="春节慰问金（更正）", amount=60_000))
    assert town.payments.read(uid).review.state == "reviewed"
    assert sum(line.total for line in town.payments.lines()) == 60_000 * len(NAMES)


def test_the_right_table_is_taken_in_under_the_old_name(town: Town, tmp_path: Path) -> None:
    old = town.review(town.fill_in())
    town.review(town.reverse(old))
    imports = town.imports()
    preview = imports.preview(table(tmp_path, ["廖应", 600]))
    assert [row.pile for row in preview.rows()] == ["new"]
    imports.apply(preview)
    named = [line for line in town.payments.lines() if line.values["title"] == "春节慰问金"]
    assert {(line.review.state, line.total) for line in named} == {("reversed", 150_000), ("draft", 60_000)}


def test_nobody_is_asked_to_sign_for_what_was_taken_back(town: Town) -> None:
    uid = town.review(town.fill_in())
    assert len(Today(town.database).unsigned()) == len(NAMES)
    town.review(town.reverse(uid))
    assert Today(town.database).unsigned() == []
    assert not [remark for remark in DeliveryOutlook(town.database).remarks() if "签领" in remark.text]


# On paper


def test_the_sign_off_sheet_names_who_is_responsible(town: Town, tmp_path: Path) -> None:
    OfficeProfile(town.database).save({"preparer": "张小雨", "reviewer": "李建华"})
    uid = town.fill_in()

    def printed() -> str:
        (tmp_path / "sheet.pdf").write_bytes(Printing(town.database).sign_off_sheet(uid).content)
        return "".join(pages(tmp_path / "sheet.pdf"))

    draft = printed()
    assert "审核：李建华" in draft
    assert "制表：张小雨" in draft
    town.review(uid)
    reviewed = printed()
    assert "审核：周光" in reviewed
    assert "制表：林晓芸" in reviewed
