"""The words that a speaker says more often than everybody else.

How much more often is measured by the log-likelihood ratio of Dunning (1993), "Accurate Methods for the Statistics of
Surprise and Coincidence", Computational Linguistics 19(1), here over quotations that hold a word, not over single
words: to say a word ten times in one breath counts once. Everybody else is asked of the full-text index, a
word at a time, so only the most promising words are; which those are, general English tells.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import snowballstemmer

from indexer.store.queries import rows_of

ASKED_FOR = 25
"""So many words are looked up in the index."""
LEAST = 3
"""In so many quotations of the speaker a word must occur."""
SURPRISING = 10.83
"""From this log-likelihood ratio on a word is one of the speaker's: chance gives it once in a thousand."""

_SMALL_WORDS = Path(__file__).with_name("lexicon") / "small_words.txt"
_WORD_COUNTS = Path(__file__).parent.parent / "clusters" / "word_counts.tsv"
_RAREST = 1.0
"""What a word that is not among the commonest of English is taken to occur in a million words."""
_COMMONEST = 2**14
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is printed most; in how many of the speaker's quotations; the log-likelihood ratio."""

    word: str
    quotations: int
    surprise: float


def distinctive(connection: sqlite3.Connection, texts: Sequence[str], again: Sequence[str], limit: int) -> list[Word]:
    """The words of these quotations that stand out against all others of the index, the most surprising first.

    `again`: quotations of the same speaker that repeat words of these: whatever they hold is no further surprise.
    """
    (total,) = rows_of(connection, "SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = 'kind'")[0]
    others = max(total - len(texts) - len(again), 0)
    here, repeated = [set(_words(text)) for text in texts], [set(_words(text)) for text in again]
    found = []
    for forms in _promising(here):
        printed, once, more = _most_printed(forms), _holding(here, forms), _holding(repeated, forms)
        there = min(max(_everywhere(connection, printed) - once - more, 0), others)
        told = surprise(once, len(texts), there, others)
        if once >= LEAST and told >= SURPRISING:
            found.append(Word(printed, once + more, told))
    return sorted(found, key=lambda word: (-word.surprise, word.word))[:limit]


def surprise(here: int, of_these: int, there: int, of_those: int) -> float:
    """The log-likelihood ratio (Dunning's -2 log λ) of two shares being one; 0 where the first is not the greater."""
    if not of_these or not of_those or here * of_those <= there * of_these:
        return 0.0
    both = (here + there) / (of_these + of_those)
    gain = _log_likelihood(here, of_these, here / of_these) + _log_likelihood(there, of_those, there / of_those)
    return 2 * (gain - _log_likelihood(here, of_these, both) - _log_likelihood(there, of_those, both))


def _log_likelihood(hits: int, of: int, share: float) -> float:
    """Of so many hits among so many, where each is one with this chance."""
    return (hits * math.log(share) if hits else 0.0) + ((of - hits) * math.log(1 - share) if hits < of else 0.0)


def _everywhere(connection: sqlite3.Connection, printed: str) -> int:
    """In how many quotations of the index a word is, in any form."""
    sql = "SELECT count(*) FROM quotations_fts WHERE quotations_fts MATCH ?"
    return int(rows_of(connection, sql, [f'"{printed}"'])[0][0])


def _promising(texts: Iterable[set[str]]) -> list[dict[str, int]]:
    """The forms of each word that English has rarely and these texts often, with the number of texts that hold each."""
    counts = Counter(chain.from_iterable(texts))
    rank: dict[str, float] = defaultdict(float)
    for word, count in counts.items():
        if count > 1:
            rank[_stem(word)] += count * _rarity(word)
    best = sorted((stem for stem in rank if rank[stem]), key=lambda stem: (-rank[stem], stem))[:ASKED_FOR]
    forms: dict[str, dict[str, int]] = {stem: {} for stem in best}
    for word, count in counts.items():
        if (stem := _stem(word)) in forms:
            forms[stem][word] = count
    return list(forms.values())


def _most_printed(forms: Mapping[str, int]) -> str:
    """The form that most texts hold; of equals one in small letters."""
    return min(forms, key=lambda word: (-forms[word], not word.islower(), word))


def _holding(texts: Iterable[set[str]], forms: Iterable[str]) -> int:
    """How many texts hold any of these forms."""
    return sum(not words.isdisjoint(forms) for words in texts)


def _words(text: str) -> list[str]:
    """The words, without the capital that the first one has for being first."""
    found = _WORD.findall(text.replace("’s ", " ").replace("'s ", " "))
    return [word.lower() if word.istitle() else word for word in found[:1]] + found[1:]


@lru_cache(maxsize=50_000)
def _rarity(word: str) -> float:
    """How rare a word is in general English, in bits; nothing for a small word, which tells nothing."""
    small = word.casefold().replace("’", "'")
    if len(word) < _SHORTEST or small in _small_words():
        return 0.0
    return math.log2(_COMMONEST / _per_million().get(small, _RAREST))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The word without its ending, by the rules of Porter that the full-text index follows."""
    return str(_porter().stemWord(word.casefold()))


@cache
def _porter() -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer("porter")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for line in _lines(_SMALL_WORDS) for word in line.split())


@cache
def _per_million() -> dict[str, float]:
    return {word: float(count) for word, count in (line.split("\t") for line in _lines(_WORD_COUNTS))}


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
