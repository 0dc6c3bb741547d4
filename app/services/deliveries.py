"""The folder for the county office: everything the township owns, written to a stick or a folder."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import VERSION, clock
from app.errors import UserError
from app.exchange.bundle import BundleContent, BundleHead, Written, verify_bundle, write_bundle
from app.exchange.bundle_manifest import bundle_name
from app.exchange.disk_errors import readable_size
from app.exchange.drives import Drive, removable_drives
from app.fields import periods
from app.fields.acts import refuse_unless_permitted
from app.models.base import new_uid
from app.models.database import Database
from app.models.delivery import Delivery
from app.models.migrate import NEWEST
from app.progress import Progress, silent
from app.reports.sheet_names import FileNames
from app.services.cadres import Cadres
from app.services.changes import Change
from app.services.delivery_numbers import DeliveryNumbers, UnderWay, place_of
from app.services.delivery_outlook import DeliveryOutlook, Remark
from app.services.exports import Errand, Exports, place_details
from app.services.imprints import Imprints
from app.services.office import OfficeProfile, county_office, unit_of
from app.services.paper import Facts, Paper, pdf_paper
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
    stick: str = ""
    """The name of the stick it is on."""

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
        self._imprints = Imprints(database)
        self._exports = Exports(database, find_drives)
        self._numbers = DeliveryNumbers(database)

    @property
    def usual(self) -> Errand:
        """A bundle has one purpose and one receiver."""
        profile = self._office.read()
        return Errand(self._exports.purposes.label("report"), county_office(profile))

    def drives(self) -> list[Drive]:
        """The sticks that are plugged in."""
        return self._find_drives()

    def remarks(self, progress: Progress = silent) -> list[Remark]:
        """What stands out before writing; nothing of it holds the writing up."""
        return self._outlook.remarks(progress)

    def leftovers(self, folder: Path) -> list[Path]:
        """What a writing that was broken off left behind."""
        return self._exports.leftovers(folder)

    def remove_leftover(self, path: Path) -> None:
        self._exports.remove_leftover(path)

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

    def settle(self, progress: Progress = silent) -> Change | None:
        """What became of a bundle during which the program ended: whole on its stick, it is recorded after all."""
        taken = self._numbers.unsettled()
        if taken is None:
            return None
        found, never_named = place_of(taken)
        if found:
            with suppress(UserError):  # a damaged one is no delivery; its number stays out of use
                written = verify_bundle(found, progress=progress)
                self._remember(written, self.usual, self._exports.stick_of(found))
                return Change("delivery", frozenset({taken.uid}))
        elif never_named and taken.is_old:
            self._numbers.give_back(taken)
        return None

    def deliver(
        self, folder: Path, period: str, progress: Progress = silent, errand: Errand | None = None
    ) -> Delivered:
        """Writes, reads back, and only then counts it as handed over.

        `period` is 'YYYY', 'YYYY-MM' or 'YYYY-Q1'. Raises UserError when the disk does not take it whole;
        nothing is left under a final name then.
        """
        refuse_unless_permitted(self._database.actor, "deliver")
        errand = errand or self.usual
        profile = self._office.read()
        if not profile.get("township"):
            raise UserError("还没有填写乡镇名称。请先在“设置”里填好单位，再上报。")
        self.settle(progress)
        head = self._head(profile, period, folder)
        papers = self._papers(period, progress)
        with tempfile.TemporaryDirectory(prefix="sangyu-") as photos:
            files: dict[str, bytes | Path] = {place: paper.content for place, paper in papers.items()}
            files |= self._photos(Path(photos))
            content = BundleContent(head, self._tables(), files, TITLES)
            stick = self._exports.stick_of(folder)
            written = self._write(folder, content, self._log(errand, stick, folder), progress)
        self._remember(written, errand, stick)
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
            stick=stick,
        )

    def _write(
        self, folder: Path, content: BundleContent, details: Mapping[str, Any], progress: Progress
    ) -> Written:
        """The number is taken before the first byte is on the stick, and given back where no folder got its name."""
        head = content.head
        name, begun_at = bundle_name(head), clock.now().isoformat()
        taken = UnderWay(head.seq, head.bundle_uid, str(folder), name, begun_at)
        self._numbers.begin(taken, details)
        named: list[UnderWay] = []
        try:
            return write_bundle(folder, content, progress, lambda: named.append(taken))
        except BaseException:
            with suppress(UserError):  # why the writing failed is what the user must hear
                self._database.record("export_failed", taken.name)
                if not named:
                    self._numbers.give_back(taken)
            raise

    def _log(self, errand: Errand, stick: str, folder: Path) -> dict[str, Any]:
        people = self._cadres.count()
        facts = {"purpose": errand.purpose, "recipient": errand.recipient, "kind": "bundle"}
        return {**facts, "people": people, "rows": people, "masked": False, **place_details(folder, stick)}

    def _head(self, profile: Mapping[str, Any], period: str, folder: Path) -> BundleHead:
        _, before = self._numbers.last()
        audit, site = self._database.head(), self._office.site_id
        return BundleHead(
            township_code=profile.get("township_code") or "",
            township=profile["township"],
            site_id=site,
            bundle_uid=new_uid(),
            seq=self._numbers.next(folder, site),
            period=period,
            created_at=clock.now().isoformat(),
            operator=profile.get("officer") or "",
            schema=int(NEWEST),
            program=VERSION,
            province={"name": profile.get("province") or "", "form": profile.get("form_title") or ""},
            previous=before,
            doubts=self._outlook.doubts(),
            audit_seq=audit.seq,
            audit_mac=audit.mac,
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

    def _remember(self, written: Written, errand: Errand, stick: str) -> None:
        manifest = written.manifest
        delivery = Delivery(
            uid=manifest["bundle_uid"],
            seq=manifest["seq"],
            period=manifest["period"],
            name=written.path.name,
            manifest_sha256=written.sha256,
            check_code=written.check_code,
            written_at=manifest["created_at"],
            people=written.counts.get("cadres", 0),
        )
        details = self._log(errand, stick, written.path.parent)
        details |= {"file": written.path.name, "sha256": written.sha256, "size": written.size}
        details |= {"code": written.check_code, "count": written.files}
        self._numbers.record(delivery, details, manifest.get("audit_head", {}).get("seq", 0))

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
            receiver=county_office(profile),
            preparer=profile.get("preparer") or "",
            reviewer=profile.get("reviewer") or "",
            telephone=profile.get("telephone") or "",
            made_on=clock.today().isoformat(),
            imprint=self._imprints.read(),
        )
        facts = Facts("cover", delivered.counts.get("cadres", 0), 1)
        return pdf_paper(
            f"上报封面_第{delivered.seq:02d}包", lambda path: write_cover_sheet(path, sheet), facts
        )
