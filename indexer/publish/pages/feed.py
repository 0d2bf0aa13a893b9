"""What the feed of a search shows: its newest quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.pages.narrowing import chosen
from indexer.publish.parameters import Query
from indexer.store.reader import Reader
from indexer.store.rows import Hit

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest quotations of a search, its title in plain words, and when the index was brought up to date."""

    title: str
    hits: Sequence[Hit]
    updated: str | None


def feed(reader: Reader, query: Query) -> Feed:
    """The feed of this search."""
    speakers = reader.called(query.speaker) if query.speaker else []
    name = speakers[0].value if len(speakers) == 1 else query.speaker
    parts = [f"“{query.text}”" if query.text else "", *(choice.label for choice in chosen(query, name))]
    title = ", ".join(part for part in parts if part) or "newest quotations"
    hits = reader.search(query.text, **query.filters, sort="date", limit=NEWEST)
    return Feed(title, hits, reader.updated())
