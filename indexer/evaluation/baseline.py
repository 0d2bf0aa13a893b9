"""The plain baseline, for comparing: every pair of marks is a quotation, and the nearest name speaks.

The names are those that the mention finder sees, so that the difference to it is what the attribution adds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Span

from indexer.evaluation.judging import Prediction
from indexer.nlp.annotations import NAMES
from indexer.nlp.marks import MarkedSpan, walk


def predict(doc: Doc) -> list[Prediction]:
    """Every marked span of an annotated doc, each with the nearest name before or after it, as printed."""
    if not doc._.marks:
        return []
    names = sorted(doc.spans[NAMES], key=lambda span: span.start_char)
    starts, ends = [name.start_char for name in names], [name.end_char for name in names]
    return [_prediction(mark, *_beside(mark, names, starts, ends)) for mark, _ in walk(doc._.marks)]


def _beside(mark: MarkedSpan, names: list[Span], starts: list[int], ends: list[int]) -> tuple[Span | None, Span | None]:
    """The last name that ends before a marked span, and the first that starts after it."""
    before, after = bisect_right(ends, mark.start), bisect_left(starts, mark.end)
    return names[before - 1] if before else None, names[after] if after < len(names) else None


def _prediction(mark: MarkedSpan, before: Span | None, after: Span | None) -> Prediction:
    """The nearer of the two speaks; of two as near the one before."""
    gaps = [(mark.start - before.end_char, 0, before)] if before is not None else []
    gaps += [(after.start_char - mark.end, 1, after)] if after is not None else []
    if not gaps:
        return Prediction(mark.start, mark.end)
    name = min(gaps, key=lambda gap: gap[:2])[2]
    mention = (name.start_char, name.end_char)
    return Prediction(mark.start, mark.end, name.text, mention, mention_kind="name")
