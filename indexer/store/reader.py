"""Reading the index: search, speakers, documents and single quotations, as rows of plain values."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import Any, Self, Unpack

from indexer.domain import Failure
from indexer.errors import NotFound, UsageError
from indexer.store import documents, paragraphs
from indexer.store.clusters import pages as cluster_pages
from indexer.store.clusters import versions as cluster_versions
from indexer.store.clusters.pages import ClusterPage, ClusterRow
from indexer.store.clusters.versions import Versions
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Correction
from indexer.store.documents import DocumentPart, Surroundings, Window
from indexer.store.hits import read_hits
from indexer.store.keys import storable
from indexer.store.opening import open_for_reading, store_errors
from indexer.store.queries import rows_of
from indexer.store.rows import (
    DocumentPage,
    DocumentRow,
    Hit,
    Overview,
    QuotationPage,
    SpeakerPage,
    SpeakerRow,
    Tally,
    Total,
)
from indexer.store.search import facets, suggestions
from indexer.store.search.comparing import Comparison, compare
from indexer.store.search.filters import FilterOptions, Filters
from indexer.store.search.searching import COUNTED, Search, Sort
from indexer.store.search.tallies import By, tallies
from indexer.store.search.text import parse_search
from indexer.store.speakers import lookup as speaker_lookup
from indexer.store.speakers.profile import Profile, profile

_PORTION = 500
_DOCUMENT_COLUMNS = "key AS id, slug, title, author, published, publisher, url, language, text"


class Reader:
    """The index at `path`, opened read-only. A context manager; may be used from the thread that made it.

    Raises StoreError where there is no index, NotAnIndex or NewerIndex where the file is another one.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._connection = open_for_reading(self._path)
        self._owned = True

    @classmethod
    def over(cls, connection: sqlite3.Connection) -> Self:
        """A reader over somebody else's connection to an index, which stays as it is and open."""
        reader = cls.__new__(cls)
        reader._path, reader._connection, reader._owned = "index", connection, False
        return reader

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Close the file, unless the connection is somebody else's."""
        if self._owned:
            self._connection.close()

    def search(
        self,
        text: str = "",
        *,
        sort: Sort | None = None,
        limit: int | None = 20,
        offset: int = 0,
        after: str | None = None,
        before: str | None = None,
        **filters: Unpack[FilterOptions],
    ) -> list[Hit]:
        """The quotations with these words, the best match first; without words, or by date, the newest first.

        `text` is what people type (see search.text): no text is an error. For the filters see `filters.Filters`. The
        best are those of the newest `searching.RANKED` hits, and no others are given. `after`: the key of a quotation
        of this search, to go on behind it; `before`: the last ones before it. Raises UsageError for a bad kind, tier or
        date, or a key that is not found.
        """
        query = parse_search(text)
        with self._one_state():
            search = Search(self._connection, query, Filters(**filters))
            behind, ahead = (self._place(key) if key else None for key in (after, before))
            if query.match and sort != "date":
                ids = search.best(_limit(limit), max(offset, 0), after=behind, before=ahead)
            else:
                ids = search.newest(_limit(limit), max(offset, 0), below=behind, above=ahead)
            return self._hits(ids, query.match)

    def portions(self, text: str = "", **filters: Unpack[FilterOptions]) -> Generator[list[Hit], None, None]:
        """All quotations with these words, the newest first, some hundreds at a time.

        All portions show the same state of the index, and take the memory of one; their snippets are of the text
        alone. To be read to the end or closed before this reader is used for something else. Raises UsageError for a
        bad kind or date.
        """
        with self._one_state():
            found = Search(self._connection, parse_search(text), Filters(**filters), is_whole=True).all_newest()
            while ids := list(islice(found, _PORTION)):
                yield self._hits(ids)

    def count(self, text: str = "", **filters: Unpack[FilterOptions]) -> Total:
        """How many quotations there are with these words; counting stops at `searching.COUNTED`.

        Raises UsageError for a bad kind or date.
        """
        with self._one_state():
            counted = Search(self._connection, parse_search(text), Filters(**filters)).count()
            return Total(min(counted, COUNTED), counted <= COUNTED)

    def overview(self, text: str = "", **filters: Unpack[FilterOptions]) -> Overview:
        """How many quotations there are with these words, and what they are (see search.facets).

        Raises UsageError for a bad kind, tier or date.
        """
        with self._one_state():
            return facets.overview(self._connection, parse_search(text), Filters(**filters))

    def total(self, text: str = "", **filters: Unpack[FilterOptions]) -> Total:
        """How many quotations there are with these words: the total of an overview alone."""
        with self._one_state():
            return facets.count(self._connection, parse_search(text), Filters(**filters))

    def places(self, text: str = "", most: int = COUNTED, **filters: Unpack[FilterOptions]) -> list[int]:
        """Where the quotations with these words are, the newest first, to be read by `at`; `most` of them.

        Raises UsageError for a bad kind, tier or date.
        """
        with self._one_state():
            found = Search(self._connection, parse_search(text), Filters(**filters), is_whole=True)
            return found.newest(_limit(most))

    def at(self, places: Sequence[int]) -> list[Hit]:
        """The quotations at these places, in their order; one that is gone meanwhile is left out."""
        with self._one_state():
            return self._hits(places)

    def called(self, name: str) -> list[Tally]:
        """The speakers with exactly this slug, name or alias, the most quoted first, each with its slug."""
        with self._one_state():
            return suggestions.called(self._connection, name)

    def compare(
        self, text: str, parties: Sequence[FilterOptions], limit: int = 20, after: str | None = None
    ) -> Comparison:
        """What several parties said with these words, all of them on one timeline, the newest first.

        Each party is the filters that find it; `after` is as in `search`. Raises UsageError for a bad date or key.
        """
        query = parse_search(text)
        with self._one_state():
            below = self._place(after) if after else None
            filters = [Filters(**party) for party in parties]
            sides, said = compare(self._connection, query, filters, limit + 1, below)
            hits = self._hits([row_id for row_id, _ in said[:limit]], query.match)
            numbers = [number for _, number in said]
            return Comparison(sides, list(zip(numbers, hits, strict=False)), len(said) > limit)

    def near_speakers(self, name: str) -> list[Tally]:
        """The speakers whose name or alias looks most like this one, each with its slug."""
        with self._one_state():
            return suggestions.near_speakers(self._connection, name)

    def near_words(self, word: str) -> list[str]:
        """Words that quotations hold and that look most like this one, as they are printed there."""
        with self._one_state():
            return suggestions.near_words(self._connection, word)

    def updated(self) -> str | None:
        """When the index was brought up to date last, as YYYY-MM-DDTHH:MM:SS and a time zone; None if never."""
        with self._one_state():
            finished: str | None = self._rows("SELECT max(finished) FROM runs")[0][0]
            return finished

    def tallies(self, by: By, speaker: str | None = None, limit: int | None = None) -> list[Tally]:
        """How many quotations there are by speaker, month, publisher, kind or tier, most first, months in their order.

        `speaker` (a name or a slug): only that one's, by month or publisher. Raises NotFound, UsageError.
        """
        with self._one_state():
            found = self._speaker(speaker) if speaker else None
            return tallies(self._connection, by, found, _limit(limit))

    def newest(self, limit: int = 20) -> list[Hit]:
        """The quotations of the newest documents, within a document in reading order."""
        return self.search(limit=limit)

    def top_speakers(self, limit: int = 20) -> list[SpeakerRow]:
        """The most quoted speakers that have a name, the most quoted first."""
        with self._one_state():
            return speaker_lookup.most_quoted(self._connection, limit)

    def speakers(self, text: str | None = None, limit: int | None = None) -> list[SpeakerRow]:
        """All speakers, the most quoted first; with `text`, those with these words in a name or an alias."""
        with self._one_state():
            return speaker_lookup.listed(self._connection, text or "", _limit(limit))

    def speaker(self, slug_or_name: str, limit: int | None = None) -> SpeakerPage:
        """A speaker with its quotations, newest first; of several with this name, the most quoted one.

        Raises NotFound, with the nearest names as its hint.
        """
        with self._one_state():
            found = self._speaker(slug_or_name)
            sql = "SELECT id FROM quotations WHERE speaker_id = ? ORDER BY id DESC LIMIT ?"
            hits = self._hits(self._ids(sql, [found, _limit(limit)]))
            return SpeakerPage(speaker_lookup.rows(self._connection, [found])[0], hits)

    def profile(self, slug_or_name: str) -> Profile:
        """What the newest quotations of a speaker tell: roles, names, words of their own. Raises NotFound."""
        with self._one_state():
            return profile(self._connection, self._speaker(slug_or_name))

    def first_and_last(self, slug_or_name: str) -> list[Hit]:
        """The oldest quotation of a speaker whose date is known, and the newest; one of one. Raises NotFound."""
        with self._one_state():
            found = self._speaker(slug_or_name)
            return self._hits(speaker_lookup.ends(self._connection, found))

    def quotation(self, key: str) -> QuotationPage:
        """A quotation by its key, or the beginning of its key, with the paragraph around it.

        Raises NotFound, also when several keys begin so.
        """
        with self._one_state():
            hit = self._hits([self._quotation_id(key.strip().lower())])[0]
            document = self._document(hit.document)
        before, after = paragraphs.around(document.text, hit.start, hit.end)
        return QuotationPage(hit, document, before, after)

    def clusters(self, limit: int | None = None) -> list[ClusterRow]:
        """The clusters: the same words in several documents, those in most documents first."""
        with self._one_state():
            return cluster_pages.largest(self._connection, _limit(limit))

    def cluster(self, key: str) -> ClusterPage:
        """The cluster with this key, or the one that the quotation with this key is in. Raises NotFound."""
        with self._one_state():
            return cluster_pages.page(self._connection, key, self._hits)

    def document(self, id_or_slug: str) -> DocumentPage:
        """A document with all that stands between its quotation marks, in reading order. Raises NotFound."""
        with self._one_state():
            document = self._document(storable(id_or_slug))
            of_document = "document_id = (SELECT id FROM documents WHERE slug = ?)"
            sql = f'SELECT id FROM quotations WHERE {of_document} ORDER BY "start", "end" DESC'
            return DocumentPage(document, self._hits(self._ids(sql, [document.slug])))

    def part(self, id_or_slug: str, window: Window) -> DocumentPart:
        """The part of a document that `window` chooses when it has seen the text. Raises NotFound."""
        with self._one_state():
            document = self._document(storable(id_or_slug))
            return documents.part(self._connection, document, window, self._hits)

    def offset(self, key: str) -> int | None:
        """Where the quotation with this whole key starts in its document; None where there is none."""
        with self._one_state():
            return next(iter(self._ids('SELECT "start" FROM quotations WHERE key = ?', [key])), None)

    def surroundings(self, key: str) -> Surroundings:
        """What is before and after the quotation with this key, and what people decided about it. Raises NotFound."""
        with self._one_state():
            hit = self._hits([self._quotation_id(key)])[0]
            return documents.surroundings(self._connection, hit.key)

    def versions(self, key: str, limit: int) -> Versions | None:
        """The same words in other places, at most `limit`; None where no other document has them. Raises NotFound."""
        with self._one_state():
            hit = self._hits([self._quotation_id(key)])[0]
            return cluster_versions.versions(self._connection, hit, limit, self._hits)

    def lost(self, key: str) -> Correction | None:
        """What a person decided last about a quotation that is no longer there; None where nothing is known of it."""
        with self._one_state():
            return correction_log.of_lost(self._connection, storable(key))

    def failures(self) -> list[Failure]:
        """The sources that could not be read, by name."""
        with self._one_state():
            return [Failure(*row) for row in self._rows("SELECT source, problem, hint FROM failures ORDER BY source")]

    def stats(self) -> dict[str, int]:
        """How many documents, quotations (without terms), attributed quotations, speakers and failures there are."""
        counts = {
            "documents": "documents",
            "speakers": "speakers",
            "failures": "failures",
        }
        kept = {"quotations": "kind", "attributed": "tier"}
        with self._one_state():
            found = {name: self._ids(f"SELECT count(*) FROM {table}", [])[0] for name, table in counts.items()}
            sql = "SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = ?"
            return found | {name: self._ids(sql, [facet])[0] for name, facet in kept.items()}

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """All queries inside see the same state of the index, whatever a writer does meanwhile."""
        with store_errors(self._path):
            begun = not self._connection.in_transaction
            if begun:
                self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if begun and self._connection.in_transaction:
                    self._connection.rollback()

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        return rows_of(self._connection, sql, parameters)

    def _speaker(self, slug_or_name: str) -> int:
        """The row id of the speaker meant; raises NotFound with the nearest names."""
        found = speaker_lookup.find(self._connection, slug_or_name)
        if found is None:
            raise NotFound(f"no speaker {slug_or_name!r}", speaker_lookup.hint(self._connection, slug_or_name))
        return found

    def _ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        return [int(row[0]) for row in self._rows(sql, parameters)]

    def _place(self, key: str) -> int:
        """The row id of a quotation from which a search is to go on."""
        found = self._ids("SELECT id FROM quotations WHERE key = ?", [key.strip().lower()])
        if not found:
            raise UsageError(f"after: there is no quotation {key!r}", "start the search again from its first page")
        return found[0]

    def _hits(self, ids: Sequence[int], match: str | None = None) -> list[Hit]:
        return read_hits(self._connection, ids, match)

    def _quotation_id(self, prefix: str) -> int:
        if not re.fullmatch("[0-9a-f]+", prefix):
            raise NotFound(f"no quotation {prefix!r}", _KEY_HINT)
        sql = "SELECT id, key FROM quotations WHERE key >= ? AND key < ? || 'g' ORDER BY key LIMIT 4"
        found = self._rows(sql, [prefix, prefix])
        if not found:
            raise NotFound(f"no quotation {prefix!r}", _KEY_HINT)
        if len(found) > 1 and found[0]["key"] != prefix:
            keys = ", ".join(row["key"] for row in found[:3])
            raise NotFound(f"several quotations begin with {prefix!r}", f"give more of the key: {keys} …")
        return int(found[0]["id"])

    def _document(self, id_or_slug: str) -> DocumentRow:
        sql = (
            f"SELECT {_DOCUMENT_COLUMNS}, (SELECT count(*) FROM quotations q"
            " WHERE q.document_id = documents.id AND q.kind <> 'term') AS quotations"
            " FROM documents WHERE key = ? OR slug = ? ORDER BY key = ? DESC LIMIT 1"
        )
        found = self._rows(sql, [id_or_slug] * 3)
        if not found:
            raise NotFound(f"no document {id_or_slug!r}", _DOCUMENT_HINT)
        return DocumentRow(**{name: found[0][name] for name in found[0].keys()})  # noqa: SIM118 - a Row is no dict


_KEY_HINT = "give a key as `quotes search` prints it, or the beginning of one"
_DOCUMENT_HINT = "give its id as it was indexed: a path, or a corpus line's id"


def _limit(limit: int | None) -> int:
    """SQLite's way to say it: -1 for no limit."""
    return -1 if limit is None else max(limit, 0)
