"""A day's work on people whose names can be searched for: everything that writes to the disk is done once.

python -m tests.reliability.a_working_day FOLDER closed|killed
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.fields import identity
from app.services.desk import Desk, open_desk
from app.services.exports import Errand
from app.services.vault import Vault
from app.ui.errors import Errors
from app.ui.program import Program
from app.ui.start import application
from tests.desks import PASSWORD

PLANTED = 50
FULL = Errand("work", "本单位", masked=False)


def name(number: int) -> str:
    """Characters that stand nowhere else in the program."""
    return f"瀧{chr(0x9D00 + number)}龘"


def number_of(number: int) -> str:
    digits = f"5299991941{number % 12 + 1:02d}{number % 28 + 1:02d}7{number % 10}3"
    return digits + identity.check_character(digits)


def phone(number: int) -> str:
    return f"199000{77000 + number}"


def planted() -> list[str]:
    return [text for number in range(PLANTED) for text in (name(number), number_of(number), phone(number))]


def work(folder: Path, made: QApplication) -> Desk:
    desk = _first_day(folder)
    _take_in(desk, folder / "in")
    _look(desk, made)
    _write_out(desk, folder)
    desk.backups.make()
    _fail(desk, made)
    return desk


def _first_day(folder: Path) -> Desk:
    opened = Vault(folder / "data").create("林晓芸", PASSWORD)
    desk = open_desk(folder / "data", opened, "window")
    desk.office.save(
        {"township": "卫城镇", "unit": "卫城镇人民政府", "officer": "林晓芸", "preparer": "林晓芸"}
    )
    return desk


def _take_in(desk: Desk, folder: Path) -> None:
    folder.mkdir()
    path = folder / "名单.csv"
    lines = ["姓名,性别,身份证号,手机,健康状况"]
    lines += [f"{name(each)},男,{number_of(each)},{phone(each)},一般" for each in range(PLANTED)]
    path.write_text("\n".join(lines), encoding="utf-8")
    counts, _ = desk.imports.apply(desk.imports.preview(path))
    assert counts.applied == PLANTED, counts
    desk.drafts.keep("cadre:new", {"values": {"name": name(0), "id_number": number_of(0)}})


def _look(desk: Desk, made: QApplication) -> None:
    """Every page of the window, with a search."""
    program = Program(desk.folder, made)
    program.window.show()
    program.begin(desk)
    for key in program.keys:
        program.window.open(key)
        made.processEvents()
    program.window.open("roster", name(3))
    made.processEvents()
    program.tasks.wait()
    made.processEvents()
    program.retire()
    made.processEvents()


def _write_out(desk: Desk, folder: Path) -> None:
    for place in ("out", "stick"):
        (folder / place).mkdir()
    for paper in (desk.printing.roster(), desk.printing.form_book()):
        desk.exports.save(paper, folder / "out", FULL)
    desk.deliveries.deliver(folder / "stick", "2026")


def _fail(desk: Desk, made: QApplication) -> None:
    """A fault that carries what it was working on, as faults do."""
    errors = Errors(desk.folder)
    try:
        raise KeyError(f"{name(1)} {number_of(1)} {phone(1)}")
    except KeyError as error:
        box = errors.show(error)
        made.processEvents()
        if box:
            box.close()
            made.processEvents()


def main() -> None:
    folder, ending = Path(sys.argv[1]), sys.argv[2]
    made = application()
    desk = work(folder, made)
    sys.stdout.write("worked through\n")
    sys.stdout.flush()
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    desk.close()


if __name__ == "__main__":
    main()
