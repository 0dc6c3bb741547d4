"""Any file that an office hands over, as tables."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError
from app.exchange import file_kind
from app.exchange.answers import found_of
from app.exchange.child import DOCUMENT, READERS
from app.exchange.tables import Found
from app.progress import Progress, silent


def get_ready() -> None:
    """A file is going to be chosen: what reads it is started meanwhile."""
    READERS.prepare()


def read_document(path: Path, progress: Progress = silent) -> Found:
    """The tables of a workbook, a text table, a filled form or an .lrmx file, read in another process.

    Raises UserError, whatever the file holds, with the file's name and what to do.
    """
    content = file_kind.read_bytes(path)
    answer = READERS.read(DOCUMENT, path.name, content, progress)
    try:
        found = found_of(answer)
    except ValueError as error:
        raise UserError(
            f"“{path.name}”读出来的内容不对，文件可能有害，没有读入；{DOCUMENT.advice}"
        ) from error
    return Found(found.tables, found.ignored, [*_notes(path), *found.notes])


def _notes(path: Path) -> list[str]:
    if file_kind.is_open_elsewhere(path):
        return [f"“{path.name}”可能正在 WPS 或 Excel 中打开，还没有保存的修改读不到"]
    return []
