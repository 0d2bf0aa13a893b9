"""Finding speakers by slug, by name and by alias, and listing them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice
from typing import Any

from rapidfuzz.distance import OSA

from indexer.store.dated_ids import date_of
from indexer.store.keys import normal_form, storable
from indexer.store.queries import rows_of
from indexer.store.rows import SpeakerRow
from indexer.store.search.filters import FIRST_DATED

_NEAR = 3
_ALIKE = 0.6
"""How much of two names must be alike; each letter that is wrong, missing or swapped with the next one is not."""
_WORD_ALONE = 0.1
"""A word of a name counts less than the whole."""
_COMPARED = 9
_MOST_QUOTED = "s.quotations DESC, s.name, s.slug"


def meant_by(connection: sqlite3.Connection, name: str) -> tuple[str, tuple[str, ...]]:
    """A query for the row ids of all speakers meant, with its parameters.

    Those with this slug, name or alias; if there is none, those with these words in a name or alias. Case, accents
    and punctuation do not matter. A slug of several words, as no name is printed, means its speaker and no namesake.
    """
    slug, normal = storable(name).strip(), normal_form(storable(name))
    if "-" in slug and rows_of(connection, "SELECT 1 FROM speakers WHERE slug = ?", [slug]):
        return "SELECT id FROM speakers WHERE slug = ?", (slug,)
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


def ends(connection: sqlite3.Connection, row_id: int) -> list[int]:
    """The row ids of a speaker's oldest quotation whose date is known, and of the newest; one where they are one."""
    dated = "FROM quotations WHERE speaker_id = ?1 AND id >= ?2"
    both = f"SELECT (SELECT min(id) {dated}), (SELECT max(id) {dated})"  # asked for at once, SQLite reads all between
    (found,) = rows_of(connection, both, [row_id, FIRST_DATED])
    return sorted({int(end) for end in found if end is not None})


def listed(connection: sqlite3.Connection, text: str, limit: int) -> list[SpeakerRow]:
    """The speakers with these words in a name or an alias, all for "", the most quoted first; limit -1 is none."""
    if not text.strip():
        return rows(connection, _ids(connection, "1", [], limit))
    return rows(connection, _ids(connection, f"s.id IN ({_WITH_WORDS})", [_words(normal_form(storable(text)))], limit))


def hint(connection: sqlite3.Connection, name: str) -> str:
    """What to try instead of a name that nobody has: the nearest names."""
    if near := nearest(connection, name, _NEAR):
        return f"did you mean {' or '.join(dict.fromkeys(near.values()))}?"
    return "see `quotes speakers list` for the names in the index"


def nearest(connection: sqlite3.Connection, name: str, limit: int) -> dict[str, str]:
    """The speakers whose name or alias looks most like this one, a word alone like one of theirs: names by slug."""
    normal = normal_form(storable(name))
    near = _alike(normal, _beginning_alike(connection, normal))
    near = near or _alike(normal, _with_a_word_alike(connection, normal))
    found: dict[str, str] = {}
    for alias in near:
        for row in rows_of(connection, f"SELECT s.slug, s.name FROM {_BORNE} ORDER BY {_MOST_QUOTED} LIMIT 3", [alias]):
            found.setdefault(row["slug"], row["name"])
    return dict(islice(found.items(), limit))


_NAMED = "SELECT speaker_id FROM speaker_aliases WHERE"
_BORNE = f"speakers s WHERE s.id IN ({_NAMED} normal = ?)"
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
    oldest_and_newest = ends(connection, row_id) or [0]
    return SpeakerRow(
        slug=row["slug"],
        name=row["name"],
        type=row["type"],
        aliases=tuple(alias["name"] for alias in aliases),
        quotations=row["quotations"],
        documents=row["documents"],
        first=date_of(oldest_and_newest[0]),
        last=date_of(oldest_and_newest[-1]),
        description=row["description"],
        wikidata=row["wikidata"],
    )


def _alike(normal: str, names: Iterable[str]) -> list[str]:
    """Those of the names that look much like this one, the nearest first."""
    scored = [(likeness, name) for name in names if (likeness := _likeness(normal, name)) >= _ALIKE]
    return [name for _, name in nlargest(_COMPARED, scored)]


def _likeness(normal: str, name: str) -> float:
    """How much of two names is alike, 0 to 1; of a single word and a name, of that word and one of the name."""
    whole = OSA.normalized_similarity(normal, name)
    if "-" in normal:
        return whole
    return max(whole, *(OSA.normalized_similarity(normal, word) - _WORD_ALONE for word in name.split("-")))


def _beginning_alike(connection: sqlite3.Connection, normal: str) -> list[str]:
    """Names and aliases, in normal form, whose first letter is that of a word of this one."""
    found: list[str] = []
    for start in sorted({word[0] for word in normal.split("-") if word}):
        sql = "SELECT DISTINCT normal FROM speaker_aliases WHERE normal >= ? AND normal < ?"
        found += (row[0] for row in rows_of(connection, sql, [start, start + "\U0010ffff"]))
    return found


def _with_a_word_alike(connection: sqlite3.Connection, normal: str) -> list[str]:
    """Those in which a later word begins as one of this name does; this goes through all names."""
    starts = sorted({word[:3] for word in normal.split("-") if word})
    if not starts:
        return []
    either = " OR ".join("normal LIKE ?" for _ in starts)
    sql = f"SELECT DISTINCT normal FROM speaker_aliases WHERE {either}"
    return [row[0] for row in rows_of(connection, sql, [f"%-{start}%" for start in starts])]
