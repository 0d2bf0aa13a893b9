"""When two spans are the same quotation, and two names the same speaker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from indexer.evaluation.gold import GoldQuotation, Span

SAME_SPAN = 0.8
"""Overlap / union from which two spans are the same quotation."""
EDGES = " \t\r\n\u00a0“”\"‘’'«»„‟‚.,;:!?…-–—"
"""Marks, punctuation and blanks that do not count at the ends of a span."""
POSSESSIVE = re.compile(r"[’']s\b")
LEADING = frozenset(
    "the a an mr mrs ms miss dr sir sen senator rep representative gov governor president secretary former then "
    "prof professor gen general col judge justice mayor".split()
)
"""Words in front of a name that do not count."""


def overlap(one: Span, other: Span) -> float:
    """Overlap / union of two spans, 0 where they do not touch."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def trimmed(text: str, span: Span) -> Span:
    """The span without the marks, punctuation and blanks at its ends."""
    words = text[span[0] : span[1]]
    start = span[1] - len(words.lstrip(EDGES))
    return start, start + len(words.strip(EDGES))


def normal(name: str) -> str:
    """A name for comparing: case, accents, punctuation, a possessive and leading titles do not count."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = POSSESSIVE.sub("", "".join(letters).casefold())
    words = re.sub(r"[^\w\s]", " ", plain).split()
    while len(words) > 1:
        if words[0] in LEADING:
            del words[0]
        elif words[:2] == ["vice", "president"] and len(words) > 2:
            del words[:2]
        else:
            break
    return " ".join(words)


def accepted(item: GoldQuotation) -> set[str]:
    """The normal forms of every name that is right for this speaker."""
    return {normal(name) for name in _names(item)}


def fullest(item: GoldQuotation) -> set[str]:
    """The normal forms of those names that have at least as many words as the speaker's own."""
    words = len(normal(item.speaker or "").split())
    return {name for name in accepted(item) if len(name.split()) >= words}


def _names(item: GoldQuotation) -> Iterator[str]:
    yield from filter(None, (item.speaker, *item.aliases))


def is_right(speaker: str | None, names: Iterable[str]) -> bool:
    """Whether a predicted speaker is one of these normal forms; nobody never is."""
    return bool(speaker) and normal(speaker or "") in names
