"""A document on its way into the index: what it is when it comes, and when its quotations are to be entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from indexer.domain import Attribution, Document
from indexer.store.corrections.applying import Entry
from indexer.store.keys import storable
from indexer.store.speakers.appearances import Key

Kept = Mapping[str, tuple[int, int | None]]
"""Row ids and clusters that quotations keep, by key."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A document with all that was found in it; `row_id` is that of what the index holds of it, None if it is new."""

    document: Document
    found: Sequence[Attribution]
    analyser: str
    row_id: int | None

    @property
    def key(self) -> str:
        """The id of the document, as it is stored."""
        return storable(self.document.id)


@dataclass(frozen=True, slots=True)
class Entering:
    """A document whose row is there and whose quotations are to be entered, past what people decided about them.

    `key` is its id as it is stored. `reserved` are the keys of quotations that corrections hold; `appearances` the row
    ids that its speakers keep, `kept` those of its quotations.
    """

    key: str
    row_id: int
    published: str | None
    entries: Sequence[Entry]
    reserved: Set[str]
    appearances: Mapping[Key, int] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)
