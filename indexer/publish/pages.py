"""What each page shows, as plain values for its template. Reads the index through store.reader and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.errors import UsageError
from indexer.publish.highlight import Block, Span, blocks
from indexer.publish.parameters import LAST_PAGE, PAGE_SIZE, Query
from indexer.store.reader import Reader
from indexer.store.rows import DocumentRow, Hit, QuotationPage, SpeakerRow, Total

NEWEST_SHOWN = 8
SPEAKERS_SHOWN = 12
_CLOSING_MARKS = re.compile("''|[\"”“’'»«›‹]")
HUES = 6
"""How many colours tell the speakers of a document apart before they repeat."""


@dataclass(frozen=True, slots=True)
class Results:
    """Quotations found: the ones shown, how many there are, and what is wrong with the question if anything is."""

    query: Query
    hits: Sequence[Hit] = ()
    total: Total = field(default=Total(0))
    problems: Sequence[str] = ()
    hint: str = ""

    @property
    def has_next(self) -> bool:
        """True where another page of results follows this one."""
        is_last = self.total.is_exact and self.query.offset + len(self.hits) >= self.total.count
        return bool(self.hits) and not is_last and self.query.page < LAST_PAGE


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: results where something was asked, else the newest quotations and the most quoted speakers."""

    counts: dict[str, int]
    speakers: Sequence[SpeakerRow]
    results: Results | None = None
    newest: Sequence[Hit] = ()


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with quotations, newest first or as searched for."""

    speaker: SpeakerRow
    results: Results


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


def home(reader: Reader, query: Query) -> Home:
    """The home page for this search; an empty one shows the newest quotations."""
    counts, speakers = reader.stats(), reader.top_speakers(SPEAKERS_SHOWN)
    if query.is_empty:
        return Home(counts, speakers, newest=reader.newest(NEWEST_SHOWN))
    return Home(counts, speakers, results=search(reader, query))


def search(reader: Reader, query: Query) -> Results:
    """The quotations that answer this search. A question that makes no sense gives no results and says why."""
    if query.problems:
        return Results(query, problems=query.problems)
    try:
        hits = reader.search(query.text, **query.filters, limit=PAGE_SIZE, offset=query.offset)
        total = reader.count(query.text, **query.filters)
    except UsageError as error:
        return Results(query, problems=(error.problem,), hint=error.hint)
    return Results(query, hits, total)


def speaker(reader: Reader, slug: str, query: Query) -> SpeakerView:
    """A speaker's page by slug or name; raises NotFound with the nearest names."""
    row = reader.speaker(slug, limit=0).speaker
    results = search(reader, replace(query, speaker=row.slug))
    return SpeakerView(row, replace(results, query=replace(query, speaker="")))


def quotation(reader: Reader, key: str) -> QuotationPage:
    """A quotation by its key or an unambiguous beginning of it; raises NotFound."""
    return reader.quotation(key)


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
