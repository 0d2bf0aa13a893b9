"""The hits of a search over time: by month, or by year where there are many months. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.parameters import Query
from indexer.publish.periods import periods
from indexer.publish.words import date_words
from indexer.store.rows import Facet


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
    found = periods([{tally.value: tally.quotations for tally in months.tallies}])
    bars = [Bar(date_words(row.date), query.changed(since=row.date, until=row.date), *row.counts) for row in found.rows]
    return Timeline(bars, found.by, months.back_to)
