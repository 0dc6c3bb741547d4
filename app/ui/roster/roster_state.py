"""Which people the list shows: everybody, less what circle, filter and search leave out; no Qt here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.fields.masking import covered
from app.services.cadres import Cadres
from app.services.questions import key_of
from app.services.roster import NEW_STATE, Roster
from app.services.roster_filter import REVIEW, TODO, Condition, How, RosterFilter
from app.services.roster_order import RosterOrder
from app.services.roster_tools import RosterTools
from app.services.roster_values import CONDITIONS_NOW
from app.services.rows import Row
from app.services.saved_filters import KeptFilter
from app.services.search import Search
from app.ui.roster.column_sets import COLUMNS
from app.ui.roster.match_column import MATCH, match_field

LISTED = (COLUMNS[0], MATCH, *COLUMNS[1:])
"""The columns as the list has them: the match stands beside the name."""


class RosterState:
    """Read once; filter and search then choose among what was read."""

    def __init__(self, cadres: Cadres, search: Search, tools: RosterTools) -> None:
        self._cadres, self._search, self.tools = cadres, search, tools
        self.record = cadres.record
        fields = [cadres.record.field(name) for name in COLUMNS]
        self.fields = [fields[0], match_field(self.reason), *fields[1:]]
        self.filter = RosterFilter()
        self.typed = ""
        self.picked: tuple[str, ...] = ()
        """People that another page has sent here by name; empty when nobody is picked."""
        self._marks: dict[str, Collection[str]] = {}
        self._rows: dict[str, Row] = {}
        self._named: Collection[str] = frozenset()
        """Who was found by the name, when the list was last asked for."""
        self._everybody = self.roster = Roster(COLUMNS, ())
        self.circle: KeptFilter | None = tools.saved.circle
        self.saved = tools.saved.all()
        self.order: RosterOrder = tools.order.order
        self.read()

    def read(self) -> None:
        """After a change; the search learns of it too."""
        self._search.renew()
        rows = self.order.sort(
            self._cadres.rows(COLUMNS), lambda row: dict(zip(COLUMNS, row.values, strict=True))
        )
        self._rows = {row.uid: Row(row.uid, (row.values[0], row.uid, *row.values[1:])) for row in rows}
        self.picked = tuple(filter(self.has, self.picked))
        self._everybody = Roster(COLUMNS, rows, self.tools.values.of)
        self._everybody.mark(TODO, self._marks)
        self._everybody.mark(CONDITIONS_NOW, self.tools.values.conditions_now())
        self.read_states()

    def read_states(self) -> None:
        """How far each file has come in the review."""
        states = self.tools.values.review_states()
        self._everybody.mark(REVIEW, {uid: (states.get(uid, NEW_STATE),) for uid in self._rows})
        self._draw_circle()

    def mark(self, marks: Mapping[str, Collection[str]]) -> None:
        self._marks.update(marks)
        self._everybody.mark(TODO, marks)
        self._draw_circle()

    def work_within(self, kept: KeptFilter | None) -> None:
        """Everything shrinks to these people; None for everybody."""
        self.circle = kept
        self.tools.saved.work_within(kept.uid if kept else "")
        self._draw_circle()

    def read_circle(self) -> None:
        """After saved filters have changed."""
        self.saved, self.circle = self.tools.saved.all(), self.tools.saved.circle
        self._draw_circle()

    @property
    def kept(self) -> KeptFilter | None:
        """The saved filter that is in force."""
        return next((kept for kept in self.saved if kept.filter == self.filter), None)

    def _draw_circle(self) -> None:
        self.roster = self._everybody.within(self.circle.filter) if self.circle else self._everybody

    def sort_by(self, code: str) -> None:
        self.tools.order.choose(code)
        self.order = self.tools.order.order
        self.read()

    def pick(self, uids: Iterable[str]) -> None:
        """Just these people, whatever was searched and filtered before, of the circle or not."""
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

    def use(self, filter_: RosterFilter) -> None:
        """A whole filter at once; the one in force a second time is let go."""
        self.filter = RosterFilter() if self.filter == filter_ else filter_
        self.unpick()

    def turn(self, condition: Condition) -> None:
        self.filter = self.filter.turned(condition)

    def widen(self, condition: Condition | None = None) -> None:
        """Without this condition; without any, and with nobody picked."""
        self.filter = self.filter.without(condition) if condition else RosterFilter()
        if condition is None:
            self.unpick()

    @property
    def shown(self) -> list[Row]:
        roster = self._everybody if self.picked else self.roster
        return [self._rows[uid] for uid in roster.chosen(self.filter, self._found)]

    @property
    def _found(self) -> Sequence[str] | None:
        """Names first, then whoever's file says it elsewhere; in the order of the list within each."""
        if not self.typed.strip():
            return self.picked or None
        found = {*self._search.find(self.typed), *self.tools.reasons.find(self.typed)}
        self._named = self.tools.reasons.by_name(found, self.typed)
        return [*self._in_order(self._named), *self._in_order(found - self._named)]

    def has_reasons(self, shown: Iterable[Row]) -> bool:
        """Whether some of the people just shown were found by more than their name."""
        return bool(self.typed.strip()) and any(row.uid not in self._named for row in shown)

    def _in_order(self, uids: Collection[str]) -> list[str]:
        return [uid for uid in self._rows if uid in uids] if uids else []

    def reason(self, uid: str) -> str:
        """What was found in this file besides the name."""
        return self.tools.reasons.reason(uid, self.typed) if self.typed else ""

    def with_same(self, uid: str, name: str) -> list[str]:
        """The people of the circle who have the same here as this one."""
        place = LISTED.index(name)
        value = self._rows[uid].values[place]
        same = [one for one, row in self._rows.items() if row.values[place] == value and one in self.roster]
        return same if value is not None else []

    def same_filter(self, uid: str, name: str) -> RosterFilter:
        """The filter that leaves those who have the same here."""
        return RosterFilter(((Condition(name, key_of(self.value(uid, name))),),))

    def value(self, uid: str, name: str) -> object:
        return self._rows[uid].values[LISTED.index(name)]

    @property
    def narrowed(self) -> bool:
        return bool(self.typed or self.filter.groups or self.picked)

    @property
    def nobody(self) -> str:
        """What to say when nobody is left."""
        within = f"“{self.circle.name}”里" if self.circle else ""
        if not self.typed:
            return f"{within}这些条件合在一起，没有一个人。"
        also = "，再加上面的条件" if self.filter.groups else ""
        return (
            f"{within}没有找到“{covered(self.typed)}”{also}。\n"
            "可以找姓名、拼音首字母、单位、村、证件尾号、电话，\n也可以找家属姓名、简历和备注里的字。"
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
        place = LISTED.index("name")
        return [str(self._rows[uid].values[place] or "") for uid in uids if uid in self._rows]

    def has(self, uid: str) -> bool:
        return uid in self._rows

    @property
    def uids(self) -> frozenset[str]:
        """Everybody's, whatever is shown."""
        return frozenset(self._rows)
