"""恢复演练: does the newest backup really give the data back? Tried in a folder that is gone afterwards."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app import clock
from app.errors import UserError
from app.exchange.disk_errors import explained, readable_size
from app.exchange.safe_write import PART, check_room, seal_of, write_file
from app.fields import amounts
from app.models.database import Database
from app.paths import DATA_FILE
from app.progress import Progress, silent
from app.services.backup_content import TITLES, Content, code_of, content_of, mac_at, opened_copy
from app.services.backup_note import Backup
from app.services.backups import Backups
from app.services.notes import Notes
from app.services.office import OfficeProfile, unit_of
from app.services.paper import Paper, pdf_paper
from app.services.restores import needs_secret

LAST_DRILL = "last_drill_at"
WHY = "演练之前"


@dataclass(frozen=True)
class Line:
    """One figure, in the data in use and in what came back."""

    title: str
    live: str
    restored: str

    @property
    def agrees(self) -> bool:
        return self.live == self.restored


@dataclass(frozen=True)
class DrillResult:
    """What was compared; `problems` are what kept it from coming back whole."""

    at: dt.datetime
    who: str
    backup: Backup
    lines: tuple[Line, ...]
    problems: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems and all(line.agrees for line in self.lines)


class Drills:
    """Tries the newest backup; one is made first where something was written since."""

    def __init__(self, database: Database, backups: Backups, notes: Notes) -> None:
        self._database, self._backups, self._notes = database, backups, notes

    @property
    def last(self) -> dt.datetime | None:
        told = self._notes.get(LAST_DRILL)
        return dt.datetime.fromisoformat(told).replace(tzinfo=None) if told else None

    def run(self, progress: Progress = silent) -> DrillResult:
        """Raises UserError where there is no backup or no room; one that does not come back is a result."""
        self._backups.make_if_due(WHY, progress)
        backup = self._backups.newest
        if backup is None:
            raise UserError("还没有一份核对过的备份，不能演练。请先点“立即备份”。")
        with self._backups.alone:
            restored, problems = self._tried(backup, progress)
        lines = self._lines(restored) if restored else ()
        at = clock.now()
        result = DrillResult(at.replace(tzinfo=None), self._database.actor.name, backup, lines, problems)
        differ = [line.title for line in lines if not line.agrees]
        details = {"passed": result.passed, "differ": differ, "problems": list(problems)}
        self._database.record("drill", backup.name, details)
        self._notes.put(LAST_DRILL, at.isoformat())
        return result

    def record(self, result: DrillResult) -> Paper:
        """恢复演练记录, one page to sign."""
        from app.reports.drill_record import DrillLine, DrillRecord, write_drill_record

        profile = OfficeProfile(self._database).read()
        backup = result.backup
        record = DrillRecord(
            unit=unit_of(profile),
            done_at=f"{result.at:%Y-%m-%d %H:%M}",
            by=result.who,
            backup=f"{backup.name}（{backup.why}，{readable_size(backup.size)}）",
            lines=tuple(
                DrillLine(line.title, line.live, line.restored, line.agrees) for line in result.lines
            ),
            problems=result.problems,
            passed=result.passed,
            preparer=profile.get("preparer") or "",
            reviewer=profile.get("reviewer") or "",
        )
        name = f"恢复演练记录_{result.at:%Y-%m-%d}"
        return pdf_paper(name, lambda path: write_drill_record(path, record))

    def save(self, paper: Paper, path: Path) -> None:
        """Raises UserError where it cannot be written."""
        write_file(path, paper.content)

    def _tried(self, backup: Backup, progress: Progress) -> tuple[Content | None, tuple[str, ...]]:
        progress(0, 3, "正在恢复到临时文件夹")
        place = self._backups.folder
        check_room(place, backup.size)
        with explained(place), tempfile.TemporaryDirectory(dir=place, prefix="演练", suffix=PART) as scratch:
            copy = Path(scratch) / DATA_FILE
            shutil.copyfile(backup.file, copy)
            if seal_of(copy).sha256 != backup.sha256:
                return None, ("备份和做的时候不一样，已经损坏",)
            progress(1, 3, "正在打开核对")
            return self._opened(copy, backup)

    def _opened(self, path: Path, backup: Backup) -> tuple[Content | None, tuple[str, ...]]:
        try:
            problems = ["备份旁边的钥匙文件不是这份数据的"] * needs_secret(backup.path, backup)
            with opened_copy(self._database.beside(path)) as copy:
                problems += copy.integrity()
                problems += copy.verify_log().problems
                return content_of(copy), tuple(problems)
        except UserError as error:
            return None, (str(error),)

    def _lines(self, restored: Content) -> tuple[Line, ...]:
        live = content_of(self._database)
        named = [
            Line(title, f"{live.counts.get(name, 0):,}", f"{restored.counts.get(name, 0):,}")
            for name, title in TITLES.items()
        ]
        step = mac_at(self._database, restored.seq)
        return (
            *named,
            Line("其他记录", f"{_others(live):,}", f"{_others(restored):,}"),
            Line("发放金额合计", f"{amounts.yuan(live.paid)} 元", f"{amounts.yuan(restored.paid)} 元"),
            Line(
                f"操作日志到第 {restored.seq} 步的存证码",
                code_of(step) if step else "没有这一步",
                restored.code,
            ),
        )


def _others(content: Content) -> int:
    return sum(count for name, count in content.counts.items() if name not in TITLES)
