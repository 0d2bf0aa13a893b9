"""Quotation marks of a text, read as a tree of spans. Pure functions over a string, linear in its length.

Every style is read: “curly”, "straight", ''doubled'' and ``doubled'', «guillemets» both ways, „low“,
‘single’ house style, marks nested by kind or by direction, marks printed the wrong way round, paragraphs
that each open and only the last closes, ends that are missing, and block quotations without marks. What
a document means by its marks is decided from the document itself (`mark_tokens.read_habits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .mark_pairing import CLOSE, END_RUNS_ON, MAX_BARE_MARKS, OPEN, START_MISSING, Event, choose
from .mark_tokens import DOUBLE, GUILLEMET, HARD_BREAK, SINGLE, SOFT_BREAK, Token, read_habits, scan

Style = Literal["double", "single", "guillemet", "angle", "block"]
_STYLES: dict[int, Style] = {DOUBLE: "double", SINGLE: "single", GUILLEMET: "guillemet"}


@dataclass(slots=True)
class MarkedSpan:
    """Words in marks: `text[start:end]` without the marks and without white space at either end.

    `opening` and `closing` are the offsets of the marks, None where a mark is missing (always, for a
    block quotation). `runs_on`: the end has no mark because the next paragraph opens the same quotation
    again; `continues`: this is such a next paragraph. `repaired`: an end was missing and was inferred.
    `children` are the spans inside it, in order. All offsets are code points.
    """

    start: int
    end: int
    style: Style
    opening: tuple[int, int] | None = None
    closing: tuple[int, int] | None = None
    runs_on: bool = False
    continues: bool = False
    children: list[MarkedSpan] = field(default_factory=list)

    @property
    def repaired(self) -> bool:
        """True when an end was missing and was inferred."""
        if self.style == "block":
            return False
        return self.opening is None or (self.closing is None and not self.runs_on)

    @property
    def outer(self) -> tuple[int, int]:
        """The offsets with the marks included."""
        return (
            self.opening[0] if self.opening else self.start,
            self.closing[1] if self.closing else self.end,
        )


def read_marks(text: str) -> list[MarkedSpan]:
    """The outermost marked spans of `text`, in order, each with those inside it. Never raises; linear time."""
    tokens = _without_ornaments(scan(text), len(text))
    events = choose(tokens, read_habits(text, tokens))
    return _with_blocks(text, _build(text, tokens, events))


def walk(spans: list[MarkedSpan], parent: MarkedSpan | None = None) -> Iterator[tuple[MarkedSpan, MarkedSpan | None]]:
    """Every span of the tree with the span around it, in reading order."""
    for span in spans:
        yield span, parent
        yield from walk(span.children, span)


def _without_ornaments(tokens: list[Token], length: int) -> list[Token]:
    """Leave out the marks of paragraphs that are hardly anything but marks."""
    kept: list[Token] = []
    paragraph: list[Token] = []
    begin = 0
    for token in tokens:
        if token.family != HARD_BREAK:
            paragraph.append(token)
            continue
        kept.extend(_prose_only(paragraph, token.start - begin))
        kept.append(token)
        paragraph, begin = [], token.end
    kept.extend(_prose_only(paragraph, length - begin))
    return kept


def _prose_only(paragraph: list[Token], length: int) -> list[Token]:
    if length > (2 if len(paragraph) > MAX_BARE_MARKS else 1) * len(paragraph):
        return paragraph
    return [token for token in paragraph if token.family == SOFT_BREAK]


def _build(text: str, tokens: list[Token], events: list[Event]) -> list[MarkedSpan]:
    """The tree that the events describe."""
    roots: list[MarkedSpan] = []
    stack: list[MarkedSpan] = []
    last_end = 0
    previous: MarkedSpan | None = None
    for what, index in events:
        token = tokens[index] if index < len(tokens) else None
        if what == OPEN and token is not None:
            span = MarkedSpan(token.end, token.end, _STYLES.get(token.family, "angle"), (token.start, token.end))
            if not stack and previous is not None and previous.runs_on:
                span.continues = not text[previous.end : token.start].strip()
            stack.append(span)
        elif what == START_MISSING and token is not None:
            start = _inferred_start(text, tokens, index, last_end)
            stack.append(MarkedSpan(start, start, _STYLES.get(token.family, "angle")))
        else:
            span = stack.pop()
            span.end = token.start if token is not None else len(text)
            if what == CLOSE and token is not None:
                span.closing = (token.start, token.end)
                last_end = token.end
            else:
                last_end = span.end
            span.runs_on = what == END_RUNS_ON
            _trim(text, span)
            if span.start < span.end:
                (stack[-1].children if stack else roots).append(span)
            if not stack:
                previous = span
    return roots


def _trim(text: str, span: MarkedSpan) -> None:
    while span.start < span.end and text[span.start].isspace():
        span.start += 1
    while span.end > span.start and text[span.end - 1].isspace():
        span.end -= 1


_SENTENCE_END = re.compile(r"[.!?:]\s+|,\s+(?=[A-Z])")


def _inferred_start(text: str, tokens: list[Token], index: int, last_end: int) -> int:
    """Where a quotation without an opening mark starts.

    At its paragraph's first letter, or after the colon that introduces it; where another quotation
    stands before it in the paragraph, after the sentence that follows that one.
    """
    begin, end = last_end, tokens[index].start
    line = text.rfind("\n", begin, end)
    if line >= begin or last_end == 0:
        begin = line + 1 if line >= begin else begin
        colon = text.rfind(": ", begin, end)
        return colon + 2 if colon >= begin else begin
    found = _SENTENCE_END.search(text, begin, end)
    return found.end() if found and found.end() < end else begin


_BLOCK_LINES = re.compile(r"(?:^>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_INDENTED = re.compile(r"(?<=\n\n)(?:(?:[ ]{4,}|\t+)\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_EDGE = re.compile(r"[>\s]*")


def _blocks(text: str) -> list[tuple[int, int]]:
    """The paragraphs that are set off as quotations: by “>”, or by an indent after a line that ends in a colon."""
    found = [match.span() for match in _BLOCK_LINES.finditer(text)]
    for match in _INDENTED.finditer(text):
        before = text[max(0, match.start() - 200) : match.start()].rstrip()
        introduced = before.endswith(":") or any(end >= match.start() - 2 for _, end in found[-1:])
        previous_line = before.rpartition("\n")[2]
        if introduced and not previous_line.startswith(("    ", "\t")):
            found.append(match.span())
    return sorted(found)


def _with_blocks(text: str, roots: list[MarkedSpan]) -> list[MarkedSpan]:
    """The tree with block quotations added around the spans inside them."""
    merged: list[MarkedSpan] = []
    at = 0
    for begin, end in _blocks(text):
        block = MarkedSpan(_BLOCK_EDGE.match(text, begin, end).end(), end, "block")  # type: ignore[union-attr]
        _trim(text, block)
        while at < len(roots) and roots[at].outer[1] <= block.start:
            merged.append(roots[at])
            at += 1
        first = at
        while at < len(roots) and roots[at].outer[0] < block.end:
            at += 1
        inside = roots[first:at]
        if _is_set_off(text, block, inside):
            block.children = inside
            merged.append(block)
        else:
            merged.extend(inside)
    return merged + roots[at:]


def _is_set_off(text: str, block: MarkedSpan, inside: list[MarkedSpan]) -> bool:
    """True for a block that stands as a quotation by itself: not empty, no byline, not in marks of its own."""
    if block.start >= block.end or text[block.start] in "—–-":
        return False
    if not inside:
        return True
    first, last = inside[0].outer, inside[-1].outer
    within = block.start <= first[0] and last[1] <= block.end
    return within and not (first[0] == block.start and last[1] == block.end)
