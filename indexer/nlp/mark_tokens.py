"""Scanning a text for quotation marks, and for what the document as a whole means by them.

Pure functions over a string. `scan` gives every character sequence that may be a quotation mark, with
the kind of character on either side of it; `read_habits` counts those over the document to tell which
marks it quotes with. Nothing is paired here: that is `mark_pairing`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

DOUBLE, SINGLE, GUILLEMET, ANGLE, SOFT_BREAK, HARD_BREAK = range(6)
"""The families of marks, and the two kinds of break. Marks of one family can close each other."""

EITHER, LEFT, RIGHT, LOW, APOSTROPHE = range(5)
"""The shapes: undirected (" '), opening (“ ‘ ``), closing (”), low-9 („ ‚), and ’, which is also an apostrophe."""

SPACE, OPENER, DASH, STOP, WORD, DOTS = range(6)
"""What may stand beside a mark: space or an edge, an opening bracket, a dash, punctuation, a word, an ellipsis."""


class Token(NamedTuple):
    """A possible mark or a break: its offsets in code points, its family and shape, and its neighbours."""

    start: int
    end: int
    family: int
    shape: int
    left: int
    right: int
    is_measure: bool
    """A digit stands before it: it may mean inches."""
    is_elision: bool
    """It may stand for left-out letters: '90s, 'em, workers'."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document uses its marks.

    `single_first`: ‘…’ marks ordinary quotations, not only those inside others.
    `left_closes`, `right_opens`: “ is often printed at ends, ” at starts (Swedish style, wrong-way marks).
    `reversed_families`: the guillemets, double or single, that stand as »…« rather than «…». `wrapped`: a single newline is only a line's end.
    """

    single_first: bool = False
    left_closes: bool = False
    right_opens: bool = False
    reversed_families: frozenset[int] = frozenset()
    wrapped: bool = False


_MARKS: dict[str, tuple[int, int]] = {
    '"': (DOUBLE, EITHER),
    "＂": (DOUBLE, EITHER),
    "“": (DOUBLE, LEFT),
    "‟": (DOUBLE, LEFT),
    "”": (DOUBLE, RIGHT),
    "„": (DOUBLE, LOW),
    "''": (DOUBLE, EITHER),
    "``": (DOUBLE, LEFT),
    "‘‘": (DOUBLE, LEFT),
    "’’": (DOUBLE, RIGHT),
    "'": (SINGLE, EITHER),
    "`": (SINGLE, LEFT),
    "‘": (SINGLE, LEFT),
    "‛": (SINGLE, LEFT),
    "’": (SINGLE, APOSTROPHE),
    "‚": (SINGLE, LOW),
    "«": (GUILLEMET, LEFT),
    "»": (GUILLEMET, RIGHT),
    "‹": (ANGLE, LEFT),
    "›": (ANGLE, RIGHT),
}

_BREAKS = "\n\r\x85\u2028\u2029\f\v"
_MARK_CHARS = "\"“”'‘’`«»„‟‚‛‹›＂"
_RUNS = re.compile(f"[{_BREAKS}{_MARK_CHARS}][{_MARK_CHARS}]*")
_LONGEST_RUN = 6
"""More marks than this in a row are an ornament."""
_FEET = re.compile(r"\d['’′]\s?\d{1,2}\Z")
_ELISION = re.compile(
    r"['’‘](?:\d0s?\b|\d\ds?\b|(?:em|tis|twas|til|till|cause|n|bout|round)\b)",
    re.I,
)
_CHAR_CLASSES: dict[str, int] = {
    **dict.fromkeys(" \t\v\u00a0\u2009\u202f\u200b\ufeff" + _BREAKS, SPACE),
    **dict.fromkeys("([{<¡¿", OPENER),
    **dict.fromkeys("-–—―‐‑/|*_=>~•·", DASH),
    **dict.fromkeys(".,;:!?)]}%", STOP),
    "…": DOTS,
}


def _class_of(char: str) -> int:
    found = _CHAR_CLASSES.get(char)
    if found is None:
        found = SPACE if char.isspace() else WORD
    return found


def scan(text: str) -> list[Token]:
    """Every possible mark and every break of `text`, in order; linear in its length.

    An apostrophe between two letters is none, nor are feet and inches (6'3"), nor a long run of marks.
    """
    tokens: list[Token] = []
    for match in _RUNS.finditer(text):
        start, end = match.span()
        first = text[start]
        if first in _BREAKS:
            _add_break(text, start, first, tokens)
            start += 1
        if start < end <= start + _LONGEST_RUN:
            before = text[start - 1] if start else " "
            after = text[end] if end < len(text) else " "
            if end - start > 1 or not _is_apostrophe(first, before, after):
                _add_marks(text, start, end, before, after, tokens)
    return tokens


def _is_apostrophe(mark: str, before: str, after: str) -> bool:
    """True for a lone single mark inside a word, or with white space on both sides."""
    if mark not in "'‘’‚‛`":
        return False
    return (before.isalnum() and after.isalnum()) or (before.isspace() and after.isspace())


def _add_break(text: str, start: int, char: str, tokens: list[Token]) -> None:
    """A newline is a soft break; with only blank space (or a block's “>”) since the last one, both are a hard one."""
    family = HARD_BREAK if char in "\u2029\f" else SOFT_BREAK
    if tokens and tokens[-1].family >= SOFT_BREAK:
        begin, last = tokens[-1].start, tokens[-1].end
        crlf = char == "\n" and last == start and text[last - 1] == "\r"
        if crlf or not text[last:start].strip(" \t\u00a0>"):
            family = max(tokens[-1].family, SOFT_BREAK if crlf else HARD_BREAK)
            tokens[-1] = Token(begin, start + 1, family, 0, 0, 0, False, False)
            return
    tokens.append(Token(start, start + 1, family, 0, 0, 0, False, False))


def _add_marks(text: str, start: int, end: int, before: str, after: str, tokens: list[Token]) -> None:
    """The marks of a run. They see past each other: in “‘So,’ he said…” both openers have a word to their right."""
    left, right = _class_of(before), _class_of(after)
    if before == "." and text.endswith("...", 0, start):
        left = DOTS
    if after == "." and text.startswith("...", end):
        right = DOTS
    measure = before.isdigit()
    if measure and _FEET.search(text, max(0, start - 5), start):
        return
    at = start
    for characters in _split(text[start:end], right):
        family, shape = _MARKS[characters]
        elision = family == SINGLE and (
            (left != WORD and _ELISION.match(text, at) is not None) or (before in "sSxzn" and right in (SPACE, STOP))
        )
        tokens.append(Token(at, at + len(characters), family, shape, left, right, measure, elision))
        at += len(characters)


def _split(run: str, right: int) -> list[str]:
    """The marks of a run: two single marks of a kind make one doubled mark, at the outer side of three."""
    if len(run) == 1:
        return [run]
    if run == "'''" and right != WORD:
        return ["'", "''"]
    return _DOUBLED.findall(run)


_DOUBLED = re.compile(r"''|``|‘‘|’’|.")


def opens_by_place(token: Token) -> bool:
    """True where a mark's neighbours are those of an opening mark: nothing before it, words after it."""
    return token.left <= DASH and token.right in (WORD, DOTS)


def closes_by_place(token: Token) -> bool:
    """True where a mark's neighbours are those of a closing mark: words before it, none after it."""
    return token.left >= STOP and token.right <= STOP


def read_habits(text: str, tokens: list[Token]) -> Habits:
    """What the document's own marks tell of its style, by counting where each shape stands."""
    count: Counter[tuple[int, int, str]] = Counter()
    for token in tokens:
        if token.family < SOFT_BREAK:
            place = "opens" if opens_by_place(token) else "closes" if closes_by_place(token) else "other"
            if token.family == SINGLE and (token.is_elision or (place == "closes" and token.left != STOP)):
                place = "other"
            count[token.family, token.shape, place] += 1
    return Habits(
        single_first=_quotes_with_singles(count),
        left_closes=_often(count, DOUBLE, LEFT, "closes", "opens"),
        right_opens=_often(count, DOUBLE, RIGHT, "opens", "closes"),
        reversed_families=frozenset(
            family for family in (GUILLEMET, ANGLE) if count[family, RIGHT, "opens"] > count[family, LEFT, "opens"]
        ),
        wrapped=is_wrapped(text),
    )


def _sum(count: Counter[tuple[int, int, str]], place: str, families: tuple[int, ...], shapes: tuple[int, ...]) -> int:
    return sum(count[family, shape, place] for family in families for shape in shapes)


def _often(count: Counter[tuple[int, int, str]], family: int, shape: int, place: str, usual: str) -> bool:
    """At least three times, and at least a third as often as in its usual place."""
    return count[family, shape, place] >= 3 and 3 * count[family, shape, place] >= count[family, shape, usual]


def _quotes_with_singles(count: Counter[tuple[int, int, str]]) -> bool:
    """Single marks that end after punctuation are quotations; more of them than double marks: the house style."""
    shapes = (EITHER, LEFT, RIGHT, LOW, APOSTROPHE)
    singles = min(_sum(count, "opens", (SINGLE,), shapes), _sum(count, "closes", (SINGLE,), shapes))
    doubles = _sum(count, "opens", (DOUBLE, GUILLEMET), shapes)
    return singles > 0 and singles >= doubles


def is_wrapped(text: str, sample: int = 200_000) -> bool:
    """True when most lines that another line follows end in mid-sentence, at about one width."""
    lines = [line.strip() for line in text[:sample].split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    if len(inner) < 2 or 2 * sum(line[-1] not in ".!?:\"”’'»" for line in inner) < len(inner):
        return False
    widest = max(map(len, inner))
    return widest <= 120 and 2 * sum(len(line) > 0.6 * widest for line in inner) > len(inner)
