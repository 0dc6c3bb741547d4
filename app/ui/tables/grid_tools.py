"""The line above a grid: what can be done in it, for those who do not know the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.tables.entry_grid import EntryGrid
from app.ui.widgets.buttons import push_button
from app.ui.widgets.words import label

PASTE = "粘贴到选中的格子；停在姓名列时按名字对应（Ctrl+V）"


class GridTools(QWidget):
    """Words for the three keys of a grid."""

    def __init__(self, grid: EntryGrid, words: str = "每人不同的内容，可以从表格软件里复制过来粘贴") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label(words, "quiet", wrap=True), 1)
        for word, hint, act in (
            ("粘贴", PASTE, grid.paste_clipboard),
            ("向下填", "照选中的格子向下填满（Ctrl+D）", grid.fill_down),
            ("撤回", "撤回上一步（Ctrl+Z）", grid.take_back),
        ):
            button = push_button(word, act, "link")
            button.setToolTip(hint)
            row.addWidget(button)
