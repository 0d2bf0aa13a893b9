"""Quotation marks of a text, read as a tree of spans. Pure functions over a string, linear in its length.

Every style is read: “curly”, "straight", ''doubled'' and ``doubled'', «guillemets» both ways, „low“,
‘single’ house style, marks nested by kind or by direction, marks printed the wrong way round, paragraphs
that each open and only the last closes, ends that are missing, and block quotations without marks. What
a document means by its marks is decided from the document itself (`mark_habits`).
"""

from __future__ import annotations

from .mark_blocks import with_blocks
from .mark_habits import Habits, pairs_are_marks, read_habits
from .mark_pairing import choose
from .mark_tokens import HARD_BREAK, SOFT_BREAK, Token, scan
from .mark_tree import MarkedSpan, Style, build, walk

__all__ = ["MarkedSpan", "Style", "read_marks", "walk"]

MAX_BARE_MARKS = 24
"""A paragraph with more marks than this, and fewer letters than marks, is not prose and has no quotations."""


def read_marks(text: str) -> list[MarkedSpan]:
    """The outermost marked spans of `text`, in order, each with those inside it. Never raises; linear time."""
    tokens, habits = _read(text, True)
    if not pairs_are_marks(text, tokens, habits):
        tokens, habits = _read(text, False)
    return with_blocks(text, build(text, tokens, choose(tokens, habits)))


def _read(text: str, pairs: bool) -> tuple[list[Token], Habits]:
    tokens = _without_ornaments(scan(text, pairs), len(text))
    return tokens, read_habits(text, tokens)


def _without_ornaments(tokens: list[Token], length: int) -> list[Token]:
    """Leave out the marks of paragraphs that are hardly anything but marks."""
    kept: list[Token] = []
    first = begin = 0
    for index, (start, end, sense) in enumerate(tokens):
        if sense.family == HARD_BREAK:
            kept += _prose_only(tokens[first:index], start - begin)
            kept.append(tokens[index])
            first, begin = index + 1, end
    kept += _prose_only(tokens[first:], length - begin)
    return kept


def _prose_only(paragraph: list[Token], length: int) -> list[Token]:
    if length > (2 if len(paragraph) > MAX_BARE_MARKS else 1) * len(paragraph):
        return paragraph
    return [token for token in paragraph if token.sense.family == SOFT_BREAK]
