"""Quotations without a closing mark, ended where the writer speaks again: “We will win, he said. “They …”

`marks` can only end such a quotation at its paragraph's end or before the next one, as it knows no words.
Where a reporting clause or a signature stands in it, the words from there on are the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from . import lexicon
from .marks import MarkedSpan

_NAME = r"(?:[A-Z][\w.’'-]*\s){1,4}"
_PRONOUN = r"(?:he|she|they|it|I|we)\s"
_NOMINAL = r"(?:the|a|an|his|her|its)\s(?:[\w’'-]+\s){1,3}"
_ADVERB = r"(?:(?:has|had|also|then|later|once)\s)?"
_AFTER_CUE = r"\s(?:[A-Z]|he\b|she\b|the\s|a\s|an\s)"
_SIGNATURE = re.compile(r"\s*[—―–]\s*[A-Z][^.,;:!?—]{1,40}\Z")
_FINITE = ("ed", "said", "says", "told", "tells", "wrote", "writes", "asks", "adds")
"""The endings of forms that are surely verbs: of “report” and “reports” only context tells."""


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
    """Where the first reporting clause starts that no span inside holds, or the signature at the end; else the end.

    In a quotation that runs on into the next paragraph, a clause counts only before another quotation.
    """
    gaps = zip(
        [span.start, *(child.outer[1] for child in span.children)],
        [*(child.outer[0] for child in span.children), span.end],
        strict=True,
    )
    for begin, end in gaps:
        clause = _clause().search(text, begin, end)
        goes_on = span.runs_on and end == span.end
        if clause is not None and clause.start() > span.start and not goes_on:
            return clause.start() + 1
    signature = _SIGNATURE.search(text, max(span.start + 1, span.end - 50), span.end)
    return signature.start() if signature and not span.runs_on else span.end


@cache
def _clause() -> re.Pattern[str]:
    """Punctuation, then a subject and a reporting verb in either order: , he said / ? asked Ms Ito."""
    verbs = sorted(form for form, kind in lexicon.load().cues.items() if kind == "say" and form.endswith(_FINITE))
    cue = rf"(?:{'|'.join(verbs)})\b"
    return re.compile(rf"[,?!…](?=\s(?:(?:{_NAME}|{_PRONOUN}|{_NOMINAL}){_ADVERB}{cue}|{cue}{_AFTER_CUE}))")
