"""A speaker's page: who it is, what is known of it, and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.publish.pages.narrowing import Choice, chosen
from indexer.publish.pages.results import Results, search
from indexer.publish.pages.timeline import Timeline, timeline
from indexer.publish.parameters import Query
from indexer.store.reader import Reader
from indexer.store.rows import Facet, Hit, SpeakerRow, Tally
from indexer.store.speakers.profile import Profile

OUTLETS = 12


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with quotations, newest first or as searched for.

    `asked` is the search for them on the whole site, for their files; `chosen` are the filters within the page.
    `first_and_last` quotation and `profile` are there where nothing is searched for; `outlets` are those with most
    quotations.
    """

    speaker: SpeakerRow
    results: Results
    asked: Query
    chosen: Sequence[Choice]
    timeline: Timeline
    outlets: Sequence[Tally]
    first_and_last: Sequence[Hit] = ()
    profile: Profile | None = None


def speaker(reader: Reader, slug: str, query: Query) -> SpeakerView:
    """A speaker's page by slug or name; raises NotFound with the nearest names."""
    row = reader.speaker(slug, limit=0).speaker
    query = replace(query, speaker="")
    asked = replace(query, speaker=row.slug)
    view = SpeakerView(
        row,
        replace(search(reader, asked), query=query),
        asked.changed(),
        chosen(query),
        timeline(query, Facet(reader.tallies("month", row.slug))),
        reader.tallies("publisher", row.slug, OUTLETS),
    )
    if not query.is_empty:
        return view
    return replace(view, first_and_last=reader.first_and_last(row.slug), profile=reader.profile(row.slug))
