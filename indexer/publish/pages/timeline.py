"""The hits of a search over time: by month, or by year where there are many months. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.parameters import Query
from indexer.publish.words import date_words
from indexer.store.rows import Facet, Tally

MOST_MONTHS = 60
MOST_YEARS = 150
"""No more bars without quotations than so many between the first year and the last."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year, how many quotations it has, and the search within it."""

    label: str
    query: Query
    quotations: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in order of time, those without quotations too. `unit` is "month" or "year"; `back_to` as in a Facet."""

    bars: Sequence[Bar]
    unit: str
    back_to: str | None


def timeline(query: Query, months: Facet) -> Timeline:
    """The hits over time; quotations of which only the year is known stand before its months."""
    dated = [tally for tally in months.tallies if tally.value]
    steps = _months(dated)
    if len(steps) <= MOST_MONTHS:
        return Timeline(_bars(query, steps, Counter({t.value: t.quotations for t in dated})), "month", months.back_to)
    counted: Counter[str] = Counter()
    for tally in dated:
        counted[tally.value[:4]] += tally.quotations
    return Timeline(_bars(query, _years(sorted(counted)), counted), "year", months.back_to)


def _bars(query: Query, steps: Sequence[str], counted: Counter[str]) -> list[Bar]:
    return [Bar(date_words(step), query.changed(since=step, until=step), counted[step]) for step in steps]


def _months(tallies: Sequence[Tally]) -> list[str]:
    """Every month from the first to the last, and the years of which no month is known, in order."""
    known = [tally.value for tally in tallies]
    months = [value for value in known if len(value) > 4]
    if not months:
        return known
    first, last = _number(months[0]), _number(months[-1])
    between = {f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, min(last, first + 2000) + 1)}
    return sorted(between | set(known))


def _number(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1


def _years(known: Sequence[str]) -> list[str]:
    first, last = int(known[0]), int(known[-1])
    return [f"{year:04}" for year in range(first, last + 1)] if last - first < MOST_YEARS else list(known)
