"""Each prediction beside what gold says of the same words: found, missed, spurious, or excused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.domain import Attribution, Kind, MentionKind, SpeakerType
from indexer.evaluation.gold import GoldDocument, GoldQuotation, Span
from indexer.evaluation.matching import SAME_SPAN, accepted, is_right, overlap, trimmed

TOUCHES_AMBIGUOUS = 0.3
"""Overlap / union above which a prediction is excused by an ambiguous span."""
SLACK = 2
"""How many characters a prediction inside a decided span may stick out on each side."""

Verdict = Literal["right", "speaker", "missed", "spurious", "term", "excused"]
"""right: span and speaker. speaker: the right span, another speaker. missed: a gold quotation not found. spurious: a
prediction on nothing. term: one on what gold calls a term. excused: one that counts neither for nor against."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is scored: the span of a quotation, its speaker and the mention of that speaker; the rest explains it.

    `kind`: a term is none, and not scored. `confidence` lies between 0 and 1.
    """

    start: int
    end: int
    speaker: str | None = None
    mention: Span | None = None
    kind: Kind = "direct"
    mention_kind: MentionKind | None = None
    speaker_type: SpeakerType | None = None
    via: str | None = None
    confidence: float = 0.0
    evidence: str = ""

    @classmethod
    def of(cls, attribution: Attribution) -> Prediction:
        """The prediction that an attribution makes."""
        mention = attribution.mention
        return cls(
            attribution.start,
            attribution.end,
            attribution.speaker,
            mention=(mention.start, mention.end) if mention else None,
            kind=attribution.kind,
            mention_kind=mention.kind if mention else None,
            speaker_type=attribution.speaker_type,
            via=attribution.via,
            confidence=attribution.confidence,
            evidence=attribution.evidence,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A prediction beside what gold says of the same words; either may be missing.

    With the verdict `missed`, the prediction is what was withheld there (a term, a quotation without a speaker) or has
    other bounds. With `spurious`, the gold quotation is a missed one that it touches.
    """

    verdict: Verdict
    gold: GoldDocument
    item: GoldQuotation | None
    prediction: Prediction | None


def judge(gold: GoldDocument, predictions: Sequence[Prediction], withheld: Sequence[Prediction] = ()) -> list[Judged]:
    """What is wrong with each prediction, in their order, and then what became of each gold quotation.

    `withheld` are predictions that do not count: they only say why a quotation was missed.
    """
    judge = _Judge(gold, predictions, withheld)
    return [*judge.no_quotations(), *judge.quotations()]


def lies_within(gold: GoldDocument, prediction: Prediction) -> bool:
    """Whether the offsets of a prediction are offsets of the document."""
    return 0 <= prediction.start < prediction.end <= len(gold.document.text)


class _Judge:
    """Judges the predictions for one document."""

    def __init__(self, gold: GoldDocument, predictions: Sequence[Prediction], withheld: Sequence[Prediction]) -> None:
        self.gold = gold
        self.predictions = predictions
        self.spans = [trimmed(gold.document.text, (item.start, item.end)) for item in gold.quotations]
        self.where = self._match(predictions)
        hidden = self._match(withheld)
        self.found = {where: predictions[index] for index, where in self.where.items()}
        self.withheld = {where: withheld[index] for index, where in hidden.items()}
        self.loose = [each for index, each in enumerate(predictions) if index not in self.where]
        self.loose += [each for index, each in enumerate(withheld) if index not in hidden]

    def no_quotations(self) -> Iterator[Judged]:
        """The predictions that are no gold quotation."""
        for index, prediction in enumerate(self.predictions):
            item = self.gold.quotations[self.where[index]] if index in self.where else None
            if item is None:
                yield Judged(self._verdict(prediction), self.gold, self._missed_at(prediction), prediction)
            elif item.decision != "quotation":
                yield Judged("term" if item.decision == "term" else "excused", self.gold, item, prediction)

    def quotations(self) -> Iterator[Judged]:
        """The gold quotations, found or missed."""
        for where, item in enumerate(self.gold.quotations):
            if item.decision == "quotation":
                prediction = self.found.get(where)
                if prediction is None:
                    yield Judged("missed", self.gold, item, self.withheld.get(where) or self._loose_at(where))
                else:
                    is_same = is_right(prediction.speaker, accepted(item))
                    yield Judged("right" if is_same else "speaker", self.gold, item, prediction)

    def _match(self, predictions: Sequence[Prediction]) -> dict[int, int]:
        """Which prediction is which gold quotation, one to one, best overlap first; of equals the later goes first."""
        pairs = []
        for index, prediction in enumerate(predictions):
            if lies_within(self.gold, prediction):
                mine = trimmed(self.gold.document.text, (prediction.start, prediction.end))
                pairs += [(overlap(mine, span), index, where) for where, span in enumerate(self.spans)]
        matched: dict[int, int] = {}
        taken: set[int] = set()
        for ratio, index, where in sorted(pairs, reverse=True):
            if ratio >= SAME_SPAN and index not in matched and where not in taken:
                matched[index] = where
                taken.add(where)
        return matched

    def _verdict(self, prediction: Prediction) -> Verdict:
        """On a prediction that matches nothing in gold: excused inside a decided span, or on an ambiguous one."""
        mine = (prediction.start, prediction.end)
        if any(start - SLACK <= mine[0] and mine[1] <= end + SLACK for start, end in self.spans):
            return "excused"
        items = zip(self.spans, self.gold.quotations, strict=True)
        ambiguous = (span for span, item in items if item.decision == "ambiguous")
        return "excused" if any(overlap(mine, span) > TOUCHES_AMBIGUOUS for span in ambiguous) else "spurious"

    def _missed_at(self, prediction: Prediction) -> GoldQuotation | None:
        """The first quotation not found that a prediction touches."""
        for where, item in enumerate(self.gold.quotations):
            if item.decision == "quotation" and where not in self.found and self._touches(prediction, where):
                return item
        return None

    def _loose_at(self, where: int) -> Prediction | None:
        """The first prediction that touches a quotation and matches none."""
        return next((each for each in self.loose if self._touches(each, where)), None)

    def _touches(self, prediction: Prediction, where: int) -> bool:
        return overlap((prediction.start, prediction.end), self.spans[where]) > 0


def has_right_mention(prediction: Prediction, item: GoldQuotation) -> bool:
    """Whether the mention of a prediction overlaps one of gold's."""
    return prediction.mention is not None and any(overlap(prediction.mention, span) > 0 for span in item.mentions)
