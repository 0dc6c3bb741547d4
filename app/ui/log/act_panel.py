"""One step beside the list: who did what, and each field before and after."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from app.services.audit_log import ActDetail, LogLine, RecordChange
from app.ui.icons import icon
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.tag import Level, Tag
from app.ui.widgets.words import Facts, Look, label, rule

LEVELS: dict[str, Level] = {"新增": "ok", "修改": "info", "删除": "warning"}
ARROW = "→"


class ActPanel(QFrame):
    """`more_wanted` is pressed for what a long step does not list at once."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.title = label("", "section", wrap=True)
        self.facts = Facts()
        self._changes = QVBoxLayout()
        self._changes.setSpacing(10)
        self.more = push_button("", self.more_wanted.emit, "link")
        self.empty = EmptyState("在左边点一步，这里显示改前改后的内容。", icon=icon("list", "quiet"))
        self._lay_out()

    def clear(self) -> None:
        self._places.setCurrentIndex(1)

    def show_detail(self, detail: ActDetail) -> None:
        self.title.setText(f"{detail.line.act_label}　{detail.line.about}".strip())
        self.facts.show_facts([*_who(detail.line), *detail.facts])
        self._empty_changes()
        for change in detail.records:
            self._changes.addWidget(rule())
            self._changes.addWidget(_record(change))
        if not detail.records and detail.line.rows:
            self._changes.addWidget(rule())
            self._changes.addWidget(label("没有改动看得见的内容，只动了程序内部的编号。", "quiet", wrap=True))
        self.more.setText(f"还有 {detail.more} 条记录，再看一些")
        self.more.setVisible(bool(detail.more))
        self._places.setCurrentIndex(0)

    def _empty_changes(self) -> None:
        while item := self._changes.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setProperty("look", "ground")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(10)
        inside.addWidget(self.title)
        inside.addWidget(self.facts)
        inside.addLayout(self._changes)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        self._places = QStackedLayout(self)
        self._places.setContentsMargins(1, 1, 1, 1)
        self._places.addWidget(scrolled(ground))
        self._places.addWidget(self.empty)
        self.clear()


def _who(line: LogLine) -> Iterable[tuple[str, str]]:
    who = f"{line.actor}（{line.roles}）" if line.roles else line.actor
    return (
        ("谁", who),
        ("时间", line.at[:19].replace("T", " ")),
        ("从哪里", line.source),
        ("第几步", f"{line.seq:,}"),
    )


def _record(change: RecordChange) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(change.title, wrap=True), 1)
    head.addWidget(Tag(change.operation, LEVELS[change.operation]), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    if change.fields:
        column.addLayout(_fields(change))
    return made


def _fields(change: RecordChange) -> QGridLayout:
    """Only a changed record has two sides; the other one of a new or a removed record is nothing."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    both = change.operation == "修改"
    grid.setColumnMinimumWidth(0, 76)
    for column in (1, 3) if both else (1,):
        grid.setColumnStretch(column, 1)
    for row, field in enumerate(change.fields):
        name = label(field.label, "quiet", wrap=True)
        name.setMaximumWidth(112)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        if both:
            grid.addWidget(_value(field.old, "quiet"), row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(ARROW, "quiet"), row, 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(field.new, ""), row, 3, Qt.AlignmentFlag.AlignTop)
        else:
            grid.addWidget(_value(field.new or field.old, ""), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _value(text: str, look: Look) -> QLabel:
    shown = label(text or "（空）", look if text else "quiet", wrap=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
