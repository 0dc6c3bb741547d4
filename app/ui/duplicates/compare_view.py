"""Two files side by side, which of them is kept, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.fields import dates
from app.services.duplicate_evidence import Pair, Someone
from app.services.pictures import Pictures
from app.ui.duplicates.merge_state import MergeState
from app.ui.duplicates.merge_table import MergeTable
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

PORTRAIT = QSize(54, 72)
MERGE_KEYS = "Ctrl+Return"
KEYS = "↑↓ 换行　← → 选左右　B 两边都留　空格 要或不要　Ctrl+Enter 合并　N 不是同一个人"


class CompareView(QWidget):
    merge_wanted = Signal()
    two_wanted = Signal()
    """They are two people."""
    next_wanted = Signal()
    keep_wanted = Signal(str)
    """'left' or 'right'."""
    open_wanted = Signal(str)

    def __init__(self, state: MergeState, pictures: Pictures) -> None:
        super().__init__()
        self._state = state
        self.faces = (_Face(pictures), _Face(pictures))
        self.keep = Segments([("left", "留左边这份"), ("right", "留右边这份")])
        self.reason = label("", "section", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.banner = Banner()
        self.table = MergeTable(state)
        self.two = push_button("不是同一个人", self.two_wanted.emit, icon=icon("people"), keys="N")
        self.next = push_button("下一对", self.next_wanted.emit, "quiet", keys="Ctrl+PgDown")
        self.merge = push_button("合并成一人", self.merge_wanted.emit, "primary", keys=MERGE_KEYS)
        needs("edit", self.two, self.merge, self.keep)
        self._lay_out()
        self.keep.chosen.connect(self.keep_wanted)
        self.table.chosen.connect(self.show_state)
        for face in self.faces:
            face.open_wanted.connect(self.open_wanted)

    def show_pair(self, pair: Pair, note: str) -> None:
        """As the state has it."""
        for face, person in zip(self.faces, (pair.one, pair.other), strict=True):
            face.show_person(person)
        sure = f"{pair.how_sure}：" if pair.certainty else ""
        self.reason.setText(sure + pair.reason)
        self.note.setText(note)
        self.table.renew()
        self.show_state()

    def show_state(self) -> None:
        """What stands in the way, and what to know before."""
        state = self._state
        if state.plan is None:
            return
        self.keep.choose(state.kept)
        self.keep.setEnabled(not state.plan.must_keep and not state.plan.refusal)
        self.keep.setToolTip(state.plan.must_keep)
        self.merge.setEnabled(not state.obstacle)
        told = " ".join([state.obstacle] if state.obstacle else state.hints)
        self.banner.setVisible(bool(told))
        if told:
            self.banner.say("warning" if state.obstacle else "info", told)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("look", "card")
        line = QHBoxLayout(head)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(12)
        line.addWidget(self.faces[0], 3)
        line.addLayout(self._middle(), 2)
        line.addWidget(self.faces[1], 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(KEYS, "small"), 1)
        for button in (self.next, self.two, self.merge):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _middle(self) -> QVBoxLayout:
        middle = QVBoxLayout()
        middle.setSpacing(4)
        for word in (self.reason, self.note):
            word.setAlignment(Qt.AlignmentFlag.AlignCenter)
            middle.addWidget(word)
        asked = label("保留哪份档案", "quiet")
        middle.addWidget(asked, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignHCenter)
        return middle


class _Face(QWidget):
    """One of the two: portrait, name, what tells them apart."""

    open_wanted = Signal(str)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures, self._uid = pictures, ""
        self.photo = PhotoFrame(PORTRAIT)
        self.photo.setAcceptDrops(False)
        self.photo.setToolTip("打开这份档案")
        self.photo.clicked.connect(lambda: self.open_wanted.emit(self._uid))
        self.name = label("", "section")
        self.facts: QLabel = label("", "quiet", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.photo)
        line.addLayout(words, 1)

    def show_person(self, person: Someone) -> None:
        self._uid = person.uid
        self.photo.show_picture(self._pictures.content(person.photo or None))
        self.name.setText(person.name)
        born = f"{dates.show(person.birth_date)} 生" if person.birth_date else "出生年月未填"
        tail = f"证件尾号 {person.id_number[-4:]}" if person.id_number else "证号未填"
        self.facts.setText(
            " · ".join(part for part in (born, tail, person.place, person.former_unit) if part)
        )
