"""Keeps what is typed and not saved every few seconds, and offers it after a bad moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.services.drafts import Drafts, KeptDraft
from app.ui.forms.cadre_draft import CadreDraft

SECONDS = 3
PREFIX = "cadre:"


class DraftKeeper(QObject):
    """One draft a file; what has been saved or given up is dropped."""

    def __init__(self, drafts: Drafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._draft: CadreDraft | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SECONDS * 1000)
        self._clock.timeout.connect(self.keep)

    def follow(self, draft: CadreDraft) -> None:
        """After each edit."""
        self._draft = draft
        if not self._clock.isActive():
            self._clock.start()

    def keep(self) -> None:
        """Now, without waiting for the clock."""
        self._clock.stop()
        if self._draft is None:
            return
        if self._draft.changed:
            self._drafts.keep(self._draft.about, self._draft.content())
        else:
            self._drafts.drop(self._draft.about)

    def drop(self, about: str) -> None:
        self._clock.stop()
        self._draft = None
        self._drafts.drop(about)

    def left_over(self, but: str = "") -> list[KeptDraft]:
        """Drafts of files nobody is editing now, the newest first."""
        return [
            draft for draft in self._drafts.all() if draft.about.startswith(PREFIX) and draft.about != but
        ]
