"""操作日志: what is listed, what a step shows, looking through, papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.services.desk import Desk
from app.services.readings import search_key
from app.ui.changes import Changes
from app.ui.forms.log_state import DAYS
from app.ui.pages.log_page import LogPage
from app.ui.pages.settings_page import SettingsPage
from app.ui.papers.export_dialog import ExportDialog
from app.ui.program import Program
from app.ui.tasks import Tasks
from app.ui.widgets.chip import Chip
from app.ui.wiring.settings import settings_sections
from tests.desks import ACTOR
from tests.reports.reading import text as text_of


class Bench:
    """The page over the practice township's log."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.changes, self.tasks = Changes(), Tasks()
        self.page = LogPage(desk.log, desk.cadres, desk.search, desk.exports, self.changes, self.tasks)
        qtbot.addWidget(self.page)
        self.page.resize(1240, 600)
        self.page.show()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running)

    def shown(self, column: int = 3) -> list[str]:
        return [line.texts[column] for line in self.page.table.texts.lines]

    def told(self) -> list[str]:
        """All words of the panel that can be seen."""
        self.let_go()
        QApplication.processEvents()
        return [each.text() for each in self.page.panel.findChildren(QLabel) if each.isVisible()]

    def let_go(self) -> None:
        """What was taken away is gone."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def chips(self) -> list[Chip]:
        self.let_go()
        return self.page.filters.findChildren(Chip)

    def choose(self, box, word: str) -> None:
        box.setCurrentIndex(box.findText(word))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def bench(practice: Desk, qtbot: QtBot) -> Bench:
    return Bench(practice, qtbot)


def changed(desk: Desk) -> str:
    """Somebody's address is changed; the uid."""
    row = desk.cadres.rows(["name"])[0]
    file = desk.cadres.read(row.uid)
    file.values |= {"home_address": "东门村三组", "id_number": "52999919410203002X"}
    desk.cadres.save(file)
    return row.uid


def test_the_newest_step_is_on_top_with_old_and_new_beside(bench):
    changed(bench.desk)
    bench.page.renew()
    bench.page.table.go_to(0)
    assert bench.shown()[0] == "保存档案"
    told = bench.told()
    assert {"东门村三组", "→", "****002X", "修改"} <= set(told)
    assert not any("52999919410203002X" in word for word in told)


def test_it_is_narrowed_and_widened_again(bench):
    bench.choose(bench.page.filters.group, "登录")
    assert bench.shown() == []
    assert bench.page.empty.isVisible()
    assert not any(
        each.text() == "修改" for each in bench.page.panel.findChildren(QLabel) if each.isVisible()
    )
    bench.page.empty.findChild(QPushButton).click()
    assert len(bench.shown()) > 50
    assert bench.page.filters.group.currentText() == "全部操作"


def test_kinds_of_records_and_who_can_be_chosen(bench):
    bench.choose(bench.page.filters.kind, "发放")
    assert set(bench.shown()) == {"记发放"}
    bench.choose(bench.page.filters.actor, "林晓芸")
    assert set(bench.shown(1)) == {"林晓芸"}


def test_words_are_looked_for_when_the_typing_rests(bench):
    changed(bench.desk)
    bench.page.filters.text.setText("东门村三组")
    bench.qtbot.waitUntil(lambda: bench.shown() == ["保存档案"])
    assert bench.page.note.text() == "今年 1 步"


def test_enter_looks_for_the_words_at_once(bench):
    bench.page.filters.text.setText("没有这样的词")
    bench.qtbot.keyClick(bench.page.filters.text, Qt.Key.Key_Return)
    assert bench.shown() == []


def test_somebody_is_found_by_pinyin_and_taken_away_again(bench):
    field = bench.page.filters.person
    name = bench.desk.cadres.rows(["name"])[3].values[0]
    bench.qtbot.keyClicks(field, search_key(name).split()[0])
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    chips = bench.chips()
    assert [chip.text for chip in chips] == [f"只看与 {name} 有关的"]
    assert 0 < len(bench.shown()) < 12
    chips[0].removed.emit()
    assert len(bench.shown()) > 50


def test_days_can_be_chosen(bench):
    filters = bench.page.filters
    bench.choose(filters.period, "自选日期")
    assert filters.since.isVisible()
    assert len(bench.shown()) > 50
    for since, until in (("2020", "2020"), ("", "2020.3"), ("2020.13", "2020")):
        filters.since.setText(since)
        filters.until.setText(until)
        filters.until.editingFinished.emit()
        assert (bench.page.state.period, bench.shown()) == (DAYS, [])
    assert (filters.since.property("problem"), filters.since.toolTip()[:3]) == ("E", "“20")


def test_drafts_are_listed_when_asked_for(bench):
    bench.desk.drafts.keep("cadre:new", {"name": "王"})
    bench.page.renew()
    assert "留草稿" not in bench.shown()
    bench.page.filters.drafts.click()
    assert bench.shown()[0] == "留草稿"


def test_scrolling_to_the_end_reads_on(bench, monkeypatch):
    monkeypatch.setattr("app.ui.forms.log_state.PAGE", 20)
    bench.page.renew()
    assert len(bench.shown()) == 20
    bar = bench.page.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(bench.shown()) > 50
    assert bench.page.table.texts.rowCount() == len(bench.shown())


def test_the_step_one_looks_at_stays_when_more_is_written(bench):
    bench.page.table.go_to(2)
    seq = bench.page.table.key
    bench.desk.database.record("login")
    bench.page.renew()
    assert bench.page.table.key == seq


def test_looking_through_says_the_result_and_stands_in_the_log(bench):
    bench.page.verify.click()
    bench.settle()
    assert "链完整；存证码" in bench.page.banner.text
    assert bench.shown()[0] == "核对日志"
    assert bench.page.verify.isEnabled()


def test_a_log_that_was_changed_is_told_with_what_to_do(bench):
    with bench.desk.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_act_no_update"))
        connection.execute(text("UPDATE audit_act SET actor = '别人' WHERE seq = 5"))
    bench.page.verify.click()
    bench.settle()
    assert "第 5 步" in bench.page.banner.text
    assert "报告负责人" in bench.page.banner.text
    assert bench.page.banner.property("banner") == "error"


def answer(bench: Bench) -> QFileDialog:
    """What for, as it stands ready; then the question where."""
    asked = bench.page.findChild(ExportDialog)
    assert asked is not None
    asked.go.click()
    dialog = bench.page.findChild(QFileDialog)
    assert dialog is not None
    return dialog


def save_as(bench: Bench, target: Path) -> None:
    dialog = answer(bench)
    dialog.fileSelected.emit(str(target))
    dialog.close()
    bench.settle()


def test_the_report_is_made_saved_and_logged(bench, tmp_path: Path):
    bench.page.report.click()
    save_as(bench, tmp_path / "报告.pdf")
    assert "年度操作与导出情况报告" in text_of(tmp_path / "报告.pdf")
    assert bench.page.banner.text.startswith("已保存")
    assert bench.shown()[:2] == ["导出", "核对日志"]


def test_with_a_log_of_several_years_one_is_chosen(bench, monkeypatch):
    monkeypatch.setattr(bench.page._log, "years", lambda: ["2027", "2026"])
    bench.page.report.click()
    menu = bench.page.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["2027 年", "2026 年"]
    menu.actions()[1].trigger()
    dialog = answer(bench)
    assert "2026年度" in dialog.selectedFiles()[0]
    dialog.close()
    menu.close()


def test_the_list_goes_out_as_it_is_narrowed(bench, tmp_path: Path):
    bench.choose(bench.page.filters.kind, "发放")
    count = len(bench.shown())
    bench.page.export.click()
    save_as(bench, tmp_path / "日志.xlsx")
    assert (tmp_path / "日志.xlsx").exists()
    line = next(line for line in bench.desk.log.lines() if line.act == "export")
    assert (line.details["kind"], line.details["rows"]) == ("log", count)
    assert line.details["purpose"] == "本单位工作"


def test_who_fills_in_sees_his_own_steps_and_takes_nothing_out(practice: Desk, qtbot: QtBot):
    practice.database.actor = replace(ACTOR, uid="somebody", name="别人", roles=("preparer",))
    practice.database.record("login")
    bench = Bench(practice, qtbot)
    assert bench.shown() == ["登录"]
    assert bench.page.note.text().startswith("您自己做过的每一步")
    page = bench.page
    assert not any(each.isVisible() for each in (page.verify, page.report, page.export, page.filters.actor))


def test_a_long_step_shows_the_rest_when_asked(bench, monkeypatch):
    monkeypatch.setattr("app.ui.pages.log_page.AT_ONCE", 10)
    seq = next(line.seq for line in bench.desk.log.lines() if line.rows > 60)
    bench.page.state.lines = []
    bench.page._show_step(seq)
    before = len(bench.told())
    bench.page.panel.more.click()
    assert len(bench.told()) > before


def test_an_export_says_for_what_and_to_whom(bench):
    details = {
        "purpose": "上报",
        "recipient": "县委老干部局",
        "sha256": "ab12" * 16,
        "size": 2048,
        "masked": True,
    }
    bench.desk.database.record("export", "花名册", details)
    bench.page.renew()
    bench.page.table.go_to(0)
    told = bench.told()
    for said in ("县委老干部局", "2.0 KB", "是", "ab12ab12 " * 7 + "ab12ab12"):
        assert said in told


def test_all_steps_about_a_cadre_are_shown_when_asked_for(bench):
    uid = changed(bench.desk)
    bench.page.opened(uid)
    assert bench.shown()[0] == "保存档案"
    assert bench.page.state.person == uid


def test_it_is_a_tab_of_the_settings_for_who_may_read_it(
    practice: Desk, open_program: Callable[[Path, Desk], Program]
):
    program = open_program(practice.folder, practice)
    program.window.open("settings", "log")
    settings = program.window.page("settings")
    assert isinstance(settings, SettingsPage)
    assert isinstance(settings.section("log"), LogPage)
    practice.database.actor = replace(ACTOR, roles=("reader",))
    assert "log" not in [section.key for section in settings_sections(program.around, QWidget, QWidget)]
