"""Quotations found by a search, as every page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.errors import UsageError
from indexer.publish.parameters import LAST_PAGE, PAGE_SIZE, Query
from indexer.store.reader import Reader
from indexer.store.rows import Hit, Total


@dataclass(frozen=True, slots=True)
class Results:
    """Quotations found: the ones shown, how many there are, and what is wrong with the question if anything is."""

    query: Query
    hits: Sequence[Hit] = ()
    total: Total = field(default=Total(0))
    problems: Sequence[str] = ()
    hint: str = ""

    @property
    def has_next(self) -> bool:
        """True where another page of results follows this one."""
        is_last = self.total.is_exact and self.query.offset + len(self.hits) >= self.total.count
        return bool(self.hits) and not is_last and self.query.page < LAST_PAGE


def search(reader: Reader, query: Query) -> Results:
    """The quotations that answer this search. A question that makes no sense gives no results and says why."""
    if query.problems:
        return Results(query, problems=query.problems)
    try:
        hits = reader.search(query.text, **query.filters, limit=PAGE_SIZE, offset=query.offset)
        total = reader.count(query.text, **query.filters)
    except UsageError as error:
        return Results(query, problems=(error.problem,), hint=error.hint)
    return Results(query, hits, total)
