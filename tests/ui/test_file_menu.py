"""更多 of a file: which lines are open to whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.fields.acts import Right
from app.ui.roster.file_acts import FileAct
from app.ui.roster.file_menu import FileMenu

ACTS = (FileAct("办理事项…", lambda uid: uid), FileAct("导出任免表…", lambda uid: uid, right="export"))


def open_lines(qtbot: QtBot, uid: str, *rights: Right) -> list[str]:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = FileMenu(uid, lambda right: right in rights, has_photo=True, parent=parent)
    for act in ACTS:
        menu.add_act(act)
    menu.add_removal()
    return [line.text() for line in menu.actions() if line.text() and line.isEnabled()]


def test_who_may_edit_is_offered_everything_he_may(qtbot: QtBot) -> None:
    offered = open_lines(qtbot, "1", "edit", "export")
    assert offered == ["选一张照片…", "拿掉照片", "办理事项…", "导出任免表…", "删除这份档案…"]


def test_who_only_exports_can_still_export(qtbot: QtBot) -> None:
    assert open_lines(qtbot, "1", "export") == ["导出任免表…"]


def test_what_would_come_to_nothing_is_not_offered(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for uid, offered in (("1", False), ("2", True)):
        menu = FileMenu(uid, lambda _: True, has_photo=False, parent=parent)
        menu.add_act(FileAct("拆回…", lambda uid: uid, applies=lambda uid: uid == "2"))
        assert ("拆回…" in [line.text() for line in menu.actions()]) is offered


def test_somebody_who_is_not_saved_yet_gets_a_photo_and_nothing_else(qtbot: QtBot) -> None:
    assert open_lines(qtbot, "", "edit", "export") == ["选一张照片…", "拿掉照片"]
