from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import icons
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.filter_tree import Choice, FilterTree, Group
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.ring import ProgressRing
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments
from app.ui.widgets.splitter import KeptSplitter
from app.ui.widgets.words import BigNumber, Facts

GENERIC = ("from app.ui.widgets", "from app.ui.pdf_document")
"""Parts that would do in any program."""
GROUPS = [
    Group("kind", "类别", [Choice("1", "离休", 4), Choice("2", "退休", 46)]),
    Group("village", "村", [Choice("东门村", "东门村", 9)]),
]


def texts(widget: QWidget) -> list[str]:
    return [
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()
    ]


def test_widgets_know_nothing_of_this_program() -> None:
    folder = Path(__file__).parent.parent.parent / "app" / "ui" / "widgets"
    foreign = [
        f"{file.name}: {line}"
        for file in folder.glob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from app", "import app")) and not line.startswith(GENERIC)
    ]
    assert foreign == []


def test_a_banner_says_its_level_in_a_word_and_a_sign(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.say("warning", "有 3 个人的证件号校验不符。", "去看")
    assert texts(banner) == ["!", "注意：", "有 3 个人的证件号校验不符。"]
    with qtbot.waitSignal(banner.pressed):
        qtbot.mouseClick(banner.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_an_empty_list_says_what_belongs_there(qtbot: QtBot) -> None:
    empty = EmptyState("还没有发放批次。", "新建批次", icons.icon("payment"))
    qtbot.addWidget(empty)
    assert "还没有发放批次。" in texts(empty)
    with qtbot.waitSignal(empty.pressed):
        qtbot.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_a_chip_can_be_taken_away(qtbot: QtBot) -> None:
    chip = Chip("东门村", icons.icon("close"))
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip.findChild(QToolButton), Qt.MouseButton.LeftButton)


def test_words_flow_on_to_the_next_line(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    flow = FlowLayout(ground, spacing=10)
    for _ in range(3):
        part = QWidget()
        part.setFixedSize(100, 30)
        flow.addWidget(part)
    assert flow.heightForWidth(320) == 30
    assert flow.heightForWidth(220) == 70
    flow.setGeometry(QRect(0, 0, 220, 70))
    assert [flow.itemAt(place).geometry().topLeft().toTuple() for place in range(3)] == [
        (0, 0),
        (110, 0),
        (0, 40),
    ]
    flow.clear()
    assert flow.count() == 0


def test_the_ring_keeps_to_its_bounds_and_can_be_pressed(qtbot: QtBot) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)
    ring.set_percent(140)
    assert ring.percent == 100
    assert not ring.grab().isNull()
    with qtbot.waitSignal(ring.clicked):
        qtbot.keyClick(ring, Qt.Key.Key_Space)


def test_the_photo_frame_shows_what_it_can_read(qtbot: QtBot) -> None:
    frame = PhotoFrame()
    qtbot.addWidget(frame)
    frame.show_picture(b"no picture at all")
    assert frame.is_empty
    photo = next((Path(__file__).parent.parent / "samples" / "照片").glob("*.jpg"))
    frame.show_picture(photo.read_bytes())
    assert not frame.is_empty
    assert not frame.grab().isNull()


def test_escape_empties_a_search_and_the_arrow_goes_on(qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    asked: list[str] = []
    field.asked.connect(asked.append)
    qtbot.keyClicks(field, "zg ")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert asked == ["z", "zg", "zg", ""]
    with qtbot.waitSignal(field.moved_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_one_segment_is_taken(qtbot: QtBot) -> None:
    segments = Segments([("all", "全部"), ("gaps", "只看缺项")])
    qtbot.addWidget(segments)
    assert segments.key == "all"
    with qtbot.waitSignal(segments.chosen) as chosen:
        qtbot.mouseClick(segments.findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["gaps"]
    with qtbot.waitSignal(segments.chosen) as chosen:
        qtbot.keyClick(segments, Qt.Key.Key_Left)
    assert chosen.args == ["all"]


def test_a_splitter_stands_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    def splitter() -> KeptSplitter:
        made = KeptSplitter(settings, "roster")
        qtbot.addWidget(made)
        made.put([(QWidget(), 200), (QWidget(), 400)])
        made.resize(605, 100)
        made.show()
        return made

    first = splitter()
    first.moveSplitter(150, 1)
    assert splitter().sizes() == first.sizes()
    assert first.sizes()[0] == 150


def test_big_numbers_open_by_mouse_and_key(qtbot: QtBot) -> None:
    number = BigNumber("本年走访", "38", "人次")
    qtbot.addWidget(number)
    number.set_number("39")
    assert texts(number) == ["39", "人次", "本年走访"]
    with qtbot.waitSignal(number.pressed):
        qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(number.pressed):
        qtbot.keyClick(number, Qt.Key.Key_Return)


def test_facts_replace_each_other_and_show_gaps(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.show_facts([("单位", "镇政府"), ("电话", "")])
    assert texts(facts) == ["单位", "镇政府", "电话", "—"]


def test_names_with_angle_brackets_are_not_markup(qtbot: QtBot) -> None:
    card = Card("<b>张三</b>")
    qtbot.addWidget(card)
    assert texts(card) == ["<b>张三</b>"]
    assert card.findChildren(QLabel)[0].textFormat() == Qt.TextFormat.PlainText


@pytest.fixture
def tree(qtbot: QtBot) -> FilterTree:
    made = FilterTree()
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.show_groups(GROUPS)
    return made


def marked(tree: FilterTree) -> list[str]:
    heads = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    lines = [head.child(place) for head in heads for place in range(head.childCount())]
    return [line.text(0) for line in lines if line.checkState(0) == Qt.CheckState.Checked]


def test_a_press_tells_what_was_pressed_and_marks_nothing_by_itself(qtbot: QtBot, tree: FilterTree) -> None:
    tree.show()
    index = tree.model().index(1, 0, tree.model().index(0, 0))
    with qtbot.waitSignal(tree.pressed_condition) as pressed:
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())
    assert pressed.args == [("kind", "2")]
    assert marked(tree) == []


def test_counts_read_again_keep_what_is_chosen_and_folded(tree: FilterTree) -> None:
    tree.choose([("kind", "2")])
    tree.topLevelItem(1).setExpanded(False)
    tree.show_groups(GROUPS)
    assert marked(tree) == ["退休"]
    assert tree.topLevelItem(0).isExpanded()
    assert not tree.topLevelItem(1).isExpanded()
    assert not tree.grab().isNull()
