"""The program checks itself: one case from an empty folder to a delivery, then every page of the window."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import clock
from app.errors import UserError
from app.services.desk import Desk, open_desk
from app.services.practice import PRACTICE_NAME, PRACTICE_PASSWORD, make_practice
from app.services.vault import Vault
from app.ui.program import Program
from app.ui.start import application


def check() -> Iterator[str]:
    """Yields a sentence for every step that worked. Raises UserError for one that did not."""
    made = application()
    with tempfile.TemporaryDirectory(prefix="sangyu-", ignore_cleanup_errors=True) as folder:
        desk = _begun(Path(folder) / "data")
        try:
            yield from _work(desk, Path(folder))
            yield from _look(desk, made)
        finally:
            desk.close()
    yield "自检通过"


def _begun(folder: Path) -> Desk:
    """Through the door: made, shut and opened again with the password."""
    Vault(folder).create(PRACTICE_NAME, PRACTICE_PASSWORD)
    return open_desk(folder, Vault(folder).unlock(PRACTICE_PASSWORD), "program")


def _work(desk: Desk, folder: Path) -> Iterator[str]:
    make_practice(desk)
    people = desk.cadres.count()
    yield f"练习镇建好了，{people} 人"
    paper = desk.printing.roster()
    (saved,) = desk.exports.save(paper, folder, desk.exports.unasked("roster")).paths
    taken = desk.imports.preview(saved).counts
    _expect(taken.read == people and taken.new == 0, "写出的花名册读不回原来的人")
    yield "花名册写出又读回，人数一致"
    period = str(clock.today().year)
    _expect(desk.printing.visit_ledger(period).pages > 0, "走访台账没有印出来")
    delivered = desk.deliveries.deliver(folder, period)
    _expect(delivered.counts["cadres"] == people, "上报包里的人数不对")
    yield f"上报包写好并核对过，校验码 {delivered.check_code}"


def _look(desk: Desk, made: QApplication) -> Iterator[str]:
    program = Program(desk.folder, made)
    program.window.show()
    program.begin(desk)
    for key in program.keys:
        program.window.open(key)
        made.processEvents()
    program.tasks.wait()
    made.processEvents()
    program.window.close()
    yield "窗口的每一页都打开过"


def _expect(right: bool, otherwise: str) -> None:
    if not right:
        raise UserError(f"自检没有通过：{otherwise}")
