"""The log of the review: what people decided about quotations, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.parameters import LONGEST_NAME, cleaned
from indexer.store.corrections.log import Logged
from indexer.store.corrections.reader import CorrectionReader

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LogView:
    """A part of the log; `who`: only that person's decisions, "" for all. `before` is the number to go on from."""

    who: str
    decisions: Sequence[Logged]
    before: int | None


def by_whom(text: str | None) -> str:
    """The person asked for, "" for all."""
    return cleaned(text, LONGEST_NAME)


def log(reader: CorrectionReader, who: str, before: int | None) -> LogView:
    """The newest decisions made before this one."""
    found = reader.newest_corrections(limit=SHOWN + 1, before=before, who=who or None)
    goes_on = len(found) > SHOWN
    return LogView(who, found[:SHOWN], found[SHOWN - 1].correction.id if goes_on else None)
