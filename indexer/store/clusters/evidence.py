"""How sure it is that light words are of one statement, by all that is known: in hundredths of a bit.

The words weigh what they weigh. Where the same rare words are printed around them in two articles, both tell of one
occasion; where other words are, hardly. And the more statements are as near in time, of the speaker or, where the
speaker is not known, of anybody, the likelier one of them has these words by chance.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from heapq import nsmallest
from itertools import product
from typing import NamedTuple

from indexer.store.clusters.wording import weight, wording

Document = int | str
Around = Callable[[int], str]
"""The text around a quotation, itself included, by its id; "" where it is not known."""
USUAL, SHARE = 1600, 0.2
"""So much do the words weigh that stand around both where it tells nothing, and this part of what is more or less
counts. Fitted to other statements of one speaker in the same days, and to heavy fragments with their statements: where
twice as much stands around both, they are rather of one occasion by 9 to 1."""
A_WORD = 50
"""What each word beyond the second weighs beside its own weight: of words as heavy together, the more there are the
seldomer they stand in another statement by chance. Half of what was counted in statements of others, for a speaker
repeats himself."""
SAME_STORY = 300
"""What it weighs that two documents have another statement in common: it is eleven times as frequent where they quote
the same as where they quote the same speaker in those days."""
DIFFERENT_DAYS = 300
"""What weighs against two that both articles tell the day, and another one: taken to be wrong once in eight times."""
NAMED = 100
"""What weighs against a speaker who is only named beside the words: taken to have said them every second time."""
OF_ONE, OF_ANYBODY = 1, 10
"""So many statements are taken to be made on a day at least, for an index does not hold all of them."""
HUNDRED_TO_ONE = 664
"""So much better than all others is the statement that words come from."""
ENOUGH = HUNDRED_TO_ONE + 332
"""So much, with what the words weigh, makes two the same: a hundred to one, when one in ten has come with its
statement."""
_OPEN = str.maketrans("[]()", "    ")
_CACHED = 4000
_LOOKED_AT, _ASKED = 60, 8


class Spoken(NamedTuple):
    """One quotation: its id, its words in normal form, its speaker ("" where nobody is named), the day as a number,
    its document, whether the text itself tells the day."""

    id: int
    words: tuple[str, ...]
    speaker: str
    day: int
    document: Document
    dated: bool = False


class Evidence:
    """What is known beside the words, of all statements."""

    def __init__(self, spoken: Iterable[Spoken], around: Around) -> None:
        """From all statements, which are counted, and from what gives the text around each."""
        self._days: dict[str, list[int]] = defaultdict(list)
        self._stories: dict[Document, set[int]] = defaultdict(set)
        for speaker, day, _ in {(one.speaker, one.day, one.words) for one in spoken}:
            self._days[""].append(day)
            if speaker:
                self._days[speaker].append(day)
        for days in self._days.values():
            days.sort()
        self._around = lru_cache(_CACHED)(lambda number: frozenset(wording(around(number).translate(_OPEN)).words))

    def of(self, light: Spoken, other: Spoken) -> float:
        """How much speaks for it, beside the words, that light words are of a statement that holds them."""
        told = self._surroundings(light, other) + self._story(light, other)
        told += A_WORD * (len(light.words) - 2)
        return told - self._by_chance(light, other) - _days_differ(light, other)

    def tell(self, families: Mapping[int, Set[Document]]) -> None:
        """Say which statements are in which documents, as far as that is known."""
        for family, documents in families.items():
            for document in documents if len(documents) > 1 else ():
                self._stories[document].add(family)

    def best(self, light: Sequence[Spoken], others: Sequence[Spoken]) -> float | None:
        """The most of it for any two; None where no two may be one. Of very many only the first are looked at, and of
        these the nearest in time."""
        both = product(light[:_LOOKED_AT], others[:_LOOKED_AT])
        pairs = [(one, other) for one, other in both if may_be_one(one, other)]
        nearest = nsmallest(_ASKED, pairs, key=lambda pair: (abs(pair[0].day - pair[1].day), *map(place_of, pair)))
        return max((self.of(*pair) for pair in nearest), default=None)

    def _by_chance(self, one: Spoken, other: Spoken) -> float:
        """The logarithm of how many statements are as near in time as these two, of the speaker if that is known."""
        speaker, unsure = self._speaker(one, other)
        days, apart = self._days[speaker], abs(one.day - other.day)
        as_near = bisect_right(days, one.day + apart) - bisect_left(days, one.day - apart)
        return 100 * math.log2(max(as_near, (1 + apart) * (OF_ONE if speaker else OF_ANYBODY))) + unsure

    def _speaker(self, one: Spoken, other: Spoken) -> tuple[str, int]:
        """The speaker of both, and what weighs against it: where one is of nobody known, who is named around it may
        have said it."""
        if one.speaker and other.speaker:
            return max((one.speaker, other.speaker), key=lambda name: (len(name), name)), 0
        named, unnamed = (one, other) if one.speaker else (other, one)
        return (named.speaker, NAMED) if _surname(named.speaker) & self._around(unnamed.id) else ("", 0)

    def _story(self, one: Spoken, other: Spoken) -> int:
        """What it tells that both documents have another statement."""
        if one.document == other.document:
            return 0
        return SAME_STORY if self._stories.get(one.document, set()) & self._stories.get(other.document, set()) else 0

    def _surroundings(self, one: Spoken, other: Spoken) -> float:
        """What the words around both tell; nothing where they are not known, or known to be of one article."""
        if one.document == other.document:
            return 0
        around_one, around_other = self._around(one.id), self._around(other.id)
        if not around_one or not around_other:
            return 0
        known = set(one.words) & set(other.words) | _surname(one.speaker) | _surname(other.speaker)
        return SHARE * (weight_of((around_one & around_other) - known) - USUAL)


def may_be_one(one: Spoken, other: Spoken) -> bool:
    """True for two of one speaker, or where one of the two is of nobody known."""
    return not one.speaker or not other.speaker or one.speaker == other.speaker or one_name(one.speaker, other.speaker)


@lru_cache(_CACHED)
def one_name(one: str, other: str) -> bool:
    """True where a name is the end of the other one: "Lund" and "Ana Lund"."""
    short, long = sorted((wording(one).words, wording(other).words), key=len)
    return bool(short) and long[-len(short) :] == short


def place_of(one: Spoken) -> tuple[int, str, int]:
    """What orders statements: in time, and by document within a day."""
    return one.day, str(one.document), one.id


def weight_of(words: Iterable[str]) -> int:
    """What words in normal form weigh together, in hundredths of a bit."""
    return sum(map(weight, words))


def _days_differ(one: Spoken, other: Spoken) -> int:
    return DIFFERENT_DAYS if one.dated and other.dated and abs(one.day - other.day) > 1 else 0


@lru_cache(_CACHED)
def _surname(speaker: str) -> frozenset[str]:
    return frozenset(wording(speaker).words[-1:])
