"""Merging and splitting on the roster: two that are selected, somebody who looks alike, a file with aliases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.services.changes import Change
from app.services.merging import Merged, Merging
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.duplicates.split_question import ask_split
from app.ui.pages.roster_page import RosterPage
from app.ui.roster.file_acts import FileAct, ListAct

HINT = "先按住 Ctrl 在名单里选两个人"
TWO_WANTED = "请先在名单里选两个人（按住 Ctrl 点两行），再合并。"
NEVER_MERGED = "这份档案没有合并过，不用拆。"
SAVE_FIRST = "请先保存或还原这份档案，再对照合并。"


def offer_merging(
    page: RosterPage, merging: Merging, changes: Changes, compare: Callable[[object], object]
) -> None:
    """`compare` opens the comparison on two uids."""
    panel = page.panel

    def merge(uids: Sequence[str]) -> None:
        chosen = page.list.uids
        if len(chosen) != 2 or set(chosen) != set(uids):
            page.says.emit(TWO_WANTED)
        elif panel.changed:
            page.says.emit(SAVE_FIRST)
        else:
            compare(list(chosen))

    def merge_with(other: str) -> None:
        if panel.changed:
            ask.tell(page, SAVE_FIRST)
        else:
            compare([panel.uid, other])

    panel.look_alikes.other_names = merging.other_names
    panel.alikes.whose = lambda: panel.uid
    panel.alikes.compare_wanted.connect(merge_with)
    page.acts.append(ListAct("合并选中的两人…", merge, "people", hint=HINT))
    split = partial(_split, page, merging, changes)
    panel.acts.append(
        FileAct("拆回合并前的两份…", split, "undo", applies=lambda uid: bool(uid and merging.merged(uid)))
    )


def _split(page: RosterPage, merging: Merging, changes: Changes, uid: str) -> None:
    """The newest merge first: what was merged later has to be taken back before."""
    found = merging.merged(uid)
    if not found:
        page.says.emit(NEVER_MERGED)
    elif len(found) == 1:
        _ask(page, merging, changes, found[0])
    else:
        choices = [(each.name, partial(_ask, page, merging, changes, each)) for each in found[:3]]
        ask.choose(page, "拆出哪一份？", [*choices, ("不拆", lambda: None)])


def _ask(page: RosterPage, merging: Merging, changes: Changes, merged: Merged) -> None:
    def after(change: Change) -> None:
        changes.tell(change)
        page.says.emit("已拆回两份档案")

    ask_split(page, merging, merged.uid, merged.name, merged.kept_name, after)
