"""The file beside the list: it follows the row, and what is unsaved in it is never lost on the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.drafts import KeptDraft
from app.services.reveals import Reveals
from app.ui.changes import Changes
from app.ui.forms.cadre_draft import NEW
from app.ui.page import PageWidget
from app.ui.roster.cadre_panel import CadrePanel
from app.ui.roster.draft_offer import DraftOffer
from app.ui.roster.leaving import Leaving, name_of
from app.ui.roster.roster_list import RosterList
from app.ui.roster.roster_state import RosterState
from app.ui.whole_numbers import WholeNumbers
from app.ui.widgets.banner import Banner

FILE = "cadre:"


class FileInFront(QObject):
    """Between the list and the panel."""

    shown = Signal()
    """A file is to be seen, also where the roster is still empty."""
    said = Signal(str)
    opened = Signal(str)
    """The uid of the person whose file is in front now."""

    def __init__(
        self,
        cadres: Cadres,
        reveals: Reveals,
        state: RosterState,
        people: RosterList,
        panel: CadrePanel,
        banner: Banner,
        changes: Changes,
        page: PageWidget,
    ) -> None:
        super().__init__(page)
        self._cadres, self._state, self._changes = cadres, state, changes
        self._people, self._panel = people, panel
        self._leaving = Leaving(panel)
        self.leave = self._leaving.leave
        self.numbers = WholeNumbers(reveals, page)
        self.offer = DraftOffer(banner, panel, page)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(0)
        self._connect()

    def new(self) -> None:
        """An empty file, as soon as nothing unsaved stands in the way."""
        self.leave(lambda: self._start(None))

    def read_again(self) -> None:
        """The file in front as it is now; a removed one gives way to an empty one."""
        if self._panel.uid:
            here = self._state.has(self._panel.uid)
            self._panel.show_file(self._cadres.read(self._panel.uid) if here else None)

    def keep_draft(self) -> None:
        if self._panel.changed:
            self._panel.keeper.follow(self._panel.draft)
            self._panel.keeper.keep()

    def _follow_row(self) -> None:
        """The user is on another row: its file is shown, unless something unsaved stands in the way."""
        uid = self._people.table.current_uid
        if uid and uid != self._panel.uid:
            self.leave(lambda: self._open(uid), stay=self._go_back)

    def _go_back(self) -> None:
        table = self._people.table
        table.go_to(self._panel.uid) if self._panel.uid else table.selectionModel().clear()
        self._panel.enter()

    def _open(self, uid: str) -> None:
        self._panel.show_file(self._cadres.read(uid))
        self.opened.emit(uid)
        if self._people.table.current_uid != uid:
            self._people.go_to(uid)

    def _start(self, kept: KeptDraft | None) -> None:
        """A new person, or the draft of one."""
        self.shown.emit()
        self._people.table.selectionModel().clear()
        if kept:
            self._panel.restore(None, kept.content)
        else:
            self._panel.show_file(None)
        self._panel.begin("name")

    def _open_alike(self, uid: str) -> None:
        """The half-filled new file is kept as a draft; nothing is asked."""
        self._panel.keeper.keep()
        self._open(uid)
        self.offer.look()

    def _resume(self, kept: KeptDraft) -> None:
        uid = kept.about.removeprefix(FILE)
        if self._state.has(uid):
            self._panel.restore(self._cadres.read(uid), kept.content)
            self._people.go_to(uid)
        else:
            self._start(kept)
            self._drop_lost(kept)
        self.offer.look()

    def _drop_lost(self, kept: KeptDraft) -> None:
        """The draft of a removed file goes on as that of a new person."""
        if kept.about != NEW:
            self._panel.keeper.drop(kept.about)
            self._panel.keeper.follow(self._panel.draft)

    def _take_saved(self, change: Change) -> None:
        self._changes.tell(change)
        self._people.go_to(self._panel.uid)
        self.said.emit(f"“{self._panel.draft.name}”已保存")

    def _show_number(self, name: str) -> None:
        who, label = self._whose_number(name)
        self.numbers.show(who, label, lambda: self._panel.reveal(name))

    def _copy_number(self, name: str) -> None:
        self.numbers.copy(*self._whose_number(name), self._panel.draft.form.text(name))

    def _whose_number(self, name: str) -> tuple[str, str]:
        return name_of(self._panel), self._cadres.record.field(name).label

    def _connect(self) -> None:
        people, panel = self._people, self._panel
        self._follow.timeout.connect(self._follow_row)
        people.moved_to.connect(lambda _: self._follow.start())
        people.opened.connect(lambda _: panel.enter())
        self.offer.wanted.connect(lambda kept: self.leave(lambda: self._resume(kept)))
        panel.saved.connect(self._take_saved)
        panel.left.connect(people.take_focus)
        panel.open_wanted.connect(self._open_alike)
        panel.said.connect(self.said)
        panel.show_wanted.connect(self._show_number)
        panel.copy_wanted.connect(self._copy_number)
        self.numbers.serve(people.table, lambda uid: self._state.names([uid])[0])
        self.numbers.said.connect(self.said)
