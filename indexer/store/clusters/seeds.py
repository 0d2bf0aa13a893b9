"""Which of many wordings share words that are rare enough to compare the two: near-linear in their number.

A *seed* is a run of words just long enough to weigh something: "basket of deplorables" is one, "I think that we will"
is too light for one. Equal seeds are found with a suffix array over the words of all wordings (`pydivsufsort`): they
stand beside each other in it. A seed that very many wordings have is lengthened until fewer have it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydivsufsort import divsufsort, kasai

from indexer.store.clusters.wording import Wording

SEED, LONGER, LONGEST = 1200, 2000, 3200
"""What a seed weighs at least, in hundredths of a bit: for pairs with a light wording, for all pairs, for all pairs
with words that too many have."""
LIGHT = 4000
"""Two wordings that both weigh more than this have more in common than the lightest seed."""
COMMON = 40
"""A seed that more wordings have brings nothing together."""
_FIRST_WORD = 100
"""A seed starts with a word of this weight at least: one that starts before it would add nothing."""
_BLOCK = 2**20
"""So many places are worked on at a time, for the memory's sake."""
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]
Flags = NDArray[np.bool_]


def candidates(wordings: Sequence[Wording]) -> Ints:
    """Pairs of places in `wordings` that share a seed, the lower place first: sorted, of shape (pairs, 2)."""
    words, weights, owners = _laid_out(wordings)
    if not len(words):
        return np.empty((0, 2), dtype=np.int64)
    order = divsufsort(words)
    alike = np.zeros(len(words), dtype=np.int32)
    alike[1:] = kasai(words, order)[:-1]
    owners, wanted = owners[order], weights[order] >= _FIRST_WORD
    light = np.array([wording.weight <= LIGHT for wording in wordings])
    pairs = []
    for least, either in ((SEED, light), (LONGER, None), (LONGEST, None)):
        lengths = _seed_lengths(words, weights, least)[order]
        here = wanted & (lengths > 0)
        groups = np.cumsum(alike < lengths, dtype=np.int32)[here].astype(np.int64)
        pairs.append(_pairs(groups, owners[here], len(wordings), either))
        if least == LONGER:
            wanted[here] = _too_common(groups, owners[here], len(wordings))
    return _as_pairs(_distinct(np.concatenate(pairs)), len(wordings))


def _laid_out(wordings: Sequence[Wording]) -> tuple[Ints32, Ints32, Ints32]:
    """The words of all as numbers from 1, their weights, and whose each is; 0 stands after each and at each gap."""
    numbers: dict[str, int] = {}
    words, weights, lengths = array("i"), array("i"), array("i")
    for wording in wordings:
        before = len(words)
        for place, (word, weight) in enumerate(zip(wording.words, wording.weights, strict=True)):
            if place in wording.gaps:
                words.append(0)
                weights.append(0)
            words.append(numbers.setdefault(word, len(numbers) + 1))
            weights.append(weight)
        words.append(0)
        weights.append(0)
        lengths.append(len(words) - before)
    owners = np.repeat(np.arange(len(wordings), dtype=np.int32), lengths)
    return np.frombuffer(words, dtype=np.int32), np.frombuffer(weights, dtype=np.int32), owners


def _seed_lengths(words: Ints32, weights: Ints32, least: int) -> Ints32:
    """How many words the seed has that starts at each place; 0 where the wording ends before."""
    until = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum(weights, out=until[1:])
    breaks = np.flatnonzero(words == 0).astype(np.int32)
    lengths = np.empty(len(words), dtype=np.int32)
    for first in range(0, len(words), _BLOCK):
        starts = np.arange(first, min(first + _BLOCK, len(words)))
        ends = np.searchsorted(until, until[starts] + least)
        stops = breaks[np.searchsorted(breaks, starts)]
        lengths[starts] = np.where(ends <= stops, ends - starts, 0)
    return lengths


def _pairs(groups: Ints, owners: Ints32, count: int, either: Flags | None) -> Ints:
    """Each two owners of one group, if it is not too common, as one number: lower * count + higher.

    With `either`, only those one of which is marked in it.
    """
    keys = _distinct(groups * count + owners)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(keys // count) > 0]))[: len(keys)]
    sizes = np.diff(np.append(starts, len(keys)))
    keys = keys[np.repeat((sizes > 1) & (sizes <= COMMON), sizes)]
    groups, having = keys // count, keys % count
    found = [np.empty(0, dtype=np.int64)]
    for apart in range(1, COMMON):
        same = np.flatnonzero(groups[apart:] == groups[:-apart])
        if either is not None:
            same = same[either[having[same]] | either[having[same + apart]]]
        found.append(having[same] * count + having[same + apart])
    return _distinct(np.concatenate(found))


def _too_common(groups: Ints, owners: Ints32, count: int) -> Flags:
    """For each place, whether more than COMMON owners have its seed."""
    if not len(groups):
        return np.empty(0, dtype=np.bool_)
    distinct = _distinct(groups * count + owners) // count
    sizes = np.bincount(distinct - groups[0])
    common: Flags = sizes[groups - groups[0]] > COMMON
    return common


def _distinct(keys: Ints) -> Ints:
    """The keys in order, each once. Sorts: numpy's own `unique` hashes, which takes four times as long."""
    keys = np.sort(keys)
    found: Ints = keys[np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]]
    return found


def _as_pairs(keys: Ints, count: int) -> Ints:
    return np.stack([keys // count, keys % count], axis=1)
