"""Text that is all in capitals, written as it would be with small letters. Pure functions over a string.

Names can no longer be told from other words by their capitals there, nor can a language model read it. Whether a word
is small, has a capital, or is all in capitals (FBI) is decided from left to right, by weights of the word, its ending
and its neighbours (`lexicon/casing.tsv`); a sentence begins with a capital in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from indexer.domain import Attribution, Document, Passage

from . import lexicon

SMALL, CAPITAL, ALL_CAPITALS = range(3)
"""How a word is written."""
Words = TypeVar("Words", bound=Passage)
Weights = Mapping[str, tuple[float, float]]
"""For each feature what it adds to CAPITAL and to ALL_CAPITALS, against SMALL."""

_LEAST_LETTERS = 40
"""A text with fewer letters than this is left as it is."""
_SHARE = 0.8
"""Capitals among the letters of a paragraph that is all in capitals, and of a text where such paragraphs matter."""
_TOKENS = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\d+|[\r\n\u2028\u2029]+|[^\w\s]")
_LABEL = re.compile(r"^[ \t>]*[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)?:(?=\s)", re.MULTILINE)
"""The speaker's name at the start of a line, as in a transcript: that stays as it is."""
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_ENDS = frozenset(".!?…")
_MARKS = "“”‘’«»„‟‚‹›\"'`"
_EITHER = frozenset("\"'’»”")
_OPENING = frozenset("“‘«„‚‹`([")
_AFTER_SPEECH = frozenset(",:—–-")
_VOWELS = frozenset("aeiouy")
_EDGE = "¶"
"""Stands for a line's end."""
_SHAPES = "aAU"


def readable(document: Document) -> Document:
    """The document as it is analysed: as it is, or `truecased` where it is all in capitals."""
    return replace(document, text=truecased(document.text)) if is_all_capitals(document.text) else document


def as_printed(attributions: Iterable[Attribution], document: Document) -> list[Attribution]:
    """The attributions of the `readable` document with the words of the document itself; names stay as in ours."""
    if not is_all_capitals(text := document.text):
        return list(attributions)
    return [
        replace(
            found,
            quotation=_printed(found.quotation, text),
            cue=found.cue and _printed(found.cue, text),
            mention=found.mention and _printed(found.mention, text),
        )
        for found in attributions
    ]


def _printed(passage: Words, text: str) -> Words:
    return replace(passage, text=text[passage.start : passage.end])


def is_all_capitals(text: str) -> bool:
    """True for a text of some length whose letters are nearly all capitals."""
    small = sum(map(str.islower, text))
    letters = small + sum(map(str.isupper, text))
    return letters >= _LEAST_LETTERS and small <= (1 - _SHARE) * letters


def truecased(text: str) -> str:
    """The text with its capitals as an ordinary text would have them; every character stays where it is.

    Lines with small letters in them are left as they are. Linear in the length of the text.
    """
    small = "".join(map(_small, text))
    starts = [match.start() for match in _TOKENS.finditer(small)]
    words = split(small)
    written = list(small)
    for start, word, shape in zip(starts, words, consistent(words, shapes(words, _weights())), strict=True):
        for at in _capital_places(word, shape):
            written[start + at] = text[start + at]
    with_small = (match for match in _LINE.finditer(text) if not _is_capitals(match.group()))
    for match in (*_LABEL.finditer(text), *with_small):
        written[match.start() : match.end()] = match.group()
    return "".join(written)


def _is_capitals(line: str) -> bool:
    small = sum(map(str.islower, line))
    return small <= (1 - _SHARE) * (small + sum(map(str.isupper, line)))


def _small(char: str) -> str:
    """The small letter, where it is one character too."""
    return lower if len(lower := char.lower()) == 1 else char


def _capital_places(word: str, shape: int) -> Iterator[int]:
    """Which letters of a word are capitals: also those after O’ and Mc."""
    if shape == ALL_CAPITALS:
        yield from range(len(word))
    elif shape == CAPITAL:
        yield 0
        if (word[1:2] in ("'", "’") and len(word) > 3) or (word.startswith("mc") and len(word) > 4):
            yield 2


def split(text: str) -> list[str]:
    """The words, numbers, marks and line ends that `shapes` decides on; every quotation mark as “ or ”."""
    return [_named(text, match) for match in _TOKENS.finditer(text)]


def _named(text: str, match: re.Match[str]) -> str:
    token = match.group()
    if token in _MARKS:
        before = text[max(0, match.start() - 3) : match.start()].rstrip(_MARKS)[-1:] if token in _EITHER else ""
        opens = token in _OPENING or (token in _EITHER and (not before or before.isspace() or before in "([—–-"))
        return "“" if opens else "”"
    return _EDGE if token.isspace() else token


def shapes(words: Sequence[str], weights: Weights) -> list[int]:
    """How each word of a text (in small letters) is written; SMALL for what is no word."""
    found: list[int] = []
    for i, word in enumerate(words):
        if not word[0].isalpha():
            found.append(SMALL)
        elif word == "i" or word[:2] in ("i'", "i’"):
            found.append(CAPITAL)
        else:
            shape = best(features(words, found, i), weights)
            if shape == ALL_CAPITALS and f"w {word}" not in weights and not _VOWELS.isdisjoint(word):
                shape = CAPITAL  # an unknown word that can be spoken is a name rather than initials
            found.append(shape or int(starts_sentence(words, i)))
    return found


def consistent(words: Sequence[str], found: Sequence[int]) -> list[int]:
    """The same, but a word that no list knows and that is a name in one place is one everywhere."""
    named: dict[str, int] = {}
    for i, (word, shape) in enumerate(zip(words, found, strict=True)):
        if shape and len(word) > 2 and not _known(word) and not starts_sentence(words, i):
            named[word] = shape
    return [shape or named.get(word, SMALL) for word, shape in zip(words, found, strict=True)]


def best(names: list[str], weights: Weights) -> int:
    """The shape with the most weight; of equals the smaller."""
    capital = every = 0.0
    for name in names:
        if (row := weights.get(name)) is not None:
            capital += row[0]
            every += row[1]
    if every > max(capital, 0.0):
        return ALL_CAPITALS
    return CAPITAL if capital > 0 else SMALL


def starts_sentence(words: Sequence[str], i: int) -> bool:
    """True for a word at the start of a line, after a full stop, or at the start of words in marks after , or :"""
    at, marks = i - 1, 0
    while at >= 0 and words[at] in _OPENING and marks < 3:
        at, marks = at - 1, marks + 1
    if at < 0 or words[at] == _EDGE or (words[at] == ":" and words[at - 2 : at - 1] == [_EDGE]):
        return True
    if words[at] == ".":
        return not (at > 0 and (len(words[at - 1]) == 1 or _is_title(words[at - 1])))
    return words[at] in _ENDS or bool(marks and words[at] in _AFTER_SPEECH)


def features(words: Sequence[str], before: Sequence[int], i: int) -> list[str]:
    """What is looked at: the word, how it begins and ends, its neighbours, and how those before it are written."""
    word = words[i]
    last, following = words[i - 1] if i else _EDGE, words[i + 1] if i + 1 < len(words) else _EDGE
    written = _written(words, before, i - 1)
    known = _known(word)
    return [
        "",
        f"w {word}",
        f"< {last}",
        f"> {following}",
        f"<w {last} {word}",
        f"w> {word} {following}",
        f"3 {word[-3:]}",
        f"2 {word[-2:]}",
        f"^ {word[:3]}",
        f"k {known}",
        f"kc {known} {written}",
        f"cc {_written(words, before, i - 2)} {written}",
        f"c> {written} {following}",
        f"k> {known} {_known(following)}",
        f"n {min(len(word), 6)} {written}",
    ]


def _written(words: Sequence[str], before: Sequence[int], i: int) -> str:
    """How a word before is written; a mark stands for itself."""
    if i < 0:
        return _EDGE
    if not words[i][0].isalpha():
        return "0" if words[i].isdigit() else words[i]
    return "^" if starts_sentence(words, i) else _SHAPES[before[i]]


def reread() -> None:
    """Forget the lists: they have been made anew."""
    for known in (_known, _small_words, _weights):
        known.cache_clear()


@lru_cache(maxsize=50_000)
def _known(word: str) -> str:
    """Which word lists have a word: t(itle), g(iven name), c(ommon word), in that order."""
    lists, name = lexicon.load(), word.capitalize()
    found = "t" * _is_title(word) + "g" * (name in lists.given_names) + "p" * (name in lists.places)
    stems = (word, word[:-1], word[:-2], word[:-3], word[:-2] + "e", word[:-3] + "y", word[:-3] + "e", word[:-1] + "e")
    if word in lists.common:
        return f"{found}c"
    return found + "u" * (word in _small_words()) + "s" * any(stem in lists.common for stem in stems[1:])


def _is_title(word: str) -> bool:
    titles = lexicon.load().titles
    return word.capitalize() in titles or f"{word.capitalize()}." in titles


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for line in _lines("small_words.txt") for word in line.split())


@cache
def _weights() -> Weights:
    rows = (line.split("\t") for line in _lines("casing.tsv"))
    return {name: (float(capital), float(every)) for name, capital, every in rows}


def _lines(name: str) -> list[str]:
    text = files(lexicon.__name__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
