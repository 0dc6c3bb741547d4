"""The province's collection form, filled for people: a file for each, or one workbook with a sheet for each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from app.errors import UserError
from app.paths import resource
from app.reports.blank_copy import copy_of
from app.reports.continuation import ContinuationSheet
from app.reports.form_mapping import FormMapping, read_form
from app.reports.form_sheet import CONTINUED, FormProblem, FormSheet
from app.reports.sheet_foot import set_foot
from app.reports.sheet_names import FileNames, SheetNames, form_file_name
from app.reports.subject import FormOffice, FormSubject

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORMS = "forms"
USUAL_FORM = "collection"


@dataclass(frozen=True)
class FormFile:
    """One person's filled form."""

    name: str
    content: bytes
    problems: list[FormProblem]


def named_form(name: str = USUAL_FORM) -> FormMapping:
    return read_form(resource(FORMS) / name)


def form_files(
    mapping: FormMapping, subjects: Iterable[FormSubject], office: FormOffice
) -> Iterator[FormFile]:
    """采集表_姓名_尾4位.xlsx for everybody, one after the other."""
    blank, names = mapping.blank.read_bytes(), FileNames()
    for subject in subjects:
        workbook = _opened(mapping, blank)
        problems = _fill(workbook, workbook[mapping.sheet], mapping, subject, office, SheetNames())
        name = names.take(form_file_name(subject.name, subject.texts.get("id_number", "")))
        yield FormFile(name, _saved(workbook), problems)


def write_form_book(
    target: BinaryIO, mapping: FormMapping, subjects: Iterable[FormSubject], office: FormOffice
) -> list[FormProblem]:
    """One workbook, a sheet for each person. Raises UserError when there is nobody."""
    workbook, names = _opened(mapping, mapping.blank.read_bytes()), SheetNames()
    blank = workbook[mapping.sheet]
    blank.title = "空表 模板"  # gone before saving; frees its title
    problems: list[FormProblem] = []
    for subject in subjects:
        sheet = copy_of(workbook, blank, names.take(subject.name))
        problems += _fill(workbook, sheet, mapping, subject, office, names)
    workbook.remove(blank)
    if not workbook.sheetnames:
        raise UserError("没有选中任何人，没有填表。请先选人。")
    workbook.active = 0
    target.write(_saved(workbook))
    return problems


def _opened(mapping: FormMapping, blank: bytes) -> Workbook:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(io.BytesIO(blank))
        workbook[mapping.sheet]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UserError(
            f"空表“{mapping.blank.name}”打不开，或里面没有工作表“{mapping.sheet}”。请检查表样文件夹。"
        ) from error
    return workbook


def _fill(
    workbook: Workbook,
    sheet: Worksheet,
    mapping: FormMapping,
    subject: FormSubject,
    office: FormOffice,
    names: SheetNames,
) -> list[FormProblem]:
    form = FormSheet(sheet, mapping)
    form.fill(subject, office)
    set_foot(sheet, office.imprint)
    if form.overflow:
        place = workbook.index(sheet) + 1
        following = workbook.create_sheet(names.take(sheet.title, CONTINUED), place)
        page = ContinuationSheet(following, sheet, mapping)
        page.write(office.title or mapping.title, subject, form.overflow)
        set_foot(following, office.imprint)
    return form.problems


def _saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
