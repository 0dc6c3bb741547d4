"""帮助: every topic has words, and the words follow the theme."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.paths import resource
from app.ui.pages.help_page import HelpPage


def test_every_topic_has_its_words(qtbot: QtBot):
    page = HelpPage()
    qtbot.addWidget(page)
    titles = [page.topics.item(row).text() for row in range(page.topics.count())]
    assert titles == ["头几步", "按键", "导入说明", "口令与备份", "体检与审核", "撤销与事项", "更多"]
    for row, title in enumerate(titles):
        page.topics.setCurrentRow(row)
        assert page.text.toPlainText().startswith(title)


def test_it_opens_on_the_topic_asked_for(qtbot: QtBot):
    page = HelpPage()
    qtbot.addWidget(page)
    page.opened("按键")
    assert "Ctrl+F" in page.text.toPlainText()


def test_topics_are_named_after_their_heading():
    for path in resource("help").glob("*.md"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# {path.stem.partition('-')[2]}"
