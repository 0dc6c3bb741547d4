"""The recovery sheet: on paper at once, or remembered as still to be printed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app import clock
from app.errors import UserError
from app.exchange.safe_write import write_file
from app.models.conversion import wipe
from app.services.desk import Desk
from app.services.notes import SHEET_PRINTED_AT
from app.services.office import unit_of
from app.services.paper import Paper

NUMBER = 8
"""Characters of the key file's identity that people compare."""


def data_number(file_id: str) -> str:
    """How people call this data: on the sheet, and where its words are asked for."""
    short = file_id.replace("-", "")[:NUMBER].upper()
    return f"{short[:4]}-{short[4:]}"


def recovery_paper(desk: Desk, code: str) -> Paper:
    """The sheet with these words. Nothing of it stays on the disk."""
    from app.reports.recovery_sheet import RecoverySheet, write_recovery_sheet
    from app.vault.recovery import words_of

    sheet = RecoverySheet(
        unit_of(desk.office.read()),
        data_number(desk.vault.file_id),
        tuple((word.text, word.pinyin) for word in words_of(code)),
        code,
        clock.today().isoformat(),
        desk.database.actor.name,
    )
    with tempfile.TemporaryDirectory(prefix="sangyu-") as folder:
        path = Path(folder) / "sheet.pdf"
        try:
            printed = write_recovery_sheet(path, sheet)
            content = path.read_bytes()
        finally:
            wipe(path)
    return Paper("数据恢复单.pdf", content, printed.pages)


def save_paper(paper: Paper, path: Path) -> None:
    """Where the user wants it, to be printed elsewhere. Raises UserError when it cannot be written there."""
    write_file(path, paper.content)


def new_recovery(desk: Desk) -> str:
    """New words; the former sheet opens nothing any more. They are to be printed now: they are kept nowhere.

    Raises UserError for who may not keep the door.
    """
    if not desk.may("manage"):
        raise UserError("恢复单由管理员来换，没有改动。")
    code = desk.vault.new_recovery(desk.database.keys)
    desk.notes.put(SHEET_PRINTED_AT, "")
    desk.database.record("recovery_sheet", "换了新的恢复词")
    return code


def note_printed(desk: Desk, how: str) -> None:
    """`how` as the log says it, such as 打印."""
    desk.database.record("recovery_sheet", how)
    desk.notes.put(SHEET_PRINTED_AT, clock.now().isoformat())


def sheet_missing(desk: Desk) -> bool:
    """Whether somebody should be reminded: the practice township needs no envelope."""
    return not desk.notes.get(SHEET_PRINTED_AT) and not desk.office.read().get("practice")
