"""What waits for whom on 今天, and what is said before the township's data is handed over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.fields.actors import Actor
from app.paths import DATA_FILE
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.waiting import waiting
from tests.desks import desk_of
from tests.services.review_town import CHECKER, MAKER, READER, Town, make_town


@pytest.fixture
def desk(newest_file: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copyfile(newest_file, tmp_path / DATA_FILE)
    opened = desk_of(tmp_path, MAKER)
    yield opened
    opened.close()


@pytest.fixture
def town(desk: Desk) -> Town:
    return make_town(desk.database)


def lines(desk: Desk, actor: Actor) -> dict[str, tuple[str, str, str]]:
    desk.database.actor = actor
    return {line.key: (line.words, line.page, line.about) for line in waiting(desk)}


def test_the_reviewer_is_told_what_is_to_be_approved(desk: Desk, town: Town) -> None:
    assert "checked" not in lines(desk, CHECKER)
    town.check("廖应", "夏秀英")
    assert lines(desk, CHECKER)["checked"] == ("待审核 2 份档案", "check", "review checked")
    assert "checked" not in lines(desk, MAKER)


def test_the_preparer_is_told_what_is_to_be_mended(desk: Desk, town: Town) -> None:
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="补照片")
    assert lines(desk, MAKER)["returned"] == ("待更正 1 份：廖应，补照片", "check", "review returned")
    assert not lines(desk, CHECKER).keys() & {"returned", "checked"}
    assert not lines(desk, READER).keys() & {"returned", "checked", "batches"}


def test_a_batch_waits_until_it_is_reviewed(desk: Desk, town: Town) -> None:
    batch = BatchFile(
        values={"fund": "condolence", "title": "春节慰问金", "period": "2026年春节", "paid_on": "2026-02-01"},
        payments=[{"cadre_uid": town.people["廖应"], "amount": 50_000}],
    )
    desk.database.actor = MAKER
    (uid,) = desk.payments.save(batch).uids
    assert lines(desk, CHECKER)["batches"] == ("待审定 1 批发放：春节慰问金", "payments", uid)
    desk.payments.review(uid)
    assert "batches" not in lines(desk, CHECKER)


def test_who_is_not_approved_is_named_before_the_bundle(desk: Desk, town: Town) -> None:
    town.check("廖应", "夏秀英")
    town.approve("廖应")
    desk.database.actor = MAKER
    told = next(remark for remark in desk.deliveries.remarks() if "没有审核" in remark.text)
    assert (told.level, told.text) == ("warning", "2 人的档案没有审核")
    assert [(name, what) for _, name, what in told.people] == [("单䶮生", "未核"), ("夏秀英", "已核")]
    town.check("单䶮生")
    town.approve("夏秀英", "单䶮生")
    assert not [remark for remark in desk.deliveries.remarks() if "没有审核" in remark.text]
