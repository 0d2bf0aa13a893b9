"""Which quotations one word may stand for while the text around them is parsed. Pure functions over a string.

Quoted speech of its own says nothing about the sentence around it but that somebody speaks; a parser that was
trained on such texts reads “⟨words⟩,” she said better than the words of a stranger, and has less to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from .marks import MarkedSpan

_SETS_OFF = ",:—–-"
_ENDS = ",.?!—–…"


def masked_spans(text: str, marks: Iterable[MarkedSpan], least_words: int) -> list[tuple[int, int]]:
    """The offsets (code points) of the outermost spans of at least so many words that look like direct speech."""
    return [
        (span.start, span.end)
        for span in marks
        if len(text[span.start : span.end].split(None, least_words)) >= least_words and looks_direct(text, span)
    ]


def looks_direct(text: str, span: MarkedSpan) -> bool:
    """True for marked words that, by their looks, are no part of the writer's own sentence."""
    if span.style == "block" or span.continues or span.runs_on:
        return True
    begin, end = span.outer
    before = text[max(0, begin - 20) : begin].rstrip(" \t\u00a0")
    opens = not before or before[-1] in _SETS_OFF or before[-1].isspace()
    closes = text[span.end - 1] in _ENDS or text.startswith(",", end)
    letters = (letter for letter in text[span.start : span.end] if letter.isalpha())
    return closes and (opens or next(letters, "").isupper())
