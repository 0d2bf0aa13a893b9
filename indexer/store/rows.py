"""What the reader returns: frozen dataclasses of plain values, ready for a table, a template or JSON.

Offsets are Unicode code points into the document's text. Dates are ISO text (YYYY, YYYY-MM or YYYY-MM-DD).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MARK_START = "\ue000"
"""Stands before each word of a snippet that was searched for; a page escapes the snippet, then swaps it."""
MARK_END = "\ue001"
"""Stands after each such word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One quotation with its speaker and its document.

    `snippet` is the text or a part of it, searched words between MARK_START and MARK_END; `document` is the id
    of the document as it was given, `document_slug` its short name for URLs. `speaker` is the speaker's name in
    the index, `speaker_slug` its short name for URLs; both are None where the text names nobody. `role` is what this
    document says the speaker is, `speaker_wikidata` the speaker's id there (Q…), where one was given.
    """

    key: str
    text: str
    snippet: str
    kind: str
    speaker: str | None
    speaker_slug: str | None
    speaker_type: str | None
    speaker_description: str | None
    speaker_wikidata: str | None
    role: str | None
    via: str | None
    said_on: str | None
    confidence: float
    tier: str
    utterance: int
    evidence: str
    start: int
    end: int
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    mention_kind: str | None
    nested_start: int | None
    nested_end: int | None
    document: str
    document_slug: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are; where it `is_exact` is False, there are more than `count`. Prints as 12,345 or as 10,000+."""

    count: int
    is_exact: bool = True

    def __str__(self) -> str:
        """With commas, and a plus where there are more."""
        return f"{self.count:,}{'' if self.is_exact else '+'}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many quotations there are of one value (a name, a month, a kind); `slug` is a speaker's."""

    value: str
    quotations: int
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits of a search have each value of something, the most frequent values first, months in their order.

    `back_to` is None where all hits are counted; else only the newest are, back to this date ("": its date is unknown).
    """

    tallies: list[Tally]
    back_to: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """How many hits a search has, and what they are: a facet for month, speaker, kind, tier and publisher."""

    total: Total
    facets: Mapping[str, Facet]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One speaker: `aliases` are the other names it is printed under, the commonest first.

    `quotations` and `documents` count without terms; `first` and `last` are the earliest and latest date of its
        quotations (when said, else when published). `description` and `wikidata` (Q…) are what somebody said of it.
    """

    slug: str
    name: str
    type: str
    aliases: tuple[str, ...]
    quotations: int
    documents: int
    first: str | None
    last: str | None
    description: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """A speaker and its quotations, newest first, without terms."""

    speaker: SpeakerRow
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: `id` as it was given, `slug` its short name for URLs, `quotations` counted without terms."""

    id: str
    slug: str
    title: str | None
    author: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None
    text: str
    quotations: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document and everything between its quotation marks, terms too, in reading order."""

    document: DocumentRow
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """A quotation and the paragraph around it: `before` and `after` are its text up to and from the quoted words."""

    hit: Hit
    document: DocumentRow
    before: str
    after: str
