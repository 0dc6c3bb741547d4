"""Everybody by what their files say; every figure opens the names behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.fields.codes import code_table
from app.fields.kinds import Code, Kind
from app.services.questions import AGES, IS, QUESTIONS, key_of, said_wanted
from app.services.questions import EMPTY as NOTHING
from app.services.roster_filter import DOUBTS, EMPTY, GAPS, REVIEW, TODO, Condition, RosterFilter
from app.services.roster_values import CONDITION, CONDITIONS_NOW, Values, field_of, title_of
from app.services.rows import Row

Look = Callable[[str, str], Values]
"""What a field says of everybody, by its path and the question."""


@dataclass(frozen=True)
class Facet:
    """One heading of the filter tree: a field, or what is known of the file as a whole."""

    name: str
    label: str
    words: Mapping[str, str] | None = None
    """Words for values where the field's own would not speak for themselves."""


STATE_WORDS = {item.code: item.label for item in code_table("review_state").items}
NEW_STATE = "new"
TODO_WORDS = {GAPS: "有缺项", DOUBTS: "有疑点"}
FACETS = (
    Facet(TODO, "待办", TODO_WORDS),
    Facet(REVIEW, "核对状态", STATE_WORDS),
    Facet("retirement_kind", "类别"),
    Facet("village", "村（社区）"),
    Facet(CONDITIONS_NOW, "特殊情况（现在）"),
    Facet("treatment", "现享受待遇"),
    Facet("party_branch", "党支部"),
    Facet("health_status", "健康"),
    Facet("living_arrangement", "居住"),
    Facet("alive", "在世", {"1": "在世", "0": "已故"}),
)
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}
FACET_FIELDS = tuple(facet.name for facet in FACETS if facet.name not in {TODO, REVIEW, CONDITIONS_NOW})


@dataclass(frozen=True)
class Choice:
    """One line of the filter tree."""

    value: str
    label: str
    people: int


def _nobody(_path: str, _question: str) -> Values:
    return {}


class Roster:
    """What the filter knows of everybody; marks come later, because they cost more to find."""

    def __init__(self, names: Sequence[str], rows: Iterable[Row], look: Look = _nobody) -> None:
        """`look` is asked for fields that are no columns, once for each."""
        self._look = look
        self._order: list[str] = []
        self._keys: dict[str, dict[str, tuple[str, ...]]] = {}
        self._known: dict[tuple[str, str], Values] = {}
        places = {name: names.index(name) for name in FACET_FIELDS}
        for row in rows:
            self._order.append(row.uid)
            self._keys[row.uid] = {name: (key_of(row.values[at]),) for name, at in places.items()}

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, uid: str) -> bool:
        return uid in self._keys

    def mark(self, facet: str, marks: Mapping[str, Collection[str]]) -> None:
        """What is known of whom; people left out keep what was said before."""
        for uid, keys in marks.items():
            if uid in self._keys:
                self._keys[uid][facet] = tuple(keys)

    def within(self, filter_: RosterFilter) -> Roster:
        """The same of the people who pass, as if there were no others."""
        inner = Roster(FACET_FIELDS, (), self._look)
        inner._order = self.chosen(filter_)
        inner._keys = {uid: self._keys[uid] for uid in inner._order}
        inner._known = self._known
        return inner

    def chosen(self, filter_: RosterFilter, among: Iterable[str] | None = None) -> list[str]:
        """Uids that pass, in the order given (that of the roster when nothing is given)."""
        people = self._order if among is None else [uid for uid in among if uid in self._keys]
        return filter_.chosen(people, self._holding)

    def choices(self, facet: Facet) -> list[Choice]:
        """Every value of the facet with its count; 'not filled' stands last."""
        counts = Counter(key for keys in self._keys.values() for key in keys.get(facet.name, ()))
        if facet.name == TODO:
            return [Choice(value, label, counts[value]) for value, label in TODO_WORDS.items()]
        values = sorted(counts, key=lambda value: (value == EMPTY, self._place(facet, value)))
        return [Choice(value, self.word(facet, value), counts[value]) for value in values]

    def word(self, facet: Facet, value: str) -> str:
        if value == EMPTY:
            return "未填"
        if facet.words:
            return facet.words.get(value, value)
        return self._kind(facet).format(value)

    def words(self, condition: Condition) -> str:
        """The condition in full: '村（社区）：东门村', '村（社区）不是：东门村', '籍贯 含 清镇'."""
        facet = FACETS_BY_NAME.get(condition.facet)
        if (condition.facet, condition.question) == ("birth_date", AGES):
            return _asked(condition)
        if facet is None or condition.question != IS:
            return f"{title_of(condition.facet)} {_asked(condition)}".strip()
        between = "不是：" if condition.negated else "："
        return f"{facet.label}{between}{self.word(facet, condition.value)}"

    def word_of(self, condition: Condition) -> str:
        """As short as it can be understood: '东门村', '不是 离休', '村（社区）：未填'."""
        facet = FACETS_BY_NAME.get(condition.facet)
        if facet is None or condition.question != IS:
            return self.words(condition)
        word = self.word(facet, condition.value)
        if condition.value == EMPTY:
            word = f"{facet.label}：{word}"
        return f"不是 {word}" if condition.negated else word

    def _holding(self, condition: Condition) -> Collection[str]:
        if condition.question == IS and condition.facet in FACETS_BY_NAME:
            name, wanted = condition.facet, condition.value
            return {uid for uid, keys in self._keys.items() if wanted in keys.get(name, ())}
        return self._asked(condition)

    def _asked(self, condition: Condition) -> set[str]:
        key = condition.facet, condition.question
        if key not in self._known:
            self._known[key] = self._look(*key)
        values, holds = self._known[key], QUESTIONS[condition.question].holds
        if condition.question == NOTHING:
            return {uid for uid in self._keys if not values.get(uid)}
        return {uid for uid, said in values.items() if any(holds(value, condition.value) for value in said)}

    def _kind(self, facet: Facet) -> Kind:
        return field_of(CONDITION if facet.name == CONDITIONS_NOW else facet.name).kind

    def _place(self, facet: Facet, value: str) -> tuple[int, str]:
        """Codes stand in the order of their table, other words by themselves."""
        if facet.words:
            order = list(facet.words)
        else:
            kind = self._kind(facet)
            order = [item.code for item in kind.codes.items] if isinstance(kind, Code) else []
        return (order.index(value) if value in order else len(order), value)


def _asked(condition: Condition) -> str:
    """'含 清镇', '不空', '早于 1950.01'."""
    question = QUESTIONS[condition.question]
    title = question.opposite if condition.negated else question.title
    wanted = said_wanted(field_of(condition.facet).kind, question, condition.value)
    return f"{title} {wanted}".strip()
