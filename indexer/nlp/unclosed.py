"""Quotations without a closing mark, ended where the writer speaks again: “We will win, he said. “They …”

`marks` can only end such a quotation at its paragraph's end or before the next one, as it knows no words.
Where that is not the likeliest place (`endings`), or a signature stands there, the words after it are the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .endings import end_of
from .marks import MarkedSpan

_SIGNATURE = re.compile(r"\s*[—―–]\s*[A-Z][^.,;:!?—]{1,40}\Z")


def end_at_writer(text: str, spans: list[MarkedSpan]) -> list[MarkedSpan]:
    """The spans, with every unclosed one ended before the writer's words; spans inside it after that come out of it.

    Changes the spans in place.
    """
    return [ended for span in spans for ended in _ended(text, span)]


def _ended(text: str, span: MarkedSpan) -> Iterator[MarkedSpan]:
    """An unclosed span as far as its words go, then the spans that do not belong inside it."""
    span.children = end_at_writer(text, span.children)
    end = _end_of_words(text, span) if span.closing is None and span.style != "block" else span.end
    if end == span.end:
        yield span
        return
    outside = [child for child in span.children if child.start >= end]
    span.children = [child for child in span.children if child.start < end]
    span.end, span.runs_on = end, False
    yield span
    yield from outside


def _end_of_words(text: str, span: MarkedSpan) -> int:
    """Where the words most likely end, or the signature starts that ends the paragraph."""
    signature = _SIGNATURE.search(text, max(span.start + 1, span.end - 50), span.end)
    return signature.start() if signature and not span.runs_on else end_of(text, span)
