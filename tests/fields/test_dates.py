"""Dates keep the precision they were written with; no day is ever invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.errors import UnreadableError
from app.fields import dates
from app.fields.kinds import PartialDate

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1951", "1951"),
        ("1951年", "1951"),
        ("51年", "1951"),
        ("51.8", "1951-08"),
        ("1951.8", "1951-08"),
        ("1951.08", "1951-08"),
        ("195108", "1951-08"),
        ("1951-8", "1951-08"),
        ("1951/08", "1951-08"),
        ("1951年8月", "1951-08"),
        ("1951 年 8 月", "1951-08"),
        ("1951年08月份", "1951-08"),
        ("51年8月", "1951-08"),
        ("1951.10", "1951-10"),
        ("19510817", "1951-08-17"),
        ("1951-08-17", "1951-08-17"),
        ("1951/8/17", "1951-08-17"),
        ("1951.8.17", "1951-08-17"),
        ("1951年8月17日", "1951-08-17"),
        ("1951年8月17号", "1951-08-17"),
        ("１９５１．０８", "1951-08"),
        ("１９５１年８月１７日", "1951-08-17"),
        ("'195108", "1951-08"),
        ("  1951.08  ", "1951-08"),
        ("1951-08-17 00:00:00", "1951-08-17"),
        ("1951-08-17T00:00", "1951-08-17"),
        ("2004.02.29", "2004-02-29"),
    ],
)
def test_every_written_form_is_read_with_its_precision(written: str, meant: str):
    assert dates.read(written) == meant


@pytest.mark.parametrize("text", ["", "   ", "'"])
def test_nothing_written_is_no_date(text: str):
    assert dates.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "不详", "1951.13", "1951.00", "1951.02.30", "1951.8.32", "2005-02-29", "0051.08", "3051.08", "1951.8.17.3",
        "1951年8月17日生", "8月17日", "1951-", "195113", "1951-08-1七", "51",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_way_to_write_it(text: str):
    with pytest.raises(UnreadableError, match=r"请按 1952、1952\.03 或 1952\.03\.17 的样式填写"):
        dates.read(text)


@pytest.mark.parametrize(("written", "meant"), [("26.3", "2026-03"), ("27.3", "1927-03"), ("28年", "1928")])
def test_two_digits_never_mean_a_year_to_come(written: str, meant: str):
    assert dates.read(written) == meant


def test_two_digits_may_be_held_below_an_older_year():
    assert dates.read("12.5", newest=2011) == "1912-05"


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (1951, "1951"),
        (195108, "1951-08"),
        (195108.0, "1951-08"),
        (19510817, "1951-08-17"),
        (51.8, "1951-08"),
        (1951.08, "1951-08"),
        (1951.12, "1951-12"),
        (18857, "1951-08-17"),
        (dt.date(1951, 8, 17), "1951-08-17"),
        (dt.datetime(1951, 8, 17), "1951-08-17"),  # noqa: DTZ001 - cells know no zone
        ("1951.08", "1951-08"),
        ("", None),
        (None, None),
    ],
)
def test_cells_that_hold_numbers_and_dates_are_read(cell: object, meant: str | None):
    assert PartialDate().read_cell(cell) == meant


@pytest.mark.parametrize("cell", [7, 195113, 999999, 1e300, -5, float("nan"), float("inf"), True])
def test_numbers_that_are_no_dates_are_refused(cell: float):
    with pytest.raises(UnreadableError):
        PartialDate().read_cell(cell)


@pytest.mark.parametrize(
    ("date", "dotted", "words"),
    [
        ("1952", "1952", "1952年"),
        ("1952-03", "1952.03", "1952年3月"),
        ("1952-03-07", "1952.03.07", "1952年3月7日"),
    ],
)
def test_a_date_is_shown_no_more_precisely_than_it_is(date: str, dotted: str, words: str):
    assert (dates.show(date), dates.show(date, "年")) == (dotted, words)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1952", (1952, 1, 1), (1952, 12, 31)),
        ("1952-02", (1952, 2, 1), (1952, 2, 29)),
        ("1952-12", (1952, 12, 1), (1952, 12, 31)),
        ("1952-03-17", (1952, 3, 17), (1952, 3, 17)),
    ],
)
def test_a_date_can_mean_its_first_to_its_last_day(date: str, first: tuple[int, ...], last: tuple[int, ...]):
    assert (dates.first_day(date), dates.last_day(date)) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    ("earlier", "later", "sure"),
    [
        ("1952", "1953", True),
        ("1952", "1952-03", False),
        ("1952-03", "1952", False),
        ("1952-03", "1952-03-17", False),
        ("1952-03-16", "1952-03-17", True),
        ("1952-03-17", "1952-03-17", False),
        ("1952-02", "1952-03", True),
    ],
)
def test_before_is_only_said_when_it_is_sure(earlier: str, later: str, sure: bool):
    assert dates.surely_before(earlier, later) is sure


@pytest.mark.parametrize(
    ("earlier", "later", "least", "most"),
    [
        ("1950-03", "1968-03", 18, 18),
        ("1950-03", "1968-02", 17, 17),
        ("1950", "1968", 17, 18),
        ("1950-12", "1968", 17, 18),
        ("1950", "1968-11", 17, 18),
        ("1950", "1968-12", 18, 18),
        ("1950-03-17", "1968-03-01", 18, 18),
    ],
)
def test_years_between_dates_know_what_the_precision_leaves_open(
    earlier: str, later: str, least: int, most: int
):
    assert (dates.least_years(earlier, later), dates.most_years(earlier, later)) == (least, most)


@pytest.mark.parametrize(
    ("date", "later"),
    [("1972", "1975"), ("1972-05", "1975-05"), ("1972-02-29", "1975-02-28"), ("1972-03-01", "1975-03-01")],
)
def test_some_years_later_is_a_real_day_of_the_same_precision(date: str, later: str):
    assert dates.years_later(date, 3) == later


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("1952-03-17", dt.date(2026, 3, 16), 73),
        ("1952-03-17", dt.date(2026, 3, 17), 74),
        ("1952-03", dt.date(2026, 3, 1), 74),
        ("1952-03", dt.date(2026, 2, 28), 73),
        ("1952", dt.date(2026, 1, 1), 74),
        ("1952-02-29", dt.date(2026, 2, 28), 73),
        ("1952-02-29", dt.date(2026, 3, 1), 74),
    ],
)
def test_age_counts_days_where_the_day_is_known(birth: str, on: dt.date, age: int):
    assert dates.age(birth, on) == age


partial_dates = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(dt.date(1850, 1, 1), dt.date(2100, 12, 31)),
    st.sampled_from([4, 7, 10]),
)


@given(partial_dates)
def test_what_is_shown_is_read_back_as_it_was(date: str):
    assert dates.read(dates.show(date)) == dates.read(dates.show(date, "年")) == date


@given(partial_dates, partial_dates)
def test_the_texts_sort_as_time_does(one: str, other: str):
    if dates.surely_before(one, other):
        assert one < other
        assert dates.least_years(one, other) <= dates.most_years(one, other)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str):
    try:
        found = dates.read(text)
    except UnreadableError:
        return
    assert found is None or dates.first_day(found) <= dates.last_day(found)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("1970-03", "1970-03-31", 0),
        ("1970-03", "1971-01", 10),
        ("1971-01", "1970-03", -10),
        ("1970", "1970-03", None),
        ("1970-03", "1971", None),
    ],
)
def test_months_are_counted_where_both_dates_say_them(earlier: str, later: str, months: int | None):
    assert dates.months_between(earlier, later) == months


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1970-03-01", "1970-03-31", True),
        ("1970-03", "1970", True),
        ("1970-03", "1970-04", False),
        ("1970", "1971-01", False),
    ],
)
def test_dates_are_the_same_as_far_as_they_say_the_month(one: str, other: str, same: bool):
    assert dates.may_be_same(one, other) is dates.may_be_same(other, one) is same


anyday = st.dates(dt.date(1850, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat)
precision = st.sampled_from((4, 7, 10))


@given(anyday, anyday, precision, precision)
def test_surely_before_means_every_day_of_both(one: str, other: str, first: int, second: int):
    one, other = one[:first], other[:second]
    assert dates.surely_before(one, other) is (dates.last_day(one) < dates.first_day(other))
