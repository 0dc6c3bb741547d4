"""The folder for the county office: everything the township owns, written to a stick or a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.errors import UserError
from app.exchange import safe_write
from app.exchange.bundle import BundleContent, BundleHead, Written, write_bundle
from app.exchange.drives import Drive, removable_drives
from app.fields.spec import Change
from app.models.base import new_uid
from app.models.database import Database
from app.models.migrate import NEWEST
from app.models.office import Delivery
from app.services.cadres import Cadres
from app.services.office import OfficeProfile
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.printing import Paper, Printing
from app.services.progress import Progress, silent
from app.services.visits import Visits

TITLES = {
    "cadres": "离退休干部",
    "visits": "走访",
    "payment_batches": "发放批次",
}


@dataclass(frozen=True)
class Delivered:
    """A folder that was read back from its disk and is whole."""

    path: Path
    seq: int
    period: str
    check_code: str
    counts: Mapping[str, int]
    size: int
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class PastDelivery:
    """One line of the list of what was handed over."""

    seq: int
    name: str
    period: str
    written_at: str
    people: int
    check_code: str


class Deliveries:
    """Bundles get consecutive numbers; each names the one before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cadres = Cadres(database)
        self._visits = Visits(database)
        self._payments = Payments(database)
        self._office = OfficeProfile(database)
        self._pictures = Pictures(database)
        self._printing = Printing(database)

    def drives(self) -> list[Drive]:
        """The sticks that are plugged in."""
        return removable_drives()

    def leftovers(self, folder: Path) -> list[Path]:
        """What a writing that was broken off left behind."""
        return safe_write.leftovers(folder)

    def remove_leftover(self, path: Path) -> None:
        safe_write.remove_leftover(path)

    def past(self) -> list[PastDelivery]:
        """What was handed over, the newest first."""
        with self._database.reading() as session:
            found = session.scalars(select(Delivery).order_by(Delivery.seq.desc())).all()
            return [
                PastDelivery(each.seq, each.name, each.period, each.written_at, each.people, each.check_code)
                for each in found
            ]

    def deliver(self, folder: Path, period: str, progress: Progress = silent) -> Delivered:
        """Writes, reads back, and only then counts it as handed over.

        `period` is 'YYYY', 'YYYY-MM' or 'YYYY-Q1'. Raises UserError when the disk does not take it whole;
        nothing is left under a final name then.
        """
        profile = self._office.read()
        if not profile.get("township"):
            raise UserError("还没有填写乡镇名称。请先在“设置”里填好单位，再上报。")
        head = self._head(profile, period)
        content, warnings = self._content(head, period, progress)
        written = write_bundle(folder, content, progress)
        self._remember(written, head)
        return Delivered(
            written.path, head.seq, period, written.check_code, dict(written.counts), written.size, warnings
        )

    def _head(self, profile: Mapping[str, Any], period: str) -> BundleHead:
        with self._database.reading() as session:
            last = session.scalar(select(func.max(Delivery.seq))) or 0
            before = session.scalar(select(Delivery.manifest_sha256).where(Delivery.seq == last))
        return BundleHead(
            township_code=profile.get("township_code") or "",
            township=profile["township"],
            site_id=self._office.site_id,
            bundle_uid=new_uid(),
            seq=last + 1,
            period=period,
            created_at=clock.now().isoformat(),
            operator=profile.get("officer") or "",
            schema=int(NEWEST),
            program=program_version(),
            province={"name": profile.get("province") or "", "form": profile.get("form_title") or ""},
            previous=before,
        )

    def _content(self, head: BundleHead, period: str, progress: Progress) -> tuple[BundleContent, list[str]]:
        forms = self._printing.forms(progress=progress)
        ledgers = self._ledgers(period)
        files: dict[str, bytes | Path] = {f"forms/{paper.name}": paper.content for paper in forms.papers}
        files |= {f"ledgers/{paper.name}": paper.content for paper in ledgers}
        files |= self._photos()
        warnings = forms.warnings + [warning for paper in ledgers for warning in paper.warnings]
        return BundleContent(head, self._tables(), files, TITLES), warnings

    def _ledgers(self, period: str) -> list[Paper]:
        year = period[:4]
        papers = [self._printing.visit_ledger(year)]
        batches = [
            line for line in self._payments.lines() if (line.values.get("paid_on") or year)[:4] == year
        ]
        return papers + [self._printing.sign_off_sheet(line.uid) for line in batches if line.people]

    def _photos(self) -> dict[str, bytes]:
        keys = {file.values.get("photo") for file in self._cadres.read_all()}
        keys |= {key for line in self._visits.lines() for key in self._visits.read(line.uid).photos}
        found = ((key, self._pictures.content(key)) for key in sorted(key for key in keys if key))
        return {f"photos/{key}.jpg": content for key, content in found if content}

    def _tables(self) -> dict[str, Iterable[Mapping[str, Any]]]:
        cadres = [{"uid": file.uid, **file.values, **file.parts} for file in self._cadres.read_all()]
        visits = [self._visit_row(line.uid) for line in self._visits.lines()]
        batches = [self._batch_row(line.uid) for line in self._payments.lines()]
        return {"cadres": cadres, "visits": visits, "payment_batches": batches}

    def _visit_row(self, uid: str) -> dict[str, Any]:
        visit = self._visits.read(uid)
        return {"uid": uid, **visit.values, "people": visit.people, "photos": visit.photos}

    def _batch_row(self, uid: str) -> dict[str, Any]:
        batch = self._payments.read(uid)
        return {"uid": uid, **batch.values, "payments": batch.payments}

    def _remember(self, written: Written, head: BundleHead) -> Change:
        delivery = Delivery(
            uid=head.bundle_uid,
            seq=head.seq,
            period=head.period,
            name=written.path.name,
            manifest_sha256=written.sha256,
            check_code=written.check_code,
            written_at=head.created_at,
            people=written.counts.get("cadres", 0),
        )
        with self._database.transaction() as session:
            session.add(delivery)
        return Change("delivery", frozenset({head.bundle_uid}))

    def cover_sheet(self, delivered: Delivered) -> Paper:
        """上报封面: counts, number, check code and lines to sign."""
        from app.reports.cover_sheet import CoverCount, CoverSheet, write_cover_sheet
        from app.services.printing import pdf_paper

        profile = self._office.read()
        counts = tuple(
            CoverCount(TITLES.get(table, table), count) for table, count in delivered.counts.items()
        )
        sheet = CoverSheet(
            unit=profile.get("unit") or profile.get("township") or "",
            period=delivered.period,
            number=f"第 {delivered.seq:02d} 包",
            counts=counts,
            check_code=delivered.check_code,
            receiver="县委老干部局",
            preparer=profile.get("preparer") or "",
            reviewer=profile.get("reviewer") or "",
            telephone=profile.get("telephone") or "",
            made_on=clock.today().isoformat(),
        )
        return pdf_paper(f"上报封面_第{delivered.seq:02d}包.pdf", lambda path: write_cover_sheet(path, sheet))


def program_version() -> str:
    """The installed version; from source without installation, the one in development."""
    try:
        return version("sangyu")
    except PackageNotFoundError:
        return "0.1.0"
