"""Reading quotations by their row ids, each with its speaker, its document and a snippet of its words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields

from indexer.store.queries import rows_of
from indexer.store.rows import MARK_END, MARK_START, Hit

SNIPPET_WORDS = 40
_CHUNK = 500
_MARKS = {MARK_START, MARK_END}
_COLUMNS = """
  q.id, q.key, q.text, q.text AS snippet, q.kind, s.name AS speaker, s.slug AS speaker_slug, s.type AS speaker_type,
  s.description AS speaker_description, s.wikidata AS speaker_wikidata, a.role,
  q.via, q.said_on, q.confidence, q.tier, q.utterance, q.evidence, q."start", q."end",
  q.cue, q.cue_start, q.cue_end, q.mention, q.mention_start, q.mention_end, q.mention_kind,
  q.nested_start, q.nested_end, d.key AS document, d.slug AS document_slug,
  d.title, d.author, d.publisher, d.published, d.url
  FROM quotations q JOIN documents d ON d.id = q.document_id
  LEFT JOIN speakers s ON s.id = q.speaker_id LEFT JOIN appearances a ON a.id = q.appearance_id
"""
_FIELDS = tuple(field.name for field in fields(Hit))


def read_hits(connection: sqlite3.Connection, ids: Sequence[int], match: str | None = None) -> list[Hit]:
    """The quotations with these row ids, in this order; ids that are not there are left out.

    `match`: a query of the full-text index whose words are marked in the snippets.
    """
    by_id: dict[int, Hit] = {}
    for chunk in _chunks(ids):
        listed = f"({', '.join('?' * len(chunk))})"
        snippets = _snippets(connection, chunk, listed, match)
        for row in rows_of(connection, f"SELECT {_COLUMNS} WHERE q.id IN {listed}", chunk):
            values = {name: row[name] for name in _FIELDS}
            values["snippet"] = snippets.get(row["id"]) or _opening(row["text"])
            if _MARKS & set(row["text"]):
                values["snippet"] = _opening("".join(c for c in row["text"] if c not in _MARKS))
            by_id[row["id"]] = Hit(**values)
    return [by_id[row_id] for row_id in ids if row_id in by_id]


def _snippets(connection: sqlite3.Connection, ids: Sequence[int], listed: str, match: str | None) -> dict[int, str]:
    if match is None:
        return {}
    rows = rows_of(
        connection,
        f"SELECT rowid, snippet(quotations_fts, 0, '{MARK_START}', '{MARK_END}', '…', {SNIPPET_WORDS})"
        f" FROM quotations_fts WHERE quotations_fts MATCH ? AND rowid IN {listed}",
        [match, *ids],
    )
    return {int(row[0]): str(row[1]) for row in rows}


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _opening(text: str) -> str:
    """The first words of the text, with an ellipsis where there are more: a snippet when nothing was searched for."""
    words = re.match(rf"(?:\s*\S+){{1,{SNIPPET_WORDS}}}", text)
    if words is None or not text[words.end() :].strip():
        return text
    return words[0] + "…"
