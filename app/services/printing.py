"""Everything on paper and in filled forms: reads records, calls reports, writes safely."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import clock
from app.errors import UserError
from app.exchange.file_names import free_name, tidy_name
from app.exchange.safe_write import write_file
from app.fields import dates
from app.fields.codes import code_table
from app.models.cadre import CADRE
from app.models.database import Database
from app.models.service_records import PAYMENT, VISIT
from app.services.cadres import CadreFile, Cadres
from app.services.office import OfficeProfile
from app.services.payments import BatchFile, Payments
from app.services.pictures import Pictures
from app.services.progress import Progress, silent
from app.services.subjects import form_office, form_subject
from app.services.visits import VisitLine, Visits

XLSX = ".xlsx"


@dataclass(frozen=True)
class Paper:
    """A finished PDF or workbook; `warnings` are said before it is printed."""

    name: str
    content: bytes
    pages: int = 0
    warnings: Sequence[str] = ()


@dataclass
class Filled:
    """Collection forms for several people."""

    papers: list[Paper] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return [warning for paper in self.papers for warning in paper.warnings]


class Printing:
    """Makes papers in memory; `save` brings one to its folder."""

    def __init__(self, database: Database) -> None:
        self._cadres = Cadres(database)
        self._visits = Visits(database)
        self._payments = Payments(database)
        self._office = OfficeProfile(database)
        self._pictures = Pictures(database)

    def forms(self, uids: Sequence[str] | None = None, progress: Progress = silent) -> Filled:
        """One collection form a person, for all or the named."""
        from app.reports.collection_form import form_files

        files = self._files(uids)
        filled = Filled()
        subjects = (form_subject(file, self._photo(file)) for file in files)
        for form in form_files(self._form(), subjects, self._form_office()):
            progress(len(filled.papers), len(files), f"正在填写 {form.name}")
            warnings = [str(problem) for problem in form.problems]
            filled.papers.append(Paper(form.name, form.content, warnings=warnings))
        return filled

    def form_book(self, uids: Sequence[str] | None = None) -> Paper:
        """All collection forms in one workbook, a sheet a person."""
        from app.reports.collection_form import write_form_book

        target = io.BytesIO()
        subjects = (form_subject(file, self._photo(file)) for file in self._files(uids))
        problems = write_form_book(target, self._form(), subjects, self._form_office())
        name = tidy_name(f"{self._township}_采集表_{clock.today():%Y%m%d}{XLSX}")
        return Paper(name, target.getvalue(), warnings=[str(problem) for problem in problems])

    def roster(self, uids: Sequence[str] | None = None, fields: Sequence[str] | None = None) -> Paper:
        """The roster as a workbook: the full columns of domain.md §1.5, or the named fields."""
        from app.reports.roster import write_roster

        subjects = [form_subject(file) for file in self._files(uids)]
        target = io.BytesIO()
        write_roster(target, subjects, self._form_office(), fields=self._columns(fields))
        return Paper(
            tidy_name(f"{self._township}_离退休干部花名册_{clock.today():%Y%m%d}{XLSX}"), target.getvalue()
        )

    def visits_book(self, period: str = "") -> Paper:
        """The visits of a period as a plain workbook."""
        lines = [
            {**VISIT.texts(line.values), "names": line.names} for line in reversed(self._visits.lines(period))
        ]
        columns = [("走访对象", "names"), *((field_.label, field_.name) for field_ in VISIT.fields)]
        return self._table(f"{self._township}{_period(period)}走访台账", columns, lines)

    def payments_book(self) -> Paper:
        """Every payment as a plain workbook."""
        people = {file.uid: file for file in self._cadres.read_all()}
        lines = []
        for batch in self._payments.lines():
            title = str(batch.values.get("title") or "")
            for row in self._payments.read(batch.uid).payments:
                values = people[row["cadre_uid"]].values
                about = {"title": title, "name": values["name"] or "", "id_number": values["id_number"] or ""}
                lines.append({**PAYMENT.texts(row), **about})
        columns = [("批次", "title"), ("姓名", "name"), ("身份证号", "id_number")]
        columns += [(field_.label, field_.name) for field_ in PAYMENT.fields]
        return self._table(f"{self._township}发放明细", columns, lines)

    def visit_ledger(self, period: str, photos: bool = False) -> Paper:
        """走访慰问台账 as PDF, oldest first."""
        from app.reports import visit_ledger as report

        people = {file.uid or "": file.values for file in self._cadres.read_all()}
        lines = [self._visit_line(line, people) for line in reversed(self._visits.lines(period))]
        profile = self._office.read()
        head = report.LedgerHead(
            unit=_unit(profile),
            period=_period(period) or "全部",
            preparer=profile.get("preparer") or "",
            reviewer=profile.get("reviewer") or "",
            printed_on=clock.today().isoformat(),
        )
        options = report.VisitLedgerOptions(photo_pages=photos)
        return pdf_paper(
            f"{self._township}_{_period(period) or '全部'}走访慰问台账.pdf",
            lambda path: report.write_visit_ledger(path, head, lines, options),
        )

    def _visit_line(self, line: VisitLine, people: Mapping[str, Mapping[str, Any]]) -> Any:
        from app.reports.visit_ledger import Visited
        from app.reports.visit_ledger import VisitLine as Printed

        values, texts = line.values, VISIT.texts(line.values)
        met = [(name, people.get(uid, {})) for uid, name in line.people]
        visited = tuple(Visited(name, _text(own, "sex"), _age(own, values.get("date"))) for name, own in met)
        told = "；".join(text for text in (values.get("situation"), values.get("requests")) if text)
        return Printed(
            on=values.get("date") or "",
            people=visited,
            category=_first(met),
            kind=texts["kind"],
            place=texts["place"],
            leader=texts["leader"],
            staff=texts["staff"],
            money=values.get("money"),
            goods=_goods(texts),
            situation=told,
            answer=texts["answer"],
            remarks=texts["remarks"],
        )

    def sign_off_sheet(self, batch_uid: str, masked: bool = True) -> Paper:
        """补助发放签领表 as PDF."""
        from app.reports import sign_off_sheet as report

        batch = self._payments.read(batch_uid)
        people = {file.uid or "": file.values for file in self._cadres.read_all()}
        lines = [_payment_line(row, people.get(row["cadre_uid"], {})) for row in batch.payments]
        head = self._payment_head(batch)
        options = report.SignOffOptions(mask_id_numbers=masked)
        return pdf_paper(
            f"{self._township}_{batch.values.get('title') or '发放'}_签领表.pdf",
            lambda path: report.write_sign_off_sheet(path, head, lines, options),
        )

    def _payment_head(self, batch: BatchFile) -> Any:
        from app.reports.sign_off_sheet import PaymentHead

        profile, values = self._office.read(), batch.values
        return PaymentHead(
            unit=_unit(profile),
            fund=code_table("fund").label(values.get("fund") or ""),
            period=values.get("period") or "",
            source=values.get("source") or "",
            basis=values.get("document") or "",
            paid_on=values.get("paid_on"),
            reviewer=profile.get("reviewer") or "",
            preparer=profile.get("preparer") or "",
            title=values.get("title") or "",
        )

    def save(self, paper: Paper, target: Path) -> Path:
        """Brings a paper to a folder under a name that is not taken, or to the chosen file."""
        path = free_name(target / paper.name) if target.is_dir() else target
        write_file(path, paper.content)
        return path

    def save_all(self, papers: Sequence[Paper], folder: Path, progress: Progress = silent) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        saved = []
        for done, paper in enumerate(papers):
            progress(done, len(papers), f"正在写入 {paper.name}")
            saved.append(self.save(paper, folder))
        return saved

    def _files(self, uids: Sequence[str] | None) -> list[CadreFile]:
        files = self._cadres.read_all(uids)
        if not files:
            raise UserError("花名册里还没有人，没有可以填写的表。请先导入花名册或新建档案。")
        return files

    def _photo(self, file: CadreFile) -> bytes | None:
        return self._pictures.content(file.values.get("photo"))

    def _form(self) -> Any:
        from app.reports.collection_form import named_form

        return named_form()

    def _form_office(self) -> Any:
        return form_office(self._office.read(), clock.today().isoformat())

    @property
    def _township(self) -> str:
        return self._office.read().get("township") or "本单位"

    def _columns(self, fields: Sequence[str] | None) -> list[tuple[str, str]] | None:
        return [(CADRE.field(name).label, name) for name in fields] if fields else None

    def _table(
        self, title: str, columns: Sequence[tuple[str, str]], lines: Sequence[Mapping[str, str]]
    ) -> Paper:
        from app.reports.table_workbook import write_table

        target = io.BytesIO()
        write_table(target, title, columns, lines)
        return Paper(tidy_name(f"{title}_{clock.today():%Y%m%d}{XLSX}"), target.getvalue())


def pdf_paper(name: str, write: Callable[[Path], Any]) -> Paper:
    """Runs a report that writes a file, in a private folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sangyu-") as folder:
        path = Path(folder) / "paper.pdf"
        printed = write(path)
        return Paper(tidy_name(name), path.read_bytes(), printed.pages, _warnings(printed))


def _warnings(printed: Any) -> list[str]:
    missing = [f"“{each.character}”没有字体能印，印成〓：{each.where}" for each in printed.missing]
    cut = [f"{each.where} 的“{each.column}”太长，印不全" for each in printed.cut]
    return missing + cut + [f"照片打不开：{each}" for each in printed.unreadable_photos]


def _unit(profile: Mapping[str, Any]) -> str:
    return profile.get("unit") or profile.get("township") or ""


def _period(period: str) -> str:
    return dates.show(period, "年") if period else ""


def _text(values: Mapping[str, Any], name: str) -> str:
    return CADRE.field(name).kind.format(values.get(name))


def _age(values: Mapping[str, Any], on: str | None) -> int | None:
    birth = values.get("birth_date")
    return dates.age(birth, dates.first_day(on)) if birth and on else None


def _first(met: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Kind and treatment of those met; what they share is said once."""
    told = [
        " ".join(text for text in (_text(own, "retirement_kind"), _text(own, "treatment")) if text)
        for _, own in met
    ]
    return "；".join(dict.fromkeys(text for text in told if text))


def _goods(texts: Mapping[str, str]) -> str:
    worth = f"（折价 {texts['goods_value']} 元）" if texts["goods_value"] else ""
    return texts["goods"] + worth if texts["goods"] else ""


def _payment_line(row: Mapping[str, Any], person: Mapping[str, Any]) -> Any:
    from app.reports.sign_off_sheet import PaymentLine

    due, adjustment = row.get("amount") or 0, row.get("adjustment") or 0
    signer = row.get("signer") if row.get("signer") != person.get("name") else None
    proxy = " ".join(text for text in (signer, row.get("signer_relation")) if text)
    return PaymentLine(
        name=person.get("name") or "",
        sex=_text(person, "sex"),
        id_number=person.get("id_number") or "",
        category=_text(person, "retirement_kind"),
        treatment=_text(person, "treatment"),
        standard=row.get("standard"),
        times=row.get("times"),
        due=due,
        adjustment=adjustment,
        paid=due + adjustment,
        way=PAYMENT.field("method").kind.format(row.get("method")),
        card=row.get("bank_account") or person.get("bank_account") or "",
        proxy=proxy,
        remarks=row.get("remarks") or "",
    )
