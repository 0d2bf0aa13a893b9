"""Months in a row, or years."""

from __future__ import annotations

import pytest

from indexer.publish.periods import MOST_MONTHS, periods


def shown(*series):
    return [(row.date, row.counts) for row in periods(series).rows]


def test_months_without_any_are_there_with_nothing():
    assert shown({"2024-11": 2, "2025-02": 1}) == [
        ("2024-11", (2,)),
        ("2024-12", (0,)),
        ("2025-01", (0,)),
        ("2025-02", (1,)),
    ]


def test_each_series_has_its_count():
    assert shown({"2024-11": 2}, {"2024-12": 5}) == [("2024-11", (2, 0)), ("2024-12", (0, 5))]


def test_many_months_become_years():
    found = periods([{"2019-03": 1, "2019-04": 1, "2021": 3, "2024-12": 1}])
    assert (found.by, found.undated) == ("year", 0)
    assert [(row.date, row.counts) for row in found.rows] == [
        ("2019", (2,)),
        ("2020", (0,)),
        ("2021", (3,)),
        ("2022", (0,)),
        ("2023", (0,)),
        ("2024", (1,)),
    ]


def test_the_most_months_are_still_months():
    assert len(shown({"2020-01": 1, "2024-12": 1})) == MOST_MONTHS
    assert periods([{"2020-01": 1, "2025-01": 1}]).by == "year"


def test_what_has_only_a_year_stands_before_its_months_and_what_has_no_date_is_counted():
    found = periods([{"2024-11": 2, "2024": 3, "": 4, "spring": 1}])
    assert [(row.date, row.counts) for row in found.rows] == [("2024", (3,)), ("2024-11", (2,))]
    assert (found.by, found.undated) == ("month", 5)


def test_where_only_years_are_known_years_are_shown():
    assert shown({"2024": 3}) == [("2024", (3,))]


def test_centuries_without_any_are_not_drawn():
    assert [row.date for row in periods([{"0203-01": 1, "2024-05": 1}]).rows] == ["0203", "2024"]


@pytest.mark.parametrize("series", [[], [{}], [{}, {}], [{"": 3}]])
def test_nothing_dated_is_nothing_to_draw(series):
    assert periods(series).rows == []
