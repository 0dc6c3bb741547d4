"""Warnings under a field of the roster's file: looked into there, and shown as the office weighs them."""

from __future__ import annotations

from app.fields.spec import Problem
from app.services.acceptances import Acceptances
from app.services.changes import Change
from app.services.findings import Finding
from app.ui.changes import Changes
from app.ui.checks.accept_dialog import AcceptDialog
from app.ui.checks.check_runs import WITHOUT_WEIGHT
from app.ui.dialogs.ask import tell
from app.ui.pages.roster_page import RosterPage


def offer_acceptance(page: RosterPage, acceptances: Acceptances, changes: Changes) -> None:
    panel = page.panel

    def ask(problem: Problem) -> None:
        draft = panel.draft
        if not draft.uid:
            tell(page, "这份档案还没有保存。请先保存，再写核实的情况。")
            return
        record = draft.form.record
        label = record.field(problem.field).label if record.has(problem.field) else ""
        finding = Finding(draft.uid, draft.name, problem, label)

        def take(reason: str) -> None:
            changes.tell(acceptances.accept(finding, reason, draft.file.checked_values))
            page.says.emit("记下了，以后不再提示")

        AcceptDialog(f"{draft.name}　{label}", problem.message, take, page).open()

    def follow(change: Change) -> None:
        if change.kind not in WITHOUT_WEIGHT:
            panel.judge_anew()

    panel.accept_wanted.connect(ask)
    changes.changed.connect(follow)
