"""Finding speakers by slug, by name and by alias, and listing them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from indexer.store.dated_ids import date_of
from indexer.store.keys import normal_form, storable
from indexer.store.queries import rows_of
from indexer.store.rows import SpeakerRow
from indexer.store.search.filters import FIRST_DATED

_NEAR = 3
_MOST_QUOTED = "s.quotations DESC, s.name, s.slug"


def meant_by(connection: sqlite3.Connection, name: str) -> tuple[str, tuple[str, ...]]:
    """A query for the row ids of all speakers meant, with its parameters.

    Those with this slug, name or alias; if there is none, those with these words in a name or alias. Case, accents
    and punctuation do not matter.
    """
    slug, normal = storable(name).strip(), normal_form(storable(name))
    exact = f"SELECT id FROM speakers WHERE slug = ? OR normal = ? UNION {_NAMED} normal = ?"
    if rows_of(connection, f"{exact} LIMIT 1", [slug, normal, normal]):
        return exact, (slug, normal, normal)
    return _WITH_WORDS, (_words(normal),)


def exactly(connection: sqlite3.Connection, name: str) -> list[str]:
    """The slug of the speaker with this slug; else those of all with exactly this name or alias, the most quoted first.

    A name that a speaker goes by counts before names that are only printed beside it, and those of people, bodies and
    documents before words for somebody unnamed.
    """
    slug, normal = storable(name).strip(), normal_form(storable(name))
    by_slug = rows_of(connection, "SELECT slug FROM speakers WHERE slug = ?", [slug])
    named = f"s.normal = ? OR s.id IN ({_NAMED} normal = ?)"
    by_name = f"SELECT s.slug, s.normal, s.type FROM speakers s WHERE {named} ORDER BY {_MOST_QUOTED}"
    if by_slug:
        return [by_slug[0][0]]
    found = rows_of(connection, by_name, [normal, normal])
    found = [row for row in found if row["type"] != "unnamed"] or found
    own = [row["slug"] for row in found if row["normal"] == normal]
    return own or [row["slug"] for row in found]


def find(connection: sqlite3.Connection, slug_or_name: str) -> int | None:
    """The row id of the speaker with this slug, else of the most quoted one meant by the name, else None."""
    by_slug = _ids(connection, "s.slug = ?", [storable(slug_or_name).strip()])
    query, parameters = meant_by(connection, slug_or_name)
    found = by_slug or _ids(connection, f"s.id IN ({query})", parameters, 1)
    return found[0] if found else None


def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[SpeakerRow]:
    """The speakers with these row ids, in this order, with their other names and their dates."""
    return [_row(connection, row_id) for row_id in ids]


def most_quoted(connection: sqlite3.Connection, limit: int) -> list[SpeakerRow]:
    """The most quoted speakers that have a name of their own."""
    ids = _ids(connection, "s.type IN ('person', 'organization', 'document')", [], max(limit, 0))
    return rows(connection, ids)


def listed(connection: sqlite3.Connection, text: str, limit: int) -> list[SpeakerRow]:
    """The speakers with these words in a name or an alias, all for "", the most quoted first; limit -1 is none."""
    if not text.strip():
        return rows(connection, _ids(connection, "1", [], limit))
    return rows(connection, _ids(connection, f"s.id IN ({_WITH_WORDS})", [_words(normal_form(storable(text)))], limit))


def hint(connection: sqlite3.Connection, name: str) -> str:
    """What to try instead of a name that nobody has: the nearest names."""
    normal = normal_form(name)
    names = _similar(connection, normal)
    near = [names[match] for match in get_close_matches(normal, names, n=_NEAR, cutoff=0.6)]
    if near:
        return f"did you mean {' or '.join(dict.fromkeys(near))}?"
    return "see `quotes speakers list` for the names in the index"


_NAMED = "SELECT speaker_id FROM speaker_aliases WHERE"
_WITH_WORDS = f"{_NAMED} '-' || normal || '-' LIKE ?1 UNION SELECT id FROM speakers WHERE '-' || normal || '-' LIKE ?1"


def _ids(connection: sqlite3.Connection, condition: str, parameters: Sequence[Any], limit: int = -1) -> list[int]:
    sql = f"SELECT s.id FROM speakers s WHERE {condition} ORDER BY {_MOST_QUOTED} LIMIT ?"
    return [int(row[0]) for row in rows_of(connection, sql, [*parameters, limit])]


def _words(normal: str) -> str:
    """The pattern of names with these whole words, one after the other; of no name when there is no word."""
    return f"%-{normal}-%" if normal else ""


def _row(connection: sqlite3.Connection, row_id: int) -> SpeakerRow:
    (row,) = rows_of(connection, "SELECT * FROM speakers WHERE id = ?", [row_id])
    aliases = rows_of(
        connection,
        "SELECT name FROM speaker_aliases WHERE speaker_id = ? AND name <> ? ORDER BY as_name + as_mention DESC, name",
        [row_id, row["name"]],
    )
    dated = "FROM quotations WHERE speaker_id = ?1 AND id >= ?2"
    both = f"SELECT (SELECT min(id) {dated}), (SELECT max(id) {dated})"  # asked for at once, SQLite reads all between
    (ends,) = rows_of(connection, both, [row_id, FIRST_DATED])
    return SpeakerRow(
        slug=row["slug"],
        name=row["name"],
        type=row["type"],
        aliases=tuple(alias["name"] for alias in aliases),
        quotations=row["quotations"],
        documents=row["documents"],
        first=date_of(ends[0] or 0),
        last=date_of(ends[1] or 0),
        description=row["description"],
        wikidata=row["wikidata"],
    )


def _similar(connection: sqlite3.Connection, normal: str) -> dict[str, str]:
    """Names worth comparing, by normal form: those that share their first letters or the beginning of a word."""
    found: dict[str, str] = defaultdict(str)
    starts = {word[:3] for word in normal.split("-") if word} | {normal[:2]}
    for start in sorted(starts - {""}):
        sql = (
            "SELECT a.normal, s.name FROM speaker_aliases a JOIN speakers s ON s.id = a.speaker_id"
            f" WHERE '-' || a.normal LIKE ? ORDER BY {_MOST_QUOTED} LIMIT 1000"
        )
        for row in rows_of(connection, sql, [f"%-{start}%"]):
            found.setdefault(row[0], row[1])
    return dict(found)
