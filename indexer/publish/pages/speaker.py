"""A speaker's page: who it is and what it said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.publish.pages.results import Results, search
from indexer.publish.parameters import Query
from indexer.store.reader import Reader
from indexer.store.rows import SpeakerRow


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with quotations, newest first or as searched for."""

    speaker: SpeakerRow
    results: Results


def speaker(reader: Reader, slug: str, query: Query) -> SpeakerView:
    """A speaker's page by slug or name; raises NotFound with the nearest names."""
    row = reader.speaker(slug, limit=0).speaker
    results = search(reader, replace(query, speaker=row.slug))
    return SpeakerView(row, replace(results, query=replace(query, speaker="")))
