"""Are two quotations the same words? The words of both are aligned, and what does not fit is weighed.

They are the same where nearly all of the lighter one stands in the other one, in order and with few words between
that an ellipsis or brackets do not explain, or where a long part of both is the same. Other words in one place, another
number, or a "not" on one side only make them different.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from indexer.store.wording import NEGATIONS, Wording, is_value

Likeness = Literal["different", "fragment", "same"]
"""fragment: one stands in the other, but is so light that many other quotations may hold it; same: surely the same."""

SMALL = 4
"""So many words may be missing or added without a sign of it."""
LEAST = 1200
"""What a fragment weighs at least; all weights are in hundredths of a bit."""
SURE = 4000
"""From this weight on, words that two quotations have in common are no formula."""
OVERLAP = 7500
"""What a common part weighs at least where each of the two has more on either side."""
COVERED, OVERLAPPED = 0.8, 0.4
"""How much of the lighter one must stand in the other one, by weight; how much where they overlap."""
REPLACED = 0.12
"""How much may be other words in the same place, beside what is the same, by weight."""
_CHAIN = 800


@dataclass(slots=True)
class _Chain:
    """Runs of common words that follow each other closely: (place in a, place in b, words) of each run."""

    runs: list[tuple[int, int, int]]

    @property
    def start(self) -> tuple[int, int]:
        return self.runs[0][:2]

    @property
    def end(self) -> tuple[int, int]:
        a, b, size = self.runs[-1]
        return a + size, b + size

    def weight(self, a: Wording) -> int:
        return sum(sum(a.weights[at : at + size]) for at, _, size in self.runs)


def likeness(one: Wording, other: Wording) -> Likeness:
    """How alike two wordings are; the order of the two makes no difference."""
    a, b = sorted((one, other), key=lambda wording: (wording.weight, wording.words))
    if a.weight < LEAST:
        return "different"
    chains = [chain for chain in _chains(a, b) if chain.weight(a) >= min(_CHAIN, a.weight)]
    common = sum(chain.weight(a) for chain in chains)
    if common < LEAST or common < OVERLAPPED * a.weight:
        return "different"
    replaced = 0
    for chain in chains:
        for in_a, in_b, at_edge in _differences(chain, a, b):
            if _contradict(a.words[slice(*in_a)], b.words[slice(*in_b)], at_edge):
                return "different"
            replaced += min(sum(a.weights[slice(*in_a)]), sum(b.weights[slice(*in_b)]))
    if replaced > REPLACED * common:
        return "different"
    if common >= COVERED * a.weight:
        return "same" if common >= SURE or common >= COVERED * b.weight else "fragment"
    return "same" if common >= OVERLAP else "different"


Stretch = tuple[int, int]


def _chains(a: Wording, b: Wording) -> list[_Chain]:
    """The chains of an alignment; a part of `a` that stands elsewhere in `b` (sentences change places) is one more."""
    found = _aligned(a, b, (0, len(a.words)))
    covered = sorted((chain.start[0], chain.end[0]) for chain in found if chain.weight(a) >= _CHAIN)
    free, last = [], 0
    for start, end in [*covered, (len(a.words), len(a.words))]:
        free.append((last, start))
        last = max(last, end)
    longest = max(free, key=lambda stretch: (stretch[1] - stretch[0], -stretch[0]))
    if covered and longest[1] - longest[0] >= SMALL and sum(a.weights[slice(*longest)]) >= LEAST:
        found += _aligned(a, b, longest)
    return found


def _aligned(a: Wording, b: Wording, part: Stretch) -> list[_Chain]:
    offset = part[0]
    blocks = LCSseq.editops(a.words[slice(*part)], b.words).as_matching_blocks()
    chains: list[_Chain] = []
    for block in blocks:
        if not block.size:
            continue
        run = (block.a + offset, block.b, block.size)
        if chains and _follows(chains[-1].end, run, a, b):
            chains[-1].runs.append(run)
        else:
            chains.append(_Chain([run]))
    return chains


def _follows(end: tuple[int, int], run: tuple[int, int, int], a: Wording, b: Wording) -> bool:
    """True where few words are between, or a sign in the one says that words of the other are missing there."""
    more_in_a, more_in_b = run[0] - end[0], run[1] - end[1]
    return (more_in_a <= SMALL or _marked(b, end[1], run[1])) and (more_in_b <= SMALL or _marked(a, end[0], run[0]))


def _marked(wording: Wording, start: int, end: int) -> bool:
    return any(place in wording.gaps for place in range(start, end + 1))


def _differences(chain: _Chain, a: Wording, b: Wording) -> Iterator[tuple[Stretch, Stretch, bool]]:
    """The stretches of both that differ, unless a sign explains it, and whether they are at an edge of what is common.

    At an edge these are the next words of each, where both go on in the same sentence.
    """
    for before, after in zip(chain.runs, chain.runs[1:], strict=False):
        in_a, in_b = (before[0] + before[2], after[0]), (before[1] + before[2], after[1])
        if not _marked(a, *in_a) and not _marked(b, *in_b):
            yield in_a, in_b, False
    (from_a, from_b), (to_a, to_b) = chain.start, chain.end
    if not _stops(a, from_a) and not _stops(b, from_b):
        yield (max(from_a - SMALL, 0), from_a), (max(from_b - SMALL, 0), from_b), True
    if not _stops(a, to_a) and not _stops(b, to_b):
        yield (to_a, min(to_a + SMALL, len(a.words))), (to_b, min(to_b + SMALL, len(b.words))), True


def _stops(wording: Wording, place: int) -> bool:
    return place in (0, len(wording.words)) or place in wording.gaps or place in wording.ends


def _contradict(in_a: Sequence[str], in_b: Sequence[str], at_edge: bool) -> bool:
    """True where both have numbers, but others, or only one a negation; at an edge something may be cut off."""
    values_a, values_b = set(filter(is_value, in_a)), set(filter(is_value, in_b))
    if values_a and values_b and values_a != values_b:
        return True
    return not at_edge and bool(NEGATIONS & set(in_a)) != bool(NEGATIONS & set(in_b))
