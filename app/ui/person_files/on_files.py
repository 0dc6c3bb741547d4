"""导出任免表 (.lrmx) in 更多 of a file."""

from __future__ import annotations

from app.progress import Progress
from app.services.exports import Errand, Exports
from app.services.lrmx_papers import KIND, LrmxPapers
from app.services.paper import Paper
from app.ui.pages.roster_page import RosterPage
from app.ui.papers.paper_outlet import PaperOutlet, Saved
from app.ui.roster.file_acts import FileAct
from app.ui.tasks import Tasks

TITLE = "导出任免表（.lrmx）…"


def offer_lrmx(page: RosterPage, papers: LrmxPapers, exports: Exports, tasks: Tasks) -> PaperOutlet:
    """Returns the outlet, which lives as long as the page."""
    outlet = PaperOutlet(exports, tasks, page)

    def export(uid: str) -> None:
        def make(_report: Progress, errand: Errand) -> Paper:
            return papers.paper(uid, masked=errand.masked)

        outlet.save(KIND, papers.name_of(uid), make)

    def told(saved: Saved) -> None:
        page.says.emit(f"已保存到 {saved.path}。{saved.told}")

    outlet.saved.connect(told)
    page.panel.acts.append(FileAct(TITLE, export, "export", "export"))
    return outlet
