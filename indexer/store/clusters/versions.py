"""The other versions of one quotation: the same words in other places, and how each differs from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.clusters.pages import NAMED, Hits, Segment, differences
from indexer.store.dated_ids import ROOM
from indexer.store.rows import Hit

COMPARED_WORDS = 1500
"""Of longer texts than this the differences are not worked out: that costs the square of their length."""
ASKED = 1000
"""Of so many quotations of a cluster, the earliest, it is asked whom they name."""


@dataclass(frozen=True, slots=True)
class Version:
    """One other quotation of the same words, and how its words differ: `added` are only there, `removed` only here.

    `segments` is empty where the texts are too long to be compared.
    """

    hit: Hit
    segments: tuple[Segment, ...]

    @property
    def is_same(self) -> bool:
        """True where every word is the same; case and punctuation at a word's ends do not count."""
        return bool(self.segments) and all(segment.kind == "same" for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Versions:
    """The other quotations of a cluster, the earliest first and undated ones last, no more than were asked for.

    `row_id` is the cluster's in the tables; `quotations`, `documents` and `publishers` count all of it, this quotation
    included. `speakers` are the persons and organisations that are named for these words, as (slug, name), the
    commonest first.
    """

    row_id: int
    quotations: int
    documents: int
    publishers: int
    shown: tuple[Version, ...]
    speakers: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many others there are besides those shown."""
        return self.quotations - 1 - len(self.shown)


def versions(connection: sqlite3.Connection, hit: Hit, limit: int, hits: Hits) -> Versions | None:
    """The other versions of this quotation, at most `limit` of them; None where no other document has its words."""
    sql = (
        "SELECT c.id, c.quotations, c.documents, c.publishers FROM clusters c"
        " JOIN quotations q ON q.cluster_id = c.id WHERE q.key = ?"
    )
    found = connection.execute(sql, [hit.key]).fetchone()
    if found is None:
        return None
    others = [other for other in hits(_earliest(connection, found[0], limit + 1)) if other.key != hit.key][:limit]
    compared = tuple(Version(other, _differences(other.text, hit.text)) for other in others)
    row_id, quotations, documents, publishers = found
    return Versions(row_id, quotations, documents, publishers, compared, _speakers(connection, row_id))


def _earliest(connection: sqlite3.Connection, cluster: int, limit: int) -> Sequence[int]:
    """Row ids tell the date: those without one come last."""
    ids: list[int] = []
    for where in (f"id >= {ROOM}", f"id < {ROOM}"):
        sql = f"SELECT id FROM quotations WHERE cluster_id = ? AND {where} ORDER BY id LIMIT ?"
        ids += [int(row_id) for (row_id,) in connection.execute(sql, [cluster, limit - len(ids)])]
    return ids


def _differences(text: str, ours: str) -> tuple[Segment, ...]:
    if max(text.count(" "), ours.count(" ")) >= COMPARED_WORDS:
        return ()
    return differences(text, ours)


def _speakers(connection: sqlite3.Connection, cluster: int) -> tuple[tuple[str, str], ...]:
    types = ", ".join(f"'{kind}'" for kind in sorted(NAMED))
    sql = (
        "SELECT s.slug, s.name FROM (SELECT speaker_id FROM quotations WHERE cluster_id = ? ORDER BY id LIMIT ?) q"
        f" JOIN speakers s ON s.id = q.speaker_id WHERE s.type IN ({types})"
        " GROUP BY s.id ORDER BY count(*) DESC, s.name"
    )
    return tuple((slug, name) for slug, name in connection.execute(sql, [cluster, ASKED]))
