"""One cause that many share: how many, what they have in common, and the names behind it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.services.check_groups import Cause
from app.services.data_check import GAP
from app.ui.checks.severities import SEVERITIES
from app.ui.rights import needs
from app.ui.widgets.buttons import push_button
from app.ui.widgets.tag import Tag
from app.ui.widgets.words import label

FEW = 12
OPENS: Mapping[str, str] = {"visit": "看这次走访", "batch": "看这批发放"}


class CauseCard(QFrame):
    opened = Signal()
    """The names are wanted, or no more."""
    next_wanted = Signal()
    people_wanted = Signal(list)
    """All of them on the roster, where they can be changed together: their uids."""
    record_wanted = Signal(object)
    """The visit or payment that all of it is about: a Finding."""
    accept_wanted = Signal(list)
    """All of it was looked into: the Findings."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._cause: Cause | None = None
        self.severity = Tag("")
        self.title = label("", "section", wrap=True)
        self.message = label("", wrap=True)
        self.names = label("", "quiet", wrap=True)
        self.open_button = push_button("展开名单", self.opened.emit, "primary")
        self.next_button = push_button("下一个", self.next_wanted.emit, keys="Ctrl+Down")
        self.people = push_button("在花名册里一起改", self._show_people, keys="F2")
        self.record = push_button("", self._show_record)
        self.accept_button = push_button("全部已核实…", self._accept, keys="Ctrl+J")
        needs("edit", self.accept_button)
        self._lay_out()
        self.hide()

    def show_cause(self, cause: Cause | None, *, is_open: bool) -> None:
        self._cause = cause
        self.setVisible(cause is not None)
        if cause is None:
            return
        grade = SEVERITIES[cause.first.problem.severity]
        self.severity.set_tag(grade.word, grade.level)
        common = f"{cause.common}：" if cause.common else ""
        self.title.setText(f"{common}{cause.counted}是同一个原因")
        self.message.setText(cause.first.problem.message)
        names = list(dict.fromkeys(finding.name for finding in cause.findings))
        more = f"等 {len(names)} 人" if len(names) > FEW else ""
        self.names.setText("、".join(names[:FEW]) + more)
        self.open_button.setText("收起名单" if is_open else "展开名单")
        self.people.setVisible(bool(cause.first.uid) and not cause.first.about)
        one = len({finding.about for finding in cause.findings}) == 1
        self.record.setText(OPENS.get(cause.first.about.partition(":")[0], "") if one else "")
        self.record.setVisible(bool(self.record.text()))
        self.accept_button.setVisible(cause.first.problem.severity != "E" and cause.first.problem.code != GAP)

    def enter(self) -> None:
        """Puts the cursor on what can be done."""
        self.open_button.setFocus()

    def _show_record(self) -> None:
        if self._cause:
            self.record_wanted.emit(self._cause.first)

    def _accept(self) -> None:
        if self._cause:
            self.accept_wanted.emit(list(self._cause.findings))

    def _show_people(self) -> None:
        if self._cause:
            self.people_wanted.emit(
                list(dict.fromkeys(finding.uid for finding in self._cause.findings if finding.uid))
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.severity)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.people, self.record, self.accept_button):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.next_button)
        foot.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addWidget(self.names)
        column.addStretch(1)
        column.addLayout(foot)
