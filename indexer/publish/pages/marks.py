"""What of a quotation is marked in a text: its words, its cue and its mention."""

from __future__ import annotations

import re

from indexer.publish.highlight import Span
from indexer.store.rows import Hit

_CLOSING_MARKS = re.compile("''|[\"”“’‘'»«›‹]")


def spans(hit: Hit, text: str, number: int = 0) -> list[Span]:
    """The spans of a quotation in the text of its document; `number` is what the caller calls the quotation."""
    marks = _CLOSING_MARKS.match(text, hit.end)
    found = [Span(hit.start, hit.end, "quotation", number, marks.end() - hit.end if marks else 0)]
    if hit.cue_start is not None and hit.cue_end is not None:
        found.append(Span(hit.cue_start, hit.cue_end, "cue"))
    if hit.mention_start is not None and hit.mention_end is not None:
        found.append(Span(hit.mention_start, hit.mention_end, "mention"))
    return found
