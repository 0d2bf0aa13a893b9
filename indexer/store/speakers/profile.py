"""What the index can tell of a speaker beyond counts: offices, names with their reasons, words of their own.

All of it is read from the newest quotations, so many at most, so that it costs the same for everybody.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from indexer.store.dated_ids import date_of
from indexer.store.keys import normal_form
from indexer.store.queries import rows_of
from indexer.store.speakers.words import Word, distinctive

SAMPLED = 300
"""So many of the newest quotations are looked at."""
WORDS = 16


@dataclass(frozen=True, slots=True)
class Role:
    """What documents say somebody is: in how many of them, and the first and last date of what was said then."""

    role: str
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class NameWithReason:
    """A name that documents give a speaker, why it is this one, and in how many; the slug of the newest of them."""

    name: str
    reason: str
    documents: int
    document: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the newest quotations tell: of `sampled` quotations, which are all there are where `is_whole`.

    Roles and names are in order of documents, the most first; the words in that of their surprise. Of the same words
    in several documents (a cluster) one quotation counts for the words.
    """

    sampled: int
    is_whole: bool
    roles: Sequence[Role]
    names: Sequence[NameWithReason]
    words: Sequence[Word]


def profile(connection: sqlite3.Connection, speaker: int) -> Profile:
    """The profile of the speaker with this row id."""
    rows = rows_of(connection, _NEWEST, [speaker, SAMPLED + 1])
    sample = rows[:SAMPLED]
    words = distinctive(connection, *_once_and_again(sample), WORDS)
    return Profile(len(sample), len(rows) == len(sample), _roles(sample), _names(sample), words)


_NEWEST = """
SELECT q.id, q.text, q.cluster_id, q.document_id, a.name, a.role, a.reason, d.slug
FROM quotations q JOIN documents d ON d.id = q.document_id LEFT JOIN appearances a ON a.id = q.appearance_id
WHERE q.speaker_id = ? ORDER BY q.id DESC LIMIT ?
"""


def _once_and_again(sample: Iterable[sqlite3.Row]) -> tuple[list[str], list[str]]:
    """The texts, one of each cluster; and those that are the same words as one of them."""
    once: list[str] = []
    again: list[str] = []
    seen: set[int] = set()
    for row in sample:
        (again if row["cluster_id"] in seen else once).append(row["text"])
        if row["cluster_id"] is not None:
            seen.add(row["cluster_id"])
    return once, again


def _roles(sample: Iterable[sqlite3.Row]) -> list[Role]:
    groups = _grouped((normal_form(row["role"]), row) for row in sample if normal_form(row["role"] or ""))
    found = [_role(rows) for rows in groups]
    return sorted(found, key=lambda role: (-role.documents, role.role))


def _role(rows: Sequence[sqlite3.Row]) -> Role:
    printed = Counter(row["role"] for row in rows)
    dates = [date for row in rows if (date := date_of(row["id"]))]
    role = min(printed, key=lambda text: (-printed[text], text))
    return Role(role, _documents(rows), dates[-1] if dates else None, dates[0] if dates else None)


def _names(sample: Iterable[sqlite3.Row]) -> list[NameWithReason]:
    groups = _grouped(((row["name"], row["reason"]), row) for row in sample if row["name"])
    found = [
        NameWithReason(row["name"], row["reason"], _documents(rows), row["slug"]) for rows in groups for row in rows[:1]
    ]
    return sorted(found, key=lambda name: (-name.documents, name.name, name.reason))


def _grouped(pairs: Iterable[tuple[Hashable, sqlite3.Row]]) -> Iterable[list[sqlite3.Row]]:
    groups: dict[Hashable, list[sqlite3.Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return groups.values()


def _documents(rows: Iterable[sqlite3.Row]) -> int:
    return len({row["document_id"] for row in rows})
