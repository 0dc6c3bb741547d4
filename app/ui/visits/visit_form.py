"""One visit: who was met, when, by whom, what was said and given, the photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import InvalidError, UserError
from app.services.people import Person
from app.ui.forms.people_field import PeopleField
from app.ui.forms.record_form import RecordForm
from app.ui.forms.visit_draft import VisitDraft
from app.ui.icons import icon
from app.ui.rights import needs
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button, tool_button
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.words import label

LEAST_WIDTH = 372


class VisitForm(QFrame):
    """Shows the draft and asks the page to save, to go on, to remove, to close."""

    save_wanted = Signal()
    next_wanted = Signal()
    remove_wanted = Signal()
    close_wanted = Signal()
    photo_wanted = Signal()
    view_wanted = Signal(str)

    def __init__(
        self,
        draft: VisitDraft,
        find: Callable[[str], list[str]],
        picture: Callable[[str], bytes | None],
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setMinimumWidth(LEAST_WIDTH)
        self._draft, self._picture = draft, picture
        self._team: Mapping[str, str] = {}
        self.title = label("", "section", wrap=True)
        self.close_button = tool_button(icon("close"), "关上这一栏", self.close_wanted.emit)
        self.people = PeopleField(find)
        self.team = push_button("", self._take_team, "link")
        self.form = RecordForm(draft.state)
        self.photos = PhotoStrip()
        self.banner = Banner()
        self.remove = push_button("删除", self.remove_wanted.emit, "danger")
        self.next = push_button("保存并记下一条", self.next_wanted.emit)
        self.next.setToolTip("保存并记下一条（Ctrl+Enter）")
        self.save = push_button("保存", self.save_wanted.emit, "primary")
        self.save.setToolTip("保存（Ctrl+S）")
        needs("edit", self.people, self.team, self.form, self.remove, self.next, self.save)
        self._lay_out()
        self._connect()

    def know(self, people: Sequence[Person]) -> None:
        """Who can be chosen."""
        self.people.know(people)

    def show_draft(self, team: Mapping[str, str]) -> None:
        """The draft as it is now; `team` is who led and came along the last time."""
        self._team = team
        self.people.show_people(self._draft.people)
        self.form.refresh()
        self._show_photos()
        self.banner.hide()
        self._show_state()

    def go_to_first(self) -> None:
        """The cursor where one begins: who was met, or else when."""
        if self._draft.people:
            self.form.go_to("date")
        else:
            self.people.setFocus()

    def refuse(self, error: UserError) -> None:
        """Says what has to be mended and goes there; everything typed stays."""
        self.banner.say("error", str(error))
        problems = error.problems if isinstance(error, InvalidError) else []
        if any(problem.field == "people" for problem in problems):
            self.people.setFocus()
        elif problems:
            self.form.go_to(problems[0].field)

    def add_photo(self, key: str) -> None:
        if key not in self._draft.photos:
            self._draft.photos.append(key)
        self._show_photos()
        self._show_state()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        sheet = QWidget()
        sheet.setProperty("look", "ground")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addLayout(self._indented(label("走访对象 *", "quiet"), self.people, self.team))
        inside.addWidget(self.form)
        inside.addLayout(self._indented(label("照片", "quiet"), self.photos))
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.next)
        foot.addWidget(self.save)
        said = QVBoxLayout()
        said.setContentsMargins(16, 0, 16, 0)
        said.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(said)
        column.addLayout(foot)

    def _indented(self, *parts: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(16, 0, 16, 4)
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        return column

    def _connect(self) -> None:
        self.people.changed.connect(self._take_people)
        self.form.typed.connect(lambda _name: self._show_state())
        self.photos.add_wanted.connect(self.photo_wanted)
        self.photos.view_wanted.connect(self.view_wanted)
        self.photos.remove_wanted.connect(self._drop_photo)
        for keys, signal in (
            ("Ctrl+S", self.save_wanted),
            ("Ctrl+Return", self.next_wanted),
            ("Ctrl+Enter", self.next_wanted),
            ("Escape", self.close_wanted),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)

    def _take_people(self) -> None:
        self._draft.people = self.people.uids
        self._show_state()

    def _take_team(self) -> None:
        self._draft.use_team(self._team)
        self.form.refresh()
        self._show_state()

    def _drop_photo(self, key: str) -> None:
        self._draft.photos.remove(key)
        self._show_photos()
        self._show_state()

    def _show_photos(self) -> None:
        pictures = [(key, self._picture(key)) for key in self._draft.photos]
        self.photos.show_pictures([(key, content) for key, content in pictures if content])

    def _show_state(self) -> None:
        """Title and buttons as they belong to the draft now."""
        new, changed = not self._draft.uid, self._draft.changed
        self.title.setText("记一次走访" if new else f"走访 {self._draft.state.text('date')}")
        self.remove.setVisible(not new)
        self.save.setEnabled(new or changed)
        wanted = new and bool(self._team) and not any(self._draft.state.values[name] for name in self._team)
        self.team.setText(f"带队和陪同同上次：{'；'.join(self._team.values())}")
        self.team.setVisible(wanted)
