"""The measures: how many quotations were found, and how many of those have the right speaker.

quotation   precision, recall and F1 of the spans: one to one, overlap / union at least 0.8 after trimming
mention     of the found quotations that have a mention in gold: the share whose mention overlaps one
speaker     of the quotations found: the share whose speaker is right by any accepted name
full_name   the same, but only the fullest name of the document counts
end_to_end  precision, recall and F1 of quotations that are right in span and speaker: the headline

A prediction inside a decided span, and one on an ambiguous span, counts neither for nor against.
One on a term, or on nothing, is spurious.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.judging import Judged, Prediction, Verdict, has_right_mention, judge, lies_within
from indexer.evaluation.matching import SAME_SPAN, accepted, fullest, is_right, normal, overlap, trimmed

__all__ = [
    "SAME_SPAN",
    "Judged",
    "Prediction",
    "Ratio",
    "Scores",
    "accepted",
    "is_right",
    "normal",
    "overlap",
    "score",
    "share",
    "trimmed",
]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and F1 from counts; each is 0 where there is nothing to count."""

    right: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the predictions that are right."""
        return share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """The share of the gold quotations that were got right."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Scores:
    """Everything judged, in reading order, and the figures that follow from it."""

    documents: int = 0
    bad_offsets: int = 0
    unknown_documents: int = 0
    judged: list[Judged] = field(default_factory=list)

    def _count(self, *verdicts: Verdict) -> int:
        return sum(judged.verdict in verdicts for judged in self.judged)

    @property
    def found(self) -> int:
        """How many gold quotations were found, with the right speaker or another."""
        return self._count("right", "speaker")

    @property
    def missed(self) -> int:
        """How many gold quotations were not."""
        return self._count("missed")

    @property
    def spurious(self) -> int:
        """How many predictions are no quotations."""
        return self._count("spurious", "term")

    @property
    def speaker_right(self) -> int:
        """How many quotations were found with the right speaker."""
        return self._count("right")

    @property
    def gold_quotations(self) -> int:
        """How many quotations gold holds."""
        return self.found + self.missed

    @property
    def quotation(self) -> Ratio:
        """The spans alone."""
        return Ratio(self.found, self.spurious, self.missed)

    @property
    def end_to_end(self) -> Ratio:
        """Span and speaker: a found quotation with the wrong speaker is both spurious and missed."""
        wrong = self.found - self.speaker_right
        return Ratio(self.speaker_right, self.spurious + wrong, self.missed + wrong)

    @property
    def speaker(self) -> float:
        """Of the quotations found, the share with the right speaker."""
        return share(self.speaker_right, self.found)

    @property
    def full_name(self) -> float:
        """Of the quotations found, the share with the fullest name of the right speaker."""
        right = sum(is_right(prediction.speaker, fullest(item)) for _, item, prediction in self.pairs())
        return share(right, self.found)

    @property
    def mention(self) -> float | None:
        """Of the found quotations with a mention in gold, the share whose mention is right; None without any."""
        right = Counter(has_right_mention(prediction, item) for _, item, prediction in self.pairs() if item.mentions)
        return share(right[True], right.total()) if right else None

    def pairs(self) -> Iterator[tuple[GoldDocument, GoldQuotation, Prediction]]:
        """The quotations found, each with the prediction that found it."""
        for judged in self.judged:
            if judged.verdict in ("right", "speaker") and judged.item is not None and judged.prediction is not None:
                yield judged.gold, judged.item, judged.prediction


def score(
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Sequence[Prediction]],
    withheld: Mapping[str, Sequence[Prediction]] | None = None,
) -> Scores:
    """Score predictions, keyed by document id, against gold; terms among them do not count.

    `withheld` are those that were not printed: they explain what was missed, and change no figure.
    """
    scores = Scores(documents=len(gold))
    counted = {id: [item for item in items if item.kind != "term"] for id, items in predictions.items()}
    scores.unknown_documents = len({id for id, items in counted.items() if items} - {g.document.id for g in gold})
    for item in gold:
        mine = counted.get(item.document.id, ())
        hidden = [item for item in predictions.get(item.document.id, ()) if item.kind == "term"]
        hidden += (withheld or {}).get(item.document.id, ())
        scores.bad_offsets += sum(not lies_within(item, each) for each in mine)
        scores.judged += judge(item, mine, hidden)
    return scores


def share(part: int, whole: int) -> float:
    """part / whole, and 0 where there is no whole."""
    return part / whole if whole else 0.0
