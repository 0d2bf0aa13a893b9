"""Are two quotations the same words? The words of both are aligned, and what does not fit is weighed.

They are the same where nearly all of the lighter one stands in the other one, in order and with few words between
that an ellipsis or brackets do not explain, or where a long part of both is the same. Other words in one place, another
number, or a "not" on one side only make them different.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from indexer.store.clusters.wording import NEGATIONS, Wording, is_value, weight

How = Literal["twin", "part", "fragment", "contrary", "different"]
"""twin: each is nearly all of the other. part: one stands in the other, or they overlap far. fragment: it stands in
it, but is so light that many others may hold it. contrary: alike, but with other words, another number or a "not" in
one place."""

SMALL = 4
"""So many words may be missing or added without a sign of it."""
LEAST = 1350
"""What is compared weighs at least; all weights are in hundredths of a bit."""
SURE = 4000
"""From this weight on, words that two quotations have in common are no formula."""
OVERLAP = 7500
"""What a common part weighs at least where each of the two has more on either side."""
EXACT = 1800
"""The same where the end of the one is the beginning of the other and no word differs: as much as a fragment."""
COVERED, OVERLAPPED = 0.8, 0.4
"""How much of the lighter one must stand in the other one, by weight; how much where they overlap."""
REPLACED = 0.12
"""How much may be other words in the same place, beside what is the same, by weight."""
OTHER_WORDS = 400
"""What words in one place that are others in the other one weigh at least to be another statement."""
LISTING = frozenset({"and", "or", "nor"})
"""What stands around these may change places."""
_LIST_WORDS = 9
_SPELLED_ALIKE = 0.8
_CHAIN, _CHAIN_WORDS = 800, 3
_LAST_WORDS = 2
_CONTENT = 960


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two wordings are alike, and how much weighs what they have in common."""

    how: How
    common: int


DIFFERENT = Likeness("different", 0)
Stretch = tuple[int, int]
"""Where words start and end, in a wording."""
Difference = tuple[Stretch, Stretch, bool]
"""Stretches of both that are at the same place but not alike, and whether at the edge of what is common."""


Run = tuple[int, int, int]
"""Words in a row that are common: where in the one, where in the other, how many."""


@dataclass(slots=True)
class _Chain:
    """Runs of common words that follow each other closely."""

    runs: list[Run]

    @property
    def start(self) -> tuple[int, int]:
        return self.runs[0][:2]

    @property
    def end(self) -> tuple[int, int]:
        a, b, size = self.runs[-1]
        return a + size, b + size

    @property
    def size(self) -> int:
        return sum(size for _, _, size in self.runs)

    def weight(self, a: Wording) -> int:
        return sum(sum(a.weights[at : at + size]) for at, _, size in self.runs)


def tells(words: Wording) -> bool:
    """False for words that anybody may say: too few of them, or everyday ones only."""
    return words.weight >= LEAST and _has_content(words.weights)


def likeness(one: Wording, other: Wording) -> Likeness:
    """How alike two wordings are; the order of the two makes no difference.

    The first way to align them counts that finds nearly all of the lighter one, else the one that finds most.
    """
    a, b = sorted((one, other), key=lambda wording: (wording.weight, wording.words))
    found = DIFFERENT
    for chains in _alignments(a, b) if tells(a) else ():
        found = max(found, _judged(a, b, chains), key=_rank)
        if found.how != "contrary" and found.common >= COVERED * a.weight:
            break
    return found


def _rank(found: Likeness) -> tuple[int, int]:
    return {"different": 0, "contrary": 1}.get(found.how, 2), found.common


def _alignments(a: Wording, b: Wording) -> Iterator[list[_Chain]]:
    """Ways to align the two: from the start, from the end (words that come twice), and sentence by sentence."""
    yield _aligned(a, b, (0, len(a.words)))
    yield _aligned_from_end(a, b)
    if a.ends:
        sentences = pairwise([0, *sorted(a.ends), len(a.words)])
        yield [chain for sentence in sentences for chain in _aligned(a, b, sentence)]


def _judged(a: Wording, b: Wording, chains: Sequence[_Chain]) -> Likeness:
    """What the chains say; `a` is the lighter one. Light chains are chance: they do not count."""
    chains = [chain for chain in chains if chain.size >= _CHAIN_WORDS and chain.weight(a) >= _CHAIN] or list(chains)
    common = sum(chain.weight(a) for chain in chains)
    if common < LEAST or common < OVERLAPPED * a.weight or not _has_content(_common_weights(a, chains)):
        return DIFFERENT
    inside, moved = _inside(chains, a, b)
    common += moved
    differences = [*inside, *_at_edges(chains, a, b)]
    if _contradict(a, b, differences, common):
        return Likeness("contrary", common)
    exact = len(chains) == 1 and not differences and not moved
    return Likeness(_how(a.weight, b.weight, common, exact), common)


def _how(light: int, heavy: int, common: int, exact: bool) -> How:
    if common >= COVERED * heavy:
        return "twin"
    if common >= COVERED * light:
        return "part" if common >= SURE else "fragment"
    if common >= OVERLAP:
        return "part"
    return "fragment" if exact and common >= EXACT and 2 * common >= light else "different"


def _common_weights(a: Wording, chains: Sequence[_Chain]) -> Iterator[int]:
    return (weight for chain in chains for at, _, size in chain.runs for weight in a.weights[at : at + size])


def _has_content(weights: Iterable[int]) -> bool:
    """True where two of the words are no everyday words."""
    return sum(sorted(weights)[-2:]) >= _CONTENT


def _aligned(a: Wording, b: Wording, part: Stretch) -> list[_Chain]:
    offset = part[0]
    blocks = LCSseq.editops(a.words[slice(*part)], b.words).as_matching_blocks()
    return _chained(a, b, [(block.a + offset, block.b, block.size) for block in blocks])


def _aligned_from_end(a: Wording, b: Wording) -> list[_Chain]:
    blocks = LCSseq.editops(a.words[::-1], b.words[::-1]).as_matching_blocks()
    ends = len(a.words), len(b.words)
    return _chained(
        a, b, [(ends[0] - each.a - each.size, ends[1] - each.b - each.size, each.size) for each in blocks][::-1]
    )


def _chained(a: Wording, b: Wording, runs: Iterable[Run]) -> list[_Chain]:
    chains: list[_Chain] = []
    for run in runs:
        if not run[2]:
            continue
        if chains and _follows(chains[-1].end, run, a, b):
            chains[-1].runs.append(run)
        else:
            chains.append(_Chain([run]))
    return chains


def _follows(end: tuple[int, int], run: Run, a: Wording, b: Wording) -> bool:
    """True where few words are between, or a sign in the one says that words of the other are missing there."""
    more_in_a, more_in_b = run[0] - end[0], run[1] - end[1]
    return (more_in_a <= SMALL or _marked(b, end[1], run[1])) and (more_in_b <= SMALL or _marked(a, end[0], run[0]))


def _marked(wording: Wording, start: int, end: int) -> bool:
    return any(place in wording.gaps for place in range(start, end + 1))


def _inside(chains: Sequence[_Chain], a: Wording, b: Wording) -> tuple[list[Difference], int]:
    """What differs between the runs of a chain, where no sign explains it; what weighs that only changed places."""
    differences: list[Difference] = []
    moved = 0
    for chain in chains:
        for before, after in pairwise(chain.runs):
            in_a, in_b = (before[0] + before[2], after[0]), (before[1] + before[2], after[1])
            if differences and _exchanged(a, b, differences[-1], in_a, in_b):
                moved += sum(a.weights[slice(*in_a)]) + sum(a.weights[slice(*differences.pop()[0])])
            elif not _marked(a, *in_a) and not _marked(b, *in_b):
                differences.append((in_a, in_b, False))
    return differences, moved


def _exchanged(a: Wording, b: Wording, first: Difference, in_a: Stretch, in_b: Stretch) -> bool:
    """True where two differences are one list in two orders: "salt and pepper", "pepper and salt"."""
    stretches = (a, first[0][0], in_a[1]), (b, first[1][0], in_b[1])
    if max(end - start for _, start, end in stretches) > _LIST_WORDS:
        return False
    one, other = ({*words.words[start:end]} for words, start, end in stretches)
    moved, gone = (sum(map(weight, words)) for words in (one & other, min(one - other, other - one, key=len)))
    return bool(LISTING & one & other) and moved >= 2 * OTHER_WORDS and gone < OTHER_WORDS


def _at_edges(chains: Sequence[_Chain], a: Wording, b: Wording) -> Iterator[Difference]:
    """The next words of each, up to what is common again, where both go on beyond a chain in the same sentence."""
    starts, ends = [chain.start for chain in chains], [chain.end for chain in chains]
    for (from_a, from_b), (to_a, to_b) in zip(starts, ends, strict=True):
        if not _stops(a, from_a) and not _stops(b, from_b):
            yield _edge(
                a, b, _before(a, from_a, [end[0] for end in ends]), _before(b, from_b, [end[1] for end in ends])
            )
        if not _stops(a, to_a) and not _stops(b, to_b):
            yield _edge(a, b, _after(a, to_a, [at[0] for at in starts]), _after(b, to_b, [at[1] for at in starts]))


def _before(wording: Wording, place: int, ends: Iterable[int]) -> Stretch:
    """The few words before a place, from the last stop or the last of these ends on."""
    start = max((end for end in ends if end <= place), default=0)
    return next((at for at in range(place - 1, start, -1) if _stops(wording, at) or place - at == SMALL), start), place


def _after(wording: Wording, place: int, starts: Iterable[int]) -> Stretch:
    """The few words from a place on, up to the next stop or the next of these starts."""
    end = min((start for start in starts if start >= place), default=len(wording.words))
    return place, next((at for at in range(place + 1, end) if _stops(wording, at) or at - place == SMALL), end)


def _edge(a: Wording, b: Wording, in_a: Stretch, in_b: Stretch) -> Difference:
    """A difference at an edge; where it is the last word or two of the sentence in both, it is as good as inside."""
    whole = (_stops(a, in_a[0]) or _stops(a, in_a[1])) and (_stops(b, in_b[0]) or _stops(b, in_b[1]))
    return in_a, in_b, not whole or max(in_a[1] - in_a[0], in_b[1] - in_b[0]) > _LAST_WORDS


def _stops(wording: Wording, place: int) -> bool:
    return place in (0, len(wording.words)) or place in wording.gaps or place in wording.ends


def _contradict(a: Wording, b: Wording, differences: Iterable[Difference], common: int) -> bool:
    """True where one difference makes another statement, or all together are too much."""
    replaced = 0
    for stretch_a, stretch_b, at_edge in differences:
        in_a, in_b = a.words[slice(*stretch_a)], b.words[slice(*stretch_b)]
        others = min(sum(a.weights[slice(*stretch_a)]), sum(b.weights[slice(*stretch_b)]))
        if in_a == in_b or (others and _spelled_alike(in_a, in_b)):
            continue
        if _says_other(in_a, in_b, at_edge) or (others >= OTHER_WORDS and not at_edge):
            return True
        replaced += others
    return replaced > REPLACED * common


def _says_other(in_a: Sequence[str], in_b: Sequence[str], at_edge: bool) -> bool:
    """True where both have numbers, but others, or only one a negation; at an edge something may be cut off."""
    values_a, values_b = set(filter(is_value, in_a)), set(filter(is_value, in_b))
    if values_a and values_b and values_a != values_b:
        return True
    return not at_edge and bool(NEGATIONS & set(in_a)) != bool(NEGATIONS & set(in_b))


def _spelled_alike(in_a: Sequence[str], in_b: Sequence[str]) -> bool:
    """True for one word in two spellings: a slip of the pen, a name from another alphabet; never for numbers."""
    one, other = "".join(in_a), "".join(in_b)
    return one[:1] == other[:1] and not is_value(one) and Indel.normalized_similarity(one, other) >= _SPELLED_ALIKE
