"""All services over one database, made in one place and handed out one by one.

What the first page does not need is imported when it is asked for: together half of the time until the window is seen.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.exchange.places import journal_for, place_problem
from app.fields.actors import PROGRAM, Actor, Keys, Source
from app.fields.acts import Right, may
from app.models.database import Database
from app.models.migrate import migrate
from app.paths import DATA_FILE
from app.services import temp_folder
from app.services.cadres import Cadres
from app.services.notes import Notes
from app.services.office import OfficeProfile
from app.services.today import Today
from app.services.vault import Opened, Vault, log_failures, make_folder

if TYPE_CHECKING:
    from app.services.acceptances import Acceptances
    from app.services.as_of import AsOf
    from app.services.audit_log import AuditLog
    from app.services.backups import Backups
    from app.services.bin import Bin
    from app.services.collection_progress import CollectionProgress
    from app.services.data_check import DataCheck
    from app.services.deliveries import Deliveries
    from app.services.drafts import Drafts
    from app.services.drills import Drills
    from app.services.duplicates import Duplicates
    from app.services.events import Events
    from app.services.exports import Exports
    from app.services.failed_rows import FailedRows
    from app.services.gap_list import GapLists
    from app.services.import_doubts import ImportDoubts
    from app.services.import_history import ImportHistory
    from app.services.imports import Imports
    from app.services.lrmx_papers import LrmxPapers
    from app.services.merging import Merging
    from app.services.missing_photos import MissingPhotos
    from app.services.payments import Payments
    from app.services.person_files import PersonFiles
    from app.services.person_history import PersonHistory
    from app.services.photo_intake import PhotoIntake
    from app.services.pictures import Pictures
    from app.services.platform_typing import PlatformTyping
    from app.services.printing import Printing
    from app.services.restores import Restores
    from app.services.reveals import Reveals
    from app.services.reviews import Reviews
    from app.services.roster_tools import RosterTools
    from app.services.rule_switches import RuleSwitches
    from app.services.search import Search
    from app.services.stick_backups import StickBackups
    from app.services.time_line import TimeLine
    from app.services.undo import UndoSteps
    from app.services.users import Users
    from app.services.visits import Visits

BEFORE_UPGRADE = "before-upgrade.sqlite"


class Desk:
    """One open data folder."""

    def __init__(self, folder: Path, keys: Keys, actor: Actor = PROGRAM) -> None:
        """Makes the folder where it is missing. Raises UserError when the data cannot be opened."""
        self.folder = folder
        self.vault = Vault(folder)
        make_folder(folder)
        if told := place_problem(folder):
            raise UserError(told)
        self.database = Database(folder / DATA_FILE, keys, actor, journal=journal_for(folder))
        migrate(self.database, folder / BEFORE_UPGRADE)
        self._temporary = temp_folder.use(folder)

    def may(self, right: Right) -> bool:
        """Whether the one who is logged in may do what needs this right."""
        return may(self.database.actor, right)

    def checkpoint(self) -> None:
        """Folds the log into the file: a copy made by hand is complete then."""
        self.database.checkpoint()

    def close(self) -> None:
        self.database.close()
        self._temporary.close()

    @cached_property
    def users(self) -> Users:
        from app.services.users import Users

        return Users(self.database)

    @cached_property
    def notes(self) -> Notes:
        return Notes(self.database)

    @cached_property
    def cadres(self) -> Cadres:
        return Cadres(self.database, self._before)

    @cached_property
    def search(self) -> Search:
        from app.services.search import Search

        return Search(self.database)

    @cached_property
    def roster_tools(self) -> RosterTools:
        from app.services.roster_tools import RosterTools

        return RosterTools(self.database)

    @cached_property
    def visits(self) -> Visits:
        from app.services.visits import Visits

        return Visits(self.database)

    @cached_property
    def payments(self) -> Payments:
        from app.services.payments import Payments

        return Payments(self.database)

    @cached_property
    def office(self) -> OfficeProfile:
        return OfficeProfile(self.database)

    @cached_property
    def drafts(self) -> Drafts:
        from app.services.drafts import Drafts

        return Drafts(self.database)

    @cached_property
    def pictures(self) -> Pictures:
        from app.services.pictures import Pictures

        return Pictures(self.database)

    @cached_property
    def imports(self) -> Imports:
        from app.services.imports import Imports

        return Imports(self.database, self._before)

    @cached_property
    def import_doubts(self) -> ImportDoubts:
        from app.services.import_doubts import ImportDoubts

        return ImportDoubts(self.database, self._before)

    @cached_property
    def import_history(self) -> ImportHistory:
        from app.services.import_history import ImportHistory

        return ImportHistory(self.database, self._before)

    @cached_property
    def failed_rows(self) -> FailedRows:
        from app.services.failed_rows import FailedRows

        return FailedRows(self.database)

    @cached_property
    def person_files(self) -> PersonFiles:
        from app.services.person_files import PersonFiles

        return PersonFiles(self.database, self._before)

    @cached_property
    def photo_intake(self) -> PhotoIntake:
        from app.services.photo_intake import PhotoIntake

        return PhotoIntake(self.database)

    @cached_property
    def missing_photos(self) -> MissingPhotos:
        from app.services.missing_photos import MissingPhotos

        return MissingPhotos(self.database)

    @cached_property
    def lrmx_papers(self) -> LrmxPapers:
        from app.services.lrmx_papers import LrmxPapers

        return LrmxPapers(self.database)

    @cached_property
    def printing(self) -> Printing:
        from app.services.printing import Printing

        return Printing(self.database)

    def _before(self, act: str) -> None:
        """A backup first; nothing is loaded for it until something is about to be done."""
        self.backups.before(act)

    @cached_property
    def backups(self) -> Backups:
        from app.services.backups import Backups

        return Backups(self.database, self.folder)

    @cached_property
    def stick_backups(self) -> StickBackups:
        from app.services.stick_backups import StickBackups

        return StickBackups(self.database, self.backups, self.notes)

    @cached_property
    def restores(self) -> Restores:
        from app.services.restores import Restores

        return Restores(self.database, self.folder, self.backups)

    @cached_property
    def drills(self) -> Drills:
        from app.services.drills import Drills

        return Drills(self.database, self.backups, self.notes)

    @cached_property
    def log(self) -> AuditLog:
        from app.services.audit_log import AuditLog

        return AuditLog(self.database)

    @cached_property
    def reveals(self) -> Reveals:
        from app.services.reveals import Reveals

        return Reveals(self.database)

    @cached_property
    def duplicates(self) -> Duplicates:
        from app.services.duplicates import Duplicates

        return Duplicates(self.database)

    @cached_property
    def merging(self) -> Merging:
        from app.services.merging import Merging

        return Merging(self.database)

    @cached_property
    def events(self) -> Events:
        from app.services.events import Events

        return Events(self.database)

    @cached_property
    def platform_typing(self) -> PlatformTyping:
        from app.services.platform_typing import PlatformTyping

        return PlatformTyping(self.database)

    @cached_property
    def exports(self) -> Exports:
        from app.services.exports import Exports

        return Exports(self.database)

    @cached_property
    def deliveries(self) -> Deliveries:
        from app.services.deliveries import Deliveries

        return Deliveries(self.database)

    @cached_property
    def data_check(self) -> DataCheck:
        from app.services.data_check import DataCheck

        return DataCheck(self.database)

    @cached_property
    def acceptances(self) -> Acceptances:
        from app.services.acceptances import Acceptances

        return Acceptances(self.database)

    @cached_property
    def rule_switches(self) -> RuleSwitches:
        from app.services.rule_switches import RuleSwitches

        return RuleSwitches(self.database)

    @cached_property
    def gap_lists(self) -> GapLists:
        from app.services.gap_list import GapLists

        return GapLists(self.database)

    @cached_property
    def reviews(self) -> Reviews:
        from app.services.reviews import Reviews

        return Reviews(self.database)

    @cached_property
    def undo(self) -> UndoSteps:
        from app.services.undo import UndoSteps

        return UndoSteps(self.database)

    @cached_property
    def bin(self) -> Bin:
        from app.services.bin import Bin

        return Bin(self.database)

    @cached_property
    def person_history(self) -> PersonHistory:
        from app.services.person_history import PersonHistory

        return PersonHistory(self.database)

    @cached_property
    def time_line(self) -> TimeLine:
        from app.services.time_line import TimeLine

        return TimeLine(self.database)

    @cached_property
    def as_of(self) -> AsOf:
        from app.services.as_of import AsOf

        return AsOf(self.database)

    @cached_property
    def progress(self) -> CollectionProgress:
        from app.services.collection_progress import CollectionProgress

        return CollectionProgress(self.database)

    @cached_property
    def today(self) -> Today:
        return Today(self.database)


FIRST_ROLES = "preparer;admin"
"""Of the first one to log in; a reviewer is somebody else, or needs the office's written word."""


def open_desk(folder: Path, opened: Opened, source: Source) -> Desk:
    """The desk of somebody who was let in; the log gets his login and the wrong tries before it.

    The first one to come is the first user. With the recovery words comes nobody in particular: the program
    itself acts until a password is set. Raises UserError for somebody who was stopped, and whatever opening
    the data may raise.
    """
    desk = Desk(folder, opened.keys)
    try:
        _let_in(desk, opened, source)
    except BaseException:
        desk.close()
        raise
    desk.vault.forget_failures()
    return desk


def _let_in(desk: Desk, opened: Opened, source: Source) -> None:
    from app.services.users import UserFile

    if opened.uid and not desk.users.all():
        desk.users.save(UserFile(opened.uid, {"name": opened.name, "roles": FIRST_ROLES}))
    if opened.uid:
        desk.database.actor = desk.users.actor(opened.uid, source)
    log_failures(desk.database, opened)
    desk.database.record("login" if opened.uid else "recovery", opened.name)
