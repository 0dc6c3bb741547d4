"""设置: the office and the look, and beside them what else is set here, a tab each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import VERSION
from app.errors import InvalidError
from app.services.changes import Change
from app.services.office import OfficeProfile
from app.ui.changes import Changes
from app.ui.dialogs import ask
from app.ui.dialogs.files import open_with_system
from app.ui.forms.form_state import FormState
from app.ui.forms.record_form import RecordForm
from app.ui.look import MODES, SIZES, Look
from app.ui.page import PageWidget, Section
from app.ui.rights import May, needs
from app.ui.section_stack import SectionStack
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.section_tabs import SectionTabs
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import Facts, label

NOT_ASKED = ("practice",)
SIDE_WIDTH = 380
LICENCE = "MIT 许可证：可以自由使用、复制和修改，不收费，不联网。"


OFFICE = "office"


class SettingsPage(PageWidget):
    """`about` when opened: the key of a section."""

    own_data_wanted = Signal()
    """The user has done with the practice township."""

    def __init__(
        self,
        office: OfficeProfile,
        look: Look,
        folder: Path,
        changes: Changes,
        sections: Sequence[Section] = (),
    ) -> None:
        super().__init__()
        self.tabs = SectionTabs(
            [(title, title) for title in ("单位和外观", *(each.title for each in sections))]
        )
        self._stack = SectionStack(sections)
        self._office, self._look, self._folder, self._changes = office, look, folder, changes
        self.state = FormState(office.record, office.read())
        self.header = PageHeader("设置")
        self.save_button = push_button("保存", self.save, "primary", keys="Ctrl+S")
        self.banner = Banner()
        self.form = RecordForm(self.state, skip=NOT_ASKED)
        self.mode = Segments([(str(key), word) for key, word in MODES.items()])
        self.size_ = Segments([(str(key), word) for key, word in SIZES.items()])
        self.path = label(str(folder), wrap=True)
        self.open_folder = push_button("打开文件夹", self._open_folder)
        self.own_data = push_button("换成自己的数据", self._ask_for_own_data)
        self.practice = self._practice_card()
        needs("settings", self.save_button, self.form)
        self._lay_out()
        self._connect()
        self._show_look()
        self._show_changed()

    def opened(self, about: str = "") -> None:
        if not self.state.changed:
            self._read_again()
        if about:
            self.open_section(about)

    def open_section(self, key: str) -> None:
        """Brings a tab to the front."""
        self.tabs.choose([OFFICE, *self._stack.keys].index(key))

    def section(self, key: str) -> QWidget:
        """What stands in a tab, made now if nobody has looked at it yet."""
        return self._stack.section(key)

    def permit(self, may: May) -> None:
        self._stack.permit(may)
        super().permit(may)

    def unsaved(self) -> str:
        return "“设置”里单位信息改过，还没有保存" if self.state.changed else self._stack.unsaved()

    def keep_draft(self) -> None:
        self._stack.keep_draft()

    def save(self) -> None:
        missing = [field for field in self.state.record.fields if field.need == "always"]
        empty = [field for field in missing if self.state.values[field.name] is None]
        if empty:
            self.banner.say("error", f"请填写{'、'.join(f'“{field.label}”' for field in empty)}，再保存。")
            self.form.go_to(empty[0].name)
            return
        if self.state.errors:
            self._refuse(self.state.errors[0].field, self.state.errors[0].message)
            return
        try:
            change = self._office.save(self.state.values)
        except InvalidError as error:
            self._refuse(error.problems[0].field, str(error))
            return
        self._read_again()
        self.says.emit("单位信息已保存")
        self._changes.tell(change)

    def _show_section(self, place: int) -> None:
        self.save_button.setVisible(place == 0)
        if place == 0:
            self._stack.setCurrentIndex(0)
            return
        self._stack.bring(self._stack.keys[place - 1])

    def _refuse(self, field: str, sentence: str) -> None:
        self.banner.say("error", sentence)
        self.form.go_to(field)

    def _read_again(self) -> None:
        self.state.show(self._office.read())
        self.practice.setVisible(bool(self.state.values["practice"]))
        self.form.refresh()
        self.banner.hide()
        self._show_changed()

    def _ask_for_own_data(self) -> None:
        ask.choose(
            self,
            "练习好了，换成自己的数据？",
            (("开始", self.own_data_wanted.emit), ("再练练", lambda: None)),
            details="接着问四个问题；自己的数据放在一个新文件夹里，从您的花名册或空白开始。\n"
            f"练习镇原样留在“{self._folder}”，不用了可以把那个文件夹删掉。",
        )

    def _show_changed(self) -> None:
        self.save_button.setEnabled(self.state.changed)
        self.header.set_note("单位信息改过，还没有保存" if self.state.changed else "")

    def _show_look(self) -> None:
        self.mode.choose(self._look.mode)
        self.size_.choose(self._look.size)

    def _open_folder(self) -> None:
        open_with_system(self._folder)

    def _on_change(self, change: Change) -> None:
        if change.kind == "office" and not self.state.changed:
            self._read_again()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_section)
        self.form.typed.connect(lambda _: self._show_changed())
        self.form.finished.connect(self.save_button.setFocus)
        self.mode.chosen.connect(lambda key: self._look.choose(mode=key))
        self.size_.chosen.connect(lambda key: self._look.choose(size=key))
        self._look.changed.connect(self._show_look)
        self._changes.changed.connect(self._on_change)
        self._stack.says.connect(self.says)
        self._stack.wants_page.connect(self.wants_page)

    def _lay_out(self) -> None:
        self.header.add(self.save_button)
        office = Card("单位和经办人")
        office.add(self.form)
        self.form.setMinimumHeight(
            1
        )  # its hint is for one narrow column; the layout asks for the height of its width
        side = QVBoxLayout()
        side.setSpacing(12)
        for card in (self.practice, self._look_card(), self._folder_card(), _about_card()):
            side.addWidget(card)
        side.addStretch(1)
        grid = QHBoxLayout()
        grid.setContentsMargins(16, 0, 16, 16)
        grid.setSpacing(12)
        grid.addWidget(office, 1)
        grid.addLayout(side)
        ground = QWidget()
        ground.setProperty("look", "ground")
        ground.setLayout(grid)
        banner = QVBoxLayout()
        banner.setContentsMargins(16, 0, 16, 8)
        banner.addWidget(self.banner)
        office_tab = QWidget()
        inside = QVBoxLayout(office_tab)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(banner)
        inside.addWidget(scrolled(ground), 1)
        self._stack.addWidget(office_tab)
        self.tabs.setVisible(bool(self._stack.keys))
        self.tabs.choose(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def _practice_card(self) -> Card:
        card = Card("练习镇")
        card.setFixedWidth(SIDE_WIDTH)
        card.add_button(self.own_data)
        card.add(
            label("现在用的是练习镇，人和事都是编的，随便改。练熟了，换成本单位的。", "quiet", wrap=True)
        )
        card.setVisible(bool(self.state.values["practice"]))
        return card

    def _look_card(self) -> Card:
        card = Card("外观")
        card.setFixedWidth(SIDE_WIDTH)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for row, (word, part) in enumerate((("颜色", self.mode), ("字号", self.size_))):
            grid.addWidget(label(word, "quiet"), row, 0)
            grid.addWidget(part, row, 1)
        grid.setColumnStretch(1, 1)
        card.add(grid)
        card.add(label("点一下就换，不用重开程序。", "quiet", wrap=True))
        return card

    def _folder_card(self) -> Card:
        card = Card("数据文件夹")
        card.setFixedWidth(SIDE_WIDTH)
        card.add_button(self.open_folder)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.add(self.path)
        card.add(
            label(
                "花名册、照片、台账都在这里。关掉程序后把整个文件夹拷走，就是一份备份。", "quiet", wrap=True
            )
        )
        return card


def _about_card() -> Card:
    card = Card("关于")
    card.setFixedWidth(SIDE_WIDTH)
    facts = Facts()
    facts.show_facts([("程序", "桑榆"), ("版本", VERSION), ("许可", LICENCE)])
    card.add(facts)
    card.add(label("莫道桑榆晚，为霞尚满天。", "quiet"))
    return card
