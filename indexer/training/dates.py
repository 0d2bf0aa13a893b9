"""Fits the weights of `indexer/nlp/lexicon/date_weights.tsv`: which time in a text is when a speech was made.

A choice among the times in reach of a speech and “the text does not say when”, as a logistic model over named
features, with a penalty on large weights; the same figures each time. Learned from a gold file that marks `when`.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.evaluation.gold import GoldQuotation, read_gold
from indexer.evaluation.when import Figures, Reading, outcomes, read
from indexer.nlp.analysis import load
from indexer.nlp.date_features import Around, features
from indexer.nlp.model import NONE
from indexer.nlp.speeches import speeches

HEADER = """\
# When it was said: how much each feature of a time counts for its being when a speech was made (and “none, …” for the
# text not saying when). The answer with the greatest sum is taken.
# Origin: fitted on the hand-decided part of PolNeAR train by indexer.training.dates.train."""

FOLDS = 10
MODELS = (None, NONE)
"""The language models that the examples are read with: the default, and none."""
PENALTY = 8.0
"""Half of this times the square of each weight is added to what is made small."""
SEEN = 4
"""A feature must hold for so many answers to have a weight."""
SMALLEST = 0.05
"""Weights below this are left out."""
ITERATIONS = 150
MEMORY = 8
"""So many earlier steps tell L-BFGS how the slope bends."""
_NOWHERE, _UNKNOWN = -1, -2
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One speech: the features of each answer, and the number of the right one."""

    answers: list[list[str]]
    right: int


def write(path: str | os.PathLike[str]) -> None:
    """Write the weights fitted on a gold file into the package. Raises GoldError and ModelError."""
    target = Path(str(files("indexer.nlp.lexicon").joinpath("date_weights.tsv")))
    target.write_text(train(path), encoding="utf-8")


def train(path: str | os.PathLike[str], models: Sequence[str | None] = MODELS) -> str:
    """The table of weights as text, fitted on a gold file as it is read with each language model.

    Raises GoldError and ModelError.
    """
    readings = [reading for model in models for reading in _readings(path, model)]
    return table(fit([example for reading in readings for example in examples(reading)]))


def cross_validate(
    path: str | os.PathLike[str], models: Sequence[str | None] = MODELS, folds: int = FOLDS
) -> list[Figures]:
    """The figures on each document with weights that were fitted without it: one for each language model.

    Raises GoldError and ModelError.
    """
    readings = [_readings(path, model) for model in models]
    learned = [[one for reading in same for one in examples(reading)] for same in zip(*readings, strict=True)]
    figures = [Figures() for _ in models]
    for fold in range(folds):
        weights = fit([one for i, each in enumerate(learned) if i % folds != fold for one in each])
        for count, rows in zip(figures, readings, strict=True):
            for reading in rows[fold::folds]:
                count.outcomes += outcomes(reading, reading.dates.of(reading.quotations, weights))
    return figures


def table(weights: dict[str, float]) -> str:
    """Weights as a tab-separated table, sorted by feature."""
    return "\n".join([HEADER, *(f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items())), ""])


def _readings(path: str | os.PathLike[str], model: str | None) -> list[Reading]:
    analyser = load(model)
    return [read(gold, analyser) for gold in read_gold(path)]


def examples(reading: Reading) -> list[Example]:
    """The speeches of a document that gold decides, each with what gold says of those before it."""
    rows = speeches(reading.dates.map, reading.quotations)
    decided = dict(zip((id(said) for said in reading.quotations), reading.decided, strict=True))
    found = []
    for n, speech in enumerate(rows):
        around = Around.of(reading.dates.map, rows, n)
        answers = [None, *around.times]
        number = _right(reading, [decided[id(said)] for said in speech.quotations])
        speech.choice = number if number >= 0 else None
        if number in (_NOWHERE, *around.times):
            found.append(Example([list(features(around, answer)) for answer in answers], answers.index(speech.choice)))
    return found


def _right(reading: Reading, quotations: list[GoldQuotation | None]) -> int:
    """The number of the time of most quotations of a speech; _NOWHERE, or _UNKNOWN where gold has none of them."""
    votes: Counter[int] = Counter()
    for item in quotations:
        if item is not None:
            number = reading.time_of(item.when) if item.when is not None else _NOWHERE
            votes[_UNKNOWN if number is None else number] += 1
    return votes.most_common(1)[0][0] if votes else _UNKNOWN


@dataclass(slots=True)
class _Rows:
    """The answers of all examples as the ones of a sparse matrix: its rows are answers, its columns features."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    right: NDArray[np.bool_]
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    width: int

    def loss(self, weights: Array) -> tuple[float, Array]:
        """What is made small, and its slope: minus the log likelihood of the right answers, and the penalty."""
        sums = np.bincount(self.rows, weights[self.columns], minlength=len(self.right))
        sums -= np.repeat(np.maximum.reduceat(sums, self.starts), self.lengths)
        shares = np.exp(sums)
        totals = np.add.reduceat(shares, self.starts)
        shares /= np.repeat(totals, self.lengths)
        value = np.log(totals).sum() - sums[self.right].sum() + PENALTY / 2 * (weights @ weights)
        slope = np.bincount(self.columns, (shares - self.right)[self.rows], minlength=self.width)
        return float(value), slope + PENALTY * weights


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights that make the right answers likely, rounded to two places. Raises ValueError for no example."""
    if not examples:
        raise ValueError("nothing to learn from: gold marks no words that say when")
    counts = Counter(name for example in examples for answer in example.answers for name in answer)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    weights = _descend(_matrix(examples, {name: i for i, name in enumerate(names)}))
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST}


def _matrix(examples: Sequence[Example], columns: dict[str, int]) -> _Rows:
    answers = [[columns[name] for name in answer if name in columns] for one in examples for answer in one.answers]
    lengths = np.array([len(one.answers) for one in examples])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    right = np.zeros(len(answers), dtype=np.bool_)
    right[starts + np.array([one.right for one in examples])] = True
    rows = np.repeat(np.arange(len(answers)), [len(answer) for answer in answers])
    return _Rows(rows, np.array([i for answer in answers for i in answer]), right, starts, lengths, len(columns))


def _descend(data: _Rows) -> Array:
    """Minimise the loss with L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4)."""
    weights = np.zeros(data.width)
    value, slope = data.loss(weights)
    steps: deque[tuple[Array, Array]] = deque(maxlen=MEMORY)
    for _ in range(ITERATIONS):
        direction = _direction(slope, steps)
        length, new, lower, steeper = _search(data, weights, value, slope, direction)
        if length == 0 or value - lower < 1e-6 * abs(value):
            break
        if (new - weights) @ (steeper - slope) > 0:
            steps.append((new - weights, steeper - slope))
        weights, value, slope = new, lower, steeper
    return weights


def _direction(slope: Array, steps: deque[tuple[Array, Array]]) -> Array:
    """Downhill, bent by what the last steps told."""
    direction, factors = -slope, list[float]()
    for step, change in reversed(steps):
        factors.append(float(step @ direction / (change @ step)))
        direction = direction - factors[-1] * change
    if not steps:
        return np.asarray(direction / np.abs(slope).sum())
    step, change = steps[-1]
    direction = direction * (step @ change / (change @ change))
    for (step, change), factor in zip(steps, reversed(factors), strict=True):
        direction = direction + (factor - change @ direction / (change @ step)) * step
    return np.asarray(direction)


def _search(
    data: _Rows, weights: Array, value: float, slope: Array, direction: Array
) -> tuple[float, Array, float, Array]:
    """Halve the step until it leads down far enough; length 0 where none does."""
    length = 1.0
    while length > 1e-8:
        new = weights + length * direction
        lower, steeper = data.loss(new)
        if lower <= value + 1e-4 * length * (slope @ direction):
            return length, new, lower, steeper
        length /= 2
    return 0.0, weights, value, slope
