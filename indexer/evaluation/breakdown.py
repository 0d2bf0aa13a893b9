"""The same figures for parts of gold: by kind, by mention, by where the mention stands, by the type of the speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from indexer.evaluation import mentions
from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.metrics import Scores

SPEAKER_TYPES = ("person", "organization", "document", "unnamed", "author", mentions.NONE)


@dataclass(slots=True)
class Count:
    """How many gold quotations there are, how many were found, and how many of those have the right speaker."""

    n: int = 0
    found: int = 0
    speaker_right: int = 0


Table = dict[str, Count]
"""Counts by the name of the row; the rows of a table add up to all of gold."""
Rows = Callable[[GoldDocument], Callable[[GoldQuotation], str]]
"""For a document: which row one of its quotations belongs to."""


def tables(scores: Scores) -> dict[str, Table]:
    """Every table by its name. Rows for which gold has no quotation are left out."""
    return {
        "kind": by_kind(scores),
        "mention": _table(scores, lambda gold: lambda item: mentions.kind_of(gold, item), mentions.KINDS),
        "position": _table(scores, mentions.Positions, mentions.POSITIONS),
        "speaker_type": _table(scores, lambda _: lambda item: item.type or mentions.NONE, SPEAKER_TYPES),
    }


def by_kind(scores: Scores) -> Table:
    """The table of the kinds of quotation: direct, mixed."""
    return _table(scores, lambda _: lambda item: item.kind, ())


def _table(scores: Scores, rows: Rows, order: Iterable[str]) -> Table:
    """Count by row; rows in this order, others after them by name."""
    counts: Table = {row: Count() for row in order}
    for gold, judged in groupby(scores.judged, key=lambda judged: judged.gold):
        row_of = rows(gold)
        for each in judged:
            if each.item is not None and each.verdict in ("right", "speaker", "missed"):
                count = counts.setdefault(row_of(each.item), Count())
                count.n += 1
                count.found += each.verdict != "missed"
                count.speaker_right += each.verdict == "right"
    known = [row for row in order if counts[row].n]
    return {row: counts[row] for row in [*known, *sorted(counts.keys() - set(order))]}
