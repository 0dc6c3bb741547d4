"""What stands in a file of any kind, as tables: the work of the process that reads."""

from __future__ import annotations

from pathlib import PurePath

from app.exchange import file_kind, lrmx
from app.exchange.form import form_table, is_form
from app.exchange.tables import Found, Table, tables_of
from app.exchange.workbook import Sheet, open_workbook


def contents_of(name: str, content: bytes) -> Found:
    """Raises UserError, whatever the bytes are, with the file's name and what to do."""
    kind = file_kind.kind_of(name, content)
    if kind == "xml":
        return Found([lrmx.read(name, content)])
    tables: list[Table] = []
    ignored: list[tuple[str, str]] = []
    for sheet in open_workbook(name, content, kind):
        found = [] if sheet.hidden else _tables(sheet, PurePath(name).stem)
        tables += found
        if not found:
            ignored.append((sheet.name, _why_ignored(sheet)))
    return Found(tables, ignored)


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
