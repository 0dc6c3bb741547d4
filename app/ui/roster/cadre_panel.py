"""One person's file: head, tabs in the order of the paper form, 保存."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import clock
from app.errors import InvalidError, UserError
from app.fields.spec import Problem
from app.services.cadres import CadreFile, Cadres
from app.services.changes import Change
from app.services.drafts import Drafts
from app.services.look_alikes import LookAlikes
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.portrait import portrait
from app.services.visits import Visits
from app.ui import theme
from app.ui.dialogs import ask
from app.ui.forms.cadre_draft import PHOTO, CadreDraft
from app.ui.icons import icon
from app.ui.rights import May, needs
from app.ui.roster.draft_keeper import DraftKeeper
from app.ui.roster.file_acts import FileAct, FileTab
from app.ui.roster.file_menu import FileMenu
from app.ui.roster.head_strip import HeadStrip
from app.ui.roster.look_alike_strip import LookAlikeStrip
from app.ui.roster.part_table import PartTable
from app.ui.roster.portrait_choice import PortraitChoice
from app.ui.roster.section_page import SectionPage
from app.ui.roster.sections import SERVICE, TABS, section_of_part
from app.ui.roster.service_tab import ServiceTab
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.looks import set_look
from app.ui.widgets.section_tabs import SectionTabs
from app.ui.widgets.words import label

LOOK_AFTER = 250
"""Milliseconds of quiet before look-alikes are sought."""
IDENTIFYING = {"name", "former_name", "id_number", "birth_date"}
LEAST_HEIGHT = 48
ROWS = 2
"""Of tabs."""
LOW = 15.5
"""Rows of height below which the head keeps to what one must see."""


class CadrePanel(QWidget):
    """Shows a draft, saves it, and asks before it is lost."""

    saved = Signal(object)
    """Carries the Change."""
    shown = Signal()
    """Another file, or the same one anew."""
    left = Signal()
    """Esc: back to the list."""
    open_wanted = Signal(str)
    remove_wanted = Signal(str)
    visit_wanted = Signal(list)
    payment_wanted = Signal(list)
    show_wanted = Signal(str)
    copy_wanted = Signal(str)
    """A whole number of the file in front is wanted: the name of its field."""
    accept_wanted = Signal(object)
    """A warning under a field was looked into: its Problem."""
    said = Signal(str)

    def __init__(
        self,
        cadres: Cadres,
        drafts: Drafts,
        pictures: Pictures,
        visits: Visits,
        payments: Payments,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("file")
        self._cadres, self._pictures, self._visits = cadres, pictures, visits
        self.look_alikes = LookAlikes(cadres)
        self.keeper = DraftKeeper(drafts, self)
        self.draft = CadreDraft(cadres)
        self.head = HeadStrip()
        self.alikes = LookAlikeStrip(pictures)
        self.tabs = SectionTabs([(word, title) for title, word in TABS.items()])
        self.tabs.more.setIcon(icon("chevron_down", "quiet"))
        self.service = ServiceTab(visits, payments)
        self.portrait = PortraitChoice(pictures, self)
        self.acts: list[FileAct] = []
        """More that can be done with the file in front."""
        self.may: May = lambda _: True
        self._beside: list[FileTab] = []
        self._pages: dict[str, SectionPage] = {}
        self._read_only = False
        self._shown: dict[str, CadreDraft] = {}
        self._stack = QStackedWidget()
        self._state = label("", "small")
        self._state.setObjectName("state")
        self.save_button = push_button("保存", self.save, "primary", keys="Ctrl+S")
        self.revert_button = push_button("还原", self._ask_revert)
        self._more = tool_button(icon("more"), "更多", self._open_menu)
        needs("edit", self.save_button, self.revert_button, self.head.photo)
        self._lookout = QTimer(self)
        self._lookout.setSingleShot(True)
        self._lookout.setInterval(LOOK_AFTER)
        self._lay_out()
        self.add_tab(*SERVICE, self.service)
        self._connect()
        self.show_file(None)

    @property
    def uid(self) -> str:
        """'' for a new person and for nobody."""
        return self.draft.uid or ""

    @property
    def read_only(self) -> bool:
        """For who may look but not change."""
        return self._read_only

    @read_only.setter
    def read_only(self, on: bool) -> None:
        self._read_only = on
        for page in self._pages.values():
            page.set_read_only(on=on)

    @property
    def changed(self) -> bool:
        return self.draft.changed

    def add_tab(self, word: str, title: str, tab: FileTab) -> None:
        """What is kept about the person outside the form; `tab` is a widget that is filled when it is looked at."""
        assert isinstance(tab, QWidget)
        self.tabs.add(word, title)
        self._beside.append(tab)
        self._stack.addWidget(tab)

    def choose_tab(self, title: str) -> None:
        """Brings a tab to the front, by its word."""
        self.tabs.choose_word(title)

    def show_file(self, file: CadreFile | None) -> None:
        """Another person; None is a new one."""
        self._show(CadreDraft(self._cadres, file))

    def restore(self, file: CadreFile | None, content: dict[str, object]) -> None:
        """A kept draft on top of the file."""
        draft = CadreDraft(self._cadres, file)
        draft.restore(content)
        self._show(draft)
        self.keeper.follow(draft)

    def begin(self, name: str = "name") -> None:
        """Puts the cursor into a field or a part."""
        section = self._section_of(name)
        self.tabs.choose(list(TABS).index(section))
        self._page(section).go_to(name)

    def enter(self) -> None:
        """Puts the cursor into the first field of the tab in front."""
        section = self._section
        if section:
            self._page(section).begin()

    def reveal(self, name: str) -> None:
        """Shows a whole number, after that was allowed."""
        self._page(self._section_of(name)).form.reveal(name)

    def part(self, name: str) -> PartTable:
        return self._page(section_of_part(name)).parts[name]

    def save(self) -> bool:
        """False when something keeps the file from being saved; the cursor then stands there."""
        for page in self._pages.values():
            page.settle()
        if problems := self.draft.unreadable:
            self._stop_at(problems)
            return False
        about = self.draft.about
        try:
            change = self._cadres.save(self.draft.file)
        except InvalidError as error:
            self._stop_at(error.problems)
            return False
        except UserError as error:
            ask.tell(self, str(error))
            return False
        self.keeper.drop(about)
        self._after_save(change)
        return True

    def give_up(self) -> None:
        """What was typed is lost for good."""
        self.keeper.drop(self.draft.about)
        self._show(CadreDraft(self._cadres, self._cadres.read(self.uid) if self.uid else None))

    def judge_anew(self) -> None:
        """The office decided about a rule or a warning: what is shown of problems is weighed again."""
        self.draft.judge_anew()
        for page in self._pages.values():
            page.form.show_problems()
        self._show_state()

    def walk(self) -> None:
        """The cursor goes through the empty fields only, from where it is."""
        self._walk_from("")

    def show_look_alikes(self) -> None:
        values = self.draft.form.values
        asks = any(name in self.draft.form.changes for name in IDENTIFYING)
        found = self.look_alikes.find(values, but=self.draft.uid) if asks else []
        self.alikes.show_people(
            found if not self.draft.uid else [one for one in found if one.certainty == 100]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop_walking()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < LOW * theme.size("row")
        self.head.set_low(low)
        self.tabs.set_rows(1 if low else ROWS)

    @property
    def _section(self) -> str:
        """'' while the tab of visits and payments is in front."""
        return next(iter(list(TABS)[self.tabs.place : self.tabs.place + 1]), "")

    def _show(self, draft: CadreDraft) -> None:
        self.draft = draft
        self._stop_walking()
        self._lookout.stop()
        self.alikes.show_people([])
        self._show_head()
        self._show_tab(self.tabs.place)
        self._show_state()
        self.shown.emit()

    def _show_head(self) -> None:
        visit = self._visits.latest(self.uid) if self.uid else None
        file = self.draft.file
        self.head.show_person(portrait(file, clock.today()), visit, self.draft.completeness, new=not self.uid)
        self.head.photo.show_picture(self._pictures.content(file.values.get(PHOTO)))

    def _show_tab(self, place: int) -> None:
        section = self._section
        if section:
            self._stack.setCurrentWidget(self._page(section))
        elif place >= 0:
            tab = self._beside[place - len(TABS)]
            tab.show_person(self.draft.uid)
            assert isinstance(tab, QWidget)
            self._stack.setCurrentWidget(tab)

    def _page(self, section: str) -> SectionPage:
        """Made when its tab is first opened, filled when it is looked at."""
        if section not in self._pages:
            self._pages[section] = self._make_page(section)
        elif self._shown.get(section) is not self.draft:
            self._pages[section].show_draft(self.draft)
        self._shown[section] = self.draft
        return self._pages[section]

    def _make_page(self, section: str) -> SectionPage:
        page = SectionPage(section, self.draft)
        page.edited.connect(self._on_edit)
        page.finished.connect(lambda: self._next_tab(section))
        page.passed.connect(self._walk_from)
        page.show_wanted.connect(self.show_wanted)
        page.copy_wanted.connect(self.copy_wanted)
        page.accept_wanted.connect(self.accept_wanted)
        self._stack.addWidget(page)
        page.set_read_only(on=self._read_only)
        return page

    def _next_tab(self, section: str) -> None:
        """Enter after the last field goes on with the next tab, and at the very end to 保存."""
        following = list(TABS).index(section) + 1
        if following < len(TABS):
            self.tabs.choose(following)
            self.enter()
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_edit(self, name: str) -> None:
        if name == "id_number" and (filled := self.draft.fill_from_number()):
            self._page("基本信息").show_again()
            self.said.emit(f"已按身份证号填入{'、'.join(filled)}，请核对")
        if name in IDENTIFYING:
            self._lookout.start()
        self.keeper.follow(self.draft)
        self._show_state()
        self.head.show_completeness(self.draft.completeness)

    def _show_state(self) -> None:
        """What is unsaved, what is wrong, and on which tabs."""
        problems = self.draft.problems
        changed = self.draft.changed
        self.save_button.setEnabled(changed)
        self.revert_button.setEnabled(changed)
        self._state.setText(_sentence(changed, problems, new=not self.uid))
        set_look(self._state, look="warning" if changed else "small")
        for place, section in enumerate(TABS):
            found = [one for one in problems if self._section_of(one.field) == section]
            self.tabs.mark(place, _worst(found), "\n".join(one.message for one in found))

    def _section_of(self, name: str) -> str:
        return section_of_part(name) if name in self.draft.parts else self._cadres.record.field(name).section

    def _stop_at(self, problems: Sequence[Problem]) -> None:
        self.begin(problems[0].field)
        self._state.setText(f"还没有保存。{problems[0].message}")
        set_look(self._state, look="error")

    def _after_save(self, change: Change) -> None:
        file = self._cadres.read(next(iter(change.uids)))
        self.look_alikes.renew()
        self._show(CadreDraft(self._cadres, file))
        when = clock.now().strftime("%H:%M")
        self._state.setText(f"已保存 {when}　{self._state.text()}".strip())
        self.saved.emit(change)

    def _walk_from(self, name: str) -> None:
        target = self.draft.gap_after(name)
        if not target:
            self._stop_walking()
            self.said.emit("该填的都填了")
            return
        self.begin(target)
        for page in self._pages.values():
            page.form.walking = True

    def _stop_walking(self) -> None:
        for page in self._pages.values():
            page.form.walking = False

    def _ask_revert(self) -> None:
        ask.confirm(
            self, f"放弃对“{self.draft.name or '新建人员'}”的修改？", "放弃修改", self.give_up, safe="接着填"
        )

    def _put_photo(self, key: str | None) -> None:
        self.draft.form.put(PHOTO, key)
        self._show_head()
        self._on_edit(PHOTO)

    def _open_menu(self) -> None:
        menu = FileMenu(self.uid, self.may, has_photo=not self.head.photo.is_empty, parent=self)
        for each in self.acts:
            menu.add_act(each)
        menu.add_removal()
        menu.photo_wanted.connect(self.portrait.ask)
        menu.photo_dropped.connect(lambda: self._put_photo(None))
        menu.remove_wanted.connect(lambda: self.remove_wanted.emit(self.uid))
        menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def _lay_out(self) -> None:
        foot = QFrame()
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(8)
        self._state.setWordWrap(True)
        line.addWidget(self._state, 1)
        for button in (self._more, self.revert_button, self.save_button):
            line.addWidget(button)
        alikes = QVBoxLayout()
        alikes.setContentsMargins(12, 0, 12, 6)
        alikes.addWidget(self.alikes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(alikes)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        self._stack.setMinimumHeight(LEAST_HEIGHT)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_tab)
        self.tabs.choose(0)
        self.head.fill_wanted.connect(self.walk)
        self.head.said.connect(self.said)
        self.head.photo.clicked.connect(self.portrait.ask)
        self.head.photo.dropped.connect(self.portrait.take)
        self.portrait.taken.connect(self._put_photo)
        self._lookout.timeout.connect(self.show_look_alikes)
        self.alikes.open_wanted.connect(self.open_wanted)
        self.service.visit_wanted.connect(lambda: self.visit_wanted.emit([self.uid]))
        self.service.payment_wanted.connect(lambda: self.payment_wanted.emit([self.uid]))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda step=step: self.tabs.choose(self.tabs.place + step)
            )


def _worst(problems: Sequence[Problem]) -> str:
    return next((level for level in "EW" if any(one.severity == level for one in problems)), "")


def _sentence(changed: bool, problems: Sequence[Problem], *, new: bool) -> str:
    errors = sum(problem.severity == "E" for problem in problems)
    doubts = sum(problem.severity == "W" for problem in problems)
    found = [f"{errors} 处错误" * bool(errors), f"{doubts} 处要核对" * bool(doubts)]
    wrong = "，".join(part for part in found if part)
    unsaved = ("新建，还没有保存" if new else "有修改，还没有保存") if changed else ""
    return "；".join(part for part in (unsaved, wrong) if part)
