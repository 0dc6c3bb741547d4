"""操作日志: who did what and when, each field before and after; looked through, printed, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app import clock
from app.services.audit_log import AuditLog, LogLine, Verdict, said_of
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.exports import Exports
from app.services.people import Person, everybody
from app.services.search import Search
from app.ui.changes import Changes
from app.ui.dialogs.files import open_with_system
from app.ui.forms.log_state import LogState
from app.ui.icons import icon
from app.ui.log.act_panel import ActPanel
from app.ui.log.filter_bar import LogFilterBar
from app.ui.page import PageWidget
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.tables.text_table import Line, TextTable
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.words import label

HEADINGS = ("时间", "谁", "角色", "做了什么", "关于", "从哪里")
WIDEST = ("2026-11-22 06:24", "阿依古丽", "填报、管理员", "查看完整号码", "", "命令行")
"""What each column has room for; the others are shortened, and whole under the mouse."""
ACT, ABOUT = 3, 4
PADDING = 18
TABLE_WIDTH, PANEL_WIDTH = 800, 400
WORRYING = ("login_failed", "import_refused", "repair", "clock_back")
AT_ONCE = 40
"""Records of one step in the panel."""


class LogPage(PageWidget):
    def __init__(
        self,
        log: AuditLog,
        cadres: Cadres,
        search: Search,
        exports: Exports,
        changes: Changes,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._log, self._cadres, self._tasks = log, cadres, tasks
        self.state = LogState(log)
        self._seq = 0
        self._most = AT_ONCE
        self._saved: Path | None = None
        self.note = label("", "quiet")
        self.verify = push_button("核对日志", self._verify, icon=icon("ok"))
        self.report = push_button("年度报告", self._choose_year, icon=icon("print"))
        self.export = push_button("导出", self._export, icon=icon("export"))
        self.banner = Banner()
        self.filters = LogFilterBar(self.state, search.find, self._people)
        self.table = TextTable(HEADINGS)
        self.table.setObjectName("log")
        self.panel = ActPanel()
        self.empty = EmptyState("", icon=icon("clock", "quiet"), weight="")
        self.outlet = PaperOutlet(exports, tasks, self)
        self._lay_out()
        self._connect(changes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.renew()

    def opened(self, about: str = "") -> None:
        """`about` is the uid of a cadre whose steps to show."""
        if about:
            self.show_person(about)

    def show_person(self, uid: str) -> None:
        self.state.widen()
        self.state.person = uid
        self.filters.show_state()
        self.renew()

    def renew(self) -> None:
        """Reads the log again; whoever looks at a step stays there."""
        before = self._seq
        self.state.refresh()
        self.filters.show_state()
        self.table.show_lines([_shown(line) for line in self.state.lines])
        place = next((n for n, line in enumerate(self.state.lines) if line.seq == before), 0)
        if self.state.lines:
            self.table.go_to(place)
        else:
            self._seq = 0
            self.panel.clear()
        self._places.setCurrentIndex(0 if self.state.lines else 1)
        self._say()

    def _say(self) -> None:
        own = "" if self._log.sees_all else "您自己做过的每一步。"
        self.note.setText(own + self.state.said)
        narrowed = self.state.narrowed
        self.empty.say(
            "没有符合条件的步骤。换一个条件，或者看全部。" if narrowed else "这段时间没有操作。", "看全部日期"
        )

    def _read_on(self) -> None:
        bar = self.table.verticalScrollBar()
        if self.state.has_more and bar.value() >= bar.maximum() - bar.pageStep():
            self.table.texts.add([_shown(line) for line in self.state.read_on()])
            self._say()

    def _show_step(self, seq: Any) -> None:
        if seq is None:
            return
        self._most = AT_ONCE if seq != self._seq else self._most
        self._seq = seq
        self.panel.show_detail(self._log.detail(seq, self.state.person, self._most))

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show_step(self._seq)

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.banner.say("info", "正在从头核对每一步……")
        self._tasks.start(
            "核对日志",
            self._log.verify,
            self._tell_verdict,
            self._fail_to_verify,
            cancelled=self.banner.hide,
            ended=lambda: self.verify.setEnabled(True),
        )

    def _fail_to_verify(self, error: Exception) -> None:
        self.banner.hide()
        self._tasks.failed.emit(error)

    def _tell_verdict(self, verdict: Verdict) -> None:
        self._saved = None
        if verdict.problems:
            advice = "请先不要再改数据，保留这台电脑的现状，用备份核对，并报告负责人。"
            self.banner.say("error", f"{said_of(verdict)}。{advice}")
        else:
            self.banner.say("ok", f"{said_of(verdict)}。")
        self.renew()

    def _choose_year(self) -> None:
        years = self._log.years()
        if len(years) == 1:
            self.write_report(years[0])
            return
        menu = QMenu(self)
        for year in years:
            menu.addAction(f"{year} 年").triggered.connect(partial(self.write_report, year))
        menu.popup(self.report.mapToGlobal(self.report.rect().bottomLeft()))

    def write_report(self, year: str, *_: object) -> None:
        """Asks what for and where; the chain is looked through and the report made meanwhile."""
        name = f"{year}年度操作与导出情况报告.pdf"
        self.outlet.save("log_report", name, lambda progress, _: self._log.year_report(year, progress))

    def _export(self) -> None:
        wanted = self.state.wanted
        name = f"操作日志_{clock.today():%Y%m%d}.xlsx"
        self.outlet.save("log", name, lambda progress, _: self._log.workbook(wanted, progress))

    def _tell_saved(self, saved: Saved) -> None:
        self._saved = saved.path
        said = f"已保存 {saved.path}。{saved.told}"
        if saved.warnings:
            self.banner.say("warning", f"{said}{'；'.join(saved.warnings)}。", "打开")
        else:
            self.banner.say("ok", said, "打开")
        self.renew()

    def _open_saved(self) -> None:
        if self._saved:
            open_with_system(self._saved)

    def _widen(self) -> None:
        self.state.widen()
        self.renew()

    def _people(self) -> Mapping[str, Person]:
        return {person.uid: person for person in everybody(self._cadres)}

    def _on_change(self, change: Change) -> None:
        if change.kind == "cadre":
            self.filters.forget_people()

    def _connect(self, changes: Changes) -> None:
        self.filters.changed.connect(self.renew)
        self.table.moved_to.connect(self._show_step)
        self.table.verticalScrollBar().valueChanged.connect(self._read_on)
        self.panel.more_wanted.connect(self._show_more)
        self.empty.pressed.connect(self._widen)
        self.outlet.saved.connect(self._tell_saved)
        self.banner.pressed.connect(self._open_saved)
        changes.changed.connect(self._on_change)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.note, 1)
        for button in (self.verify, self.report, self.export):
            top.addWidget(button)
        self.verify.setVisible(self._log.sees_all)
        for button in (self.report, self.export):
            button.setVisible(self._log.may_take_out)
        self._set_columns()
        left = QWidget()
        self._places = QStackedLayout(left)
        self._places.addWidget(self.table)
        self._places.addWidget(self.empty)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.setProperty("look", "gap")
        parts.setHandleWidth(8)
        parts.addWidget(left)
        parts.addWidget(self.panel)
        parts.setStretchFactor(0, 1)
        parts.setSizes([TABLE_WIDTH, PANEL_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.filters)
        column.addWidget(parts, 1)

    def _set_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        self._fit_columns()
        header.setSectionResizeMode(ABOUT, QHeaderView.ResizeMode.Stretch)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "table"):
            self._fit_columns()

    def _fit_columns(self) -> None:
        metrics = self.table.fontMetrics()
        for column, text in enumerate(WIDEST):
            self.table.setColumnWidth(column, metrics.horizontalAdvance(text) + PADDING)


def _shown(line: LogLine) -> Line:
    tones = {ACT: "seal"} if line.act in WORRYING else {}
    texts = (line.time, line.actor, line.roles, line.act_label, line.about, line.source)
    return Line(line.seq, texts, {2: "quiet", 5: "quiet", **tones})
