"""A document's page: its text, with every quotation in the colour of its speaker; a long one in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from indexer.publish import parts
from indexer.publish.highlight import Block, blocks
from indexer.publish.pages.marks import spans
from indexer.store.reader import Reader
from indexer.store.rows import DocumentRow, Hit

HUES = 6
"""How many colours tell the speakers of a document apart before they repeat; their numbers do not."""
NOBODY = "~"
"""Stands for "no speaker" among the speakers asked for: no slug looks so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a document is asked for: terms too, a part (from 0), the part with the quotation `at`, these speakers."""

    terms: bool = False
    part: int = 0
    at: str = ""
    speakers: frozenset[str] = frozenset()

    def as_address(self) -> str:
        """The query string, with its "?", that asks for this; nothing where nothing is asked for."""
        asked = [("speaker", value) for value in sorted(self.speakers)]
        asked += [("terms", "1")] if self.terms else []
        asked += [("part", str(self.part + 1))] if self.part else []
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(slots=True)
class Voice:
    """A speaker's part in a document: its number in the legend, its colour's and the quotations in reading order.

    `number` is 0, and `hue` None, for the words of nobody. `is_dimmed`: others were asked for.
    """

    number: int
    name: str | None
    slug: str | None
    hue: int | None
    is_dimmed: bool = False
    hits: list[Hit] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What the address has for it."""
        return self.slug or NOBODY


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, or a part of one, in paragraphs; segments refer to `hits` and `spoken_by` by position.

    `part` counts from 0. `tiers` and `terms` count in the whole document; `corrected` are keys.
    """

    document: DocumentRow
    part: int
    parts: int
    hits: Sequence[Hit]
    spoken_by: Sequence[Voice]
    blocks: Sequence[Block]
    voices: Sequence[Voice]
    tiers: Mapping[str, int]
    terms: int
    corrected: frozenset[str]
    asked: Asked

    @property
    def is_filtered(self) -> bool:
        """True where only some of the speakers were asked for."""
        return bool(self.asked.speakers)

    def with_terms(self, terms: bool) -> str:
        """The query string of the same page with terms or without."""
        return replace(self.asked, part=self.part, terms=terms).as_address()

    def with_part(self, part: int) -> str:
        """The query string of another part."""
        return replace(self.asked, part=part).as_address()


def document(reader: Reader, slug: str, asked: Asked = Asked()) -> DocumentView:
    """A document's page by slug or id; raises NotFound. A part that is not there is the last one."""
    found = reader.part(slug, lambda text: parts.bounds(text, _part(reader, text, asked)))
    text, start = found.document.text, found.start
    hits = [hit for hit in found.hits if asked.terms or hit.kind != "term"]
    voices = _voices(hits, asked.speakers)
    by_slug = {voice.slug: voice for voice in voices}
    marked = [span for number, hit in enumerate(hits) for span in spans(hit, text, number)]
    shifted = [replace(span, start=span.start - start, end=span.end - start) for span in marked]
    return DocumentView(
        document=found.document,
        part=parts.part_of(text, start),
        parts=parts.count(text),
        hits=hits,
        spoken_by=[by_slug[hit.speaker_slug] for hit in hits],
        blocks=blocks(text[start : found.end], shifted),
        voices=voices,
        tiers=found.tiers,
        terms=found.terms,
        corrected=found.corrected,
        asked=asked,
    )


def _part(reader: Reader, text: str, asked: Asked) -> int:
    """The number of the part that is asked for; that of a quotation that is gone is left as if not asked for."""
    place = reader.offset(asked.at) if asked.at else None
    return asked.part if place is None else parts.part_of(text, place)


def _voices(hits: Sequence[Hit], asked: frozenset[str]) -> list[Voice]:
    """The speakers in order of appearance, with those of no speaker last."""
    named: dict[str, Voice] = {}
    nobody = Voice(0, None, None, None)
    for hit in hits:
        if hit.speaker_slug is None:
            nobody.hits.append(hit)
        else:
            new = Voice(len(named) + 1, hit.speaker, hit.speaker_slug, len(named) % HUES)
            named.setdefault(hit.speaker_slug, new).hits.append(hit)
    voices = [*named.values(), *([nobody] if nobody.hits else [])]
    for voice in voices:
        voice.is_dimmed = bool(asked) and voice.value not in asked
    return voices
