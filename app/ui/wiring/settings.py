"""The tabs of 设置 beside the office's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.ui.page import Section
from app.ui.wiring.around import Around

Made = Callable[[], QWidget]


def settings_sections(around: Around, backups: Made, users: Made) -> list[Section]:
    """The log only for those who may read it."""
    log = Section("log", "操作日志", partial(_log, around))
    return [
        Section("backups", "备份与恢复", backups),
        Section("users", "人员与口令", users),
        Section("rules", "体检规则", partial(_rules, around)),
        Section("bin", "回收站", partial(_bin, around)),
        *([log] if around.desk.log.may_read else []),
    ]


def _rules(around: Around) -> QWidget:
    from app.ui.checks.rules_view import RulesView

    return RulesView(around.desk.rule_switches, around.changes)


def _bin(around: Around) -> QWidget:
    from app.ui.history.bin_page import BinPage

    return BinPage(around.desk.bin, around.changes)


def _log(around: Around) -> QWidget:
    from app.ui.pages.log_page import LogPage

    desk = around.desk
    return LogPage(desk.log, desk.cadres, desk.search, desk.exports, around.changes, around.tasks)
