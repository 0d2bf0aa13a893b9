"""Reading the index: search, speakers, documents and single quotations, as rows of plain values."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

from indexer.domain import Failure
from indexer.errors import NotFound
from indexer.store import cluster_pages, paragraphs, speaker_lookup
from indexer.store.cluster_pages import ClusterPage, ClusterRow
from indexer.store.filters import Conditions, conditions
from indexer.store.keys import storable
from indexer.store.opening import open_for_reading, store_errors
from indexer.store.rows import (
    MARK_END,
    MARK_START,
    DocumentPage,
    DocumentRow,
    Hit,
    QuotationPage,
    SpeakerPage,
    SpeakerRow,
)
from indexer.store.search_text import SearchText, parse_search

SNIPPET_WORDS = 40
_CHUNK = 500
_MARKS = {MARK_START, MARK_END}
_NEWEST = 'd.published DESC, d.key, q."start", q."end"'
_IN_TEXT = 'q."start", q."end" DESC'
_HIT_COLUMNS = """
  q.id, q.key, q.text, q.text AS snippet, q.kind, s.name AS speaker, s.slug AS speaker_slug, s.type AS speaker_type,
  q.via, q.said_on, q.confidence, q.tier, q.utterance, q.evidence, q."start", q."end",
  q.cue, q.cue_start, q.cue_end, q.mention, q.mention_start, q.mention_end, q.mention_kind,
  q.nested_start, q.nested_end, d.key AS document, d.slug AS document_slug,
  d.title, d.author, d.publisher, d.published, d.url
  FROM quotations q JOIN documents d ON d.id = q.document_id LEFT JOIN speakers s ON s.id = q.speaker_id
"""
_HIT_FIELDS = tuple(field.name for field in fields(Hit))
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
        speaker: str | None = None,
        kind: str | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = 20,
        offset: int = 0,
    ) -> list[Hit]:
        """The quotations with these words: the best match first; without words, of the newest documents first.

        `text` is what people type (see search_text): no text is an error. `speaker` is a name, an alias or a
        slug, in any case, with or without accents; where nobody has it, part of a name will do. `document` is an
        id or a slug. Dates are YYYY[-MM[-DD]] and inclusive. Terms are left out unless `kind` is "term". None
        and "" do not filter. Raises UsageError for a bad kind or date.
        """
        query = parse_search(text)
        with self._one_state():
            where = self._conditions(query, speaker, kind, document, since, until)
            order = f"bm25(quotations_fts), {_NEWEST}" if query.match else _NEWEST
            ids = self._ids(query, where, f"ORDER BY {order} LIMIT ? OFFSET ?", [_limit(limit), max(offset, 0)])
            return self._hits(ids, query.match)

    def count(
        self,
        text: str = "",
        *,
        speaker: str | None = None,
        kind: str | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """How many quotations `search` finds without a limit. Raises UsageError for a bad kind or date."""
        query = parse_search(text)
        with self._one_state():
            where = self._conditions(query, speaker, kind, document, since, until)
            sql = f"SELECT count(*) {_source(query)} {where.where()}"
            return int(self._rows(sql, where.parameters)[0][0])

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
            found = speaker_lookup.find(self._connection, slug_or_name)
            if found is None:
                raise NotFound(f"no speaker {slug_or_name!r}", speaker_lookup.hint(self._connection, slug_or_name))
            where = Conditions(["q.speaker_id = ?"], [found])
            order = f"ORDER BY {_NEWEST} LIMIT ?"
            hits = self._hits(self._ids(SearchText(), where, order, [_limit(limit)]))
            return SpeakerPage(speaker_lookup.rows(self._connection, [found])[0], hits)

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
            where = Conditions(["d.slug = ?"], [document.slug])
            ids = self._ids(SearchText(), where, f"ORDER BY {_IN_TEXT}", [])
            return DocumentPage(document, self._hits(ids))

    def failures(self) -> list[Failure]:
        """The sources that could not be read, by name."""
        with self._one_state():
            return [Failure(*row) for row in self._rows("SELECT source, problem, hint FROM failures ORDER BY source")]

    def stats(self) -> dict[str, int]:
        """How many documents, quotations (without terms), attributed quotations, speakers and failures there are."""
        counts = {
            "documents": "documents",
            "quotations": "quotations WHERE kind <> 'term'",
            "attributed": "quotations WHERE kind <> 'term' AND speaker_id IS NOT NULL",
            "speakers": "speakers",
            "failures": "failures",
        }
        with self._one_state():
            return {name: int(self._rows(f"SELECT count(*) FROM {sql}")[0][0]) for name, sql in counts.items()}

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
        return speaker_lookup.rows_of(self._connection, sql, parameters)

    def _conditions(
        self,
        query: SearchText,
        speaker: str | None,
        kind: str | None,
        document: str | None,
        since: str | None,
        until: str | None,
    ) -> Conditions:
        speakers = speaker_lookup.meant_by(self._connection, speaker) if speaker else None
        found = conditions(speakers=speakers, kind=kind, document=document, since=since, until=until)
        if query.match:
            found.add("quotations_fts MATCH ?", query.match)
        if query.exclude:
            found.add("q.id NOT IN (SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ?)", query.exclude)
        return found

    def _ids(self, query: SearchText, where: Conditions, order: str, parameters: Sequence[int]) -> list[int]:
        sql = f"SELECT q.id {_source(query)} {where.where()} {order}"
        return [int(row[0]) for row in self._rows(sql, [*where.parameters, *parameters])]

    def _hits(self, ids: Sequence[int], match: str | None = None) -> list[Hit]:
        """The quotations with these row ids, in this order."""
        by_id: dict[int, Hit] = {}
        for chunk in _chunks(ids):
            listed = f"({', '.join('?' * len(chunk))})"
            snippets = self._snippets(chunk, listed, match)
            for row in self._rows(f"SELECT {_HIT_COLUMNS} WHERE q.id IN {listed}", chunk):
                values = {name: row[name] for name in _HIT_FIELDS}
                values["snippet"] = snippets.get(row["id"]) or _opening(row["text"])
                if _MARKS & set(row["text"]):
                    values["snippet"] = _opening("".join(c for c in row["text"] if c not in _MARKS))
                by_id[row["id"]] = Hit(**values)
        return [by_id[row_id] for row_id in ids]

    def _snippets(self, ids: Sequence[int], listed: str, match: str | None) -> dict[int, str]:
        if match is None:
            return {}
        rows = self._rows(
            f"SELECT rowid, snippet(quotations_fts, 0, '{MARK_START}', '{MARK_END}', '…', {SNIPPET_WORDS})"
            f" FROM quotations_fts WHERE quotations_fts MATCH ? AND rowid IN {listed}",
            [match, *ids],
        )
        return {int(row[0]): str(row[1]) for row in rows}

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


def _source(query: SearchText) -> str:
    """Where the ids come from: the words first, if there are any, for few quotations have them."""
    if query.match:
        return (
            "FROM quotations_fts CROSS JOIN quotations q ON q.id = quotations_fts.rowid"
            " CROSS JOIN documents d ON d.id = q.document_id"
        )
    return "FROM quotations q JOIN documents d ON d.id = q.document_id"


def _limit(limit: int | None) -> int:
    """SQLite's way to say it: -1 for no limit."""
    return -1 if limit is None else max(limit, 0)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _opening(text: str) -> str:
    """The first words of the text, with an ellipsis where there are more: a snippet when nothing was searched for."""
    words = re.match(rf"(?:\s*\S+){{1,{SNIPPET_WORDS}}}", text)
    if words is None or not text[words.end() :].strip():
        return text
    return words[0] + "…"
