"""A small network over named features: what chooses among candidates, and how sure it is.

The score of a row is a linear part plus one hidden layer of rectified units. The weights are text, one line a
feature, so that they can be read, compared and versioned: `weights/NAME.tsv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Array = NDArray[np.float32]

_BIAS, _OUT = "(bias)", "(out)"
"""The lines of the hidden units' biases, and of their weights in the score."""


@dataclass(slots=True)
class Network:
    """`names`: the column of each feature; `linear` (d), `hidden` (d, h), `bias` (h), `out` (h): the weights."""

    names: dict[str, int]
    linear: Array
    hidden: Array
    bias: Array
    out: Array

    def rows(self, features: Sequence[Features]) -> Array:
        """The features as numbers (rows, d); those that the network does not know are left out."""
        found = np.zeros((len(features), len(self.names)), dtype=np.float32)
        for row, named in zip(found, features, strict=True):
            for name, value in named.items():
                at = self.names.get(name)
                if at is not None:
                    row[at] = value
        return found

    def scores(self, features: Sequence[Features]) -> Array:
        """The score of each row (rows): higher is better, 0 for one without features and no hidden units."""
        rows = self.rows(features)
        units: Array = np.maximum(rows @ self.hidden + self.bias, 0)
        scores: Array = units @ self.out + rows @ self.linear
        return scores

    def shares(self, features: Sequence[Features]) -> list[float]:
        """How likely each row is the one among them: 0 to 1, the sum is 1. Empty for no rows."""
        if not features:
            return []
        scores = self.scores(features).astype(np.float64)
        powers = np.exp(scores - scores.max())
        return [float(share) for share in powers / powers.sum()]

    def probability(self, features: Features) -> float:
        """How likely what the features describe is true: 0 to 1, against a row without any feature."""
        return self.shares([features, {}])[0]

    def text(self, head: str) -> str:
        """The network as text: `head` (comment lines), the hidden units, then the features by name."""
        lines = [_line(_BIAS, 0.0, self.bias), _line(_OUT, 0.0, self.out)]
        lines += [_line(name, self.linear[at], self.hidden[at]) for name, at in sorted(self.names.items())]
        return "\n".join([*(f"# {line}" for line in head.splitlines()), *lines, ""])


def _line(name: str, first: float, others: Array) -> str:
    return "\t".join([name, *(f"{value:.4g}" for value in (first, *others.tolist()))])


def parse(text: str) -> Network:
    """The network that `Network.text` wrote. Raises ValueError for anything else."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    values = np.array([[float(value) for value in row[1:]] for row in rows], dtype=np.float32)
    if len(rows) < 3 or (rows[0][0], rows[1][0]) != (_BIAS, _OUT):
        raise ValueError("these are not the weights of a network")
    names = {row[0]: at for at, row in enumerate(rows[2:])}
    return Network(names, values[2:, 0], values[2:, 1:], values[0, 1:], values[1, 1:])


@cache
def load(name: str) -> Network:
    """The network of that name that ships with the package, read once. Raises KeyError for no such network."""
    file = files(__package__).joinpath("weights", f"{name}.tsv")
    if not file.is_file():
        raise KeyError(name)
    return parse(file.read_text(encoding="utf-8"))


def folder() -> Path:
    """Where the weights lie: what a training writes to."""
    return Path(str(files(__package__).joinpath("weights")))
