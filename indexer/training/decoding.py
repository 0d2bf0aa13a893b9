"""The best tree and the best sequence of name tags under a network's scores."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

Matrix = NDArray[numpy.float32]


def sequence(scores: Matrix, tags: Sequence[str]) -> list[str]:
    """The IOB tags of some words with the greatest sum of scores (words, tags) in which no name begins inside.

    Viterbi's algorithm: the best tag of every word on its own would cut “Air Force Base” in two where the network
    takes “Air Force” for an organisation and the whole for a place.
    """
    begins = numpy.array([-math.inf if tag.startswith("I-") else 0.0 for tag in tags])
    follows = numpy.array([[0.0 if _may_follow(tag, before) else -math.inf for tag in tags] for before in tags])
    best, back = begins + scores[0], []
    for row in scores[1:]:
        paths = best[:, None] + follows
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    chosen = [int(best.argmax())]
    for steps in reversed(back):
        chosen.append(int(steps[chosen[-1]]))
    return [tags[i] for i in reversed(chosen)]


def _may_follow(tag: str, before: str) -> bool:
    return not tag.startswith("I-") or (before != "O" and before[2:] == tag[2:])


def tree(scores: Matrix) -> list[int]:
    """The head of every word (0 is the root, words count from 1) by arc scores (words, heads).

    Every word takes its best head; cycles are then broken where that costs least.
    """
    heads: list[int] = scores.argmax(-1).tolist()
    broken: set[int] = set()
    while cycle := _cycle(heads):
        outside = scores[[i - 1 for i in cycle]].copy()
        outside[:, cycle] = -math.inf
        best = outside.argmax(-1)
        cost = [scores[i - 1, heads[i - 1]] - row[at] for i, row, at in zip(cycle, outside, best, strict=True)]
        cheapest = int(numpy.argmin(cost))
        word = cycle[cheapest]
        heads[word - 1] = 0 if word in broken else int(best[cheapest])
        broken.add(word)
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The words of one cycle, if there is any."""
    state = [2] + [0] * len(heads)
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at - 1]
        if state[at] == 1:
            return path[path.index(at) :]
        for i in path:
            state[i] = 2
    return []
