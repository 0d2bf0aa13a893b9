"""The home page: what was searched for, or the newest quotations and the most quoted speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.pages.advice import Advice, advice
from indexer.publish.pages.narrowing import Choice, Group, chosen, groups
from indexer.publish.pages.results import Results, search
from indexer.publish.pages.timeline import Timeline, timeline
from indexer.publish.parameters import Query
from indexer.store.reader import Reader
from indexer.store.rows import Hit, Overview, SpeakerRow, Tally, Total

NEWEST_SHOWN = 8
SPEAKERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: results, how it can be narrowed and widened, and over time.

    `speaker` is the name of the speaker that was asked for; `people` are speakers who go by the words searched for.
    """

    results: Results
    speaker: str
    chosen: Sequence[Choice]
    groups: Sequence[Group] = ()
    timeline: Timeline | None = None
    people: Sequence[Tally] = ()
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The home page without a search. `updated` is the date on which the index was brought up to date last."""

    counts: dict[str, int]
    speakers: Sequence[SpeakerRow]
    newest: Sequence[Hit]
    updated: str | None


def home(reader: Reader) -> Home:
    """The newest quotations and the most quoted speakers."""
    updated = (reader.updated() or "")[:10] or None
    return Home(reader.stats(), reader.top_speakers(SPEAKERS_SHOWN), reader.newest(NEWEST_SHOWN), updated)


def found(reader: Reader, query: Query) -> Found:
    """The answer to this search."""
    speaker = name_of_speaker(reader, query)
    overview = _overview(reader, query)
    results = search(reader, query, overview.total)
    parts = chosen(query, speaker)
    if not results.hits:
        is_asked = not results.problems and not (query.after or query.before)
        return Found(results, speaker, parts, advice=advice(reader, query) if is_asked else None)
    people = reader.called(query.text) if query.text and not query.speaker else []
    shown = timeline(query, overview.facets["month"])
    months = [] if shown.back_to is None else reader.tallies("month")
    return Found(results, speaker, parts, groups(query, overview, months), shown, people)


def _overview(reader: Reader, query: Query) -> Overview:
    if query.problems:
        return Overview(Total(0), {})
    return reader.overview(query.text, **query.filters)


def name_of_speaker(reader: Reader, query: Query) -> str:
    """The name of the one speaker with this slug, else the speaker as typed."""
    named = reader.called(query.speaker) if query.speaker else []
    return named[0].value if len(named) == 1 and named[0].slug == query.speaker else query.speaker
