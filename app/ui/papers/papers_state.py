"""What is to be made and from what; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app import clock
from app.progress import Progress
from app.services.exports import Exports
from app.services.paper import Look, Paper, Setup
from app.services.payments import Payments
from app.services.printing import Filled, FormLine, Printing
from app.services.visits import Visits
from app.ui.papers.kinds import (
    AS_BOOK,
    AS_PDF,
    BOOK,
    EACH,
    EVERY_BATCH,
    KINDS_BY_KEY,
    Makes,
    PaperKind,
)


@dataclass
class PapersState:
    """The choices stay while one goes from paper to paper."""

    printing: Printing
    exports: Exports
    visits: Visits
    payments: Payments
    key: str = "forms"
    uids: list[str] | None = None
    """None is everybody."""
    period: str = field(default_factory=lambda: f"{clock.today():%Y}")
    batch: str = EVERY_BATCH
    layout: str = EACH
    file: str = AS_PDF
    photos: bool = False
    two_sided: bool = False
    rows: int | None = None
    """On a page; None is as many as fit."""

    @property
    def kind(self) -> PaperKind:
        return KINDS_BY_KEY[self.key]

    @property
    def makes(self) -> Makes:
        if "file" in self.kind.options and self.file == AS_BOOK:
            return "book"
        return self.kind.makes

    @property
    def makes_files(self) -> bool:
        """Several files at once, so that a folder is asked for."""
        return self.makes == "forms" and self.layout == EACH

    @property
    def masked(self) -> bool:
        """Whether numbers are shortened: as it was answered when such a paper last left, or ticked since."""
        return self.exports.usual(self.key).masked

    @masked.setter
    def masked(self, on: bool) -> None:
        self.exports.remember(self.key, replace(self.exports.usual(self.key), masked=on))

    def years(self) -> list[str]:
        """Years with visits, and this one."""
        return sorted({*self.visits.years(), f"{clock.today():%Y}"}, reverse=True)

    def batches(self) -> list[tuple[str, str]]:
        """(uid, words), the newest first; the list of payments may take all of them."""
        every = [(EVERY_BATCH, "全部批次")] if self.key == "payments" else []
        return every + [
            (line.uid, f"{line.values.get('title') or '没有名称'}（{line.people} 人）")
            for line in self.payments.lines()
        ]

    def settle_batch(self) -> None:
        """A batch that is not offered gives way to the first that is."""
        offered = [uid for uid, _ in self.batches()]
        if self.batch not in offered:
            self.batch = offered[0] if offered else EVERY_BATCH

    def missing(self) -> tuple[str, str, str]:
        """(sentence, verb, page) when there is nothing to make the paper from; else empty."""
        if self.key in {"sign_off", "payments", "public"} and not self.payments.lines():
            return "还没有发放批次，做不出这张表。", "去记一次发放", "payments"
        if self.key in {"ledger", "records", "visits"} and not self.visits.years():
            return "还没有走访记录，做不出这张表。", "去记一次走访", "visits"
        return "", "", ""

    def paper(self, progress: Progress) -> Paper:
        return self._makers[self.key](progress)

    def form_lines(self) -> list[FormLine]:
        return self.printing.form_lines(self.uids)

    @property
    def book_name(self) -> str:
        """Offered before the workbook of all forms is filled."""
        return self.printing.form_book_name

    def forms(self, progress: Progress) -> Filled:
        return self.printing.forms(self.uids, progress, masked=self.masked)

    @property
    def _makers(self) -> Mapping[str, Callable[[Progress], Paper]]:
        printing, uids, period, masked = self.printing, self.uids, self.period, self.masked
        public = printing.public_notice if self.file == AS_PDF else printing.public_book
        setup = Setup(self.two_sided, self.rows)
        batches = None if self.batch == EVERY_BATCH else [self.batch]
        return {
            "forms": lambda progress: printing.form_book(uids, progress, masked=masked),
            "roster": lambda _: printing.roster(uids, masked=masked),
            "ledger": lambda _: printing.visit_ledger(period, self.photos, setup),
            "records": lambda _: printing.visit_records(period, uids, self.photos, masked=masked),
            "visits": lambda _: printing.visits_book(period),
            "sign_off": lambda _: printing.sign_off_sheet(self.batch, masked, setup),
            "public": lambda _: public(self.batch),
            "payments": lambda _: printing.payments_book(batches, masked=masked),
        }


def look_of_forms(lines: list[FormLine]) -> Look:
    """Who gets a form, and what will stand empty in it."""
    rows = [[line.name, f"{line.percent}%", "、".join(line.missing) or "齐"] for line in lines]
    return Look(["姓名", "完整度", "还缺的项目"], rows, len(rows))


def said_of_forms(lines: list[FormLine], layout: str) -> str:
    incomplete = sum(1 for line in lines if line.missing)
    gaps = f"，其中 {incomplete} 人还有缺项，缺的格子留空" if incomplete else "，项目都齐"
    how = f"一个工作簿，{len(lines)} 人的表" if layout == BOOK else f" {len(lines)} 个文件，一人一个"
    return f"将写出{how}{gaps}"
