"""Everything on paper and in filled forms: reads records, calls reports, writes safely."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock
from app.errors import UserError
from app.exchange.collector import collector_paused
from app.exchange.file_names import tidy_name
from app.fields import periods
from app.fields.codes import code_table
from app.models.cadre import CADRE
from app.models.database import Database
from app.progress import Progress, silent
from app.services import printed_notice, printed_payments, printed_visits
from app.services.cadres import CadreFile, Cadres
from app.services.completeness import completeness
from app.services.imprints import Imprints
from app.services.list_tables import look_of, payments_table, visits_table
from app.services.masked_texts import masked_values
from app.services.office import OfficeProfile, unit_of
from app.services.paper import MOST_LOOKED_AT, XLSX, Facts, Look, Paper, Setup, pdf_paper
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.roster_order import KeptOrder
from app.services.subjects import form_office, form_subject
from app.services.visits import VisitLine, Visits

if TYPE_CHECKING:
    from app.reports.form_mapping import FormMapping
    from app.reports.form_sheet import FormProblem
    from app.reports.ledger import PageSetup
    from app.reports.printed import Printed
    from app.reports.public_notice import NoticeHead, NoticeLine
    from app.reports.subject import FormOffice, FormSubject
    from app.reports.table_workbook import Table

__all__ = ["Filled", "FormLine", "Look", "Paper", "Printing", "Setup", "pdf_paper"]
USUAL = Setup()


@dataclass
class Filled:
    """Collection forms for several people."""

    papers: list[Paper] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return [warning for paper in self.papers for warning in paper.warnings]


@dataclass(frozen=True)
class FormLine:
    """What a collection form will hold before it is filled: whose it is, and what will stand empty."""

    uid: str
    name: str
    percent: int
    missing: Sequence[str]


class Printing:
    """Makes papers in memory; `Exports` brings them out. `masked` leaves of people's numbers only their ends."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._visits = Visits(database)
        self._payments = Payments(database)
        self._office = OfficeProfile(database)
        self._pictures = Pictures(database)
        self._imprints = Imprints(database)
        self._order = KeptOrder(database)

    def form_lines(self, uids: Sequence[str] | None = None) -> list[FormLine]:
        """Whose forms would be filled, and which fields are still empty."""
        lines = []
        for file in self._cadres.read_all(uids):
            state = completeness(file)
            missing = [gap.label for gap in state.gaps]
            lines.append(FormLine(file.uid or "", file.values.get("name") or "", state.percent, missing))
        return lines

    def forms(
        self, uids: Sequence[str] | None = None, progress: Progress = silent, *, masked: bool = False
    ) -> Filled:
        """One collection form a person, for all or the named."""
        from app.reports.collection_form import form_files

        files, mapping = self._files(uids), self._form()
        filled, facts = Filled(), _form_facts(mapping, 1, masked)
        subjects = self._subjects(files, progress, masked=masked)
        for form in form_files(mapping, subjects, self._form_office()):
            warnings = [_form_warning(problem) for problem in form.problems]
            filled.papers.append(Paper(form.name, form.content, warnings=warnings, facts=facts))
        return filled

    def form_book(
        self, uids: Sequence[str] | None = None, progress: Progress = silent, *, masked: bool = False
    ) -> Paper:
        """All collection forms in one workbook, a sheet a person."""
        from app.reports.collection_form import write_form_book

        target, files, mapping = io.BytesIO(), self._files(uids), self._form()
        subjects = self._subjects(files, progress, masked=masked)
        problems = write_form_book(target, mapping, subjects, self._form_office())
        warnings = [_form_warning(problem) for problem in problems]
        facts = _form_facts(mapping, len(files), masked)
        return Paper(self.form_book_name, target.getvalue(), warnings=warnings, facts=facts)

    @property
    def form_book_name(self) -> str:
        return _dated(f"{self._township}_采集表")

    @collector_paused()
    def roster(
        self,
        uids: Sequence[str] | None = None,
        fields: Sequence[str] | None = None,
        *,
        masked: bool = False,
    ) -> Paper:
        """The roster as a workbook: the full columns of domain.md §1.5, or the named fields."""
        from app.reports.roster import RosterHeading, named_roster, roster_of_fields, write_roster

        order = self._order.order
        files = order.sort(self._files(uids), lambda file: file.values)
        subjects = [form_subject(file, masked=masked) for file in files]
        labels = [(name, CADRE.field(name).label) for name in fields or ()]
        layout = roster_of_fields("离退休干部花名册", labels) if labels else named_roster()
        office = self._form_office()
        target = io.BytesIO()
        write_roster(target, layout, subjects, RosterHeading(office, sorted_by=order.remark))
        shown = [
            [column.text(number, subject, office.filled_on) for column in layout.columns]
            for number, subject in enumerate(subjects[:MOST_LOOKED_AT], 1)
        ]
        titles = [column.column.title.replace("\n", "") for column in layout.columns]
        look = Look(titles, shown, len(subjects))
        facts = Facts("roster", len(subjects), len(subjects), titles, masked)
        return Paper(_dated(f"{self._township}_{layout.title}"), target.getvalue(), look=look, facts=facts)

    def visits_book(self, period: str = "") -> Paper:
        """The visits of a period as a plain workbook, oldest first."""
        title = f"{self._township}{periods.said(period) if period else ''}走访台账"
        lines = self._visits_of(period)
        people = len({uid for line in lines for uid, _ in line.people})
        return _book("visits", visits_table(title, self._unit, lines, self._imprints.read()), people)

    def payments_book(self, batch_uids: Sequence[str] | None = None, *, masked: bool = False) -> Paper:
        """Every payment as a plain workbook, of all batches or the named."""
        title, people = f"{self._township}发放明细", self._people(printed_payments.PERSON_FIELDS)
        batches, imprint = list(self._payments.read_all(batch_uids)), self._imprints.read()
        paid = len({row["cadre_uid"] for batch in batches for row in batch.payments})
        table = payments_table(title, self._unit, batches, people, imprint, masked=masked)
        return _book("payments", table, paid, masked=masked)

    def public_notice(self, batch_uid: str) -> Paper:
        """公示表 of a batch as PDF: name, village or branch, category, amount."""
        from app.reports.public_notice import write_public_notice

        head, lines, about = self._notice(batch_uid)
        made = pdf_paper(about.name, lambda path: write_public_notice(path, head, lines), about.facts)
        return replace(made, warnings=[*about.warnings, *made.warnings])

    def public_book(self, batch_uid: str) -> Paper:
        """The same as a workbook."""
        from app.reports.public_notice import public_table

        head, lines, about = self._notice(batch_uid)
        book = _book("public", public_table(head, lines), about.facts.people)
        return replace(book, name=tidy_name(about.name, XLSX), warnings=about.warnings)

    def visit_ledger(self, period: str, photos: bool = False, setup: Setup = USUAL) -> Paper:
        """走访慰问台账 as PDF, oldest first; with `photos`, a page of pictures behind it for each visit."""
        from app.reports.visit_ledger import VisitLedgerOptions, write_visit_ledger

        lines = self._visits_of(period)
        people = self._people(printed_visits.PERSON_FIELDS)
        profile, imprint = self._office.read(), self._imprints.read()
        head = printed_visits.ledger_head(profile, periods.said(period), self._today, imprint)
        met = {uid for line in lines for uid, _ in line.people}
        options = VisitLedgerOptions(_page_setup(setup), photo_pages=photos)

        def write(path: Path) -> Printed:
            shown = self._photos(lines, path.parent) if photos else {}
            rows = [printed_visits.ledger_line(line, people, shown.get(line.uid, ())) for line in lines]
            return write_visit_ledger(path, head, rows, options)

        facts = Facts("ledger", len(met), len(lines))
        return pdf_paper(f"{self._township}_{periods.said(period)}走访慰问台账", write, facts)

    def visit_records(
        self,
        period: str = "",
        uids: Sequence[str] | None = None,
        photos: bool = True,
        *,
        masked: bool = False,
    ) -> Paper:
        """走访登记表: a page for each visit to each person, one person after the other (一人一档)."""
        from app.reports.visit_record import write_visit_records

        people = self._people(printed_visits.PERSON_FIELDS, masked=masked)
        profile, imprint = self._office.read(), self._imprints.read()
        lines = self._visits_of(period)
        wanted = people.keys() if uids is None else people.keys() & set(uids)
        place = {uid: number for number, uid in enumerate(people)}
        met = [(uid, line) for line in lines for uid, _ in line.people if uid in wanted]
        met.sort(key=lambda one: place[one[0]])
        if not met:
            raise UserError(
                f"{periods.said(period)}没有这些人的走访记录。请换一个期间，或先在“走访”里记下来。"
            )

        def write(path: Path) -> Printed:
            shown = self._photos([line for _, line in met], path.parent) if photos else {}
            return write_visit_records(
                path,
                [
                    printed_visits.visit_record(line, people[uid], profile, shown.get(line.uid, ()), imprint)
                    for uid, line in met
                ],
            )

        of_one = people[met[0][0]]["name"] if len(wanted) == 1 else self._township
        facts = Facts("records", len({uid for uid, _ in met}), len(met), masked=masked)
        return pdf_paper(f"{of_one}_{periods.said(period) if period else ''}走访登记表", write, facts)

    def sign_off_sheet(self, batch_uid: str, masked: bool = True, setup: Setup = USUAL) -> Paper:
        """补助发放签领表 as PDF."""
        from app.reports.sign_off_sheet import SignOffOptions, write_sign_off_sheet

        batch = self._payments.read(batch_uid)
        people = self._people(printed_payments.PERSON_FIELDS)
        lines = [
            printed_payments.payment_line(row, people.get(row["cadre_uid"], {})) for row in batch.payments
        ]
        head = printed_payments.payment_head(
            batch.values, self._office.read(), self._imprints.read(), batch.review
        )
        options = SignOffOptions(_page_setup(setup), mask_id_numbers=masked)
        return pdf_paper(
            f"{self._township}_{batch.values.get('title') or '发放'}_签领表",
            lambda path: write_sign_off_sheet(path, head, lines, options),
            Facts("sign_off", len(lines), len(lines), masked=masked),
        )

    def _notice(self, batch_uid: str) -> tuple[NoticeHead, list[NoticeLine], Paper]:
        """With what is known of the paper before it is made. Only four fields of each person are read at all."""
        batch = self._payments.read(batch_uid)
        people = self._people(printed_notice.PERSON_FIELDS)
        lines = [printed_notice.notice_line(row, people.get(row["cadre_uid"], {})) for row in batch.payments]
        head = printed_notice.notice_head(
            batch.values, self._office.read(), self._today, self._imprints.read()
        )
        name = f"{self._township}_{batch.values.get('title') or '发放'}_公示表"
        warnings = printed_notice.notice_warnings(head, is_reviewed=batch.review.is_done)
        return head, lines, Paper(name, b"", warnings=warnings, facts=Facts("public", len(lines), len(lines)))

    def _files(self, uids: Sequence[str] | None) -> list[CadreFile]:
        files = self._cadres.read_all(uids)
        if not files:
            raise UserError("花名册里还没有人，没有可以填写的表。请先导入花名册或新建档案。")
        return files

    def _subjects(
        self, files: Sequence[CadreFile], progress: Progress, *, masked: bool
    ) -> Iterator[FormSubject]:
        for done, file in enumerate(files):
            progress(done, len(files), f"正在填写 {file.values.get('name') or ''}的采集表")
            yield form_subject(file, self._pictures.content(file.values.get("photo")), masked=masked)

    def _people(self, names: Sequence[str], *, masked: bool = False) -> dict[str, Mapping[str, Any]]:
        """Everybody by uid, in the order of the roster."""
        rows = {row.uid: dict(zip(names, row.values, strict=True)) for row in self._cadres.rows(names)}
        return {uid: masked_values(CADRE, person) if masked else person for uid, person in rows.items()}

    def _visits_of(self, period: str) -> list[VisitLine]:
        """Oldest first. A date that only names the year is of no quarter."""
        lines = self._visits.lines(period[:4])
        return [line for line in reversed(lines) if periods.holds(period, line.values.get("date") or "")]

    def _photos(self, lines: Sequence[VisitLine], folder: Path) -> dict[str, list[Path]]:
        """The photos of each visit as files in the folder."""
        taken = self._visits.photos([line.uid for line in lines])
        files = self._pictures.copy_to(folder, {key for keys in taken.values() for key in keys})
        return {uid: [files[key] for key in keys if key in files] for uid, keys in taken.items()}

    def _form(self) -> FormMapping:
        from app.reports.collection_form import USUAL_FORM, named_form

        chosen = self._office.read().get("form_name") or ""
        return named_form(code_table("form").find(chosen) or USUAL_FORM)

    def _form_office(self) -> FormOffice:
        return form_office(self._office.read(), self._today, self._imprints.read())

    @property
    def _today(self) -> str:
        return clock.today().isoformat()

    @property
    def _township(self) -> str:
        return self._office.read().get("township") or "本单位"

    @property
    def _unit(self) -> str:
        return unit_of(self._office.read())


def _page_setup(setup: Setup) -> PageSetup:
    from app.reports.ledger import PageSetup

    return PageSetup(two_sided=setup.two_sided, rows_per_page=setup.rows_per_page)


def _form_facts(mapping: FormMapping, people: int, masked: bool) -> Facts:
    shown = [field.label for field in CADRE.fields if field.name in mapping.field_names]
    return Facts("forms", people, people, shown, masked)


def _book(kind: str, table: Table, people: int, *, masked: bool = False) -> Paper:
    from app.reports.table_workbook import write_table

    target = io.BytesIO()
    write_table(target, table)
    look = look_of(table)
    facts = Facts(kind, people, look.count, look.columns, masked)
    return Paper(_dated(table.title), target.getvalue(), look=look, facts=facts)


def _dated(title: str) -> str:
    return tidy_name(f"{title}_{clock.today():%Y%m%d}", XLSX)


def _form_warning(problem: FormProblem) -> str:
    return f"{problem.person}的“{problem.place}”：{problem.message}"
