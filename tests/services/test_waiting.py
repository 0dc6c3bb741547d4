"""等着办的事: a line for every source that has something, for those whose work it is."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import clock
from app.fields.actors import Actor
from app.fields.review_states import STATES
from app.paths import DATA_FILE
from app.services.desk import Desk
from app.services.payments import BatchFile
from app.services.waiting import SOURCES, Waiting, waiting
from tests.desks import desk_of
from tests.services.review_town import CHECKER, MAKER, READER, Town, make_town

HEAD = Actor("head", "王镇长", ("head",), "window")
NOBODY_NAMED = "姓名,走访时间,类型\n查无此人,2026-03-08,日常走访\n"


@pytest.fixture
def desk(newest_file: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copyfile(newest_file, tmp_path / DATA_FILE)
    opened = desk_of(tmp_path, MAKER)
    yield opened
    opened.close()


@pytest.fixture
def town(desk: Desk) -> Town:
    return make_town(desk.database)


def seen_by(desk: Desk, actor: Actor) -> dict[str, Waiting]:
    desk.database.actor = actor
    return {line.key: line for line in waiting(desk)}


def admit(desk: Desk, uid: str, days_ago: int, visit: str = "later") -> None:
    """Somebody comes into hospital; the visit may wait."""
    day = (clock.today() - dt.timedelta(days=days_ago)).isoformat()
    states = {"stay": "done", "visit": visit, "report": "not_needed", "list": "not_needed"}
    desk.events.record(uid, "admitted", {"happened_on": day, "hospital": "县医院"}, states)


def leave_a_row(desk: Desk, folder: Path) -> None:
    """A visit of somebody whom the roster does not know waits for a decision."""
    path = folder / "走访台账.csv"
    path.write_text(NOBODY_NAMED, encoding="utf-8")
    desk.imports.apply(desk.imports.preview(path))


def pay(desk: Desk, uid: str, title: str) -> str:
    values = {"fund": "condolence", "title": title, "period": "2026年春节", "paid_on": "2026-02-01"}
    (batch,) = desk.payments.save(BatchFile(values=values, payments=[{"cadre_uid": uid, "amount": 500}])).uids
    return batch


def everything(desk: Desk, town: Town, folder: Path) -> None:
    """One thing of every source."""
    town.check("廖应", "夏秀英")
    town.move(CHECKER, "review_return", "夏秀英", remark="补照片")
    desk.database.actor = MAKER
    pay(desk, town.people["廖应"], "春节慰问金")
    admit(desk, town.people["单䶮生"], 1)
    leave_a_row(desk, folder)


@pytest.mark.parametrize("actor", [MAKER, CHECKER, READER, HEAD], ids=lambda actor: actor.uid)
def test_nothing_waits_where_nothing_was_begun(desk: Desk, town: Town, actor: Actor) -> None:
    assert seen_by(desk, actor) == {}


@pytest.mark.parametrize(
    ("actor", "keys"),
    [
        (MAKER, ["returned", "events", "import_doubts"]),
        (CHECKER, ["checked", "batches"]),
        (READER, []),
        (HEAD, []),
    ],
    ids=lambda given: getattr(given, "uid", ""),
)
def test_everybody_is_told_his_own_work_only(
    desk: Desk, town: Town, tmp_path: Path, actor: Actor, keys: list[str]
) -> None:
    everything(desk, town, tmp_path)
    assert list(seen_by(desk, actor)) == keys


def test_one_person_with_both_roles_sees_a_line_of_every_source(
    desk: Desk, town: Town, tmp_path: Path
) -> None:
    everything(desk, town, tmp_path)
    both = Actor("both", "陈一", ("preparer", "reviewer"), "window")
    assert len(seen_by(desk, both)) == len(SOURCES)


def test_a_step_put_off_is_named_with_its_person_until_it_is_done(desk: Desk, town: Town) -> None:
    uid = town.people["廖应"]
    admit(desk, uid, 1)
    line = seen_by(desk, MAKER)["events"]
    assert (line.words, line.verb) == ("事项还有 1 步没办：廖应，到医院看望，记一次走访", "去办")
    assert (line.page, line.about, line.uids, line.late) == ("roster", uid, (uid,), False)
    desk.events.settle(desk.events.waiting()[0].uid, "done")
    assert "events" not in seen_by(desk, MAKER)


def test_steps_not_needed_do_not_wait(desk: Desk, town: Town) -> None:
    admit(desk, town.people["廖应"], 1, visit="not_needed")
    assert "events" not in seen_by(desk, MAKER)


@pytest.mark.parametrize(("days", "late"), [(3, False), (4, True)], ids=["on its last day", "a day after"])
def test_a_step_is_late_from_the_day_after_its_last(desk: Desk, town: Town, days: int, late: bool) -> None:
    admit(desk, town.people["廖应"], days)
    assert seen_by(desk, MAKER)["events"].late is late


def test_the_most_urgent_step_is_named_and_each_person_counts_once(desk: Desk, town: Town) -> None:
    one, other = town.people["廖应"], town.people["夏秀英"]
    admit(desk, one, 1)
    admit(desk, other, 9)
    admit(desk, other, 2)
    line = seen_by(desk, MAKER)["events"]
    assert line.words.startswith("事项还有 3 步没办：夏秀英，")
    assert (line.about, line.uids, line.late) == (other, (other, one), True)


def test_a_returned_file_says_what_is_to_be_mended(desk: Desk, town: Town) -> None:
    town.check("廖应", "夏秀英")
    town.move(CHECKER, "review_return", "夏秀英", remark="入党时间请查档")
    line = seen_by(desk, MAKER)["returned"]
    assert (line.words, line.verb) == ("待更正 1 份：夏秀英，入党时间请查档", "去更正")
    assert (line.page, line.about, line.uids) == (
        "check",
        "review returned",
        (town.people["夏秀英"],),
    )
    town.check("夏秀英")
    assert "returned" not in seen_by(desk, MAKER)


def test_what_is_to_be_approved_goes_when_it_is_approved(desk: Desk, town: Town) -> None:
    town.check("廖应", "夏秀英")
    line = seen_by(desk, CHECKER)["checked"]
    assert (line.words, line.verb, line.about) == ("待审核 2 份档案", "去审核", "review checked")
    assert set(line.uids) == {town.people["廖应"], town.people["夏秀英"]}
    town.approve("廖应")
    assert seen_by(desk, CHECKER)["checked"].uids == (town.people["夏秀英"],)
    town.approve("夏秀英")
    assert "checked" not in seen_by(desk, CHECKER)


def test_a_batch_opens_itself_and_goes_when_it_is_reviewed(desk: Desk, town: Town) -> None:
    desk.database.actor = MAKER
    batch = pay(desk, town.people["廖应"], "重阳慰问金")
    line = seen_by(desk, CHECKER)["batches"]
    assert (line.words, line.verb) == ("待审定 1 批发放：重阳慰问金", "去审定")
    assert (line.page, line.about, line.uids) == ("payments", batch, ())
    desk.payments.review(batch)
    assert "batches" not in seen_by(desk, CHECKER)


def test_rows_of_an_import_wait_until_they_are_decided(desk: Desk, town: Town, tmp_path: Path) -> None:
    leave_a_row(desk, tmp_path)
    line = seen_by(desk, MAKER)["import_doubts"]
    assert (line.words, line.verb) == ("导入时待定 1 行", "去定")
    assert (line.page, line.about) == ("import", "doubts")
    [left] = desk.import_doubts.waiting()
    desk.import_history.undo(left.intake)
    assert "import_doubts" not in seen_by(desk, MAKER)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_source_says_one_line_at_most(
    desk: Desk, town: Town, tmp_path: Path, source: Callable[[Desk], Iterator[Waiting]]
) -> None:
    everything(desk, town, tmp_path)
    desk.database.actor = Actor("both", "陈一", ("preparer", "reviewer"), "window")
    [line] = source(desk)
    assert line.words
    assert line.verb
    pages = {"check", "roster", "payments", "import"}
    assert line.page in pages
    if line.about.startswith("review "):
        assert line.about.removeprefix("review ") in STATES
