"""Which quotations are the same words: identical, cut, contained in one another, or slightly reworded.

Wordings that share a seed are candidates (`seeds`), and each two of these are compared word by word (`alignment`).
What two have surely in common joins them, so two fragments of one speech come together through the speech. A light
fragment ("make it great again") joins the longer quotations it stands in only where these are all one group: what stands in
several that have nothing else in common is a formula, and keeps to itself.

MinHash (rensa, datasketch) was tried for the candidates: it finds sets that are alike as a whole, and misses ten words
cut out of sixty, which is what newspapers do most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.store.alignment import LEAST, Likeness, likeness
from indexer.store.seeds import candidates
from indexer.store.wording import Wording, wording

Item = tuple[int, str, int | str]
"""A quotation: its id, its text, its document."""
Edge = tuple[int, int, Likeness]
"""Two places in a list of wordings, and how alike these are."""


def groups(items: Iterable[Item]) -> list[tuple[int, ...]]:
    """The ids of the quotations that are the same words: each group sorted, the groups by their first id.

    Only groups of two documents or more; two quotations of one document may be in one group. The result depends on
    the texts and documents alone, not on the order of the items.
    """
    members: dict[Wording, list[tuple[int, int | str]]] = defaultdict(list)
    for number, text, document in items:
        words = wording(text)
        if words.weight >= LEAST:
            members[words].append((number, document))
    wordings = list(members)
    together: dict[int, list[tuple[int, int | str]]] = defaultdict(list)
    for words, family in zip(wordings, families(wordings, edges(wordings)), strict=True):
        together[family] += members[words]
    several = (group for group in together.values() if len({document for _, document in group}) > 1)
    return sorted(tuple(sorted(number for number, _ in group)) for group in several)


def edges(wordings: Sequence[Wording]) -> Iterable[Edge]:
    """Each two wordings that are the same words, or one of which stands in the other."""
    joined = _Union(len(wordings))
    for one, other in candidates(wordings).tolist():
        if joined.root(one) != joined.root(other):
            found = likeness(wordings[one], wordings[other])
            if found == "same":
                joined.join(one, other)
            if found != "different":
                yield one, other, found


def families(wordings: Sequence[Wording], found: Iterable[Edge]) -> list[int]:
    """For each wording the number of its family: what is the same words has the same number."""
    surely = _Union(len(wordings))
    fragments: list[tuple[int, int]] = []
    for one, other, how in found:
        if how == "same":
            surely.join(one, other)
        else:
            fragments.append((one, other))
    _join_equal_words(wordings, surely)
    return _with_fragments(wordings, surely, fragments)


def _join_equal_words(wordings: Sequence[Wording], surely: _Union) -> None:
    """Join those that differ only in their ellipses."""
    first: dict[tuple[str, ...], int] = {}
    for place, words in enumerate(wordings):
        surely.join(first.setdefault(words.words, place), place)


def _with_fragments(wordings: Sequence[Wording], surely: _Union, fragments: Sequence[tuple[int, int]]) -> list[int]:
    """The families, the heaviest first, each joined to the one heavier family that has it as a fragment."""
    roots = [surely.root(place) for place in range(len(wordings))]
    heaviest: dict[int, tuple[int, tuple[str, ...]]] = {}
    for root, words in zip(roots, wordings, strict=True):
        heaviest[root] = max(heaviest.get(root, (0, ())), (words.weight, words.words))
    around: dict[int, set[int]] = defaultdict(set)
    for one, other in fragments:
        light, heavy = sorted((roots[one], roots[other]), key=heaviest.__getitem__)
        if light != heavy:
            around[light].add(heavy)
    family: dict[int, int] = {root: root for root in heaviest}
    for light in sorted(around, key=heaviest.__getitem__, reverse=True):
        families_around = {family[heavy] for heavy in around[light]}
        if len(families_around) == 1:
            (family[light],) = families_around
    return [family[root] for root in roots]


class _Union:
    """Which of the places from 0 to `count` - 1 have been joined."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, place: int) -> int:
        """The place that stands for all that are joined with this one."""
        while (parent := self._parents[place]) != place:
            self._parents[place] = self._parents[parent]
            place = parent
        return place

    def join(self, one: int, other: int) -> None:
        """Join all that is joined with the two."""
        self._parents[self.root(one)] = self.root(other)
