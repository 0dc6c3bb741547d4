"""Create, edit, import, merge, remove, put back, undo, redo, in any order: the content is always what it must be.

What undo may do is worked out here from the rows before and after each step, and not from the log.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.errors import UserError
from app.exchange.documents import read_document
from app.fields.actors import Actor
from app.fields.acts import ACTS
from app.models.audit import AUDIT_ACT
from app.models.base import Base
from app.models.database import Database
from app.services import import_rows
from app.services.bin import Bin
from app.services.cadres import CadreFile, Cadres
from app.services.imports import Imports
from app.services.merging import Merging
from app.services.payments import BatchFile, Payments
from app.services.search import Search
from app.services.undo import IMPORT, CannotUndoError, UndoSteps
from app.services.visits import VisitFile, Visits
from tests.bulk import give
from tests.content_hash import content, differing
from tests.desks import ACTOR, KEYS
from tests.reliability.figures import PROPERTY, Figures

OTHER = Actor("9" * 36, "别人", ("preparer",), "window")
NAMES = ("王秀英", "李国强", "张志国", "阿依古丽·买买提", "䶮生", "欧阳振华")
NUMBERS = tuple(f"5299991948031200{number:02d}" for number in range(len(NAMES)))
VILLAGES = (None, "东门村", "西河村", "新寨村")
IN_MEMORY = Path("/dev/shm")
STEPS, RUNS, RELEASE_RUNS = 22, 25, 1000

Key = tuple[str, str]
Content = dict[Key, Mapping[str, Any]]
Diff = Mapping[Key, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]
"""What became of each row: (values before, values after), None where it was not there; of a change, what differs."""

names, villages = st.sampled_from(NAMES), st.sampled_from(VILLAGES)
first = st.integers(0, 5)


def diff_of(before: Content, after: Content) -> Diff:
    found = {}
    for key, (old, new) in differing(before, after).items():
        if old is None or new is None:
            found[key] = (old, new)
        else:
            changed = [name for name in old if old[name] != new[name]]
            found[key] = ({name: old[name] for name in changed}, {name: new[name] for name in changed})
    return found


def joined(diffs: list[Diff]) -> Diff:
    """One after the other, the first done first."""
    found: dict[Key, tuple[Any, Any]] = {}
    for diff in diffs:
        for key, (old, new) in diff.items():
            found[key] = _both(found[key], (old, new)) if key in found else (old, new)
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


def _both(first_pair: tuple[Any, Any], then: tuple[Any, Any]) -> tuple[Any, Any]:
    (old, middle), (before, new) = first_pair, then
    whole_old = {**(before or {}), **old} if old is not None else None
    whole_new = {**(middle or {}), **new} if new is not None else None
    if old is not None and new is not None:
        changed = {name for name in whole_old | whole_new if whole_old.get(name) != whole_new.get(name)}
        return {n: whole_old.get(n) for n in changed}, {n: whole_new.get(n) for n in changed}
    return whole_old, whole_new


def inverse(diff: Diff) -> Diff:
    return {key: (new, old) for key, (old, new) in diff.items()}


def parents(key: Key, values: Mapping[str, Any]) -> Iterator[Key]:
    for foreign in Base.metadata.tables[key[0]].foreign_keys:
        if foreign.column.name == "uid" and values.get(foreign.parent.name):
            yield foreign.column.table.name, values[foreign.parent.name]


def after_applying(now: Content, diff: Diff) -> Content | None:
    """The content with the change in it; None where something stands in its way."""
    made = dict(now)
    for key, (old, new) in diff.items():
        here = now.get(key)
        whole = old is None or new is None
        if (here is None) != (old is None):
            return None
        if here is not None and old is not None and not _stands(here, old, whole=whole):
            return None
        if new is None:
            del made[key]
        else:
            made[key] = {**(here or {}), **new}
    holds = all(parent in made for key, values in made.items() for parent in parents(key, values))
    return made if holds else None


def _stands(here: Mapping[str, Any], old: Mapping[str, Any], *, whole: bool) -> bool:
    return here == old if whole else all(here[name] == value for name, value in old.items())


@dataclass
class Done:
    seq: int
    diff: Diff
    is_import: bool = False
    """It stands among the steps, and has its own way back."""


@dataclass
class Taken:
    """What was undone at once; `diff` is what undoing did."""

    steps: list[Done]
    diff: Diff


class Office(RuleBasedStateMachine):
    """One preparer at work, and now and then somebody else."""

    newest_file: Path
    rosters: Mapping[tuple[int, str], Path]

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sangyu-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        shutil.copyfile(self.newest_file, self.folder / "sangyu.db")
        self.database = Database(self.folder / "sangyu.db", KEYS, ACTOR)
        self.cadres, self.visits = Cadres(self.database), Visits(self.database)
        self.payments, self.search = Payments(self.database), Search(self.database)
        self.bin, self.merging = Bin(self.database), Merging(self.database)
        self.imports, self.steps = Imports(self.database), UndoSteps(self.database)
        self.order: dict[Key, int] = {}
        self.now: Content = content(self.database)
        self.done: list[Done] = []
        self.undone: list[Taken] = []

    def teardown(self) -> None:
        if hasattr(self, "database"):
            assert not self.database.verify_log().problems
            self.database.close()
            shutil.rmtree(self.folder)

    # what people do

    @rule(name=names, village=villages, family=st.lists(names, max_size=2))
    def create(self, name: str, village: str | None, family: list[str]) -> None:
        rows = [{"relation": "妻", "name": one} for one in family]
        number = NUMBERS[NAMES.index(name)]
        file = CadreFile(
            values={"name": name, "village": village, "id_number": number}, parts={"family": rows}
        )
        uid = next(iter(self.step(lambda: self.cadres.save(file)).uids))
        kept = self.cadres.read(uid)
        assert (kept.values["name"], kept.values["village"]) == (name, village)
        assert [row["name"] for row in kept.parts["family"]] == family

    @precondition(lambda self: self.people)
    @rule(who=first, name=names, village=villages, family=st.none() | st.lists(names, max_size=2))
    def edit(self, who: int, name: str, village: str | None, family: list[str] | None) -> None:
        self.step(lambda: self.save(who, name, village, family))

    @precondition(lambda self: self.people)
    @rule(who=first, village=villages, family=st.none() | st.lists(names, max_size=2))
    def somebody_else_edits(self, who: int, village: str | None, family: list[str] | None) -> None:
        self.database.actor = OTHER
        uid = self.person(who)
        self.save(who, self.cadres.read(uid).values["name"], village, family)
        self.database.actor = ACTOR
        self.now = content(self.database)

    @precondition(lambda self: self.people)
    @rule(village=villages)
    def edit_many(self, village: str | None) -> None:
        self.step(lambda: give(self.database, self.people, "village", village))
        assert {values["village"] for key, values in self.now.items() if key[0] == "cadre"} == {village}

    @precondition(lambda self: self.people)
    @rule(who=first, others=first, day=st.integers(1, 28))
    def visit(self, who: int, others: int, day: int) -> None:
        people = list(dict.fromkeys([self.person(who), self.person(others)]))
        file = VisitFile(values={"date": f"2026-02-{day:02d}", "kind": "daily"}, people=people)
        self.step(lambda: self.visits.save(file))

    @precondition(lambda self: self.of("visit") and self.people)
    @rule(which=first, who=first)
    def visit_somebody_else(self, which: int, who: int) -> None:
        file = self.visits.read(self.of("visit")[which % len(self.of("visit"))])
        file.people = [self.person(who)]
        self.step(lambda: self.visits.save(file))

    @precondition(lambda self: self.of("visit"))
    @rule(which=first)
    def remove_visit(self, which: int) -> None:
        uid = self.of("visit")[which % len(self.of("visit"))]
        self.step(lambda: self.visits.remove([uid]))

    @precondition(lambda self: self.people)
    @rule(who=first, amount=st.integers(1, 99))
    def pay(self, who: int, amount: int) -> None:
        batch = BatchFile(
            values={"fund": "spring", "title": "慰问", "period": f"第 {self.database.head().seq} 次"},
            payments=[{"cadre_uid": self.person(who), "amount": amount * 100}],
        )
        self.step(lambda: self.payments.save(batch))

    @precondition(lambda self: self.people)
    @rule(who=first, others=first)
    def remove(self, who: int, others: int) -> None:
        uids = list(dict.fromkeys([self.person(who), self.person(others)]))
        self.step(lambda: self.cadres.remove(uids))
        assert not set(uids) & set(self.people)

    @rule(which=first)
    def put_back(self, which: int) -> None:
        resting = sorted(self.bin.content(), key=lambda each: self.order[each.table, each.uid])
        if not resting:
            return
        wanted = resting[which % len(resting)]
        before = self.now
        try:
            self.step(lambda: self.bin.put_back([wanted.uid]))
        except UserError:
            assert differing(before, content(self.database)) == {}
        else:
            assert (wanted.table, wanted.uid) in self.now
            assert wanted.uid not in [each.uid for each in self.bin.content()]

    @rule(size=st.integers(1, 3), village=st.sampled_from(VILLAGES[1:]))
    def take_in_a_roster(self, size: int, village: str) -> None:
        preview = self.imports.preview(self.rosters[size, village])
        self.step(lambda: self.imports.apply(preview))

    @precondition(lambda self: len(self.people) > 1)
    @rule(who=first, others=first)
    def merge(self, who: int, others: int) -> None:
        keep, other = self.person(who), self.person(others)
        if keep == other:
            return
        plan = self.merging.plan(keep, other)
        if plan.refusal:
            return
        self.step(lambda: self.merging.merge(plan, plan.choices))
        assert ("cadre", str(plan.other.uid)) not in self.now

    @rule(which=first)
    def split(self, which: int) -> None:
        merged = self.merging.merged()
        if not merged:
            return
        alias = merged[which % len(merged)]
        try:
            self.step(lambda: self.merging.split(alias.uid))
        except UserError:
            assert differing(self.now, content(self.database)) == {}

    # and the way back

    @rule(far=st.sampled_from((1, 1, 1, 2, 3)))
    def undo(self, far: int) -> None:
        if not self.done:
            return
        steps = self.done[-far:]
        diff = inverse(joined([step.diff for step in steps]))
        before, expected = self.now, after_applying(self.now, diff)
        if expected is None or any(step.is_import for step in steps):
            with pytest.raises(CannotUndoError) as caught:
                self.steps.undo(steps[0].seq)
            assert differing(before, content(self.database)) == {}
            self.pass_by(caught.value)
            return
        self.steps.undo(steps[0].seq)
        self.now = content(self.database)
        assert differing(expected, self.now) == {}
        del self.done[-far:]
        self.undone.append(Taken(steps, diff))

    @rule()
    def redo(self) -> None:
        if not self.undone:
            return
        taken = self.undone[-1]
        before, expected = self.now, after_applying(self.now, inverse(taken.diff))
        if expected is None:
            with pytest.raises(CannotUndoError) as caught:
                self.steps.redo()
            assert differing(before, content(self.database)) == {}
            self.steps.go_past(caught.value.step)
            self.undone.pop()
            return
        self.steps.redo()
        self.now = content(self.database)
        assert differing(expected, self.now) == {}
        self.undone.pop()
        self.done += taken.steps

    @precondition(lambda self: self.done)
    @rule()
    def undo_and_redo_change_nothing(self) -> None:
        before, undone = self.now, len(self.undone)
        self.undo(1)
        if len(self.undone) > undone:
            self.redo()
            assert differing(before, self.now) == {}

    @rule()
    def start_the_program_again(self) -> None:
        """What was gone past before is offered again by a new start; here it is gone past once more."""
        passed = {step.seq for step in UndoSteps(self.database).done()} - {step.seq for step in self.done}
        again = UndoSteps(self.database)
        for step in again.done():
            if step.seq in passed:
                again.go_past(step)
        for undone in again.undone():
            if undone.seq not in [taken.steps[-1].seq for taken in self.undone]:
                again.go_past(undone)
        self.steps = again

    # what must always hold

    @invariant()
    def the_content_is_what_it_must_be(self) -> None:
        if hasattr(self, "database"):
            assert differing(self.now, content(self.database)) == {}

    @invariant()
    def the_steps_are_those_that_were_done(self) -> None:
        if hasattr(self, "database"):
            assert [step.seq for step in self.steps.done()] == [step.seq for step in reversed(self.done)]
            assert [step.seq for step in self.steps.undone()] == [
                taken.steps[-1].seq for taken in reversed(self.undone)
            ]

    @invariant()
    def no_row_is_without_its_owner(self) -> None:
        if hasattr(self, "database"):
            with self.database.reading() as session:
                assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []

    @invariant()
    def search_finds_exactly_those_who_are_there(self) -> None:
        if hasattr(self, "database"):
            self.search.renew()
            here = {uid: values["name"] for (table, uid), values in self.now.items() if table == "cadre"}
            for name in NAMES:
                found = set(self.search.find(name))
                assert found <= here.keys()
                assert found >= {uid for uid, own in here.items() if own == name}

    # parts

    def step(self, act: Callable[[], Any]) -> Any:
        """Does it, and keeps what it did where it can be undone."""
        before, newest = self.now, self.database.head().seq
        done = act()
        self.now = content(self.database)
        for seq, code in self.changes_since(newest):
            self.undone.clear()
            if ACTS[code].can_be_undone or code == IMPORT:
                self.done.append(Done(seq, diff_of(before, self.now), code == IMPORT))
        return done

    def changes_since(self, seq: int) -> list[tuple[int, str]]:
        act = AUDIT_ACT.c
        query = AUDIT_ACT.select().where(act.seq > seq, act.rows > 0).order_by(act.seq)
        with self.database.reading() as session:
            found = session.execute(query).mappings().all()
        return [(line["seq"], line["act"]) for line in found if ACTS[line["act"]].group == "change"]

    def pass_by(self, error: CannotUndoError) -> None:
        self.steps.go_past(error.step)
        self.done = [step for step in self.done if step.seq != error.step.seq]

    def save(self, who: int, name: str, village: str | None, family: list[str] | None) -> Any:
        file = self.cadres.read(self.person(who))
        file.values |= {"name": name, "village": village}
        if family is not None:
            file.parts["family"] = [{"name": one} for one in family]
        return self.cadres.save(file)

    def of(self, table: str) -> list[str]:
        """Those made first stand first; their uids are by chance, and must not decide what a run does."""
        if not hasattr(self, "now"):
            return []
        told = {key: str(values.get("name") or "") for key, values in self.now.items() if key[0] == table}
        for key in sorted(told.keys() - self.order.keys(), key=lambda key: told[key]):
            self.order[key] = len(self.order)
        return [uid for _, uid in sorted(told, key=lambda key: self.order[key])]

    @property
    def people(self) -> list[str]:
        return self.of("cadre")

    def person(self, place: int) -> str:
        return self.people[place % len(self.people)]


@pytest.fixture(scope="session")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], Path]:
    from openpyxl import Workbook

    folder, made = tmp_path_factory.mktemp("rosters"), {}
    for size in (1, 2, 3):
        for village in VILLAGES[1:]:
            book = Workbook()
            sheet = book.active
            assert sheet is not None
            sheet.append(["姓名", "身份证号", "村（社区）"])
            for name, number in list(zip(NAMES, NUMBERS, strict=True))[:size]:
                sheet.append([name, number, village])
            made[size, str(village)] = folder / f"{size}{village}.xlsx"
            book.save(made[size, str(village)])
    return made


def test_any_order_of_steps_keeps_the_content_whole(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    newest_file: Path,
    rosters: Mapping[tuple[int, str], Path],
    record_property: Callable[[str, object], None],
) -> None:
    read: dict[Path, Any] = {}

    def read_once(path: Path, *rest: Any) -> Any:
        if path not in read:
            read[path] = read_document(path, *rest)
        return read[path]

    monkeypatch.setattr(import_rows, "read_document", read_once)
    part = request.config.getoption("--soak", default=None)
    runs = max(RUNS, round(RELEASE_RUNS * part)) if part else RUNS
    Office.newest_file, Office.rosters = newest_file, rosters
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    Figures(lambda figure: record_property(PROPERTY, figure)).record(
        "D5", measured={"rows that are not what they must be": 0}, expected="0", count=runs
    )
