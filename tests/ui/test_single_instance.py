"""One window for one data folder, and what a second start is told."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo
from pytestqt.qtbot import QtBot

from app.ui.single_instance import LOCK_FILE, Holder, SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.single_instance import SingleInstance
application = QCoreApplication(sys.argv)
instance = SingleInstance(Path(sys.argv[1]))
print("taken" if instance.take() else "called" if instance.call() else "silent", flush=True)
if sys.argv[2:] == ["stay"]:
    application.exec()
"""


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(folder), *words], stdout=subprocess.PIPE, text=True
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_start_brings_the_first_window_forward(tmp_path: Path, qtbot: QtBot) -> None:
    instance = SingleInstance(tmp_path)
    assert instance.take()
    instance.listen()
    with qtbot.waitSignal(instance.raise_wanted, timeout=20_000):
        second = start(tmp_path)
    said, _ = second.communicate(timeout=20)
    assert said.strip() == "called"
    instance.let_go()


def test_other_data_is_no_second_start(tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
    one, other = SingleInstance(tmp_path / "甲"), SingleInstance(tmp_path / "乙")
    assert one.take()
    assert other.take()
    one.let_go()
    other.let_go()


def test_after_it_was_let_go_the_next_may_come(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()
    assert not SingleInstance(tmp_path).take()
    first.let_go()
    again = SingleInstance(tmp_path)
    assert again.take()
    again.let_go()
    assert not (tmp_path / LOCK_FILE).exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_a_killed_window_holds_nobody_up(tmp_path: Path, qtbot: QtBot) -> None:
    first = start(tmp_path, "stay")
    assert first_line(first) == "taken"
    assert not SingleInstance(tmp_path).take()
    end(first)
    assert (tmp_path / LOCK_FILE).exists()
    instance = SingleInstance(tmp_path)
    assert instance.take()
    instance.let_go()


def test_another_computer_is_named_and_can_be_declared_off(tmp_path: Path, qtbot: QtBot) -> None:
    held = f"4711\npython\nBANGONGSHI-2\n{'0' * 32}\n{'0' * 32}\n"
    (tmp_path / LOCK_FILE).write_text(held, encoding="utf-8")
    instance = SingleInstance(tmp_path)
    assert not instance.take()
    assert instance.holder.is_elsewhere
    assert "“BANGONGSHI-2”" in instance.holder.sentence
    assert instance.take_over()
    instance.let_go()


def test_a_folder_that_takes_no_lock_is_left_to_the_database(tmp_path: Path, qtbot: QtBot) -> None:
    instance = SingleInstance(tmp_path / "不在")
    assert instance.take()
    instance.let_go()


def test_a_window_here_that_does_not_answer_is_not_on_another_computer() -> None:
    here = Holder(1, QSysInfo.machineHostName())
    assert not here.is_elsewhere
    assert "任务栏" in here.sentence
