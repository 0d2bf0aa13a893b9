"""Where a quotation ends whose closing mark is missing: the most likely place, by weights. Pure functions.

Every word's end is a possible end. What speaks for it and against it (what stands on either side, whether a reporting
clause follows, how long the words are, how the quotation began) is weighed by `lexicon/endings.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from . import lexicon
from .lexicon import small_words
from .mark_tree import MarkedSpan

MOST_WORDS, _FURTHEST = 400, 4_000
"""Ends further from the start than so many words or characters are not looked at, but for that which the marks give."""
_WORD = re.compile(r"[^\s—―]+|[—―]")
_NAME = r"[A-Z][\w.’'-]*(?:\s{1,3}[A-Z][\w.’'-]*){0,3}"
_PRONOUN = r"(?:he|she|they|it|I|we)"
_NOMINAL = r"(?:the|a|an|his|her|its|one|another)(?:\s{1,3}[\w’'-]+){1,3}"
_BARE = r"[a-z][\w’'-]+(?:\s{1,3}[a-z][\w’'-]+){0,2}(?:\s{1,3}[A-Z][\w.’'-]*){0,3}"
_ADVERB = r"(?:(?:has|had|also|then|later|once)\s{1,3})?"
_ASIDE = r"(?:,[^,“”\"\n]{1,80},)?\s{1,3}"
_STOPS = (".", "!", "?")
_TRAILING = ".,!?;:…)”’'\""
_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 20, 30, 50)
_CLASSES = ("article", "be", "auxiliary", "relative", "clause", "subject", "preposition", "object", "possessive")


def end_of(text: str, span: MarkedSpan) -> int:
    """Where the words of an unclosed span most likely end (code points); `span.end` where the marks are right."""
    ends = possible(text, span)
    described = features(text, span, ends)
    weights = _weights()
    scores = [sum(weights.get(name, 0.0) for name in names) for names in described]
    return ends[max(range(len(ends)), key=scores.__getitem__)] if ends else span.end


def possible(text: str, span: MarkedSpan) -> list[int]:
    """The places where a span may end: after each of its words that is in no span inside it, and at its own end.

    A quotation that the next paragraph goes on with ends before that only where a reporting clause follows, or if it
    is woven into the writer's sentence: such words seldom go on.
    """
    inside = [child.outer for child in span.children]
    clauses = {match.start() for match in _clauses(text, span) if not _ends_with_pronoun(text, span, match)}
    goes_on = span.runs_on and not _manner(text, span).startswith("w")
    ends = []
    for match in islice(_WORD.finditer(text, span.start, min(span.end, span.start + _FURTHEST)), MOST_WORDS):
        at = match.end()
        if goes_on and at not in clauses:
            continue
        if text[match.start()] not in "—―" and not any(start < at < end for start, end in inside):
            ends.append(at)
    return ends if ends and ends[-1] == span.end else [*ends, span.end]


def features(text: str, span: MarkedSpan, ends: Sequence[int]) -> list[list[str]]:
    """What is weighed of each place: see `_of`."""
    manner = _manner(text, span)
    clauses = {match.start(): _clause_kind(match) for match in _clauses(text, span)}
    words = stops = 0
    found = []
    at = span.start
    titled = True
    for end in ends:
        piece = text[at:end].split()
        words += len(piece)
        titled = titled and all(word[:1].isupper() or word in small_words("in_title") for word in piece)
        found.append(list(_of(text, span, end, manner, clauses.get(end, ""), words, stops, titled)))
        stops += text[max(0, end - 1) : end] in _STOPS
        at = end
    return found


def _of(
    text: str, span: MarkedSpan, end: int, manner: str, clause: str, words: int, stops: int, titled: bool
) -> Iterator[str]:
    before, (after, second) = _before(text, span.start, end), _after(text, end)
    last = text[end - 1]
    mark = last if last in ".,!?;:…" else "-" if last in "—–)" else "w"
    length = str(sum(words > limit for limit in _LENGTHS))
    if end == span.end:
        kind = "on" if span.runs_on else "paragraph" if _at_paragraphs_end(text, end) else "mark"
        yield from (f"end {kind} {mark}", f"end {kind} {manner}", f"end {mark} {manner}", f"end {min(stops, 3)} {kind}")
    else:
        follows = f"{mark} {_class(after)}"
        yield from (
            f"{follows}",
            f"{follows} {manner}",
            f"next {_class(after)} {_class(second)}",
            f"word {_word(after)}",
        )
        yield from (f"clause {clause} {mark}", f"clause {clause} {manner} {'on' if span.runs_on else ''}")
        yield from (f"sentences {min(stops, 3)} {manner} {mark}", f"around {_class(before)} {mark} {_class(after)}")
        yield f"long {length} {_class(after)}"
    yield from (f"{mark} {manner}", f"length {length} {manner}", f"length {length} {mark}", f"before {_class(before)}")
    yield f"titled {titled and words > 1} {after[:1].islower()} {manner}"


def _manner(text: str, span: MarkedSpan) -> str:
    """How the words begin: d(irectly) or w(oven in), with a capital or not, and after which kind of word."""
    start = span.outer[0]
    word = re.search(r"(\S*)\s*\Z", text[max(0, start - 30) : start])
    before = word[1] if word is not None else ""
    opens = not before or before[-1:] in ",:—–-" or text[max(0, start - 1) : start] == "\n" or before[-1:] in '.!?”"'
    capital = next((letter for letter in text[span.start : span.end] if letter.isalpha()), "").isupper()
    return f"{'d' if opens else 'w'}{'A' if capital else 'a'}"


def _before(text: str, start: int, end: int) -> str:
    return text[max(start, end - 30) : end].rpartition(" ")[2].strip(_TRAILING).lower()


def _after(text: str, end: int) -> tuple[str, str]:
    """The next two words; “” at a paragraph's end."""
    line = text[end : end + 60].split("\n")[0].split()
    return (line[0] if line else "", line[1] if len(line) > 1 else "")


def _word(word: str) -> str:
    """A word as it stands, but no name: whose names news was full of when this was learned says nothing of others."""
    return "of a name" if _class(word) == "A" else word


def _class(word: str) -> str:
    """What kind of word it is: a class of small words, a reporting verb, or how it begins."""
    bare = word.strip(_TRAILING).lower()
    if bare in lexicon.load().cues:
        return "cue"
    for name in _CLASSES:
        if bare in small_words(name):
            return name
    if bare in ("and", "or", "but"):
        return bare
    first = word[:1]
    return (
        "none" if not word else "A" if first.isupper() else "a" if first.islower() else "0" if first.isdigit() else "."
    )


def _at_paragraphs_end(text: str, end: int) -> bool:
    return not text[end : end + 9].lstrip(" \t\u00a0") or text[end : end + 9].lstrip(" \t\u00a0")[0] in "\r\n"


def _clauses(text: str, span: MarkedSpan) -> Iterator[re.Match[str]]:
    return _clause().finditer(text, span.start, min(span.end, span.start + _FURTHEST))


def _ends_with_pronoun(text: str, span: MarkedSpan, clause: re.Match[str]) -> bool:
    """True for “, he said.” at the end, which the speaker may have said as well as the writer."""
    return bool(clause["pronoun"]) and span.end - clause.start() < 40 and text.count(" ", clause.end(), span.end) < 3


def _clause_kind(match: re.Match[str]) -> str:
    return next((kind for kind in ("name", "pronoun", "nominal", "bare", "inverted") if match[kind]), "")


@cache
def _clause() -> re.Pattern[str]:
    """A subject and a reporting verb in either order, which stand right after a word: he said / asked Ms Ito."""
    verbs = "|".join(sorted(form for form, kind in lexicon.load().cues.items() if kind == "say"))
    cue = rf"(?:{verbs})\b(?!\s+that\b)"
    return re.compile(
        rf"(?=\s{{1,3}}(?:(?:(?P<name>{_NAME})|(?P<pronoun>{_PRONOUN})|(?P<nominal>{_NOMINAL})|(?P<bare>{_BARE})){_ASIDE}"
        rf"{_ADVERB}{cue}|(?P<inverted>{cue})\s(?:[A-Z]|he\b|she\b|the\s|a\s|an\s|[a-z]+\s[A-Z])))"
    )


@cache
def _weights() -> Mapping[str, float]:
    text = files(lexicon.__name__).joinpath("endings.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}
