"""Words and names that nobody wrote, as often as words and names are: what generated documents are made of.

A word of rank r is drawn in proportion to 1 / (r + 0.7), the law of Zipf and Mandelbrot, which gives the
commonest word 5.5 % of a text, as in English. The first ranks are English, the others are made of syllables.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np

WORDS, PEOPLE, PUBLISHERS = 50_000, 40_000, 200
_SHORT, _GIVEN, _SURNAMES, _AUTHORS = 3_000, 600, 9_000, 2_000
_COMMON = Path(__file__).with_name("common_words.txt")
_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl pr r s sh st t tr v w z".split()
_VOWELS = "a a e e i i o o u ea ee ou".split()
_CODAS = [*[""] * 30, *"l m n nd nt r rd s sk st t x".split()]
_ENDINGS = ["", "", "", "s", "ed", "ing", "er", "ly", "ness", "al"]
_BLOCK = 1 << 20


class Vocabulary:
    """All words, people, publishers and authors, each list from the commonest to the rarest; always the same."""

    def __init__(self) -> None:
        draw = random.Random(0)
        short = _made_up(draw, _SHORT, 1, 2, _ENDINGS)
        self.words = _distinct([*common_words(), *short, *_made_up(draw, WORDS, 2, 3, _ENDINGS)], WORDS)
        given = _distinct((word.title() for word in _made_up(draw, _GIVEN, 2, 2)), _GIVEN)
        surnames = _distinct((word.title() for word in _made_up(draw, _SURNAMES, 2, 3)), _SURNAMES)
        names = (f"{draw.choice(given)} {draw.choice(surnames)}" for _ in range(2 * PEOPLE))
        people = _distinct(names, PEOPLE + _AUTHORS)
        self.people, self.authors = people[:PEOPLE], people[PEOPLE:]
        papers = (f"The {word.title()} {draw.choice(('Post', 'Herald', 'Times'))}" for word in surnames)
        self.publishers = _distinct(papers, PUBLISHERS)


def common_words() -> list[str]:
    """The English words of the list beside this file, in its order."""
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if not line.startswith("#")).split()


def zipf(count: int, flattening: float = 0.7) -> list[float]:
    """Running sums of the shares of ranks 0 to count - 1, as `random.choices` takes them in `cum_weights`."""
    return list(accumulate(1 / (rank + 1 + flattening) for rank in range(count)))


class WordStream:
    """An endless text without an order: words drawn by their shares, a great many at a time."""

    def __init__(self, words: list[str], seed: int) -> None:
        self._words = np.array(words, dtype=object)
        self._shares = np.array(zipf(len(words)))
        self._random = np.random.default_rng(seed)
        self._block: list[str] = []
        self._used = 0

    def take(self, count: int) -> list[str]:
        """The next `count` words; at most a block at once."""
        if self._used + count > len(self._block):
            places = self._random.random(_BLOCK) * self._shares[-1]
            self._block = self._words[np.searchsorted(self._shares, places, side="right")].tolist()
            self._used = 0
        self._used += count
        return self._block[self._used - count : self._used]


def _made_up(
    draw: random.Random, enough: int, shortest: int, longest: int, endings: list[str] | None = None
) -> Iterator[str]:
    """Words of so many syllables; twice as many as are needed, since some come out alike."""
    for _ in range(2 * enough):
        syllables = range(draw.randint(shortest, longest))
        word = "".join(draw.choice(_ONSETS) + draw.choice(_VOWELS) + draw.choice(_CODAS) for _ in syllables)
        yield word + draw.choice(endings or [""])


def _distinct(words: Iterable[str], count: int) -> list[str]:
    """The first `count` different ones, in the order in which they come."""
    found = list(dict.fromkeys(words))
    assert len(found) >= count
    return found[:count]
