"""How well it is told when a quotation was said: the words that say so, and the date they come to.

words     precision, recall and F1 of the words that say when: right where they overlap those that gold marks
exact     the same, but the words must begin and end where gold's do
date      of the dates: right where our own reading of gold's words, from the same date of publication, gives the same
Only quotations of gold count; one that was not found has no words. Where gold's words stand is counted apart, as words
in the quotation's own sentence are said of it, and those further away are gathered from the text.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from indexer.evaluation.gold import GoldDocument, GoldQuotation, Span, read_gold
from indexer.evaluation.matching import SAME_SPAN, overlap, trimmed
from indexer.evaluation.metrics import Ratio
from indexer.nlp.analysis import Analyser, load
from indexer.nlp.attributor import Attributor, Decision
from indexer.nlp.dates import Dates, Said, When
from indexer.nlp.narrative import Narrative

PLACES = ("same sentence", "same paragraph", "paragraph before", "further before", "after")
PRECISIONS = {10: "YYYY-MM-DD", 7: "YYYY-MM", 4: "YYYY", 0: "no date"}


@dataclass(slots=True)
class Reading:
    """A gold document as it was analysed: its times, the quotations found in it, and what gold says of each.

    `decided` has None for a quotation that gold does not have; `missed` are gold's that were not found.
    """

    gold: GoldDocument
    dates: Dates
    quotations: list[Said]
    decided: list[GoldQuotation | None]
    missed: list[GoldQuotation]

    def time_of(self, words: Span) -> int | None:
        """The number of the time that shares most with these words; None where none touches them."""
        shares = [overlap(words, (site.expression.start, site.expression.end)) for site in self.dates.map.sites]
        return shares.index(max(shares)) if any(shares) else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold quotation: the words that say when, by gold and by us, the date of gold's, and where they stand."""

    gold: Span | None
    found: When | None
    date: str | None = None
    place: str = ""

    @property
    def touches(self) -> bool:
        """True for words that share a character with those of gold."""
        if self.gold is None or self.found is None:
            return False
        return overlap(self.gold, (self.found.start, self.found.end)) > 0

    @property
    def is_exact(self) -> bool:
        """True for the same words as gold's."""
        return self.found is not None and self.gold == (self.found.start, self.found.end)


@dataclass(slots=True)
class Figures:
    """The counts over all quotations; see the module."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def words(self) -> Ratio:
        """Words that overlap those of gold."""
        return self._ratio(sum(outcome.touches for outcome in self.outcomes))

    @property
    def exact(self) -> Ratio:
        """Words that are those of gold."""
        return self._ratio(sum(outcome.is_exact for outcome in self.outcomes))

    @property
    def dates(self) -> Ratio:
        """Dates that are those of gold's words."""
        given = [outcome for outcome in self.outcomes if outcome.found is not None and outcome.found.said_on]
        right = sum(outcome.found is not None and outcome.found.said_on == outcome.date for outcome in given)
        return Ratio(right, len(given) - right, sum(outcome.date is not None for outcome in self.outcomes) - right)

    def _ratio(self, right: int) -> Ratio:
        told = sum(outcome.found is not None for outcome in self.outcomes)
        return Ratio(right, told - right, sum(outcome.gold is not None for outcome in self.outcomes) - right)

    def at(self, place: str) -> tuple[int, int]:
        """Of the quotations whose words stand at one of `PLACES`: how many there are, how many are right."""
        there = [outcome for outcome in self.outcomes if outcome.place == place]
        return len(there), sum(outcome.touches for outcome in there)

    def as_text(self) -> str:
        """The figures as a table for people."""
        return "\n".join(_lines(self))


def when_table(path: str | os.PathLike[str], model: str | None = None) -> str:
    """The figures of a gold file with a language model (None: the default) and the weights that ship, as a table.

    Raises GoldError and ModelError.
    """
    analyser = load(model)
    return measure(read(gold, analyser) for gold in read_gold(path)).as_text()


def measure(readings: Iterable[Reading]) -> Figures:
    """The figures of what `Dates` tells of these documents."""
    figures = Figures()
    for reading in readings:
        figures.outcomes += outcomes(reading, reading.dates.of(reading.quotations))
    return figures


def read(gold: GoldDocument, analyser: Analyser) -> Reading:
    """Analyse a document and pair its quotations with gold's."""
    doc = analyser.annotated(gold.document)
    decisions = cast(Attributor, analyser.nlp.get_pipe("attributor")).decide(doc)
    found = [decision for decision in decisions if not decision.is_term]
    decided = [_decided(gold, decision) for decision in found]
    missed = [item for item in gold.quotations if item.decision == "quotation" and item not in decided]
    narrative = Narrative(doc)
    quotations = [_said(narrative, decision) for decision in found]
    return Reading(gold, Dates(narrative, gold.document), quotations, decided, missed)


def _said(narrative: Narrative, decision: Decision) -> Said:
    found, who = decision.found, decision.who
    place = narrative.places[decision.place.index]
    cue, mention = (found.cue, found.mention) if found is not None else (None, None)
    return Said(place, cue, mention, who.name if who is not None else "")


def _decided(gold: GoldDocument, decision: Decision) -> GoldQuotation | None:
    text = gold.document.text
    mine = trimmed(text, (decision.place.start, decision.place.end))
    for item in gold.quotations:
        if item.decision == "quotation" and overlap(mine, trimmed(text, (item.start, item.end))) >= SAME_SPAN:
            return item
    return None


def outcomes(reading: Reading, told: list[When | None]) -> Iterator[Outcome]:
    """Every gold quotation of a document with what was told of it."""
    for item, found in zip(reading.decided, told, strict=True):
        if item is not None:
            yield _outcome(reading, item, found)
    for item in reading.missed:
        yield _outcome(reading, item, None)


def _outcome(reading: Reading, item: GoldQuotation, found: When | None) -> Outcome:
    if item.when is None:
        return Outcome(None, found)
    number = reading.time_of(item.when)
    date = reading.dates.date_of(number) if number is not None else None
    return Outcome(item.when, found, date, _place(reading, item, item.when, number))


def _place(reading: Reading, item: GoldQuotation, words: Span, number: int | None) -> str:
    """Where gold's words stand from a quotation."""
    times, narrative = reading.dates.map, reading.dates.map.narrative
    sentence = times.sites[number].sentence if number is not None else None
    for said, other in zip(reading.quotations, reading.decided, strict=True):
        if other is item and times.of_place.get(said.place.index) == sentence:
            return "same sentence"
    away = narrative.paragraph_of(words[0]) - narrative.paragraph_of(item.start)
    if away == 0:
        return "same paragraph"
    return "after" if away > 0 else "paragraph before" if away == -1 else "further before"


def _lines(figures: Figures) -> Iterator[str]:
    for name, ratio in (("words", figures.words), ("exact", figures.exact), ("date", figures.dates)):
        counts = f"(tp {ratio.right} fp {ratio.spurious} fn {ratio.missed})"
        yield f"{name:<8}P {ratio.precision:.3f}  R {ratio.recall:.3f}  F1 {ratio.f1:.3f}  {counts}"
    yield ""
    yield f"{'gold says when':<18}{'n':>5}{'right':>7}"
    for place in PLACES:
        n, right = figures.at(place)
        yield f"{place:<18}{n:>5}{right:>7}"
    nothing = [outcome for outcome in figures.outcomes if outcome.gold is None]
    yield f"{'nowhere':<18}{len(nothing):>5}{sum(outcome.found is None for outcome in nothing):>7}"
    yield ""
    yield f"{'told':<18}{'n':>5}{'right':>7}"
    yield from _precisions(figures)


def _precisions(figures: Figures) -> Iterator[str]:
    """How many dates were told at each precision, and how many of them are those of gold's words."""
    told: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for outcome in figures.outcomes:
        if outcome.found is not None:
            name = PRECISIONS[len(outcome.found.said_on or "")]
            told[name] += 1
            right[name] += outcome.date == outcome.found.said_on if outcome.found.said_on else outcome.touches
    for name in PRECISIONS.values():
        yield f"{name:<18}{told[name]:>5}{right[name]:>7}"
