"""Counts by month made ready to be drawn: months in a row, or years where they are many. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

MOST_MONTHS = 60
"""More months in a row are drawn as years."""
MOST_YEARS = 150
"""In more years than this only those that have something are drawn."""

_DATED = re.compile(r"\d{4}(-\d{2})?")


@dataclass(frozen=True, slots=True)
class Period:
    """A month (YYYY-MM) or a year (YYYY), and the count of each series."""

    date: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods in their order; `undated` is how many of all series have no date."""

    by: Literal["month", "year"]
    rows: Sequence[Period]
    undated: int = 0


def periods(series: Sequence[Mapping[str, int]]) -> Periods:
    """Each series counts by YYYY-MM, by YYYY where only that is known, or by "".

    Months and years without any are there with 0; what has a year alone stands before the months of that year.
    """
    dates = {date for counts in series for date in counts if _DATED.fullmatch(date)}
    undated = sum(count for counts in series for date, count in counts.items() if date not in dates)
    months = sorted(date for date in dates if len(date) > len("2025"))
    if not months or _number(months[-1]) - _number(months[0]) < MOST_MONTHS:
        return Periods("month" if months else "year", _rows(sorted(dates | set(_between(months))), series), undated)
    return Periods(
        "year", _rows(_years({date[:4] for date in dates}), [_by_year(counts) for counts in series]), undated
    )


def _rows(dates: Iterable[str], series: Sequence[Mapping[str, int]]) -> list[Period]:
    return [Period(date, tuple(counts.get(date, 0) for counts in series)) for date in dates]


def _between(months: Sequence[str]) -> list[str]:
    """Every month from the first to the last."""
    numbers = range(_number(months[0]), _number(months[-1]) + 1) if months else ()
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _years(years: set[str]) -> list[str]:
    first, last = int(min(years)), int(max(years))
    return [f"{year:04}" for year in range(first, last + 1)] if last - first < MOST_YEARS else sorted(years)


def _by_year(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for date, count in counts.items():
        found[date[:4]] += count
    return found
