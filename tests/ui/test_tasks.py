from __future__ import annotations

import gc
import threading

import pytest
import shiboken6
from PySide6.QtCore import QRunnable
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.progress import Progress
from app.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


def test_the_answer_arrives_on_the_thread_of_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    threads: list[int] = []

    def work(_: Progress) -> int:
        threads.append(threading.get_ident())
        return 42

    answers: list[tuple[int, int]] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.start("算数", work, lambda answer: answers.append((answer, threading.get_ident())))
    assert answers == [(42, threading.get_ident())]
    assert threads != [threading.get_ident()]


def test_progress_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(report: Progress) -> None:
        for done in range(3):
            report(done, 3, "读文件")

    with qtbot.waitSignal(tasks.idle):
        tasks.start("读", work, progressed=lambda *step: seen.append(step))
    assert seen == [(0, 3, "读文件"), (1, 3, "读文件"), (2, 3, "读文件")]


def test_work_that_is_done_at_once_is_heard_to_end(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    for _ in range(200):
        tasks.start("快", lambda _: None, ended=lambda: heard.append("完"))
        tasks.wait()
    qtbot.waitUntil(lambda: not tasks.running)
    assert len(heard) == 200


def test_whoever_asked_hears_that_it_was_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    begun, told = threading.Event(), list[str]()

    def work(report: Progress) -> None:
        begun.wait(10)
        report(1, 2, "写文件")

    task = tasks.start("写", work, cancelled=lambda: told.append("停"), ended=lambda: told.append("完"))
    task.stop()
    begun.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert told == ["停", "完"]


def test_a_stopped_task_ends_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    stopped = threading.Event()
    answers: list[object] = []

    def work(report: Progress) -> None:
        stopped.wait(10)
        report(1, 2, "写文件")

    task = tasks.start("写", work, answers.append)
    with qtbot.waitSignal(task.cancelled):
        task.stop()
        stopped.set()
    assert answers == []


def test_an_error_reaches_whoever_asked_or_everybody(qtbot: QtBot, tasks: Tasks) -> None:
    def work(_: Progress) -> None:
        raise UserError("U 盘已满")

    own: list[str] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.start("写", work, failed=lambda error: own.append(str(error)))
    assert own == ["U 盘已满"]
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.start("写", work)
    assert str(failed.args[0]) == "U 盘已满"


def test_a_task_is_owned_while_it_runs_and_let_go_after(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    with qtbot.waitSignal(tasks.idle):
        task = tasks.start("等", lambda _: gate.wait(10))
        assert tasks.running == [task]
        gate.set()
    assert tasks.running == []


def test_closing_waits_for_what_runs(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[int] = []
    tasks.start("等", lambda _: done.append(1))
    assert tasks.wait(10_000)
    assert done == [1]
    qtbot.waitUntil(lambda: tasks.running == [])


def test_nothing_of_a_task_is_left_behind_for_another_object_to_be_taken_for(
    qtbot: QtBot, tasks: Tasks
) -> None:
    """QRunnable.create leaves a Python object at an address that Qt uses again; then signals go missing."""
    for _ in range(200):
        with qtbot.waitSignal(tasks.idle):
            tasks.start("算数", lambda _report: None)
    gc.collect()
    assert [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QRunnable)] == []
