"""What the roster stands on besides the files: values for conditions, saved filters, the order, the deeper search."""

from __future__ import annotations

from app.models.database import Database
from app.services.bulk_edit import BulkEdit
from app.services.roster_order import KeptOrder
from app.services.roster_values import RosterValues
from app.services.saved_filters import SavedFilters
from app.services.search_reasons import SearchReasons


class RosterTools:
    def __init__(self, database: Database) -> None:
        self.bulk = BulkEdit(database)
        self.values = RosterValues(database)
        self.saved = SavedFilters(database)
        self.order = KeptOrder(database)
        self.reasons = SearchReasons(database)
