"""Counts by month made ready to be drawn: months in a row, or years where they are many. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_MONTHS = 60
"""More months in a row are drawn as years."""
MOST_YEARS = 60
"""In more years than this only those that have something are drawn."""

_DATED = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year: how it reads, how it is asked for (YYYY-MM or YYYY), the count of each series."""

    label: str
    date: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods in their order, `by` month or year; `left_out` is how many of all series have no such date."""

    by: str
    rows: Sequence[Period]
    left_out: int = 0


def periods(series: Sequence[Mapping[str, int]]) -> Periods:
    """Each series counts by YYYY-MM, or YYYY or less where less is known. Months without any are there with 0."""
    dates = sorted({date for counts in series for date in counts if _DATED.fullmatch(date)})
    months = [date for date in dates if len(date) == 7]
    by_month = _months(months[0], months[-1]) if months and _span(months) <= MOST_MONTHS else []
    counted = [counts if by_month else _by_year(counts) for counts in series]
    chosen = by_month or _years(sorted({date[:4] for date in dates}))
    rows = [Period(_label(date), date, tuple(counts.get(date, 0) for counts in counted)) for date in chosen]
    drawn = sum(sum(row.counts) for row in rows)
    return Periods("month" if by_month else "year", rows, sum(sum(counts.values()) for counts in series) - drawn)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _span(months: Sequence[str]) -> int:
    return _number(months[-1]) - _number(months[0]) + 1


def _months(first: str, last: str) -> list[str]:
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(_number(first), _number(last) + 1)]


def _years(years: Sequence[str]) -> list[str]:
    if not years or int(years[-1]) - int(years[0]) >= MOST_YEARS:
        return list(years)
    return [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for date, count in counts.items():
        found[date[:4]] = found.get(date[:4], 0) + count
    return found


def _label(date: str) -> str:
    return f"{calendar.month_abbr[int(date[5:])]} {date[:4]}" if len(date) == 7 else date
