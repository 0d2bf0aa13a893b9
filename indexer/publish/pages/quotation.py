"""A quotation's page: the words, who spoke them and how that is known, the passage, and the same words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.publish.pages.passage import Extract, passage
from indexer.store.clusters.versions import Versions
from indexer.store.documents import Surroundings
from indexer.store.reader import Reader
from indexer.store.rows import DocumentRow, Hit

VERSIONS_SHOWN = 20
LONG = 350
"""Words longer than this, in characters, are set smaller."""
LONGEST = 4000
"""So many characters of the words are shown large; the rest is in the article."""


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A quotation with its passage, its place in the document and the same words elsewhere."""

    hit: Hit
    document: DocumentRow
    passage: Sequence[Extract]
    surroundings: Surroundings
    versions: Versions | None

    @property
    def words(self) -> str:
        """The quoted words, or as much of them as a page shows."""
        return self.hit.text[:LONGEST]

    @property
    def is_cut(self) -> bool:
        """True where there are more words than are shown."""
        return len(self.hit.text) > LONGEST

    @property
    def is_long(self) -> bool:
        """True for words that are better set smaller."""
        return len(self.hit.text) > LONG

    @property
    def differing(self) -> tuple[tuple[str, str], ...]:
        """The speakers that documents name for these words, as (slug, name), where they name several."""
        speakers = self.versions.speakers if self.versions else ()
        return speakers if len(speakers) > 1 else ()


def quotation(reader: Reader, key: str) -> QuotationView:
    """A quotation's page by its key or the beginning of it; raises NotFound."""
    found = reader.quotation(key)
    hit = found.hit
    return QuotationView(
        hit,
        found.document,
        passage(found.document.text, hit),
        reader.surroundings(hit.key),
        reader.versions(hit.key, VERSIONS_SHOWN),
    )
