"""From the reading of the marks to a tree of marked spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .mark_pairing import CARRY, CLOSE, END_RUNS_ON, OPEN, START_MISSING, Event
from .mark_tokens import DOUBLE, GUILLEMET, SINGLE, Token

Style = Literal["double", "single", "guillemet", "angle", "block"]
_STYLES: dict[int, Style] = {DOUBLE: "double", SINGLE: "single", GUILLEMET: "guillemet"}
_SENTENCE_END = re.compile(r"[.!?:]\s+|,\s+(?=[A-Z])")
_BLOCK_EDGE = re.compile(r"[>\s]*")


@dataclass(slots=True)
class MarkedSpan:
    """Words in marks: `text[start:end]` without the marks and without white space at either end.

    `opening` and `closing` are the offsets of the marks, None where a mark is missing (always, for a
    block quotation). `runs_on`: the end has no mark because the quotation goes on in the next paragraph;
    `continues`: this is such a next paragraph. `repaired`: a mark was missing and its place was inferred.
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
        """True when a mark was missing that no convention leaves out, and its place was inferred."""
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


def walk(spans: list[MarkedSpan], parent: MarkedSpan | None = None) -> Iterator[tuple[MarkedSpan, MarkedSpan | None]]:
    """Every span of the tree with the span around it, in reading order."""
    for span in spans:
        yield span, parent
        yield from walk(span.children, span)


def trim(text: str, span: MarkedSpan) -> None:
    """Take the white space at either end out of a span, in place."""
    while span.start < span.end and text[span.start].isspace():
        span.start += 1
    while span.end > span.start and text[span.end - 1].isspace():
        span.end -= 1


def build(text: str, tokens: list[Token], events: list[Event]) -> list[MarkedSpan]:
    """The tree that the events describe."""
    return _Builder(text, tokens).read(events)


class _Builder:
    """Turns events into spans, one after another."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.roots: list[MarkedSpan] = []
        self.stack: list[MarkedSpan] = []
        self.running: list[MarkedSpan] = []
        """The spans that run on at the last break where any does, outermost first."""
        self.running_at = -1
        self.last_end = 0

    def read(self, events: list[Event]) -> list[MarkedSpan]:
        for what, index in events:
            if what == OPEN:
                self._open(index)
            elif what == START_MISSING:
                self._start_without_mark(index)
            elif what == CARRY:
                self._carry(index)
            else:
                self._end(index, what)
        return self.roots

    def _open(self, index: int) -> None:
        start, end, sense = self.tokens[index]
        span = MarkedSpan(end, end, _STYLES.get(sense.family, "angle"), (start, end))
        span.continues = self._goes_on(start)
        if not self.stack and not span.continues:
            self.running = []
        self.stack.append(span)

    def _goes_on(self, start: int) -> bool:
        """True for an opening mark that stands at the start of the text after the span that runs on to it."""
        depth = len(self.stack)
        if depth >= len(self.running):
            return False
        around = self.stack[-1] if self.stack else None
        if around is not None and not around.continues:
            return False
        begin = around.start if around is not None else self.running[0].end
        return _BLOCK_EDGE.fullmatch(self.text, begin, start) is not None

    def _start_without_mark(self, index: int) -> None:
        token = self.tokens[index]
        start = _inferred_start(self.text, token.start, self.last_end)
        self.stack.append(MarkedSpan(start, start, _STYLES.get(token.sense.family, "angle")))

    def _carry(self, index: int) -> None:
        """End the open quotation at a paragraph's end, and go on with it after that."""
        span = self.stack[-1]
        self._end(index, END_RUNS_ON)
        self.running = []
        edge = _BLOCK_EDGE.match(self.text, self.tokens[index].end)
        start = edge.end() if edge else self.tokens[index].end
        self.stack.append(MarkedSpan(start, start, span.style, continues=True))

    def _end(self, index: int, what: int) -> None:
        span = self.stack.pop()
        token = self.tokens[index] if index < len(self.tokens) else None
        span.end = self.last_end = token.start if token is not None else len(self.text)
        if what == CLOSE and token is not None:
            span.closing = (token.start, token.end)
            self.last_end = token.end
        elif what == END_RUNS_ON:
            self._run_on(span, index)
        trim(self.text, span)
        if span.start < span.end:
            _join_doubled(span)
            (self.stack[-1].children if self.stack else self.roots).append(span)

    def _run_on(self, span: MarkedSpan, index: int) -> None:
        span.runs_on = True
        if self.running_at != index:
            self.running, self.running_at = [], index
        self.running.insert(0, span)


def _join_doubled(span: MarkedSpan) -> None:
    """Take the inner one of two equal marks on either side for the same quotation: ““So,”” she said."""
    if len(span.children) != 1 or span.opening is None or span.closing is None:
        return
    child = span.children[0]
    if child.opening is None or child.closing is None or child.style != span.style:
        return
    if child.opening[0] == span.opening[1] and child.closing[1] == span.closing[0]:
        span.start, span.end, span.children = child.start, child.end, child.children
        span.opening = (span.opening[0], child.opening[1])
        span.closing = (child.closing[0], span.closing[1])


def _inferred_start(text: str, end: int, last_end: int) -> int:
    """Where the words start that a closing mark at `end` ends, when no mark opens them.

    At their paragraph's first letter, or after the colon that introduces them; where another quotation
    stands before them in the paragraph, after the sentence that follows that one. At `end` itself, which
    leaves no words, when no sentence ends there: the mark is a stray one.
    """
    line = text.rfind("\n", last_end, end)
    if line >= 0 or last_end == 0:
        begin = line + 1
        colon = text.rfind(": ", begin, end)
        return colon + 2 if colon >= 0 else begin
    found = _SENTENCE_END.search(text, last_end, end)
    return found.end() if found else end
