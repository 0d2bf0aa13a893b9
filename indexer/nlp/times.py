"""Words of a text that tell a time: days, months, years, “last week”, “two days later”, “recently”, “after the vote”.

Found by their letters, with one pattern over the text (its words: `lexicon/times.tsv`); then what is written like a
time and is none is left out: May said, to march, $2015, USA Today.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from . import grammar
from .lexicon import time_words
from .syntax import parsed

DAYS = frozenset({"weekday", "date", "day", "month", "year", "relative", "ago"})
"""The kinds of times that name a day, a week, a month or a year; the others are `vague` and `event`."""
_LONGEST_PHRASE = 14
"""So many words a phrase around a time has at most."""
_WORD = re.compile(r"(?<![\w’'-])\w+")
_RANGE = 5
"""So many words before the end of a range its beginning is looked for."""
_STANDS_BEFORE = frozenset({"possessive", "compound", "number", "adjective", "nominal modifier"})
"""How a time hangs on the noun that it stands before."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time, as code points and as tokens.

    `start`, `end`: the phrase (“at Tuesday’s debate”); `core_start`, `core_end`: the words that name the time
    (“Tuesday”); `first`, `last`: the tokens that these begin and end in; `kind`: one of `DAYS`, vague, event or range.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    kind: str
    first: int
    last: int


def find(doc: Doc, text: str) -> list[Expression]:
    """The times that a text tells, in its order; their cores do not overlap. Linear in its length."""
    starts = [token.idx for token in doc]
    found = []
    for match in _matches(text):
        first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1) - 1
        kind = str(match.lastgroup)
        if first >= 0 and _is_time(kind, match[0], doc, first):
            start, end = _phrase(doc, first, last, match.start(), match.end())
            kind = "range" if _is_in_range(doc, first, last) else kind
            found.append(Expression(start, end, match.start(), match.end(), kind, first, last))
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Where the pattern matches. It is only tried where a word of time may begin: that is three times as fast."""
    pattern, beginnings, end = _pattern(), _beginnings(), 0
    for word in _WORD.finditer(text):
        if word.start() >= end and (word[0].lower() in beginnings or word[0][0].isdecimal()):
            match = pattern.match(text, word.start())
            if match is not None:
                end = match.end()
                yield match


def _is_time(kind: str, words: str, doc: Doc, first: int) -> bool:
    """False for what is written like a time and is none: May said, they march, 2015 votes, This Week."""
    if kind in ("day", "relative"):
        return not _is_title(words, doc, first)
    if kind == "month":
        return _is_month(words, doc, first)
    if kind == "year":
        return _is_year(doc, first)
    if kind == "vague":
        return doc[first + 1 : first + 2].text.lower() != "than"
    if kind == "weekday":
        return not words.islower() and _before(doc, first) not in time_words("named_day")
    return True


def _is_in_range(doc: Doc, first: int, last: int) -> bool:
    """True for either end of a range: between *2010* and *2012*, from *May* to *June*."""
    before, after = _before(doc, first), doc[last + 1 : last + 2].text.lower()
    opening = [token.lower_ for token in doc[max(0, first - _RANGE) : first] if token.lower_ in ("between", "from")]
    if before == "between" or (before == "from" and after in time_words("until")):
        return True
    return bool(opening) and (before in time_words("until") or (before == "and" and opening[-1] == "between"))


def _before(doc: Doc, first: int) -> str:
    """The word before a token, in lower case."""
    return str(doc[first - 1].lower_) if first else ""


def _is_title(words: str, doc: Doc, first: int) -> bool:
    """True for words of time in capitals: *This Week*, USA *TODAY*, The *Tonight* Show."""
    capitals = sum(word[:1].isupper() for word in words.split())
    begins = first == 0 or doc[first - 1].is_punct or doc[first - 1].is_space
    return capitals > begins


def _is_month(words: str, doc: Doc, first: int) -> bool:
    """True for the name of a month; for one that is also another word or a name (May, March) by the word before it."""
    if words.islower() or " may" in words or " march" in words:
        return False
    if words not in time_words("plain_word", lower=False) and not words.isupper():
        return doc[first].ent_type_ not in ("PERSON", "PER")
    follows = doc[first + 1 : first + 2].text.lower()
    return _before(doc, first) in time_words("before_month") or follows in time_words("event")


def _is_year(doc: Doc, first: int) -> bool:
    """False for sums, amounts and numbers of things: $2015, more than 2015, 2015 votes."""
    before = _before(doc, first)
    if before in ("than", "no.", "about", "nearly") or before in tuple("$£€#№+-–"):
        return False
    if before == "of" and first > 1 and doc[first - 2].lower_ in time_words("amount"):
        return False
    return doc[first + 1 : first + 2].text.lower() not in time_words("counted")


def _phrase(doc: Doc, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The phrase around a time, in code points: with its preposition, and the noun that it stands before."""
    noun = _noun_after(doc, first, last)
    if noun is not None and noun.i - first < _LONGEST_PHRASE:
        begin, _ = grammar.noun_phrase(noun)
        first, end = min(first, begin), noun.idx + len(noun)
        start = min(start, doc[first].idx)
    at = first - 1
    while at >= 0 and first - at <= 2 and doc[at].lower_ in time_words("lead"):
        at -= 1
    if at >= 0 and doc[at].lower_ in time_words("time_preposition"):
        at -= 1
    while at >= 0 and doc[at].lower_ in time_words("lead"):
        at -= 1
    return (doc[at + 1].idx if at + 1 < first else start), end


def _noun_after(doc: Doc, first: int, last: int) -> Token | None:
    """The noun that a time stands before: Tuesday’s *debate*, a 2014 *interview*."""
    token = doc[last]
    while parsed(token) and first <= token.head.i <= last and token.head.i != token.i:
        token = token.head
    if not parsed(token) or token.head.i <= last or token.head.tag_[:1] != "N":
        return None
    return token.head if grammar.relation(token) in _STANDS_BEFORE else None


def _any(*kinds: str) -> str:
    words = {word for kind in kinds for word in time_words(kind, lower=False)}
    options = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in options) + ")"


@cache
def _beginnings() -> frozenset[str]:
    """The words that words of time may begin with, in lower case."""
    kinds = "weekday month edge which day number about vague lead opening".split()
    return frozenset(re.split(r"\W", word)[0] for kind in kinds for word in time_words(kind))


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern with a group for each kind; a blank may be a line break, but no empty line."""
    groups = {**_days(), **_others()}
    body = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in groups.items())
    body = body.replace("~", "(?:[ \t\u00a0]+\n?|\n(?!\\s))")
    return re.compile(rf"(?:{body})(?!\w)", re.IGNORECASE)


def _days() -> dict[str, str]:
    """The patterns of days, months and years; ~ stands for a blank."""
    weekday, month, part = _any("weekday"), _any("month"), _any("part")
    edge, which, year = rf"(?:{_any('edge')}(?:~|-))?", rf"(?:{_any('which')}~)", r"(?:1[5-9]|20)\d\d"
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:,]*\d)"
    number = rf"(?:(?:{_any('about')})~)?(?:{_any('number')}|\d+)"
    return {
        "date": rf"(?:{weekday},?~)?(?:{month}~{day}(?:~?[-–]~?\d{{1,2}})?(?:,?~{year})?"
        rf"|{day}~(?:of~)?{month}(?:,?~{year})?)|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)",
        "ago": rf"{number}(?:~|-)(?:{_any('unit')}s?)~{_any('ago')}(?!~than)",
        "weekday": rf"{edge}{which}?{edge}{weekday}(?:~{_any('edge')})?(?:~{part})?",
        "month": rf"{edge}{which}?{edge}{month}(?:,?~{year})?",
        "day": rf"{edge}(?:{_any('day')}(?:~{part})?|(?:this|last|that|the~previous|the~same)~{part}"
        r"|(?:the~|that~)(?:very~)?(?:same|next|previous|following|first)~day|that~(?:same~)?day)",
        "relative": rf"{edge}{edge}{which}(?:few~)?(?:{_any('unit', 'season')})",
        "year": rf"(?:the~)?{edge}(?<![\d.,$£€]){year}(?!\d|[.,]\d|%)s?",
    }


def _others() -> dict[str, str]:
    """The patterns of times that name no day."""
    owner = r"(?:the|an?|his|her|their|its|that|\w+[’']s?)"
    lead = rf"(?:{_any('lead')}~)?(?:after|before|during|following|ahead~of)~"
    return {
        "vague": rf"(?:(?:more|most|very|shortly|soon|once)~)?{_any('vague')}",
        "event": rf"{lead}{owner}~(?:[\w’'.-]+~){{0,4}}?{_any('event')}",
    }
