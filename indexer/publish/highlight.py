"""Which characters of a text lie in which quotation, cue and mention: text and spans in, segments out. Pure.

Quotations nest, overlap in repaired texts, and hold the cues and mentions of others. A page cannot nest
links, so the text is cut at every border and each segment knows the innermost quotation around it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

Role = Literal["quotation", "cue", "mention"]
BlockKind = Literal["paragraph", "blockquote"]

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE = re.compile(r"\n")
_QUOTED_LINE = re.compile(r"> |>$")
_WRAPPED_FROM, _WRAPPED_TO = 45, 100


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (half open) that play a role; `index` is the caller's number for a quotation.

    `marks` is how many characters after a quotation still belong with it: its closing marks.
    """

    start: int
    end: int
    role: Role
    index: int = 0
    marks: int = 0


@dataclass(slots=True)
class Segment:
    """A stretch of text with nothing beginning or ending inside it.

    `quotation` is the index of the innermost quotation around it and `depth` how many lie around it;
    `opens` are the indexes of the quotations whose first segment this is, `closes` of those that are over
    with this one, closing marks and all.
    """

    start: int
    end: int
    text: str
    quotation: int | None = None
    depth: int = 0
    cue: bool = False
    mention: bool = False
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """A paragraph as the page shows it. `wrapped`: its line breaks are those of a line length, not the writer's."""

    kind: BlockKind
    wrapped: bool
    segments: list[Segment] = field(default_factory=list)


def segments(text: str, spans: Iterable[Span], cuts: Iterable[int] = ()) -> list[Segment]:
    """Cut `text` at every border of a span and at `cuts`; the segments joined give the text again.

    Spans may nest, overlap and come in any order; one outside the text is trimmed to it, an empty one left out.
    Linear in text and spans, but for one sort of the borders.
    """
    kept = [span for span in (_trimmed(span, len(text)) for span in spans) if span.start < span.end]
    opening, closing, over = _by_border(kept, len(text))
    borders = sorted({0, len(text), *opening, *closing, *over, *(cut for cut in cuts if 0 < cut < len(text))})
    sweep = _Sweep(kept)
    found = []
    for start, end in pairwise(borders):
        opened = sweep.step(closing.get(start, ()), opening.get(start, ()))
        found.append(sweep.segment(start, end, text[start:end], opened, tuple(over.get(end, ()))))
    return found


def blocks(text: str, spans: Iterable[Span]) -> list[Block]:
    """The paragraphs of `text`, each cut in segments; line breaks between them and "> " marks are not in any.

    A quotation whose first or last character falls between two paragraphs opens in the next segment
    that is shown, and closes in the one before.
    """
    places = list(paragraphs(text))
    found = segments(text, spans, cuts=(border for start, end, _ in places for border in (start, end)))
    shown = [Block(kind, kind == "paragraph" and is_wrapped(text[start:end])) for start, end, kind in places]
    waiting: tuple[int, ...] = ()
    last: Segment | None = None
    number = 0
    for segment in found:
        while number < len(places) and places[number][1] <= segment.start:
            number += 1
        if number < len(places) and places[number][0] <= segment.start:
            segment.opens, waiting, last = waiting + segment.opens, (), segment
            shown[number].segments.append(segment)
        else:
            waiting += segment.opens
            if last is not None:
                last.closes += tuple(index for index in segment.closes if index not in waiting)
    return shown


def paragraphs(text: str) -> Iterator[tuple[int, int, BlockKind]]:
    """Start, end and kind of each paragraph. Blank lines separate them; in a text without any, every line break does.

    A line that starts with "> " is a block quotation and a paragraph of its own, ">" alone is a blank line of one.
    """
    separator = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE
    for start, end in _between(text, separator):
        position = start
        for offset, stop in _between(text[start:end], _LINE):
            line_start, line_end = start + offset, start + stop
            if _QUOTED_LINE.match(text, line_start, line_end):
                yield from _trim(text, position, line_start, "paragraph")
                yield from _trim(text, line_start + 1, line_end, "blockquote")
                position = line_end
        yield from _trim(text, position, end, "paragraph")


def is_wrapped(paragraph: str) -> bool:
    """True where all lines but the last are about as long: their breaks are those of a line length."""
    lines = paragraph.split("\n")[:-1]
    return bool(lines) and all(_WRAPPED_FROM <= len(line) <= _WRAPPED_TO for line in lines)


class _Sweep:
    """What is open while the borders are walked from left to right."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.stack: list[int] = []
        self.ended: set[int] = set()
        self.count = {"quotation": 0, "cue": 0, "mention": 0}

    def step(self, closing: Sequence[int], opening: Sequence[int]) -> tuple[int, ...]:
        """Close and open these spans (by number); returns the indexes of the quotations that open, outermost first."""
        for number in closing:
            self.count[self.spans[number].role] -= 1
            self.ended.add(number)
        while self.stack and self.stack[-1] in self.ended:
            self.stack.pop()
        opened = []
        for number in sorted(opening, key=lambda number: -self.spans[number].end):
            span = self.spans[number]
            self.count[span.role] += 1
            if span.role == "quotation":
                self.stack.append(number)
                opened.append(span.index)
        return tuple(opened)

    def segment(self, start: int, end: int, text: str, opens: tuple[int, ...], closes: tuple[int, ...]) -> Segment:
        """The segment between two neighbouring borders."""
        innermost = self.spans[self.stack[-1]].index if self.stack else None
        count = self.count
        return Segment(
            start, end, text, innermost, count["quotation"], count["cue"] > 0, count["mention"] > 0, opens, closes
        )


def _trimmed(span: Span, length: int) -> Span:
    return replace(span, start=max(span.start, 0), end=min(span.end, length))


def _by_border(spans: Sequence[Span], length: int) -> tuple[dict[int, list[int]], ...]:
    """Where spans open and close (by number), and where quotations are over (by index)."""
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    over: dict[int, list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        opening[span.start].append(number)
        closing[span.end].append(number)
        if span.role == "quotation":
            over[min(span.end + max(span.marks, 0), length)].append(span.index)
    return opening, closing, over


def _between(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    position = 0
    for match in separator.finditer(text):
        yield position, match.start()
        position = match.end()
    yield position, len(text)


def _trim(text: str, start: int, end: int, kind: BlockKind) -> Iterator[tuple[int, int, BlockKind]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end, kind
