"""Whether the confidence can be believed: of what is printed with 0.8, is 0.8 right?

A prediction is *right* when its span is a quotation in gold and its speaker is accepted; what counts neither for nor
against is left out here too.

ECE    expected calibration error: in each bin the distance between the mean confidence and the share right, averaged
       over the bins, each with the weight of its predictions. Guo, Pleiss, Sun and Weinberger, “On Calibration of
       Modern Neural Networks” (ICML 2017), section 2, with ten bins of equal width.
       Its adaptive form has ten bins of equal counts: Nguyen and O'Connor, “Posterior calibration and exploratory
       analysis for natural language processing models” (EMNLP 2015), section 3.
Brier  the mean squared distance between the confidence and 1 for right, 0 for wrong: Brier, “Verification of forecasts
       expressed in terms of probability” (Monthly Weather Review 78, 1950); 0 is best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import TypeVar

from indexer.domain import Tier, tier_of
from indexer.evaluation.judging import Judged

BINS = 10
TIERS: tuple[Tier, ...] = ("certain", "probable", "uncertain")

Key = TypeVar("Key")
Outcome = tuple[float, bool]
"""The confidence of a prediction (0 to 1), and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence: how many, the lowest, mean and highest confidence, and the share right."""

    n: int
    low: float
    confidence: float
    high: float
    right: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Bin:
        """The bin of these outcomes, at least one."""
        confidences = [confidence for confidence, _ in outcomes]
        right = fmean(is_right for _, is_right in outcomes)
        return cls(len(outcomes), min(confidences), fmean(confidences), max(confidences), right)


@dataclass(frozen=True, slots=True)
class Reliability:
    """The outcomes of all predictions that count, and the measures over them. Each is 0 without any outcome."""

    outcomes: tuple[Outcome, ...]

    @property
    def bins(self) -> dict[int, Bin]:
        """The bins of equal width by number: bin 8 holds 0.8 to less than 0.9, the last also 1. No empty ones."""
        return _grouped(self.outcomes, lambda confidence: min(int(confidence * BINS), BINS - 1))

    @property
    def tiers(self) -> dict[Tier, Bin]:
        """The bins of the tiers, the surest first. No empty ones."""
        found = _grouped(self.outcomes, tier_of)
        return {tier: found[tier] for tier in TIERS if tier in found}

    @property
    def equal_counts(self) -> list[Bin]:
        """At most ten bins with as equal counts as can be: those of the same confidence stay together."""
        size = len(self.outcomes) / BINS
        filled: list[list[Outcome]] = []
        done = 0
        for _, same in groupby(sorted(self.outcomes), key=lambda outcome: outcome[0]):
            if done >= len(filled) * size:
                filled.append([])
            filled[-1] += same
            done = sum(map(len, filled))
        return [Bin.of(outcomes) for outcomes in filled]

    @property
    def ece(self) -> float:
        """The expected calibration error over the bins of equal width, between 0 and 1."""
        return self._error(self.bins.values())

    @property
    def adaptive_ece(self) -> float:
        """The expected calibration error over the bins of equal counts, between 0 and 1."""
        return self._error(self.equal_counts)

    @property
    def brier(self) -> float:
        """The Brier score, between 0 and 1."""
        squares = [(confidence - is_right) ** 2 for confidence, is_right in self.outcomes]
        return fmean(squares) if squares else 0.0

    def _error(self, bins: Iterable[Bin]) -> float:
        return sum(each.n * abs(each.confidence - each.right) for each in bins) / max(1, len(self.outcomes))


def reliability(judged: Iterable[Judged]) -> Reliability:
    """The outcomes of the predictions that count for or against."""
    counted = (each for each in judged if each.verdict in ("right", "speaker", "term", "spurious"))
    return Reliability(
        tuple((each.prediction.confidence, each.verdict == "right") for each in counted if each.prediction is not None)
    )


def _grouped(outcomes: Iterable[Outcome], key: Callable[[float], Key]) -> dict[Key, Bin]:
    groups: dict[Key, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome[0]):
        groups.setdefault(key(outcome[0]), []).append(outcome)
    return {name: Bin.of(group) for name, group in groups.items()}
