"""表格与台账: what is offered, what is shown, where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from app.exchange.safe_write import PART
from app.fields.actors import Actor
from app.services.audit_log import LogLine
from app.services.cadres import CadreFile
from app.services.desk import Desk
from app.services.exports import Errand
from app.services.visits import VisitFile
from app.ui.changes import Changes
from app.ui.pages.papers_page import PapersPage
from app.ui.papers.export_dialog import MASKED, WHOLE, ExportDialog
from app.ui.papers.kinds import AS_BOOK, BOOK, KINDS
from app.ui.tasks import Tasks


class Bench:
    """The page over a desk, and what it has said."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.changes, self.tasks = Changes(), Tasks()
        self.page = PapersPage(
            desk.printing,
            desk.exports,
            desk.visits,
            desk.payments,
            desk.cadres,
            desk.search,
            self.changes,
            self.tasks,
        )
        qtbot.addWidget(self.page)
        self.page.resize(1200, 680)
        self.said: list[str] = []
        self.page.says.connect(self.said.append)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running)

    def show(self, about: str = "") -> PapersPage:
        self.page.opened(about)
        self.settle()
        return self.page

    def uid(self, name: str) -> str:
        return next(row.uid for row in self.desk.cadres.rows(["name"]) if row.values[0] == name)

    def answer(self, *, masked: bool | None = None) -> Errand:
        """To what is asked before a paper leaves: as it stands ready."""
        dialog = self.page.findChild(ExportDialog)
        if masked is not None:
            dialog.numbers.choose(MASKED if masked else WHOLE)
        errand = dialog.errand
        dialog.go.click()
        self.settle()
        return errand

    def logged(self, act: str) -> list[LogLine]:
        return [line for line in self.desk.log.lines() if line.act == act]

    def shown(self) -> list[list[str]]:
        model = self.page.preview.look.table.model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def bench(practice: Desk, qtbot: QtBot) -> Bench:
    return Bench(practice, qtbot)


def test_it_opens_on_the_forms_of_everybody(bench: Bench) -> None:
    page = bench.show()
    assert len(bench.shown()) == 48
    assert page.preview.look.said.text().startswith("将写出 48 个文件，一人一个")
    assert (page.preview.print.isHidden(), page.preview.open.isHidden()) == (True, False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_paper_asks_only_what_matters_to_it(bench: Bench, kind) -> None:
    page = bench.show()
    page.kinds.setCurrentRow([each.key for each in KINDS].index(kind.key))
    bench.settle()
    asked = {name for name, group in page.options._groups.items() if not group.isHidden()}
    assert asked == set(kind.options)
    assert (not page.preview.print.isHidden()) == (kind.makes == "pdf")
    assert not page.preview.save.isHidden()


def test_a_ledger_is_shown_by_its_pages(bench: Bench) -> None:
    year = bench.desk.visits.years()[0]
    page = bench.show(f"visits {year}-Q1")
    assert page.options.period.period == f"{year}-Q1"
    paper = bench.desk.printing.visit_ledger(f"{year}-Q1")
    assert (page.preview.view.pages, page.preview.bar.count.text()) == (paper.pages, f"/ {paper.pages} 页")
    assert page.kinds.currentItem().text() == "走访慰问台账"


def test_rows_a_page_are_chosen_beside_the_ledger(bench: Bench) -> None:
    year = bench.desk.visits.years()[0]
    page = bench.show(f"visits {year}")
    before = page.preview.view.pages
    page.options.rows.setCurrentIndex(1)
    page.options.rows.activated.emit(1)
    bench.settle()
    assert page.preview.view.pages > before


def test_links_from_other_pages_lead_to_their_paper(bench: Bench) -> None:
    batch = bench.desk.payments.lines()[0].uid
    page = bench.show(f"sign-off {batch}")
    assert (page.kinds.currentItem().text(), page.options.batch.currentData()) == ("签领表", batch)
    page = bench.show(f"forms {bench.uid('王𬎆')} {bench.uid('单䶮生')}")
    assert sorted(row[0] for row in bench.shown()) == ["单䶮生", "王𬎆"]
    assert page.options.who.text() == "2 人，改选…"
    bench.show("forms")
    assert len(bench.shown()) == 48


def test_all_time_is_a_period_too(bench: Bench) -> None:
    page = bench.show("visits")
    assert (page.options.period.length.key, page.options.period.period) == ("all", "")
    assert page.preview.view.pages == bench.desk.printing.visit_ledger("").pages


def test_people_are_chosen_in_a_dialog(bench: Bench) -> None:
    page = bench.show("roster")
    page.options.people.chosen.emit("chosen")
    dialog = page.choose_people()
    assert not dialog.take.isEnabled()
    dialog.choice.tick([bench.uid("王𬎆")])
    dialog.picker.changed.emit()
    dialog.take.click()
    bench.settle()
    assert [row[1] for row in bench.shown()] == ["王𬎆"]
    assert page.options.people.key == "chosen"
    page.options.people.chosen.emit("all")
    bench.settle()
    assert len(bench.shown()) == 48


def test_the_last_choice_wins_when_papers_overtake_each_other(bench: Bench) -> None:
    page = bench.page
    page.opened("visits 2025")
    page.opened("visits 1999")
    bench.settle()
    assert page.preview.view.pages == 1


def test_a_time_without_visits_is_said_instead_of_a_paper(bench: Bench) -> None:
    page = bench.show("records")
    page.options.period.set_period("1999")
    page.options.period.changed.emit("1999")
    bench.settle()
    assert "1999年没有这些人的走访记录" in page.preview.empty._sentence.text()
    assert (page.preview.save.isHidden(), page.preview.print.isHidden()) == (True, True)


def test_what_prints_badly_is_said_above_the_pages(bench: Bench) -> None:
    (uid,) = bench.desk.cadres.save(CadreFile(values={"name": "\U0010fffd某"})).uids
    bench.desk.visits.save(
        VisitFile(values={"date": "2019-02-03", "kind": "spring", "place": "\U0010fffe"}, people=[uid]),
    )
    page = bench.show("visits 2019")
    assert not page.preview.banner.isHidden()
    assert page.preview.banner.text.startswith("第1行 \U0010fffd某：“\U0010fffd”（U+10FFFD）没有字体能印")
    bench.show("visits 2025")
    assert page.preview.banner.isHidden()


def test_an_office_without_payments_is_led_to_them(bench: Bench) -> None:
    bench.desk.payments.remove([line.uid for line in bench.desk.payments.lines()])
    page = bench.show("sign-off")
    with bench.qtbot.waitSignal(page.wants_page) as asked:
        page.preview.empty.pressed.emit()
    assert asked.args == ["payments", ""]


def test_a_paper_is_saved_as_it_was_shown(bench: Bench, tmp_path: Path) -> None:
    page = bench.show("visits 2025")
    page.preview.save.click()
    bench.answer()
    dialog = page.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("梧桐镇_2025年走访慰问台账.pdf")
    dialog.fileSelected.emit(str(tmp_path / "台账.pdf"))
    dialog.reject()
    bench.settle()
    assert (tmp_path / "台账.pdf").read_bytes().startswith(b"%PDF")
    assert page.preview.banner.text == f"已保存 {tmp_path / '台账.pdf'}"
    assert bench.said == ["已保存 台账.pdf"]


def test_forms_are_saved_one_a_person_or_all_in_one(bench: Bench, tmp_path: Path) -> None:
    page = bench.show(f"forms {bench.uid('王𬎆')} {bench.uid('单䶮生')}")
    page.preview.save.click()
    errand = bench.answer()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "forms"))
    dialog.reject()
    bench.settle()
    assert len(list((tmp_path / "forms").glob("采集表_*.xlsx"))) == 2
    assert page.preview.banner.text == f"已保存 2 个文件：{tmp_path / 'forms'}"
    page.options._set("layout", BOOK)
    bench.settle()
    page.outlet.save_to(tmp_path / "book.xlsx", page._as_shown, errand)
    bench.settle()
    book = CalamineWorkbook.from_path(tmp_path / "book.xlsx")
    assert sorted(book.sheet_names) == ["单䶮生", "王𬎆"]


def test_a_folder_that_is_gone_is_told_by_its_sentence(bench: Bench, tmp_path: Path) -> None:
    page = bench.show("roster")
    with bench.qtbot.waitSignal(bench.tasks.failed) as failed:
        page.outlet.save_to(tmp_path / "gone" / "花名册.xlsx", page._as_shown, Errand("公示", "公示栏"))
    assert "找不到" in str(failed.args[0])
    bench.settle()


def test_a_paper_is_made_anew_when_the_data_changes(bench: Bench) -> None:
    page = bench.show("roster")
    page.show()
    change = bench.desk.cadres.save(CadreFile(values={"name": "新来的"}))
    bench.changes.changed.emit(change)
    bench.settle()
    assert "新来的" in [row[1] for row in bench.shown()]


def test_what_for_and_to_whom_is_asked_once_and_remembered(bench: Bench, tmp_path: Path) -> None:
    page = bench.show("roster")
    page.preview.save.click()
    dialog = page.findChild(ExportDialog)
    assert (dialog.windowTitle(), dialog.errand) == (
        "保存花名册",
        Errand("本单位工作", "梧桐镇人民政府", masked=True),
    )
    dialog.purpose.setCurrentIndex(dialog.purpose.findText("其他…"))
    dialog.purpose.activated.emit(dialog.purpose.currentIndex())
    assert not dialog.go.isEnabled()
    dialog.words.setText("县人大代表视察")
    dialog.recipient.setText("县人大办")
    bench.answer()
    page.findChild(QFileDialog).reject()
    page.preview.save.click()
    again = page.findChildren(ExportDialog)[-1]
    assert again.errand == Errand("县人大代表视察", "县人大办", masked=True)
    again.reject()


def test_another_purpose_has_another_receiver(bench: Bench) -> None:
    page = bench.show("roster")
    page.preview.save.click()
    dialog = page.findChild(ExportDialog)
    for words, receiver in (("上报县委老干部局", "练习县委老干部局"), ("本人要求", "本人")):
        dialog.purpose.setCurrentIndex(dialog.purpose.findText(words))
        dialog.purpose.activated.emit(dialog.purpose.currentIndex())
        assert dialog.recipient.text() == receiver
    dialog.reject()


def test_a_paper_without_numbers_does_not_ask_about_them(bench: Bench) -> None:
    page = bench.show("visits 2025")
    page.preview.print.click()
    dialog = page.findChild(ExportDialog)
    assert dialog.numbers.parent() is None
    assert not dialog.errand.masked
    dialog.reject()


def test_a_roster_leaves_with_the_ends_of_its_numbers_unless_they_are_wanted_whole(
    bench: Bench, tmp_path: Path
) -> None:
    number = next(row.values[0] for row in bench.desk.cadres.rows(["id_number"]) if row.values[0])
    page = bench.show("roster")
    for masked in (True, False):
        page.preview.save.click()
        bench.answer(masked=masked)
        dialog = page.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(tmp_path / "花名册.xlsx"))
        dialog.reject()
        bench.settle()
    ends, whole = (CalamineWorkbook.from_path(path) for path in sorted(tmp_path.glob("*.xlsx")))
    cells = [
        {
            cell
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        }
        for book in (ends, whole)
    ]
    assert [number in held for held in cells] == [False, True]
    assert f"**************{number[-4:]}" in cells[0]
    logged = bench.logged("export")
    assert [(line.details["file"], line.details["masked"]) for line in logged] == [
        ("花名册_2.xlsx", False),
        ("花名册.xlsx", True),
    ]


def test_whole_numbers_on_a_previewed_page_stand_in_the_log(bench: Bench) -> None:
    batch = bench.desk.payments.lines()[0]
    page = bench.show(f"sign-off {batch.uid}")
    assert bench.logged("reveal") == []
    page.options.masked.click()
    bench.settle()
    assert [line.about for line in bench.logged("reveal")] == [
        f"梧桐镇_{batch.values['title']}_签领表（预览）"
    ]


def test_a_public_notice_is_a_pdf_or_a_workbook(bench: Bench) -> None:
    page = bench.show()
    page.kinds.setCurrentRow([kind.key for kind in KINDS].index("public"))
    bench.settle()
    assert page.preview.view.pages > 0
    page.options.file.chosen.emit(AS_BOOK)
    bench.settle()
    assert bench.page.preview.look.said.text().endswith("公示表.xlsx：47 行，5 栏")
    assert page.preview.print.isHidden()


def test_what_a_broken_writing_left_beside_the_paper_is_offered_for_deletion(
    bench: Bench, tmp_path: Path
) -> None:
    left = tmp_path / f"旧花名册.xlsx{PART}"
    left.write_bytes(b"half")
    page = bench.show("visits 2025")
    for _ in range(2):
        page.outlet.save_to(tmp_path / "台账.pdf", page._as_shown, Errand("公示", "公示栏"))
        bench.settle()
    (box,) = page.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == "删掉").click()
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in {".pdf", ".part"}) == [
        "台账.pdf",
        "台账_2.pdf",
    ]


def test_whoever_may_take_nothing_out_can_only_look(bench: Bench) -> None:
    bench.desk.database.actor = Actor("r", "查阅的人", ("reader",), "window")
    page = bench.show("visits 2025")
    assert page.preview.view.pages > 0
    assert not any(button.isEnabled() for button in (page.preview.print, page.preview.save))
    with bench.qtbot.waitSignal(bench.tasks.failed) as failed:
        page.outlet.ask("ledger", "打印", lambda _: None)
    assert "您的角色不能“导出”" in str(failed.args[0])
