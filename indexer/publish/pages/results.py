"""Quotations found by a search, as every page lists them, some at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.errors import UsageError
from indexer.publish.parameters import PAGE_SIZE, Query
from indexer.store.reader import Reader
from indexer.store.rows import Hit, Total


@dataclass(frozen=True, slots=True)
class Results:
    """Quotations found: those of one page, how many there are, and what is wrong with the question if anything is."""

    query: Query
    hits: Sequence[Hit] = ()
    total: Total = field(default=Total(0))
    problems: Sequence[str] = ()
    hint: str = ""
    has_next: bool = False
    has_previous: bool = False

    @property
    def next_page(self) -> Query | None:
        """The search for what follows this page; None where nothing does."""
        return self.query.changed(after=self.hits[-1].key) if self.hits and self.has_next else None

    @property
    def previous_page(self) -> Query | None:
        """The search for what comes before this page; None where nothing does."""
        return self.query.changed(before=self.hits[0].key) if self.hits and self.has_previous else None


def search(reader: Reader, query: Query, total: Total | None = None) -> Results:
    """The quotations that answer this search, `total` of them if that is known already.

    A question that makes no sense gives no results and says why.
    """
    if query.problems:
        return Results(query, problems=query.problems)
    try:
        found = _before(reader, query) if query.before else _after(reader, query)
        known = total or reader.total(query.text, **query.filters)
    except UsageError as error:
        return Results(query, problems=(error.problem,), hint=error.hint)
    if not (found.has_next or found.has_previous):
        known = Total(len(found.hits))
    return replace(found, total=known)


def _after(reader: Reader, query: Query) -> Results:
    """The page behind `query.after`, or the first one."""
    hits = reader.search(query.text, **query.filters, sort=query.order, after=query.after or None, limit=PAGE_SIZE + 1)
    return Results(query, hits[:PAGE_SIZE], has_next=len(hits) > PAGE_SIZE, has_previous=bool(query.after))


def _before(reader: Reader, query: Query) -> Results:
    """The page that ends at `query.before`; the first page where less than a whole one is before it."""
    hits = reader.search(query.text, **query.filters, sort=query.order, before=query.before, limit=PAGE_SIZE + 1)
    if len(hits) < PAGE_SIZE:
        return _after(reader, query.changed())
    return Results(query, hits[-PAGE_SIZE:], has_next=True, has_previous=len(hits) > PAGE_SIZE)
