"""Two files being compared, without Qt: which lines there are, what is chosen, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from app.fields.spec import Field
from app.services.duplicate_evidence import Pair
from app.services.merge_plan import Choices, FieldLine, MergePlan, PartRow, Side
from app.services.merging import Merging
from app.ui.tables.text_table import Line

Place = Literal["left", "right"]
Key = tuple[str, str]
"""('field', its name), ('row', its uid), or one of the folds."""
FEW = 4
ONE_SIDED: Key = ("fold", "one")
EQUAL: Key = ("fold", "equal")
CHOSEN, OPEN, ALIKE, LEFT_OUT = "✓ ", "　 ", "＝ ", "✗ "
NOTHING = "—"
SHORT = {"family": "家庭成员"}
"""Of parts whose title is too long for its column."""
HEADINGS = ("字段", "左边这份", "右边这份", "合并后")
LEFT, RIGHT, RESULT = 1, 2, 3


class MergeState:
    """The columns stay where they are, whichever of the two is kept."""

    def __init__(self, merging: Merging) -> None:
        self._merging = merging
        self.pair: Pair | None = None
        self.plan: MergePlan | None = None
        self.choices = Choices()
        self.unfolded: set[Key] = set()

    def show(self, pair: Pair | None, keep: Place | None = None) -> None:
        """Raises UserError when one of the files is gone."""
        self.pair, self.plan, self.choices = pair, None, Choices()
        if pair is None:
            return
        one, other = pair.uids
        kept = {None: self._merging.better_kept(one, other), "left": one, "right": other}[keep]
        self.plan = self._merging.plan(kept, other if kept == one else one)
        self.choices = self.plan.choices

    @property
    def kept(self) -> Place:
        assert self.plan
        assert self.pair
        return "left" if self.plan.keep.uid == self.pair.one.uid else "right"

    def side(self, place: Place) -> Side:
        return "keep" if place == self.kept else "other"

    def choose(self, key: Key, place: Place) -> None:
        """Of a field its side; a row is taken in or left out by the side it stands on."""
        kind, name = key
        if kind == "field":
            self.choices.sides[name] = self.side(place)
        elif kind == "row" and self._row(name).side == self.side(place):
            self.toggle(key)

    def choose_both(self, key: Key) -> None:
        """Where the field can hold both."""
        if key[0] == "field" and self._line(key[1]).both is not None:
            self.choices.sides[key[1]] = "both"

    def toggle(self, key: Key) -> None:
        """A row in or out, a field to its other side, what is folded shown or folded again."""
        kind, name = key
        if kind == "fold":
            self.unfolded ^= {key}
        elif kind == "field":
            self.choices.sides[name] = "other" if self.choices.sides[name] == "keep" else "keep"
        elif not self._row(name).twin:
            self.choices.left_out ^= {name}

    def lines(self) -> list[Line]:
        """What contradicts comes first, then the rows of the parts; what needs no decision is folded below."""
        if self.plan is None:
            return []
        sided = [line for line in self.plan.lines if line.differs and None in (line.keep, line.other)]
        equal = [line for line in self.plan.lines if not line.differs]
        rows = [row for row in self.plan.rows if not row.twin]
        settled = [row for row in rows if self._is_settled(row)]
        return [
            *map(self._field_line, self._contradicting),
            *(self._row_line(row) for row in rows if row not in settled),
            *self._folded(ONE_SIDED, "只有一边填了的", list(map(self._field_line, sided))),
            *self._folded(
                EQUAL, "两边相同的", [*map(self._field_line, equal), *map(self._row_line, settled)]
            ),
        ]

    def _folded(self, key: Key, word: str, lines: Sequence[Line]) -> list[Line]:
        if not lines:
            return []
        open_ = key in self.unfolded
        head = Line(
            key, (f"{'▾' if open_ else '▸'} {word}", f"{len(lines)} 项", "", ""), {0: "quiet", 1: "quiet"}
        )
        return [head, *(lines if open_ else ())]

    def _is_settled(self, row: PartRow) -> bool:
        """Both have it, word for word."""
        twin = self._twin(row)
        return twin is not None and twin.values == row.values

    def _twin(self, row: PartRow) -> PartRow | None:
        rows = self.plan.rows if self.plan else ()
        return next((each for each in rows if each.twin == row.uid), None)

    @property
    def _contradicting(self) -> list[FieldLine]:
        lines = self.plan.lines if self.plan else ()
        return [line for line in lines if line.differs and None not in (line.keep, line.other)]

    @property
    def to_decide(self) -> int:
        """Fields in which the two contradict each other."""
        return len(self._contradicting)

    @property
    def obstacle(self) -> str:
        """Why they cannot be merged as it stands; '' when they can."""
        return (self.plan.refusal or self.plan.too_many(self.choices)) if self.plan else ""

    @property
    def hints(self) -> list[str]:
        return [text for text in (self.plan.must_keep, *self.plan.notes) if text] if self.plan else []

    def told(self) -> tuple[str, str]:
        """The question before it is done, and what happens with all that belongs to them."""
        assert self.plan
        keep, other = self.plan.keep.values, self.plan.other.values
        here, there = ("左边", "右边") if self.kept == "left" else ("右边", "左边")
        question = (
            f"把{there}的“{other.get('name') or ''}”并入{here}的“{keep.get('name') or ''}”，合并成一人？"
        )
        return question, "\n".join(self._consequences())

    def _consequences(self) -> Iterator[str]:
        assert self.plan
        if self.plan.linked:
            moved = "、".join(f"{title} {count} 条" for title, count in self.plan.linked.items())
            yield f"一并转过去：{moved}。"
        if twins := sum(1 for row in self.plan.rows if row.twin):
            yield f"两边说的是同一件事的 {twins} 行合成一行。"
        if self.choices.left_out:
            rows = [self._row(uid) for uid in sorted(self.choices.left_out)]
            named = "；".join(f"{SHORT.get(row.part, row.title)} {row.text}" for row in rows[:FEW])
            yield f"不留的 {len(rows)} 行：{named}{' 等' if len(rows) > FEW else ''}。"
        yield "合并后的档案要重新核对。以后可以撤销，也可以在“已合并的”里拆回两份。"

    def _line(self, name: str) -> FieldLine:
        assert self.plan
        return next(line for line in self.plan.lines if line.field.name == name)

    def _row(self, uid: str) -> PartRow:
        assert self.plan
        return next(row for row in self.plan.rows if row.uid == uid)

    def _field_line(self, line: FieldLine) -> Line:
        side = self.choices.sides[line.field.name]
        texts, tones = [line.field.label], {}
        for column, place in ((LEFT, "left"), (RIGHT, "right")):
            own = self.side(place)  # type: ignore[arg-type]
            taken = line.differs and side in (own, "both")
            texts.append((CHOSEN if taken else OPEN) + shown(line.field, line.value(own)))
            tones[column] = "leaf" if taken else "quiet"
        texts.append(shown(line.field, line.value(side)))
        return Line(("field", line.field.name), texts, tones)

    def _row_line(self, row: PartRow) -> Line:
        assert self.plan
        twin = self._twin(row)
        after = {kept.uid: values for kept, values in self.plan.kept_rows(row.part, self.choices)}
        here = row.uid in after
        told = {row.side: (CHOSEN if here else LEFT_OUT) + row.text}
        if twin:
            sign = ALIKE if here else LEFT_OUT
            told = {"keep": sign + row.text, "other": sign + twin.text}
        sides = [self.side("left"), self.side("right")]
        result = PartRow(row.part, row.uid, row.side, after[row.uid]).text if here else NOTHING
        texts = [SHORT.get(row.part, row.title), *(told.get(side, "") for side in sides), result]
        tones = dict.fromkeys((LEFT, RIGHT), "leaf" if here else "quiet")
        return Line(("row", row.uid), texts, tones)


def shown(field: Field, value: Any) -> str:
    """Covered where it is a secret; on one line."""
    text = field.kind.masked(value) if value is not None else ""
    return " / ".join(text.split("\n")) if text else NOTHING
