"""What people decided in another index, joined into this one: the logs of corrections and of speakers, the authority.

The two logs run as if all decisions had been made in one index: by when they were made, each line once, taken back
where either index took it back. Every function works inside the caller's transaction.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from indexer.store.queries import rows_of
from indexer.store.speakers.identity import normal_name

Row = dict[str, Any]
_ENTRY = "slug, name, type, aliases, description, wikidata"
_OWN = ("id", "undone", "undone_by")
"""What may differ between two indexes in one and the same line of a log."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was new: the keys of documents with other corrections than before, and so on.

    `clashes`: slugs and names of the authority that this index gives to another entry, which stays.
    """

    corrections: int
    documents: Sequence[str]
    of_speakers: int
    clashes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Decided:
    """All that people decided in an index, as it has it: two logs in their order, and the authority by slug."""

    corrections: Sequence[Row]
    of_speakers: Sequence[Row]
    authority: Sequence[tuple[Any, ...]]


def read(connection: sqlite3.Connection) -> Decided:
    """What was decided in the index that is open in `connection`."""
    authority = [tuple(row) for row in connection.execute(f"SELECT {_ENTRY} FROM authority ORDER BY slug")]
    return Decided(_rows(connection, "corrections"), _rows(connection, "speaker_decisions"), authority)


def take(connection: sqlite3.Connection, other: Decided) -> Taken:
    """Join what was decided in another index into the one that is open in `connection`."""
    mine = read(connection)
    corrections = _join_log(connection, "corrections", mine.corrections, other.corrections, "quotation_key")
    decisions = _join_log(connection, "speaker_decisions", mine.of_speakers, other.of_speakers, None)
    entries, clashes = _join_authority(connection, mine.authority, other.authority)
    documents = sorted({row["document_key"] for row in corrections})
    return Taken(len(corrections), documents, len(decisions) + entries, clashes)


def _join_log(
    connection: sqlite3.Connection, table: str, mine: Sequence[Row], theirs: Sequence[Row], group: str | None
) -> Sequence[Row]:
    """Join a log whose order counts among the rows that agree in the column `group` (None: all); what was new in it."""
    new, undone = _new_and_undone(mine, theirs)
    _write(connection, table, undone)
    groups: dict[Any, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for number, rows in enumerate((mine, new)):
        for row in rows:
            groups[group and row[group]][number].append(row)
    free = max((row["id"] for row in mine), default=0) + 1
    for ours, added in groups.values():
        _write(connection, table, _in_order_of_time(ours, added, free))
        free += len(added)
    return [*undone, *new]


def _rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    return [dict(row) for row in rows_of(connection, f"SELECT * FROM {table} ORDER BY id")]


def _new_and_undone(mine: Iterable[Row], theirs: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The lines of their log that ours lacks, and those of ours that are taken back there alone, or earlier."""
    known: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in mine:
        known[_identity(row)].append(row)
    new, undone = [], []
    for row in theirs:
        same = known[_identity(row)]
        if not same:
            new.append({**row, "id": None})
            continue
        own = same.pop(0)
        if row["undone"] and (not own["undone"] or row["undone"] < own["undone"]):
            own.update({name: row[name] for name in _OWN[1:] if name in row})
            undone.append(own)
    return new, undone


def _identity(row: Row) -> tuple[Any, ...]:
    return tuple(value for name, value in row.items() if name not in _OWN)


def _in_order_of_time(ours: Sequence[Row], added: Sequence[Row], free: int) -> Iterator[Row]:
    """The rows of two logs as one, with ids in this order; those of ours that keep their id are left out."""
    ids = [*(row["id"] for row in ours), *range(free, free + len(added))]
    for id, row in zip(ids, heapq.merge(ours, added, key=lambda row: str(row["made"])), strict=True):
        if row["id"] != id:
            yield {**row, "id": id}


def _write(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names = [f'"{name}"' for name in row]
        updates = ", ".join(f"{name} = excluded.{name}" for name in names)
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            list(row.values()),
        )


def _join_authority(
    connection: sqlite3.Connection, mine: Sequence[tuple[Any, ...]], theirs: Sequence[tuple[Any, ...]]
) -> tuple[int, list[str]]:
    """Take the entries of the other authority for whom this one has none; how many, and which clash with ours."""
    known = {row[0]: row for row in mine}
    owners = {name: row[0] for row in mine for name in _names(row)}
    new, clashes = [], []
    for row in theirs:
        if any(owners.get(name, row[0]) != row[0] for name in _names(row)) or known.get(row[0], row) != row:
            clashes.append(f"{row[1]} ({row[0]})")
        elif row[0] not in known:
            new.append(row)
    connection.executemany(f"INSERT INTO authority ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?)", new)
    return len(new), clashes


def _names(row: Sequence[Any]) -> set[str]:
    """The normal forms of the names of an entry."""
    _, name, kind, aliases, *_ = row
    return {normal_name(each, kind) for each in chain([name], aliases.split("\n")) if each}
