"""On no page of the practice township, and of no file that is taken in, can a whole number be read unasked.

Every text that a widget or a model could show is looked at, not only what is in sight.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.fields.masking import covered
from app.services.cadres import Cadres
from app.services.desk import Desk
from app.services.payments import Payments
from app.services.visits import Visits
from app.ui.forms.payment_draft import OWN
from app.ui.pages.import_page import COLUMNS, ImportPage
from app.ui.pages.papers_page import PapersPage
from app.ui.pages.payments_page import PaymentsPage
from app.ui.pages.roster_page import RosterPage
from app.ui.papers.kinds import KINDS
from app.ui.program import Program
from app.ui.roster.column_sets import COLUMNS as ROSTER_COLUMNS
from app.ui.roster.sections import TABS
from app.ui.tables.record_table import UID_ROLE, VALUE_ROLE

SAMPLES = Path(__file__).parent.parent / "samples"
WORDS = (
    "text",
    "toolTip",
    "windowTitle",
    "accessibleName",
    "accessibleDescription",
    "placeholderText",
    "plainText",
)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    VALUE_ROLE,
)
assert UID_ROLE not in ROLES
UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The value of a column that finds its words by the person; by chance it may be nearly all digits."""


def texts_of(root: QWidget) -> Iterator[str]:
    """Everything under it that somebody could read, hover over, or hear."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (str(widget.property(word) or "") for word in WORDS)
        yield from (action.text() + action.toolTip() for action in widget.actions())
        if isinstance(widget, QTabBar):
            yield from (widget.tabText(place) + widget.tabToolTip(place) for place in range(widget.count()))
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            yield from cells_of(widget.model())


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    yield from (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)
    for row in range(model.rowCount()):
        for column in columns:
            yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


def readable(root: QWidget, numbers: set[str]) -> list[str]:
    """Texts in which a whole number stands: one of the known ones, or anything like one."""
    return sorted(
        {
            text
            for text in texts_of(root)
            if not UID.fullmatch(text)
            if covered(text) != text or any(number in text for number in numbers)
        }
    )


@pytest.fixture
def numbers(practice: Desk) -> set[str]:
    """Identity and card numbers of the whole township."""
    kept = {value for row in practice.cadres.rows(["id_number", "bank_account"]) for value in row.values}
    paid = {row.get("bank_account") for batch in practice.payments.read_all() for row in batch.payments}
    return {number for number in kept | paid if number}


@pytest.fixture
def program(practice: Desk, application: QApplication, qtbot: QtBot) -> Iterator[Program]:
    running = Program(practice.folder, application)
    running.begin(practice)
    yield running
    running.stop_work()
    running.retire()


def page_of(program: Program, key: str, kind: type[QObject]) -> QWidget:
    program.window.open(key)
    (page,) = [made for made in program.window.made_pages if isinstance(made, kind)]
    return page


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.tasks.running, timeout=30_000)


def test_the_search_for_whole_numbers_finds_them(qtbot: QtBot, program: Program, numbers: set[str]) -> None:
    page = page_of(program, "roster", RosterPage)
    page.list.table.records.reveal(page.list.shown_uids[0], "id_number")
    assert len(numbers) > 48
    assert len(readable(page, numbers)) == 1


def test_no_page_as_it_opens_shows_a_whole_number(qtbot: QtBot, program: Program, numbers: set[str]) -> None:
    for key in program.keys:
        program.window.open(key)
        settle(program, qtbot)
        assert readable(program.window, numbers) == [], key


def test_no_tab_of_a_file_shows_one(qtbot: QtBot, program: Program, numbers: set[str]) -> None:
    page = page_of(program, "roster", RosterPage)
    page.list.table.show_columns(ROSTER_COLUMNS)
    for uid in page.list.shown_uids[:3]:
        page.list.go_to(uid)
        qtbot.waitUntil(lambda uid=uid: page.panel.uid == uid)
        for place in range(len(TABS) + 1):
            page.panel.tabs.choose(place)
        assert readable(page, numbers) == []
    assert page.panel.findChild(QWidget, "bank_account").number in numbers


def test_neither_a_list_of_payments_nor_its_editor_shows_one(
    qtbot: QtBot, program: Program, numbers: set[str]
) -> None:
    page = page_of(program, "payments", PaymentsPage)
    assert {text[-4:] for text in texts_of(page.lines.table) if text.startswith("****")} != set()
    assert readable(page, numbers) == []
    page.edit_batch()
    assert readable(page, numbers) == []


def test_no_paper_that_is_looked_at_as_a_list_shows_one(
    qtbot: QtBot, program: Program, numbers: set[str]
) -> None:
    page = page_of(program, "papers", PapersPage)
    settle(program, qtbot)
    for place, kind in enumerate(KINDS):
        if kind.makes != "pdf":
            page.kinds.setCurrentRow(place)
            settle(program, qtbot)
            assert page.preview.look.table.model().rowCount() > 0, kind.key
            assert readable(page, numbers) == [], kind.key


@pytest.mark.parametrize("file", ["花名册_卫城镇.xlsx", "春节慰问金发放表_2026.csv", "退休教师花名册.xls"])
def test_no_step_of_taking_a_file_in_shows_one(
    qtbot: QtBot, program: Program, numbers: set[str], tmp_path: Path, file: str
) -> None:
    page = page_of(program, "import", ImportPage)
    page.read(Path(shutil.copy(SAMPLES / file, tmp_path)))
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=30_000)
    page.go_on()
    assert readable(page, numbers) == []
    for place in range(min(5, len(page.piles.doubts.table.texts.lines))):
        page.piles.doubts.table.go_to(place)
        assert readable(page.piles.doubts, numbers) == []


def test_tables_that_are_typed_into_hold_no_number_to_cover() -> None:
    """Their cells open with one press, so a secret field would need a way of asking there first."""
    fields = [field for record in Cadres.parts.values() for field in record.fields]
    fields += [Payments.payment.field(name) for name in OWN] + list(Visits.record.fields)
    assert [field.label for field in fields if field.kind.secret] == []
