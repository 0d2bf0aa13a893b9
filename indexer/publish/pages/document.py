"""A document's page: its whole text, with every quotation in the colour of its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.publish.highlight import Block, Span, blocks
from indexer.store.reader import Reader
from indexer.store.rows import DocumentRow, Hit

_CLOSING_MARKS = re.compile("''|[\"”“’'»«›‹]")
HUES = 6
"""How many colours tell the speakers of a document apart before they repeat."""


@dataclass(slots=True)
class Voice:
    """A speaker's part in a document: the colour's number and the quotations in reading order."""

    name: str | None
    slug: str | None
    hue: int | None
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in paragraphs; segments refer to `hits` by position, `hues` gives each hit's colour (None: nobody)."""

    document: DocumentRow
    hits: Sequence[Hit]
    hues: Sequence[int | None]
    blocks: Sequence[Block]
    voices: Sequence[Voice]
    terms: int
    shows_terms: bool


def document(reader: Reader, slug: str, shows_terms: bool = False) -> DocumentView:
    """A document's page by slug or id; raises NotFound. Terms are highlighted only if asked for."""
    page = reader.document(slug)
    hits = [hit for hit in page.hits if shows_terms or hit.kind != "term"]
    terms = sum(hit.kind == "term" for hit in page.hits)
    voices = _voices(hits)
    hues = {voice.slug: voice.hue for voice in voices}
    text = page.document.text
    shown = blocks(text, [span for number, hit in enumerate(hits) for span in _spans(number, hit, text)])
    return DocumentView(
        page.document, hits, [hues[hit.speaker_slug] for hit in hits], shown, voices, terms, shows_terms
    )


def _voices(hits: Sequence[Hit]) -> list[Voice]:
    """The speakers in order of appearance, with those of no speaker last."""
    named: dict[str, Voice] = {}
    nobody = Voice(None, None, None)
    for hit in hits:
        if hit.speaker_slug is None:
            nobody.hits.append(hit)
        else:
            voice = named.setdefault(hit.speaker_slug, Voice(hit.speaker, hit.speaker_slug, len(named) % HUES))
            voice.hits.append(hit)
    return [*named.values(), *([nobody] if nobody.hits else [])]


def _spans(number: int, hit: Hit, text: str) -> list[Span]:
    marks = _CLOSING_MARKS.match(text, hit.end)
    spans = [Span(hit.start, hit.end, "quotation", number, marks.end() - hit.end if marks else 0)]
    if hit.cue_start is not None and hit.cue_end is not None:
        spans.append(Span(hit.cue_start, hit.cue_end, "cue"))
    if hit.mention_start is not None and hit.mention_end is not None:
        spans.append(Span(hit.mention_start, hit.mention_end, "mention"))
    return spans
