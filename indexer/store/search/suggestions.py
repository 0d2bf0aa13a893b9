"""What somebody may have meant: the speakers and the words of the index that look most like what was typed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import Any

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.store.keys import normal_form, storable
from indexer.store.queries import rows_of
from indexer.store.rows import Tally
from indexer.store.speakers import lookup as speaker_lookup

SUGGESTED = 3
"""How many are suggested at most."""
ALIKE = 0.7
"""How many letters two words must share, of all: one wrong in four, two in seven."""
_COMPARED, _MOST = 0.5, 20
"""Without their endings, so much; those that are most alike, so many, are compared as they are printed."""
_LONGEST = 60
_TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.quotation_terms USING fts5vocab(main, quotations_fts, row)"
_WORD = re.compile(r"[^\W_]+")


def called(connection: sqlite3.Connection, name: str) -> list[Tally]:
    """The speakers with exactly this slug, name or alias, the most quoted first."""
    return [_tally(connection, slug) for slug in speaker_lookup.exactly(connection, name)[:SUGGESTED]]


def near_speakers(connection: sqlite3.Connection, name: str) -> list[Tally]:
    """The speakers with these words in a name, else those whose name or alias looks most like it."""
    name = name[:_LONGEST]
    found = [row.slug for row in speaker_lookup.listed(connection, name, SUGGESTED)] if normal_form(name) else []
    return [_tally(connection, slug) for slug in found or speaker_lookup.nearest(connection, name, SUGGESTED)]


def near_words(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words of quotations that look most like this one, as they are printed; none where the word itself is there."""
    term = _term(storable(word)[:_LONGEST])
    if len(term) < 3 or not term.isalpha():
        return []
    if term in _terms(connection, [term[:2]]):
        return []
    starts = [term[:2], term[0] + term[2], term[1] + term[0]]
    return _near(connection, word, term, starts) or _near(connection, word, term, [term[0]])


def _near(connection: sqlite3.Connection, word: str, term: str, starts: Sequence[str]) -> list[str]:
    """The words most like this one among the terms that begin so."""
    terms = _terms(connection, starts)
    near = process.extract(term, list(terms), scorer=OSA.normalized_similarity, score_cutoff=_COMPARED, limit=_MOST)
    scored = []
    for found, alike, _ in near:
        if printed := _printed(connection, found):
            alike = max(alike, OSA.normalized_similarity(word.lower(), printed))
            scored.append((-round(alike, 2), -terms[found], printed))
    return [printed for alike, _, printed in sorted(scored)[:SUGGESTED] if -alike >= ALIKE]


def _terms(connection: sqlite3.Connection, starts: Sequence[str]) -> dict[str, int]:
    """The terms of the full-text index that begin so, and in how many quotations they are."""
    connection.execute(_TERMS)
    sql = "SELECT term, doc FROM temp.quotation_terms WHERE term >= ? AND term < ?"
    rows = (row for start in starts for row in rows_of(connection, sql, [start, start + "\U0010ffff"]))
    return {row["term"]: row["doc"] for row in rows}


def _printed(connection: sqlite3.Connection, term: str) -> str | None:
    """A word of a quotation that the full-text index knows by this term; None where only a term has it."""
    sql = "SELECT doc FROM temp.quotation_places WHERE term = ? LIMIT 1"
    connection.execute(_TERMS.replace("quotation_terms", "quotation_places").replace(" row)", " instance)"))
    for (row_id,) in rows_of(connection, sql, [term]):
        (row,) = rows_of(connection, "SELECT text FROM quotations WHERE id = ?", [row_id])
        return next((word.lower() for word in _WORD.findall(row[0]) if _term(word) == term), None)
    return None


def _term(word: str) -> str:
    """The word as the full-text index has it: in small letters, without accents and endings."""
    return str(_stemmer().stemWord(normal_form(word)))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("porter")


def _tally(connection: sqlite3.Connection, slug: str) -> Tally:
    (row,) = rows_of(connection, "SELECT name, quotations, slug FROM speakers WHERE slug = ?", [slug])
    return Tally(*row)
