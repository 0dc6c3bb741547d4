"""The words of the command line in Chinese: argparse has only its own."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

WRONG_USAGE = 2
_IN_CHINESE = (
    (r"the following arguments are required: (.*)", r"还缺 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1 没有 \2，可以是 \3"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一项"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 后面不能带 \2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)
"""What argparse says, and how we say it."""


class _Usage(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = "用法：") -> None:
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Usage, **options)
        self._positionals.title = "命令和参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _IN_CHINESE:
            message = re.sub(pattern, chinese, message)
        self.exit(WRONG_USAGE, f"用法不对：{message}\n{self.format_usage()}\n")
