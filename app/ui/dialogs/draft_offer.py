"""Offers what was typed and not saved when the window was locked, or the power went."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.drafts import KeptDraft
from app.ui.dialogs import ask
from app.ui.forms.draft_shelf import DraftShelf, kept_when
from app.ui.widgets.banner import Banner


class DraftOffer(Banner):
    resumed = Signal(object)
    """The KeptDraft to go on with."""

    def __init__(self, shelf: DraftShelf, what: str) -> None:
        """`what` is how people call it: 一条走访."""
        super().__init__()
        self._shelf, self._what = shelf, what
        self._draft: KeptDraft | None = None
        self.pressed.connect(self._ask)

    def renew(self, but: str = "") -> None:
        """`but` is the one being worked on."""
        self._draft = self._shelf.left_over(but)
        if self._draft:
            self.say("info", f"{kept_when(self._draft)} 有{self._what}没有保存，留了草稿。", "处理草稿")
        else:
            self.hide()

    def _ask(self) -> None:
        if draft := self._draft:
            ask.choose(
                self,
                f"{kept_when(draft)} 留下的草稿，怎么办？",
                (
                    ("接着填", lambda: self.resumed.emit(draft)),
                    ("丢掉草稿", lambda: self._drop(draft)),
                    ("以后再说", self.hide),
                ),
                details="草稿还没有写进数据里，接着填完再保存才算数。",
            )

    def _drop(self, draft: KeptDraft) -> None:
        self._shelf.drop(self._shelf.name_of(draft))
        self.renew()
