"""Rows of quotations as they are published: where they stand in an excerpt, and why they are as they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.store.corrections.applying import Correction
from indexer.store.publishing.excerpts import Excerpt, excerpt

Row = dict[str, Any]
"""A row of `documents` or `quotations`, by column."""

_PASSAGES = (("start", "end"), ("cue_start", "cue_end"), ("mention_start", "mention_end"))


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of corrections: that there was one and when; who made it only with `names`; never the note."""

    corrections: Mapping[int, Correction]
    names: bool

    def of(self, row: Row) -> Row:
        """The row of a quotation with evidence that may be published."""
        if row["correction_id"] is None:
            return row
        made = self.corrections[row["correction_id"]]
        public = replace(made, note="", who=made.who if self.names else "").evidence
        rest = row["evidence"].removeprefix(made.evidence)
        return {**row, "evidence": public if rest == row["evidence"] else public + rest}


def cut_down(document: Row, rows: list[Row]) -> tuple[Row, list[Row]]:
    """The document as an excerpt, and the quotations that are in it where they stand there."""
    spoken = [row for row in rows if row["kind"] != "term"]
    found = [[(row[start], row[end]) for start, end in _PASSAGES if row[start] is not None] for row in spoken]
    others = [place for places in found for place in places[1:]]
    left = excerpt(document["text"], [places[0] for places in found], others)
    placed = (_placed(row, left) for row in rows)
    return {**document, "text": left.text}, [row for row in placed if row is not None]


def _placed(row: Row, left: Excerpt) -> Row | None:
    """The quotation where it stands in the excerpt; None where not all of it is there."""
    row = dict(row)
    for start, end in _PASSAGES:
        place = left.place(row[start], row[end])
        if place is None and row[start] is not None:
            return None
        row[start], row[end] = place or (None, None)
    row["nested_start"], row["nested_end"] = left.place(row["nested_start"], row["nested_end"]) or (None, None)
    return row
