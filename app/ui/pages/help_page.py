"""帮助: a few pages of words, kept as Markdown in resources/help."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import (
    QPalette,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout

from app.paths import resource
from app.ui.page import PageWidget
from app.ui.widgets.page_header import PageHeader

TOPICS_WIDTH = 180
LINE_HEIGHT = 130
"""Percent."""
PARAGRAPH = 10


class HelpPage(PageWidget):
    """`about` when opened: the name of a topic."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = [(_title(path), path) for path in sorted(resource("help").glob("*.md"))]
        self.topics = QListWidget()
        self.topics.setObjectName("topics")
        self.topics.setAccessibleName("帮助的题目")
        self.topics.addItems([title for title, _ in self._pages])
        self.topics.setFixedWidth(TOPICS_WIDTH)
        self.topics.setSpacing(4)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 16)
        line.setSpacing(12)
        line.addWidget(self.topics)
        line.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader("帮助", "按 F1 随时回到这里"))
        column.addLayout(line, 1)
        self.topics.currentRowChanged.connect(self._show)
        self.topics.setCurrentRow(0)

    def opened(self, about: str = "") -> None:
        titles = [title for title, _ in self._pages]
        if about in titles:
            self.topics.setCurrentRow(titles.index(about))
        self.topics.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "text"):
            self._show(self.topics.currentRow())

    def _show(self, row: int) -> None:
        if row < 0:
            return
        document = self.text.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(20)
        document.setMarkdown(self._pages[row][1].read_text(encoding="utf-8"))
        _give_air(document)
        line = self.palette().color(QPalette.ColorRole.Mid)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape: QTextTableFormat = frame.format()
                shape.setCellPadding(6)
                shape.setBorderBrush(line)
                shape.setBorderCollapse(True)
                shape.setBottomMargin(PARAGRAPH)
                frame.setFormat(shape)


def _give_air(document: QTextDocument) -> None:
    """Markdown sets its paragraphs close; outside tables they get room to breathe."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        if cursor.currentTable() is None:
            shape = block.blockFormat()
            shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(PARAGRAPH * 2 if shape.headingLevel() == 2 else 0)
            shape.setBottomMargin(PARAGRAPH // 2 if block.textList() else PARAGRAPH)
            cursor.setBlockFormat(shape)
        block = block.next()


def _title(path: Path) -> str:
    """'2-按键.md' → '按键'."""
    return path.stem.partition("-")[2]
