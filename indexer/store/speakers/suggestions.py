"""Speakers that may be one: names that look alike, and surnames alone. Only a person can say; nothing joins by itself.

How alike two names look says little (“Donald Trump Jr.” and “Donald Trump” are nearly the same letters), so those with
another “Jr.”, with contradicting middle names, and two whom one document keeps apart are never suggested.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from indexer.store.queries import rows_of
from indexer.store.speakers.person_names import PersonName, fit, parse

ALIKE = 88.0
"""From this likeness of two names on (0 to 100, share of letters in common) they are suggested."""
_MOST_OF_A_WORD = 60
"""Speakers that share a word of their names are compared with each other, the most quoted so many of them."""
_SHORTEST = 4
"""Letters of a name that is compared by its likeness."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A speaker who may be another one: slug, name, and how often it is quoted."""

    slug: str
    name: str
    quotations: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two speakers that may be one, the less quoted first, and what speaks for it."""

    one: Bearer
    other: Bearer
    reason: str


@dataclass(frozen=True, slots=True)
class _Known:
    bearer: Bearer
    row_id: int
    normal: str
    parts: PersonName | None
    """None for what is no person."""


def suggestions(connection: sqlite3.Connection, limit: int) -> list[Suggestion]:
    """Pairs of speakers that may be one, those first in which the less quoted one is quoted most; limit -1 is none."""
    found: dict[frozenset[str], tuple[_Known, _Known, str]] = {}
    for group in _groups(_known(connection)):
        for one, other in combinations(group, 2):
            pair = frozenset((one.bearer.slug, other.bearer.slug))
            if pair not in found and (reason := _reason(one, other)):
                found[pair] = (other, one, reason)
    ranked = sorted(found.values(), key=lambda pair: (-pair[0].bearer.quotations, pair[0].bearer.slug))
    apart = (pair for pair in ranked if not _in_one_document(connection, pair[0].row_id, pair[1].row_id))
    listed = [Suggestion(one.bearer, other.bearer, reason) for one, other, reason in apart]
    return listed if limit < 0 else listed[:limit]


def _known(connection: sqlite3.Connection) -> Iterator[_Known]:
    """The speakers that have a name, the most quoted first."""
    sql = (
        "SELECT id, slug, name, normal, type, quotations FROM speakers"
        " WHERE type IN ('person', 'organization', 'document') ORDER BY quotations DESC, slug"
    )
    for row in rows_of(connection, sql):
        bearer = Bearer(row["slug"], row["name"], row["quotations"])
        yield _Known(bearer, row["id"], row["normal"], parse(row["name"]) if row["type"] == "person" else None)


def _groups(known: Iterable[_Known]) -> Iterator[list[_Known]]:
    """Speakers that share the first or the last word of their names."""
    by_word: dict[tuple[bool, str], list[_Known]] = defaultdict(list)
    for one in known:
        words = one.normal.split("-")
        for word in {words[0], words[-1]}:
            group = by_word[one.parts is None, word]
            if len(group) < _MOST_OF_A_WORD:
                group.append(one)
    return iter(by_word.values())


def _reason(one: _Known, other: _Known) -> str:
    """What speaks for two being one; "" for nothing, and for the very same name, which the rules have looked at."""
    if one.normal == other.normal:
        return ""
    if one.parts is not None and other.parts is not None:
        if one.parts.suffix != other.parts.suffix or not fit(one.parts.middles, other.parts.middles):
            return ""
        if one.parts.is_bare != other.parts.is_bare:
            bare, full = (one, other) if one.parts.is_bare else (other, one)
            is_surname = full.parts is not None and bare.parts is not None and bare.parts.last == full.parts.last
            return f"the surname of {full.bearer.name}" if is_surname else ""
        if one.parts.last == other.parts.last and _is_initial(one.parts.first, other.parts.first):
            return "an initial for the given name"
    if min(len(one.normal), len(other.normal)) < _SHORTEST:
        return ""
    likeness = fuzz.ratio(one.normal, other.normal)
    return f"names that look alike ({likeness:.0f} of 100)" if likeness >= ALIKE else ""


def _is_initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[:1] == other[:1]


def _in_one_document(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """True for two whom a document has as two."""
    sql = (
        "SELECT 1 FROM appearances a JOIN appearances b ON b.document_id = a.document_id"
        " WHERE a.speaker_id = ? AND b.speaker_id = ? LIMIT 1"
    )
    return bool(rows_of(connection, sql, [one, other]))
