"""Joining quotations of several documents that are the same words into clusters (see `same_words`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

from sqlite_utils import Database

from indexer.store.clusters.same_words import Group, Item, groups
from indexer.store.keys import KEY_LENGTH, LONGER_KEY_LENGTH, short_hash

_ITEMS = """
SELECT q.id, q.text, q.document_id, CASE WHEN s.type IN ('person', 'organization') THEN s.name END,
  CASE WHEN length(q.said_on) = 10 THEN q.said_on ELSE d.published END, length(q.said_on) = 10
FROM quotations q JOIN documents d ON d.id = q.document_id LEFT JOIN speakers s ON s.id = q.speaker_id
WHERE q.kind <> 'term'
"""
_AROUND = """
SELECT substr(d.text, max(q."start" - :many, 0) + 1, q."end" + :many - max(q."start" - :many, 0))
FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.id = :id
"""
AROUND = 160
"""So many code points before and after a quotation are looked at."""
_COUNTS = """
UPDATE clusters SET (quotations, documents, publishers, first, last) = (
  SELECT count(*), count(DISTINCT q.document_id), count(DISTINCT d.publisher),
    min(coalesce(q.said_on, d.published)), max(coalesce(q.said_on, d.published))
  FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.cluster_id = clusters.id)
"""


def recluster(db: Database) -> bool:
    """Work out all clusters of the index, in one transaction; False where nothing changed since they were.

    The same quotations give the same clusters with the same keys, in whatever order they were indexed. A cluster
    that stays keeps its row.
    """
    if not db.execute("SELECT 1 FROM cluster_changes").fetchone():
        return False
    with db.atomic():
        wanted = dict(_keyed(groups(_items(db), partial(_around, db))))
        _write_clusters(db, wanted)
        _write_members(db, wanted)
        db.execute("DELETE FROM clusters WHERE id NOT IN (SELECT cluster_id FROM quotations WHERE cluster_id NOT NULL)")
        db.execute(_COUNTS)
        db.execute("DELETE FROM cluster_changes")
    return True


def cluster_key(group: Group, length: int = KEY_LENGTH) -> str:
    """The name of a cluster, from the words of its heaviest wording: hexadecimal digits."""
    return short_hash(" ".join([*group.words, *group.said.split()]), length)


def _items(db: Database) -> Iterator[Item]:
    keys = dict(db.execute("SELECT id, key FROM documents").fetchall())
    for number, text, document, speaker, day, dated in db.execute(_ITEMS):
        yield Item(number, text, keys[document], speaker, _day(day), bool(dated))


def _around(db: Database, number: int) -> str:
    """The text around a quotation, itself included."""
    return str(db.execute(_AROUND, {"id": number, "many": AROUND}).fetchone()[0])


@lru_cache(maxsize=50_000)
def _day(when: str | None) -> int | None:
    """The number of a day given as ISO text, with or without the time; None for a month, a year or anything else."""
    try:
        return date.fromisoformat((when or "")[:10]).toordinal()
    except ValueError:
        return None


def _keyed(found: list[Group]) -> Iterator[tuple[str, Group]]:
    """Each group by its key; a longer key where, once in a great many, two groups share the short one."""
    short = [cluster_key(group) for group in found]
    twice = {key for key, following in zip(sorted(short), sorted(short)[1:], strict=False) if key == following}
    for key, group in zip(short, found, strict=True):
        yield (cluster_key(group, LONGER_KEY_LENGTH) if key in twice else key), group


def _write_clusters(db: Database, wanted: dict[str, Group]) -> None:
    known = {key for (key,) in db.execute("SELECT key FROM clusters")}
    db.conn.executemany("INSERT INTO clusters (key) VALUES (?)", [(key,) for key in sorted(set(wanted) - known)])


def _write_members(db: Database, wanted: dict[str, Group]) -> None:
    """Say of each quotation in which cluster it is, where that is not what the index says already."""
    rows = {str(key): int(row_id) for row_id, key in db.execute("SELECT id, key FROM clusters")}
    target = {number: rows[key] for key, group in wanted.items() for number in group.ids}
    before = dict(db.execute("SELECT id, cluster_id FROM quotations WHERE cluster_id NOT NULL").fetchall())
    changes = {number: target.get(number) for number in before.keys() | target.keys()}
    moved = [(cluster, number) for number, cluster in sorted(changes.items()) if before.get(number) != cluster]
    db.conn.executemany("UPDATE quotations SET cluster_id = ? WHERE id = ?", moved)
