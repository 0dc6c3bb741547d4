"""Which people the list shows: everybody, less what the filter and the search leave out; no Qt here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from app.fields.masking import covered
from app.services.cadres import Cadres
from app.services.roster_filter import Condition, How, Roster, RosterFilter
from app.services.rows import Row
from app.services.search import Search
from app.ui.roster.column_sets import COLUMNS


class RosterState:
    """Read once; filter and search then choose among what was read."""

    def __init__(self, cadres: Cadres, search: Search) -> None:
        self._cadres, self._search = cadres, search
        self.record = cadres.record
        self.fields = [cadres.record.field(name) for name in COLUMNS]
        self.filter = RosterFilter()
        self.typed = ""
        self.picked: tuple[str, ...] = ()
        """People that another page has sent here by name; empty when nobody is picked."""
        self._marks: dict[str, Collection[str]] = {}
        self._rows: dict[str, Row] = {}
        self.roster = Roster(cadres.record, COLUMNS, ())
        self.read()

    def read(self) -> None:
        """After a change; the search learns of it too."""
        self._search.renew()
        rows = self._cadres.rows(COLUMNS)
        self._rows = {row.uid: row for row in rows}
        self.picked = tuple(filter(self.has, self.picked))
        self.roster = Roster(self._cadres.record, COLUMNS, rows)
        self.roster.mark(self._marks)

    def mark(self, marks: Mapping[str, Collection[str]]) -> None:
        self._marks.update(marks)
        self.roster.mark(marks)

    def pick(self, uids: Iterable[str]) -> None:
        """Just these people, whatever was searched and filtered before."""
        self.widen()
        self.typed = ""
        self.picked = tuple(filter(self.has, uids))

    def unpick(self) -> None:
        self.picked = ()

    def search_for(self, text: str) -> None:
        """A search is for anybody on the roster, not only for those picked."""
        self.typed = text
        if text:
            self.unpick()

    def narrow(self, condition: Condition, how: How) -> None:
        """The same condition alone a second time lets it go. Alone, it is asked of everybody."""
        alone = self.filter.with_(condition, "only")
        again = how == "only" and self.filter == alone and not self.picked
        self.filter = RosterFilter() if again else self.filter.with_(condition, how)
        if how == "only":
            self.unpick()

    def widen(self, condition: Condition | None = None) -> None:
        """Without this condition; without any, and with nobody picked."""
        self.filter = self.filter.without(condition) if condition else RosterFilter()
        if condition is None:
            self.unpick()

    @property
    def shown(self) -> list[Row]:
        found = self._search.find(self.typed) if self.typed else self.picked or None
        return [self._rows[uid] for uid in self.roster.chosen(self.filter, found)]

    @property
    def narrowed(self) -> bool:
        return bool(self.typed or self.filter.groups or self.picked)

    @property
    def nobody(self) -> str:
        """What to say when nobody is left."""
        if not self.typed:
            return "这些条件合在一起，没有一个人。"
        also = "，再加上面的条件" if self.filter.groups else ""
        return (
            f"没有找到“{covered(self.typed)}”{also}。\n可以找姓名、拼音首字母、单位、村、\n证件尾号和电话。"
        )

    def count_line(self, shown: int, selected: int) -> str:
        """'49 人，选出 12 人，选中 3 人'."""
        parts = [f"{len(self.roster)} 人"]
        if self.narrowed:
            parts.append(f"选出 {shown} 人")
        if selected > 1:
            parts.append(f"选中 {selected} 人")
        return "，".join(parts)

    def names(self, uids: Collection[str]) -> list[str]:
        place = COLUMNS.index("name")
        return [str(self._rows[uid].values[place] or "") for uid in uids if uid in self._rows]

    def has(self, uid: str) -> bool:
        return uid in self._rows
