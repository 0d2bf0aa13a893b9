"""Comparing: what two or three speakers, or outlets, said about one thing, side by side over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby

from indexer.errors import NotFound, UsageError
from indexer.publish.comparing import Question
from indexer.publish.parameters import Query
from indexer.publish.periods import Periods, periods
from indexer.store.dated_ids import day_of
from indexer.store.keys import normal_form
from indexer.store.reader import Reader
from indexer.store.rows import Hit, Tally, Total
from indexer.store.search.comparing import Comparison, Side
from indexer.store.search.filters import FilterOptions

OFFERED = 60
PAGE_SIZE = 30


_NOTHING = Side(Total(0), {})


@dataclass(frozen=True, slots=True)
class Party:
    """One speaker or outlet: how many quotations there are of it, and how many hits; `slug` is a speaker's."""

    name: str
    slug: str | None
    quotations: int
    side: Side = _NOTHING

    @property
    def filters(self) -> FilterOptions:
        """What finds its quotations."""
        return {"speaker": self.slug} if self.slug else {"publisher": self.name}


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that nobody has, with the nearest ones: the parameter, what was typed, names."""

    parameter: str
    name: str
    near: Sequence[str]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the timeline (YYYY-MM, less where less is known) with the quotations of each party."""

    date: str
    columns: Sequence[Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class CompareView:
    """The page: parties and months are empty until two parties are named and found.

    `back_to`: the chart begins after this month, since of some party only the newest hits are counted.
    """

    question: Question
    offered: Sequence[str]
    parties: Sequence[Party] = ()
    missing: Sequence[Missing] = ()
    problems: Sequence[str] = ()
    periods: Periods | None = None
    back_to: str | None = None
    months: Sequence[Month] = ()
    older: str = ""


def compare(reader: Reader, question: Question) -> CompareView:
    """The page of a comparison. What makes no sense, and names that nobody has, are told, never raised."""
    outlets = reader.tallies("publisher") if question.by == "outlet" else []
    offered = outlets[:OFFERED] if question.by == "outlet" else reader.tallies("speaker", limit=OFFERED)
    view = CompareView(question, [tally.value for tally in offered])
    found = [_find(reader, outlets, question, name) for name in question.named]
    parties = [each for each in found if isinstance(each, Party)]
    missing = [each for each in found if isinstance(each, Missing)]
    problems = [*question.query.problems, *_twice(parties)]
    view = replace(view, parties=parties, missing=missing, problems=problems)
    if problems or missing or len(parties) < 2:
        return view
    return _compared(reader, view)


def _twice(parties: Sequence[Party]) -> list[str]:
    known: dict[str, Party] = {}
    for party in parties:
        if known.setdefault(party.slug or party.name, party) is not party:
            return [f"{party.name} is named twice: name another one to compare with."]
    return []


def _find(reader: Reader, outlets: Sequence[Tally], question: Question, parameter: str) -> Party | Missing:
    """The party of this name, or the nearest names."""
    name = question.named[parameter]
    if question.by == "speaker":
        try:
            row = reader.speaker(name, limit=0).speaker
        except NotFound:
            return Missing(parameter, name, [near.value for near in reader.near_speakers(name)])
        return Party(row.name, row.slug, row.quotations)
    for outlet in outlets:
        if normal_form(outlet.value) == normal_form(name):
            return Party(outlet.value, None, outlet.quotations)
    known = {normal_form(outlet.value): outlet.value for outlet in reversed(outlets)}
    near = get_close_matches(normal_form(name), known, n=3, cutoff=0.5)
    within = [normal for normal in known if normal_form(name) and normal_form(name) in normal]
    return Missing(parameter, name, [known[normal] for normal in dict.fromkeys([*within, *near])][:3])


def _compared(reader: Reader, view: CompareView) -> CompareView:
    query = view.question.query
    dates: FilterOptions = {"since": query.since or None, "until": query.until or None}
    filters: list[FilterOptions] = [{**party.filters, **dates} for party in view.parties]
    try:
        found = reader.compare(query.text, filters, PAGE_SIZE, view.question.after or None)
    except UsageError as error:
        return replace(view, problems=[f"{error.problem}: {error.hint}"])
    sides = [_whole(reader, party, side, query) for party, side in zip(view.parties, found.sides, strict=True)]
    parties = [replace(party, side=side) for party, side in zip(view.parties, sides, strict=True)]
    back_to = max((side.back_to for side in sides if side.back_to), default=None)
    drawn = periods([_after(side, back_to) for side in sides])
    older = found.said[-1][1].key if found.has_older else ""
    return replace(view, parties=parties, periods=drawn, back_to=back_to, months=_months(found, parties), older=older)


def _whole(reader: Reader, party: Party, side: Side, query: Query) -> Side:
    """All that a speaker said is counted by month already, where neither words nor dates are asked for."""
    if side.back_to is None or query.text or query.since or query.until:
        return side
    if party.slug is None:
        return replace(side, total=Total(party.quotations))
    months = {tally.value: tally.quotations for tally in reader.tallies("month", party.slug)}
    return Side(Total(party.quotations), months)


def _after(side: Side, back_to: str | None) -> dict[str, int]:
    """The months that all parties are counted in: those after `back_to`."""
    return {month: count for month, count in side.months.items() if back_to is None or month > back_to}


def _months(found: Comparison, parties: Sequence[Party]) -> list[Month]:
    said = groupby(found.said, key=lambda pair: _month(pair[1]))
    return [Month(date, _columns(list(pairs), len(parties))) for date, pairs in said]


def _month(hit: Hit) -> str:
    date = hit.said_on or hit.published or ""
    return date[:7] if day_of(date) else ""


def _columns(said: Sequence[tuple[int, Hit]], parties: int) -> list[list[Hit]]:
    return [[hit for number, hit in said if number == party] for party in range(parties)]
