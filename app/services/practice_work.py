"""What the office of the practice township has done so far: events, reviews, judgements, filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from app.fields.actors import Actor
from app.services.desk import Desk
from app.services.findings import Finding
from app.services.practice_parts import ago
from app.services.practice_records import People
from app.services.roster_filter import Condition, RosterFilter
from app.services.saved_filters import SavedFilters
from app.services.users import UserFile

PLATFORM = "数字黔老"
Plan = Mapping[str, Any]


def do_the_work(desk: Desk, plan: Plan, people: People) -> None:
    for event in plan["events"]:
        _record(desk, event, people[event["person"]])
    for filter_ in plan["filters"]:
        conditions = tuple(Condition(**each) for each in filter_["any"])
        SavedFilters(desk.database).save(filter_["name"], RosterFilter((conditions,)))
    _accept(desk, plan["accepted"])
    for name, cells in plan["typed_in"].items():
        _type_in(desk, people[name], cells)
    _review(desk, plan, people)


def _record(desk: Desk, event: Plan, uid: str) -> None:
    """Steps that nothing is said about are as the sheet proposes."""
    answers = {"happened_on": ago(event["ago"]), **event["answers"]}
    plan = desk.events.plan(uid, event["kind"], answers)
    states = {step.code: step.proposal for step in plan} | event["steps"]
    desk.events.record(uid, event["kind"], answers, states)


def _accept(desk: Desk, accepted: Sequence[Plan]) -> None:
    findings = desk.data_check.run().findings
    for each in accepted:
        desk.acceptances.accept(_found(findings, each["person"], each["rule"]), each["reason"])


def _found(findings: Sequence[Finding], name: str, rule: str) -> Finding:
    return next(each for each in findings if (each.name, each.problem.code) == (name, rule))


def _type_in(desk: Desk, uid: str, cells: int) -> None:
    for line in desk.platform_typing.lines(uid, PLATFORM)[:cells]:
        desk.platform_typing.tick(uid, PLATFORM, line.cell.name, line.text)


def _review(desk: Desk, plan: Plan, people: People) -> None:
    """Who checks is the user himself; who approves is a colleague, as it has to be."""
    wanted = {state: [people[name] for name in names] for state, names in plan["reviews"].items()}
    returned = {people[name]: remark for name, remark in plan["returned"].items()}
    sent = wanted["reported"] + wanted["settled"] + wanted["changed"]
    desk.reviews.move([*wanted["checked"], *wanted["approved"], *sent, *returned], "review_check")
    with _a_colleague(desk, plan["colleagues"]):
        desk.reviews.move([*wanted["approved"], *sent], "review_approve")
        for uid, remark in returned.items():
            desk.reviews.move([uid], "review_return", remark)
    desk.reviews.move(sent, "review_report")
    desk.reviews.move(wanted["settled"], "review_settle")
    for uid in wanted["changed"]:
        file = desk.cadres.read(uid)
        file.values |= plan["changed_to"]
        desk.cadres.save(file)


@contextmanager
def _a_colleague(desk: Desk, names: Sequence[str]) -> Iterator[None]:
    """Stands among the people of the office without a password, where the user may give him one."""
    own = desk.database.actor
    name = next(name for name in names if name != own.name)
    file = UserFile(values={"name": name, "roles": "reviewer"})
    if desk.users.all():
        desk.users.save(file)
    desk.database.actor = Actor(file.uid, name, file.roles, "program")
    try:
        yield
    finally:
        desk.database.actor = own
