"""What stands in a file of any kind, as tables: the work of the process that reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from app.exchange import file_kind, lrm, lrmx
from app.exchange.form import continues, form_table, is_form
from app.exchange.form_pictures import Pictures
from app.exchange.tables import Found, Table, tables_of
from app.exchange.workbook import Sheet, open_workbook


def contents_of(name: str, content: bytes) -> Found:
    """Raises UserError, whatever the bytes are, with the file's name and what to do."""
    kind = file_kind.kind_of(name, content)
    if kind == "xml":
        return Found([lrmx.read(name, content)])
    if kind == "text" and lrm.is_lrm(name, content):
        return Found([lrm.read(name, content)])
    return _in_workbook(PurePath(name).stem, open_workbook(name, content, kind), content)


def _in_workbook(stem: str, sheets: Sequence[Sheet], content: bytes) -> Found:
    pictures = Pictures(content)
    forms = [sheet for sheet in sheets if not sheet.hidden and is_form(sheet)]
    placed = pictures.of_sheets() if forms else {}
    tables: list[Table] = []
    ignored: list[tuple[str, str]] = []
    for sheet, more in _with_following(sheets, forms):
        if sheet in forms:
            person = form_table(sheet, more, placed, pictures)
            found = [person] if person else []
        else:
            found = [] if sheet.hidden else tables_of(sheet, stem)
        tables += found
        if not found:
            ignored.append((sheet.name, _why_ignored(sheet)))
    return Found(tables, ignored)


def _with_following(sheets: Sequence[Sheet], forms: Sequence[Sheet]) -> list[tuple[Sheet, list[Sheet]]]:
    """Each sheet with those behind it that only go on with its form."""
    found: list[tuple[Sheet, list[Sheet]]] = []
    for sheet in sheets:
        if found and found[-1][0] in forms and not sheet.hidden and continues(sheet):
            found[-1][1].append(sheet)
        else:
            found.append((sheet, []))
    return found


def _why_ignored(sheet: Sheet) -> str:
    if sheet.hidden:
        return "隐藏的工作表"
    if not any(cell not in ("", None) for row in sheet.rows for cell in row):
        return "空的工作表"
    if is_form(sheet):
        return "没有填写姓名的空白表"
    return "没有认得出的表头，像是说明或别的内容"
