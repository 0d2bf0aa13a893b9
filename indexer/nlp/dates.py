"""When it was said: the words of the text that tell it, and the date they come to.

Quotations of one speaker in a row are one speech (`speeches`). Each speech has the time that weighs most by what
holds for it (`date_features`, `lexicon/date_weights.tsv`), or none where “the text does not say” weighs more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.domain import Document

from . import date_features, date_values, lexicon, times
from .date_features import Around
from .narrative import Narrative
from .speeches import Said, Speech, speeches
from .time_sites import Map, chart

__all__ = ["Dates", "Said", "When"]


@dataclass(frozen=True, slots=True)
class When:
    """The words that tell when something was said, as code points, and their date.

    `said_on` is YYYY, YYYY-MM or YYYY-MM-DD, at the precision of the words; None where they tell no date. `share`
    (0 to 1) is how much speaks for these words, against other times in the text and none.
    """

    start: int
    end: int
    said_on: str | None = None
    share: float = 1.0


class Dates:
    """The times of one document. `metadata`: the document, for when it was published; None: unknown."""

    def __init__(self, narrative: Narrative, metadata: Document | None = None) -> None:
        self.map: Map = chart(narrative, times.find(narrative.doc, narrative.text))
        self.published = metadata.published if metadata is not None else None

    def of(self, quotations: list[Said], weights: Mapping[str, float] | None = None) -> list[When | None]:
        """When each quotation was said, None where the text does not say. All of a document's, in its order.

        `weights`: of the features, those that ship with the package if None.
        """
        rows = speeches(self.map, quotations)
        if self.map.sites:
            self._choose(rows, lexicon.date_weights() if weights is None else weights)
        return [self._when(speech) for speech in rows for _ in speech.quotations]

    def _choose(self, rows: list[Speech], weights: Mapping[str, float]) -> None:
        for n, speech in enumerate(rows):
            speech.choice, speech.share = choose(Around.of(self.map, rows, n), weights)

    def _when(self, speech: Speech) -> When | None:
        if speech.choice is None:
            return None
        words = self.map.sites[speech.choice].expression
        return When(words.start, words.end, self.date_of(speech.choice), speech.share)

    def date_of(self, number: int) -> str | None:
        """The ISO date of the time with this number; None where its words tell none."""
        one, text = self.map.sites[number].expression, self.map.narrative.text
        return date_values.iso(text[one.core_start : one.core_end], one.kind, self.published)


def choose(around: Around, weights: Mapping[str, float]) -> tuple[int | None, float]:
    """The number of the time with the greatest weight, None where that is “the text does not say when”; its share.

    A day next to the reporting word (said on Tuesday) is it, whatever else speaks for others.
    """
    answers: list[int | None] = [*sorted(around.by_cue)] or [None, *around.times]
    sums = [sum(weights.get(feature, 0.0) for feature in date_features.features(around, one)) for one in answers]
    best = max(sums)
    return answers[sums.index(best)], 1 / sum(math.exp(one - best) for one in sums)
