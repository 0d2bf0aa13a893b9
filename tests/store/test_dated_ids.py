"""Row ids tell dates, in the order of dates, at the precision they are known with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store import dated_ids
from indexer.store.dated_ids import ROOM, date_of, day_of, month_of, numbered, since, until

DATES = st.one_of(
    st.dates().map(str), st.dates().map(lambda day: str(day)[:7]), st.dates().map(lambda day: str(day)[:4])
)


@given(DATES)
def test_an_id_tells_its_date(date: str) -> None:
    assert date_of(day_of(date) * ROOM + 17) == date
    assert month_of(day_of(date) * ROOM + 17) == date[:7]


@given(DATES, DATES)
def test_ids_are_in_the_order_of_dates(one: str, other: str) -> None:
    assert (day_of(one) < day_of(other)) == (one.ljust(10, "\0") < other.ljust(10, "\0"))


@pytest.mark.parametrize("date", [None, "", "soon", "2016-5", "٢٠١٦"])
def test_what_is_no_date_is_unknown(date: str | None) -> None:
    assert day_of(date) == 0
    assert date_of(5) is None
    assert month_of(5) == ""


def test_ids_are_numbers_that_json_can_hold() -> None:
    assert (day_of("9000-12-31") + 1) * ROOM < 2**53


@given(DATES, DATES, DATES)
def test_filters_are_ranges_of_ids(date: str, first: str, last: str) -> None:
    """A date is let in when it may lie between the two, both of them included."""
    row_id = day_of(date) * ROOM + 1
    from_first = any(start <= row_id < end for start, end in since(first))
    assert from_first == (date >= first or first.startswith(date))
    assert (row_id < until(last)) == (date <= last or date.startswith(last))


def test_the_first_in_the_text_has_the_highest_id_of_its_day() -> None:
    free = {1: 10, 2: 20}
    assert numbered([1, 2, 1, 1], free) == [12, 20, 11, 10]
    assert free == {1: 13, 2: 21}
    assert dated_ids.id_range(20160501) == (2016050100000000, 2016050200000000)
