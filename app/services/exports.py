"""Everything that leaves: who took it, for what, to whom, and exactly which bytes (reliability.md §5.4, §6).

It stands in the log before the first byte is on the disk, so that nothing has left that the log does not know;
where writing then fails, the log says that too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.exchange import safe_write
from app.exchange.disk_errors import explained
from app.exchange.drives import Drive, removable_drives
from app.exchange.file_names import checked_name, free_name
from app.fields.acts import may, refuse_unless_permitted
from app.fields.codes import CodeTable, code_table
from app.models.database import Database
from app.progress import Progress, silent
from app.services.notes import Notes
from app.services.office import OfficeProfile, county_office, unit_of
from app.services.paper import Paper
from app.services.paper_uses import use_of
from app.services.reveals import REFUSAL, Reveals

MAY_PULL = "可以拔出了：请先“安全弹出”。"
STICK, HERE = "U盘", "本机"


@dataclass(frozen=True)
class Errand:
    """Why something leaves, who gets it, and whether numbers are shortened to their ends."""

    purpose: str
    recipient: str
    masked: bool = False


@dataclass(frozen=True)
class Exported:
    """What is on the disk, read back. `stick` is the name of the stick it is on, or ''."""

    paths: Sequence[Path]
    stick: str = ""

    @property
    def told(self) -> str:
        """What may be done now; '' where nothing can be pulled out."""
        return MAY_PULL if self.stick else ""


class Exports:
    """The one door out for papers; bundles for the county go through `Deliveries`."""

    def __init__(self, database: Database, find_drives: Callable[[], list[Drive]] = removable_drives) -> None:
        self._database = database
        self._find_drives = find_drives
        self._notes = Notes(database)
        self._office = OfficeProfile(database)

    @property
    def allowed(self) -> bool:
        return may(self._database.actor, "export")

    def refuse_unless_allowed(self) -> None:
        """Raises UserError naming the roles that may."""
        refuse_unless_permitted(self._database.actor, "export")

    @property
    def purposes(self) -> CodeTable:
        return code_table("export_purpose")

    def usual(self, kind: str) -> Errand:
        """What was answered last time for this kind of paper, else what offices usually answer."""
        with suppress(ValueError, TypeError):
            return Errand(**json.loads(self._notes.get(_key(kind))))
        use = use_of(kind)
        return Errand(
            self.purposes.label(use.purpose), self.recipient_for(use.purpose), use.numbers and use.masked
        )

    def unasked(
        self, kind: str, purpose: str = "", recipient: str = "", *, masked: bool | None = None
    ) -> Errand:
        """On the command line nobody is asked: what is not said is as usual, whatever the window remembers."""
        use = use_of(kind)
        code = self.purposes.find(purpose) or ("other" if purpose else use.purpose)
        return Errand(
            purpose if code == "other" else self.purposes.label(code),
            recipient or self.recipient_for(code) or self.recipient_for(use.purpose),
            use.numbers and (use.masked_by_command if masked is None else masked),
        )

    def recipient_for(self, purpose: str) -> str:
        """Who gets what leaves for this purpose (its code or its words); '' where only the user knows."""
        profile = self._office.read()
        usual = {
            "report": county_office(profile),
            "office": unit_of(profile) or "本单位",
            "finance": "本单位财务",
            "person": "本人",
            "public": "公示栏",
        }
        return usual.get(self.purposes.find(purpose) or "", "")

    def remember(self, kind: str, errand: Errand) -> None:
        known = {"purpose": errand.purpose, "recipient": errand.recipient, "masked": errand.masked}
        self._notes.put(_key(kind), json.dumps(known, ensure_ascii=False))

    def save(self, paper: Paper, target: Path, errand: Errand) -> Exported:
        """Into a folder, or as the chosen file; a name that is taken gets a number, nothing is ever replaced."""
        folder, name = (target, paper.name) if target.is_dir() else (target.parent, target.name)
        return self._write([paper], [name], folder, errand, silent)

    def save_all(
        self, papers: Sequence[Paper], folder: Path, errand: Errand, progress: Progress = silent
    ) -> Exported:
        """A file each. The folder is made where it is missing."""
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return self._write(papers, [paper.name for paper in papers], folder, errand, progress)

    def printed(self, paper: Paper, errand: Errand, pages: int, copies: int, printer: str) -> None:
        """Said before the first page is sent. Raises UserError where the roles do not allow it."""
        about, details = Path(paper.name).stem, self._facts([paper], errand)
        details |= {"file": paper.name, **_seal(paper)}
        details |= {"pages": pages, "copies": copies, "printer": printer, "to": printer}
        self._database.record("print", about, details)

    def shown(self, paper: Paper) -> None:
        """Whole numbers on a screen are looked at like any other. Raises UserError for a role that does without."""
        if use_of(paper.facts.kind).numbers and not paper.facts.masked and paper.facts.people:
            if not Reveals(self._database).allowed:
                raise UserError(REFUSAL)
            about = f"{Path(paper.name).stem}（预览）"
            self._database.record("reveal", about, {"people": paper.facts.people})

    def stick_of(self, path: Path) -> str:
        """The name of the stick that the path is on; '' where it is on none."""
        there = path.resolve()
        drives = (drive for drive in self._find_drives() if there.is_relative_to(drive.path.resolve()))
        return next((drive.label for drive in drives), "")

    def leftovers(self, folder: Path) -> list[Path]:
        """What a writing that was broken off left behind."""
        return safe_write.leftovers(folder)

    def remove_leftover(self, path: Path) -> None:
        safe_write.remove_leftover(path)

    def _write(
        self, papers: Sequence[Paper], names: Sequence[str], folder: Path, errand: Errand, progress: Progress
    ) -> Exported:
        with explained(folder / "".join(names[:1])):
            paths = [free_name(folder / checked_name(name)) for name in names]
        stick, written = self.stick_of(folder), list[Path]()
        details = self._facts(papers, errand) | place_details(folder, stick) | _files(papers, paths)
        with self._logged(_about(papers, paths), details, written):
            for done, (paper, path) in enumerate(zip(papers, paths, strict=True)):
                progress(done, len(papers), f"正在写入 {path.name}")
                safe_write.write_file(path, paper.content)
                written.append(path)
        return Exported(written, stick)

    @contextmanager
    def _logged(self, about: str, details: Mapping[str, Any], written: Sequence[Path]) -> Iterator[None]:
        self._database.record("export", about, details)
        try:
            yield
        except BaseException:
            with suppress(UserError):  # why the writing failed is what the user must hear
                self._database.record("export_failed", about, {"count": len(written)})
            raise

    def _facts(self, papers: Sequence[Paper], errand: Errand) -> dict[str, Any]:
        facts = [paper.facts for paper in papers]
        return {
            "purpose": errand.purpose,
            "recipient": errand.recipient,
            "kind": facts[0].kind if facts else "",
            "people": sum(each.people for each in facts),
            "rows": sum(each.rows for each in facts),
            "fields": list(facts[0].fields) if facts else [],
            "masked": all(each.masked for each in facts),
        }


def _key(kind: str) -> str:
    return f"errand_{kind}"


def place_details(folder: Path, stick: str) -> dict[str, str]:
    return {"to": STICK if stick else HERE, "path": str(folder)} | ({"stick": stick} if stick else {})


def _files(papers: Sequence[Paper], paths: Sequence[Path]) -> dict[str, Any]:
    if len(papers) == 1:
        return {"file": paths[0].name, **_seal(papers[0])}
    files = [{"file": path.name, **_seal(paper)} for paper, path in zip(papers, paths, strict=True)]
    return {"count": len(files), "size": sum(len(paper.content) for paper in papers), "files": files}


def _seal(paper: Paper) -> dict[str, Any]:
    return {"size": len(paper.content), "sha256": hashlib.sha256(paper.content).hexdigest()}


def _about(papers: Sequence[Paper], paths: Sequence[Path]) -> str:
    if len(papers) == 1:
        return paths[0].stem
    return f"{use_of(papers[0].facts.kind).title if papers else ''} {len(papers)} 个文件".strip()
