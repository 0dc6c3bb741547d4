"""All services over one database, made in one place and handed out one by one.

What the first page does not need is imported when it is asked for: together half of the time until the window is seen.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models.database import Database
from app.models.migrate import migrate
from app.paths import DATA_FILE
from app.services.cadres import Cadres
from app.services.office import OfficeProfile
from app.services.today import Today

if TYPE_CHECKING:
    from app.services.data_check import DataCheck
    from app.services.deliveries import Deliveries
    from app.services.drafts import Drafts
    from app.services.imports import Imports
    from app.services.payments import Payments
    from app.services.pictures import Pictures
    from app.services.printing import Printing
    from app.services.search import Search
    from app.services.visits import Visits

BEFORE_UPGRADE = "before-upgrade.sqlite"


class Desk:
    """One open data folder."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where it is missing. Raises UserError when the data cannot be opened."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"数据文件夹“{folder}”建不起来，请换一个文件夹或检查权限。") from error
        self.database = Database(folder / DATA_FILE)
        migrate(self.database, folder / BEFORE_UPGRADE)

    def close(self) -> None:
        self.database.close()

    @cached_property
    def cadres(self) -> Cadres:
        return Cadres(self.database)

    @cached_property
    def search(self) -> Search:
        from app.services.search import Search

        return Search(self.database)

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

        return Imports(self.database)

    @cached_property
    def printing(self) -> Printing:
        from app.services.printing import Printing

        return Printing(self.database)

    @cached_property
    def deliveries(self) -> Deliveries:
        from app.services.deliveries import Deliveries

        return Deliveries(self.database)

    @cached_property
    def data_check(self) -> DataCheck:
        from app.services.data_check import DataCheck

        return DataCheck(self.database)

    @cached_property
    def today(self) -> Today:
        return Today(self.database)
