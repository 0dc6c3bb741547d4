"""The folder for the county office: everything the township owns, written to a stick or a folder."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app import VERSION, clock
from app.errors import UserError
from app.exchange import safe_write
from app.exchange.bundle import BundleContent, BundleHead, Written, write_bundle
from app.exchange.disk_errors import readable_size
from app.exchange.drives import Drive, removable_drives
from app.fields import periods
from app.models.base import new_uid
from app.models.database import Database
from app.models.delivery import Delivery
from app.models.migrate import NEWEST
from app.progress import Progress, silent
from app.reports.sheet_names import FileNames
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.delivery_outlook import DeliveryOutlook, Remark
from app.services.office import OfficeProfile, unit_of
from app.services.paper import Paper, pdf_paper
from app.services.payments import Payments
from app.services.pictures import Pictures
from app.services.printing import Printing
from app.services.visits import Visits

__all__ = ["Delivered", "Deliveries", "Drive", "PastDelivery", "Remark", "readable_size"]

TITLES = {
    "cadres": "离退休干部",
    "visits": "走访",
    "payment_batches": "发放批次",
    "forms": "采集表和花名册",
    "ledgers": "台账和签领表",
    "photos": "照片",
}
UNITS = {
    "cadres": "人",
    "visits": "次",
    "payment_batches": "批",
    "forms": "个",
    "ledgers": "个",
    "photos": "张",
}


@dataclass(frozen=True)
class Delivered:
    """A folder that was read back from its disk and is whole. `counts` are those of TITLES."""

    uid: str
    path: Path
    seq: int
    period: str
    check_code: str
    counts: Mapping[str, int]
    size: int
    warnings: Sequence[str] = ()

    @property
    def change(self) -> Change:
        return Change("delivery", frozenset({self.uid}))

    @property
    def told(self) -> list[str]:
        """The counts in words."""
        return [f"{TITLES[name]} {count} {UNITS[name]}" for name, count in self.counts.items()]


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

    def __init__(self, database: Database, find_drives: Callable[[], list[Drive]] = removable_drives) -> None:
        self._database = database
        self._find_drives = find_drives
        self._cadres = Cadres(database)
        self._visits = Visits(database)
        self._payments = Payments(database)
        self._office = OfficeProfile(database)
        self._pictures = Pictures(database)
        self._printing = Printing(database)
        self._outlook = DeliveryOutlook(database)

    def drives(self) -> list[Drive]:
        """The sticks that are plugged in."""
        return self._find_drives()

    def remarks(self, progress: Progress = silent) -> list[Remark]:
        """What stands out before writing; nothing of it holds the writing up."""
        return self._outlook.remarks(progress)

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

    def deliver_to(self, drive: Drive, period: str, progress: Progress = silent) -> Delivered:
        """To a stick, if it is still the one that was shown."""
        now = next((each for each in self.drives() if each.path == drive.path), None)
        if now is None or (now.label, now.total) != (drive.label, drive.total):
            raise UserError(f"U 盘“{drive.label}”已经不在了，没有写入。请重新插好，点“刷新”，再写一次。")
        if now.read_only:
            raise UserError(f"U 盘“{drive.label}”是只读的，写不进去。请检查写保护开关，或换一个盘。")
        return self.deliver(drive.path, period, progress)

    def deliver(self, folder: Path, period: str, progress: Progress = silent) -> Delivered:
        """Writes, reads back, and only then counts it as handed over.

        `period` is 'YYYY', 'YYYY-MM' or 'YYYY-Q1'. Raises UserError when the disk does not take it whole;
        nothing is left under a final name then.
        """
        profile = self._office.read()
        if not profile.get("township"):
            raise UserError("还没有填写乡镇名称。请先在“设置”里填好单位，再上报。")
        head = self._head(profile, period)
        papers = self._papers(period, progress)
        with tempfile.TemporaryDirectory(prefix="sangyu-") as photos:
            files: dict[str, bytes | Path] = {place: paper.content for place, paper in papers.items()}
            files |= self._photos(Path(photos))
            written = write_bundle(folder, BundleContent(head, self._tables(), files, TITLES), progress)
        self._remember(written, head)
        inside = Counter(place.split("/")[0] for place in files)
        return Delivered(
            uid=head.bundle_uid,
            path=written.path,
            seq=head.seq,
            period=period,
            check_code=written.check_code,
            counts={name: written.counts.get(name, inside[name]) for name in TITLES},
            size=written.size,
            warnings=[warning for paper in papers.values() for warning in paper.warnings],
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
            program=VERSION,
            province={"name": profile.get("province") or "", "form": profile.get("form_title") or ""},
            previous=before,
            doubts=self._outlook.doubts(),
        )

    def _papers(self, period: str, progress: Progress) -> dict[str, Paper]:
        """Place in the folder → paper."""
        forms = [*self._printing.forms(progress=progress).papers, self._printing.roster()]
        progress(0, 0, "正在做台账和签领表")
        ledgers = [self._printing.visit_ledger(period), *self._sign_off_sheets(period)]
        names = FileNames()  # two batches may have one title
        return {
            **{f"forms/{paper.name}": paper for paper in forms},
            **{f"ledgers/{names.take(paper.name)}": paper for paper in ledgers},
        }

    def _sign_off_sheets(self, period: str) -> list[Paper]:
        return [
            self._printing.sign_off_sheet(line.uid)
            for line in self._payments.lines()
            if line.people and periods.may_hold(period, line.values.get("paid_on") or "")
        ]

    def _photos(self, folder: Path) -> dict[str, Path]:
        """As files, because together they may be more than an old computer's memory holds."""
        keys = {row.values[0] for row in self._cadres.rows(["photo"])}
        keys |= {key for visit in self._visits.read_all() for key in visit.photos}
        copied = self._pictures.copy_to(folder, keys - {None})
        return {f"photos/{path.name}": path for path in copied.values()}

    def _tables(self) -> dict[str, list[Mapping[str, Any]]]:
        return {
            "cadres": [{"uid": file.uid, **file.values, **file.parts} for file in self._cadres.read_all()],
            "visits": [
                {"uid": visit.uid, **visit.values, "people": visit.people, "photos": visit.photos}
                for visit in self._visits.read_all()
            ],
            "payment_batches": [
                {"uid": batch.uid, **batch.values, "payments": batch.payments}
                for batch in self._payments.read_all()
            ],
        }

    def _remember(self, written: Written, head: BundleHead) -> None:
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

    def cover_sheet(self, delivered: Delivered) -> Paper:
        """上报封面: counts, number, check code and lines to sign."""
        from app.reports.cover_sheet import CoverCount, CoverSheet, write_cover_sheet

        profile = self._office.read()
        counts = [CoverCount(TITLES[name], count, UNITS[name]) for name, count in delivered.counts.items()]
        sheet = CoverSheet(
            unit=unit_of(profile),
            period=periods.said(delivered.period),
            number=f"第 {delivered.seq:02d} 包",
            counts=tuple(counts),
            check_code=delivered.check_code,
            receiver=f"{profile.get('county') or '县'}委老干部局",
            preparer=profile.get("preparer") or "",
            reviewer=profile.get("reviewer") or "",
            telephone=profile.get("telephone") or "",
            made_on=clock.today().isoformat(),
        )
        return pdf_paper(f"上报封面_第{delivered.seq:02d}包", lambda path: write_cover_sheet(path, sheet))
