"""Any file that an office hands over, as tables."""

from __future__ import annotations

from pathlib import Path

from app.exchange import file_kind, lrmx
from app.exchange.form import form_table, is_form
from app.exchange.tables import Found, Table, tables_of
from app.exchange.workbook import Sheet, open_workbook


def read_document(path: Path) -> Found:
    """The tables of a workbook, a text table, a filled form or an .lrmx file.

    Raises UserError, whatever the file holds, with the file's name and what to do.
    """
    content = file_kind.read_bytes(path)
    kind = file_kind.kind_of(path.name, content)
    if kind == "xml":
        return Found([lrmx.read(path, content)])
    workbook = open_workbook(path, content, kind)
    tables: list[Table] = []
    ignored: list[tuple[str, str]] = []
    for sheet in workbook.sheets:
        found = [] if sheet.hidden else _tables(sheet, path.stem)
        tables += found
        if not found:
            ignored.append((sheet.name, _why_ignored(sheet)))
    return Found(tables, ignored, workbook.notes)


def _tables(sheet: Sheet, file: str) -> list[Table]:
    if is_form(sheet):
        person = form_table(sheet)
        return [person] if person else []
    return tables_of(sheet, file)


def _why_ignored(sheet: Sheet) -> str:
    if sheet.hidden:
        return "隐藏的工作表"
    if not any(cell not in ("", None) for row in sheet.rows for cell in row):
        return "空的工作表"
    if is_form(sheet):
        return "没有填写姓名的空白表"
    return "没有认得出的表头，像是说明或别的内容"
