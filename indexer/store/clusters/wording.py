"""The words of a quotation in normal form: what two versions of the same words have in common.

Case, accents, marks, spelling (US or UK), endings and tense, contractions and numbers in words or digits make no
difference, nor that a few words were said twice in a row. What stands in brackets is the newspaper's and is
left out; where it stood, and where an ellipsis stands, is remembered, for there the other version may have more words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import snowballstemmer

NEGATIONS = frozenset({"not", "never", "no", "nor", "neither", "without", "nobody", "none", "hardly"})
"""A word of these on one side only turns what is said into its opposite."""
_HEAVIEST = 1200
"""What a rare word weighs, in hundredths of a bit."""
_OF_A_NUMBER = 600
_WEIGHTLESS_FROM = 2**14
"""How often in a million words a word occurs that weighs nothing ("of", "I"): half as often is one bit."""

_STAMMER = 6
"""So many words in a row may be said twice and count once."""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_TEENS = "seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {
    **{word: value for value, word in enumerate([*_ONES, *_TEENS])},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_VALUE_WORDS = frozenset(
    "hundred thousand million billion trillion monday tuesday wednesday thursday friday saturday sunday january"
    " february march april june july august september october november december first second third half double".split()
)
_ENDINGS = {"n't": " not", "'re": " are", "'ll": " will", "'ve": " have", "'m": " am", "'d": " would", "'s": " s"}
_CONTRACTION = re.compile(r"(?<=\w)(?:n't|'re|'ll|'ve|'m|'d|'s)\b")
_WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not"}
_WHOLE_WORD = re.compile(r"\b(?:can't|cannot|won't|shan't|ain't)\b")
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2})is(e|es|ed|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(s|d)?$"), r"er\1"),
    (re.compile(r"(?<=[a-z]{2})ence(s|less)?$"), r"ense\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"amme(s|d)?$"), r"am\1"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"(?<=[aj])dgement"), "dgment"),
    (re.compile(r"^al(?=though$)"), ""),
)
_ATTACHED = re.compile(r"(?<=\w)\[\w+\]|\[(\w{1,2})\](?=\w)")
_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_ELLIPSIS = re.compile(r"\.(?:\s?\.)+|…")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})[- ]({'|'.join(_ONES[1:10])})\b")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+|…|[.?!](?=[^\w]|$)|[\"“”]")
_STOPS = frozenset('.?!"“”')
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words, the weight of each, and where among them words may be missing or a sentence ends.

    A place is the number of words before it: `gaps` holds those of ellipses and brackets, `ends` those of the ends of
    sentences and the marks of quotations within, but neither the very start nor the very end. Weights are in
    hundredths of a bit.
    """

    words: tuple[str, ...]
    weights: tuple[int, ...]
    gaps: frozenset[int]
    ends: frozenset[int]

    @property
    def weight(self) -> int:
        """What all words weigh together, in hundredths of a bit."""
        return sum(self.weights)


def wording(text: str) -> Wording:
    """The words of the text in normal form."""
    words: list[str] = []
    gaps: set[int] = set()
    ends: set[int] = set()
    for token in _TOKEN.findall(_prepared(text)):
        if token == _GAP:
            gaps.add(len(words))
        elif token in _STOPS:
            ends.add(len(words))
        else:
            word = normal_word(token)
            again = word in words[-_STAMMER:]
            words.append(word)
            if again and (many := _said_twice(words)):
                del words[-many:]
                gaps, ends = ({min(place, len(words)) for place in places} for places in (gaps, ends))
    edges = {0, len(words)}
    return Wording(tuple(words), tuple(map(weight, words)), frozenset(gaps - edges), frozenset(ends - edges))


def _said_twice(words: Sequence[str]) -> int:
    """How many words at the end are the same as those before them: "row on, row on" is said once."""
    last, count = words[-1], len(words)
    for many in range(1, min(_STAMMER, count // 2) + 1):
        if words[-1 - many] == last and words[-many:] == words[-2 * many : -many]:
            return many
    return 0


def is_value(word: str) -> bool:
    """True for a number, a day or a month: another one is another statement."""
    return word[0].isdigit() or word in _value_words()


@cache
def weight(word: str) -> int:
    """What a word in normal form weighs, in hundredths of a bit: nothing for "the", most for a rare one."""
    if word[0].isdigit():
        return _OF_A_NUMBER
    frequency = _frequencies().get(word, 0.0)
    bits = math.log2(_WEIGHTLESS_FROM / frequency) if frequency else _HEAVIEST / 100
    return min(max(round(100 * bits), 0), _HEAVIEST)


@cache
def normal_word(word: str) -> str:
    """One word, in small letters already, without its ending, as Americans spell it; a number in digits."""
    if word[0].isdigit():
        return word.replace(",", "")
    if word in _NUMBERS:
        return str(_NUMBERS[word])
    word = _verbs().get(word, word)
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    stem = str(_stemmer().stemWord(word))
    return _verbs().get(stem, stem)


def _prepared(text: str) -> str:
    text = text.casefold().replace("’", "'").replace("‘", "'")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.replace(_GAP, " .. ")) if not _is_accent(c))
    if "[" in text or "(" in text:
        text = _BRACKETS.sub(f" {_GAP} ", _ATTACHED.sub(r"\1", text))
    if ".." in text or ". ." in text or _GAP in text:
        text = _ELLIPSIS.sub(f" {_GAP} ", text)
    if "'" in text:
        text = _CONTRACTION.sub(lambda found: _ENDINGS[found[0]], _WHOLE_WORD.sub(lambda found: _WHOLE[found[0]], text))
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text.replace("cannot", "can not"))
    text = text.replace("%", " percent ").replace("per cent", "percent")
    return _COMPOUND.sub(lambda found: str(_NUMBERS[found[1]] + _NUMBERS[found[2]]), text)


def _is_accent(character: str) -> bool:
    return 200 <= unicodedata.combining(character) <= 240


@cache
def _stemmer() -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer("english")


@cache
def _value_words() -> frozenset[str]:
    return frozenset(map(normal_word, _VALUE_WORDS))


@cache
def _verbs() -> dict[str, str]:
    """Each irregular form, with the form that stands for all."""
    return {form: forms[0] for row in _rows("verb_forms.txt") for forms in [row.split()] for form in forms}


@cache
def _frequencies() -> dict[str, float]:
    """How often in a million words each word in normal form occurs, all that have this form taken together."""
    found: dict[str, float] = {}
    for row in _rows("word_counts.tsv"):
        word, count = row.split("\t")
        normal = normal_word(word)
        found[normal] = found.get(normal, 0.0) + float(count)
    return found


def _rows(name: str) -> list[str]:
    lines = files("indexer.store.clusters").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
