"""The home page: what was searched for, or the newest quotations and the most quoted speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.pages.results import Results, search
from indexer.publish.parameters import Query
from indexer.store.reader import Reader
from indexer.store.rows import Hit, SpeakerRow

NEWEST_SHOWN = 8
SPEAKERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: results where something was asked, else the newest quotations and the most quoted speakers."""

    counts: dict[str, int]
    speakers: Sequence[SpeakerRow]
    results: Results | None = None
    newest: Sequence[Hit] = ()


def home(reader: Reader, query: Query) -> Home:
    """The home page for this search; an empty one shows the newest quotations."""
    counts, speakers = reader.stats(), reader.top_speakers(SPEAKERS_SHOWN)
    if query.is_empty:
        return Home(counts, speakers, newest=reader.newest(NEWEST_SHOWN))
    return Home(counts, speakers, results=search(reader, query))
