"""The line that offers a draft left over from a bad moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.drafts import KeptDraft
from app.ui.dialogs import ask
from app.ui.roster.cadre_panel import CadrePanel
from app.ui.widgets.banner import Banner


class DraftOffer(QObject):
    """Speaks through the banner; what becomes of the draft is asked when it is pressed."""

    wanted = Signal(object)
    """The KeptDraft with which the user goes on."""

    def __init__(self, banner: Banner, panel: CadrePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._banner, self._panel, self._page = banner, panel, parent
        banner.pressed.connect(self._ask)

    def look(self) -> None:
        """Whether there is one, after a draft was kept, taken or dropped."""
        left = self._left()
        self._banner.setVisible(left is not None)
        if left:
            self._banner.say(
                "info", f"“{_name(left)}”有一份 {_when(left)} 留下、没有保存的草稿。", "处理草稿"
            )

    def _ask(self) -> None:
        kept = self._left()
        if kept is None:
            self._banner.hide()
            return
        ask.choose(
            self._page,
            f"“{_name(kept)}”的草稿，怎么办？",
            (
                ("接着填", lambda: self.wanted.emit(kept)),
                ("丢掉草稿", lambda: self._drop(kept)),
                ("以后再说", self._banner.hide),
            ),
            details=f"草稿是 {_when(kept)} 自动留下的，还没有写进档案。",
        )

    def _left(self) -> KeptDraft | None:
        """The newest that nobody is editing now."""
        return next(
            iter(self._panel.keeper.left_over(self._panel.draft.about if self._panel.changed else "")), None
        )

    def _drop(self, kept: KeptDraft) -> None:
        self._panel.keeper.drop(kept.about)
        self.look()


def _name(kept: KeptDraft) -> str:
    return kept.content.get("name") or "没有写姓名的人"


def _when(kept: KeptDraft) -> str:
    """'11月22日 14:03'."""
    day, hour = kept.kept_at[:10].split("-"), kept.kept_at[11:16]
    return f"{int(day[1])}月{int(day[2])}日 {hour}"
