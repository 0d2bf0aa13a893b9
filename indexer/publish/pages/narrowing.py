"""How a search can be narrowed, and widened again: lists of values with counts, and what was chosen. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.publish.parameters import Query
from indexer.publish.words import date_words, speaker_words
from indexer.store.rows import Facet, Overview, Tally

YEARS_LISTED = 8
KINDS = {"direct": "Direct speech", "mixed": "Fragments in a sentence", "term": "Terms, not speech"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, the search that it leads to, and how many quotations that gives, if it is known."""

    label: str
    query: Query
    quotations: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Values to choose from. `back_to` is the date back to which quotations are counted; None where all are."""

    title: str
    choices: Sequence[Choice]
    back_to: str | None = None


def groups(query: Query, overview: Overview, months: Sequence[Tally] = ()) -> list[Group]:
    """What this search can be narrowed by, without what was chosen already; a group has two values at least.

    `months` are those of the whole index: their years are offered, uncounted, where not all months are counted.
    """
    return [group for group in _groups(query, overview, months) if len(group.choices) > 1]


def chosen(query: Query, speaker: str = "") -> list[Choice]:
    """The filters of this search in words, each with the search without it. `speaker` is the name, if it is known."""
    found = []
    if query.speaker:
        found.append(Choice(f"Speaker: {speaker_words(speaker or query.speaker)}", query.changed(speaker="")))
    if query.kind:
        found.append(Choice(KINDS.get(query.kind, query.kind), query.changed(kind="")))
    if query.tier:
        found.append(Choice(query.tier.capitalize(), query.changed(tier="")))
    if query.publisher:
        found.append(Choice(query.publisher, query.changed(publisher="")))
    if query.since or query.until:
        words = dates_words(query)
        found.append(Choice(words[0].upper() + words[1:], query.changed(since="", until="")))
    return found


def dates_words(query: Query) -> str:
    """The dates of a search: "March 2025", "from 2024", "2024 to May 2025"."""
    since, until = date_words(query.since), date_words(query.until)
    if since == until:
        return since
    return f"{since} to {until}" if since and until else f"from {since}" if since else f"up to {until}"


def _groups(query: Query, overview: Overview, months: Sequence[Tally]) -> Iterator[Group]:
    facets = overview.facets
    if not query.speaker:
        yield _group("Speaker", facets["speaker"], [_speaker(query, tally) for tally in facets["speaker"].tallies])
    if not (query.since or query.until):
        is_whole = facets["month"].back_to is None
        yield Group("Year", _years(query, facets["month"].tallies if is_whole else months, is_whole))
    if not query.publisher:
        named = facets["publisher"].tallies
        choices = [Choice(tally.value, query.changed(publisher=tally.value), tally.quotations) for tally in named]
        yield _group("Outlet", facets["publisher"], choices)
    if not query.kind:
        yield _group("Kind", facets["kind"], _kinds(query, facets["kind"].tallies))
    if not query.tier and query.kind != "term":
        tiers = facets["tier"].tallies
        choices = [Choice(t.value.capitalize(), query.changed(tier=t.value), t.quotations) for t in tiers]
        yield _group("How certain it is who spoke", facets["tier"], choices)


def _group(title: str, facet: Facet, choices: Sequence[Choice]) -> Group:
    return Group(title, choices, facet.back_to)


def _speaker(query: Query, tally: Tally) -> Choice:
    return Choice(speaker_words(tally.value), query.changed(speaker=tally.slug or tally.value), tally.quotations)


def _kinds(query: Query, tallies: Sequence[Tally]) -> list[Choice]:
    """The kinds of speech; terms are no speech and not counted, but can be asked for, unless of a speaker."""
    found = [Choice(KINDS[tally.value], query.changed(kind=tally.value), tally.quotations) for tally in tallies]
    terms = [] if query.speaker or query.tier else [Choice(KINDS["term"], query.changed(kind="term"))]
    return found + terms


def _years(query: Query, months: Sequence[Tally], is_counted: bool) -> list[Choice]:
    """The newest years first; what has no date is in none."""
    counted: Counter[str] = Counter()
    for month in months:
        counted[month.value[:4]] += month.quotations
    newest = sorted((year for year in counted if year), reverse=True)[:YEARS_LISTED]
    return [
        Choice(year, query.changed(since=year, until=year), counted[year] if is_counted else None) for year in newest
    ]
