"""A speaker's page: who it is, what is known of it, and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.publish.pages.results import Results, search
from indexer.publish.parameters import Query
from indexer.publish.periods import Periods, periods
from indexer.store.reader import Reader
from indexer.store.rows import Hit, SpeakerRow, Tally
from indexer.store.speakers.profile import Profile

OUTLETS = 12


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with quotations, newest first or as searched for.

    `first_and_last` quotation and `profile` are there where nothing is searched for; `outlets` are those with most
    quotations.
    """

    speaker: SpeakerRow
    results: Results
    periods: Periods
    outlets: Sequence[Tally]
    first_and_last: Sequence[Hit] = ()
    profile: Profile | None = None


def speaker(reader: Reader, slug: str, query: Query) -> SpeakerView:
    """A speaker's page by slug or name; raises NotFound with the nearest names."""
    row = reader.speaker(slug, limit=0).speaker
    results = search(reader, replace(query, speaker=row.slug))
    months = {tally.value: tally.quotations for tally in reader.tallies("month", row.slug)}
    view = SpeakerView(
        row,
        replace(results, query=replace(query, speaker="")),
        periods([months]),
        reader.tallies("publisher", row.slug, OUTLETS),
    )
    if not query.is_empty:
        return view
    return replace(view, first_and_last=reader.first_and_last(row.slug), profile=reader.profile(row.slug))
