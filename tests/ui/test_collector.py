"""Garbage that owns a timer may only be found on the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.collector import Collector, look


class Ring:
    """Keeps itself alive until somebody looks for garbage."""

    def __init__(self) -> None:
        self.timer = QTimer()
        self.me = self


@pytest.fixture
def owner() -> Iterator[QObject]:
    enabled = gc.isenabled()
    yield QObject()
    if enabled:
        gc.enable()


def make_garbage() -> None:
    for _ in range(5_000):
        ring: list[object] = []
        ring.append(ring)


def test_another_thread_finds_nothing_however_much_it_makes(application: QApplication, owner: QObject):
    collector = Collector(owner)
    ring = weakref.ref(Ring())
    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert ring() is not None
    look()
    gc.collect()
    assert ring() is None
    assert collector.parent() is owner
