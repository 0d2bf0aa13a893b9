"""Fits the small networks of the attribution (`nlp.network`): choices among rows, by gradient descent with Adam.

Deterministic: the same choices, settings and seed give the same weights on the same machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.nlp.network import Array, Features, Network

_BETA1, _BETA2, _TINY = 0.9, 0.999, 1e-8
"""Adam's constants, as in Kingma and Ba (2015)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows of which one or more are right; `weight`: how much it counts."""

    rows: Sequence[Features]
    right: Sequence[bool]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is fitted: hidden units, passes over the data, learning rate (falling to 0), decay, dropout."""

    hidden: int = 24
    epochs: int = 10
    rate: float = 3e-3
    decay: float = 3e-4
    dropout: float = 0.25
    batch: int = 32
    rare: int = 4
    """Features of fewer rows are left out."""
    seed: int = 0


def fit(choices: Sequence[Choice], settings: Settings | None = None) -> Network:
    """The network that makes the right rows of each choice likely. Raises ValueError where there is no choice."""
    chosen = [choice for choice in choices if any(choice.right)]
    if not chosen:
        raise ValueError("nothing to learn from: no choice has a right answer")
    settings = settings or Settings()
    random = np.random.default_rng(settings.seed)
    network = _new(_names(chosen, settings.rare), settings.hidden, random)
    _Descent(network, chosen, settings, random).run()
    return network


def true_or_false(features: Features, is_true: bool, weight: float = 1.0) -> Choice:
    """A choice whose network gives a probability: see `Network.probability`."""
    return Choice([features, {}], [is_true, not is_true], weight)


def _names(choices: Sequence[Choice], rare: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for choice in choices:
        for row in choice.rows:
            for name, value in row.items():
                counts[name] = counts.get(name, 0) + bool(value)
    return {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= rare))}


def _new(names: dict[str, int], hidden: int, random: np.random.Generator) -> Network:
    width = len(names)
    spread = (2 / 40) ** 0.5  # about forty features of a row are not 0
    return Network(
        names,
        np.zeros(width, dtype=np.float32),
        random.normal(0, spread, (width, hidden)).astype(np.float32),
        np.zeros(hidden, dtype=np.float32),
        random.normal(0, (1 / hidden) ** 0.5, hidden).astype(np.float32),
    )


class _Descent:
    """The rows of all choices as one array, and the steps over it."""

    def __init__(
        self, network: Network, choices: Sequence[Choice], settings: Settings, random: np.random.Generator
    ) -> None:
        self.network, self.settings, self.random = network, settings, random
        self.rows = np.concatenate([network.rows(choice.rows) for choice in choices])
        self.right = np.concatenate([np.array(choice.right, dtype=np.float32) for choice in choices])
        self.sizes = np.array([len(choice.rows) for choice in choices])
        self.ends = np.cumsum(self.sizes)
        self.weights = np.array([choice.weight for choice in choices], dtype=np.float32)
        self.moments = [(np.zeros_like(part), np.zeros_like(part)) for part in self._parts()]

    def _parts(self) -> list[Array]:
        net = self.network
        return [net.linear, net.hidden, net.bias, net.out]

    def run(self) -> None:
        """All passes over the data."""
        count, batch = len(self.sizes), self.settings.batch
        steps = self.settings.epochs * -(-count // batch)
        step = 0
        for _ in range(self.settings.epochs):
            order = self.random.permutation(count)
            for begin in range(0, count, batch):
                step += 1
                self._adam(self._gradients(order[begin : begin + batch]), step, 1 - step / steps)

    def _gradients(self, which: NDArray[np.int64]) -> list[Array]:
        """The gradients of the mean of -log(share of the right rows) over some choices."""
        net, drop = self.network, self.settings.dropout
        sizes = self.sizes[which]
        at = np.concatenate([np.arange(end - size, end) for end, size in zip(self.ends[which], sizes, strict=True)])
        group = np.repeat(np.arange(len(which)), sizes)
        starts = np.cumsum(sizes) - sizes
        rows = self.rows[at] * (self.random.random((len(at), self.rows.shape[1]), dtype=np.float32) > drop / 2)
        kept = (self.random.random((len(at), len(net.bias)), dtype=np.float32) > drop) / np.float32(1 - drop)
        raw = rows @ net.hidden + net.bias
        units = np.maximum(raw, 0) * kept
        scores = units @ net.out + rows @ net.linear
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        right = powers * self.right[at]
        share = powers / np.add.reduceat(powers, starts)[group]
        target = right / np.maximum(np.add.reduceat(right, starts)[group], np.float32(1e-9))
        error = ((share - target) * self.weights[which][group] / len(which)).astype(np.float32)
        back = np.outer(error, net.out).astype(np.float32) * kept * (raw > 0)
        return [rows.T @ error, rows.T @ back, back.sum(0), units.T @ error]

    def _adam(self, gradients: list[Array], step: int, fall: float) -> None:
        rate = self.settings.rate * fall
        for part, gradient, (mean, square) in zip(self._parts(), gradients, self.moments, strict=True):
            gradient = gradient + self.settings.decay * part
            mean *= _BETA1
            mean += (1 - _BETA1) * gradient
            square *= _BETA2
            square += (1 - _BETA2) * gradient * gradient
            part -= rate * (mean / (1 - _BETA1**step)) / (np.sqrt(square / (1 - _BETA2**step)) + _TINY)
