"""What the quotations of one document add to everything that is counted: speakers, names, months, outlets, totals.

Counts are never scanned for: they are kept by taking away what a document added before and adding what it adds now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlite_utils import Database

from indexer.store.dated_ids import month_of
from indexer.store.keys import normal_form, one_line

_ROWS = """
SELECT q.id, q.kind, q.tier, q.speaker_id, q.speaker, CASE q.mention_kind WHEN 'name' THEN q.mention END, d.publisher
FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.document_id = ? AND q.kind <> 'term'
"""

_Change = tuple[str, Callable[..., Sequence[Any]]]


@dataclass
class Support:
    """Counts of one document; as a difference of two, they may be negative.

    By speaker's row id: `quotations`, `documents` (1 each), `names` and `mentions` (with the name as printed), `months`
    (with YYYY-MM or less) and `publishers`; `totals` by facet and value.
    """

    quotations: Counter[int] = field(default_factory=Counter)
    documents: Counter[int] = field(default_factory=Counter)
    names: Counter[tuple[int, str]] = field(default_factory=Counter)
    mentions: Counter[tuple[int, str]] = field(default_factory=Counter)
    months: Counter[tuple[int, str]] = field(default_factory=Counter)
    publishers: Counter[tuple[int, str]] = field(default_factory=Counter)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def minus(self, other: Support) -> Support:
        """What this adds beyond the other, zeros left out."""
        if not other.totals:
            return self
        found = Support()
        for each in fields(self):
            counts: Counter[Any] = Counter(getattr(self, each.name))
            counts.subtract(getattr(other, each.name))
            setattr(found, each.name, Counter({key: count for key, count in counts.items() if count}))
        return found


def support(db: Database, document_row: int) -> Support:
    """What the document with this row id adds to the counts now."""
    found = Support()
    for row_id, kind, tier, speaker, name, mention, publisher in db.execute(_ROWS, [document_row]):
        month = month_of(row_id)
        facets = [("kind", kind), ("month", month), *([("publisher", publisher)] if publisher else [])]
        found.totals.update([*facets, *([("tier", tier)] if speaker is not None else [])])
        if speaker is None:
            continue
        found.quotations[speaker] += 1
        found.documents[speaker] = 1
        found.names[speaker, one_line(name)] += 1
        found.months[speaker, month] += 1
        if publisher:
            found.publishers[speaker, publisher] += 1
        if mention is not None and one_line(mention):
            found.mentions[speaker, one_line(mention)] += 1
    return found


def add(db: Database, change: Support) -> None:
    """Add the changes to the counts; rows of months, outlets and totals that come to 0 go."""
    speakers = sorted(change.quotations.keys() | change.documents.keys())
    db.conn.executemany(_SPEAKER, [(change.quotations[one], change.documents[one], one) for one in speakers])
    aliases = sorted(change.names.keys() | change.mentions.keys())
    counted = [(*one, normal_form(one[1]), change.names[one], change.mentions[one]) for one in aliases]
    db.conn.executemany(_ALIAS, counted)
    _add_pairs(db, "speaker_months", "speaker_id, month", change.months)
    _add_pairs(db, "speaker_publishers", "speaker_id, publisher", change.publishers)
    _add_pairs(db, "totals", "facet, value", change.totals)


_SPEAKER = "UPDATE speakers SET quotations = quotations + ?, documents = documents + ? WHERE id = ?"
_ALIAS = (
    "INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (speaker_id, name) DO UPDATE"
    " SET as_name = as_name + excluded.as_name, as_mention = as_mention + excluded.as_mention"
)


def _add_pairs(db: Database, table: str, columns: str, counts: Counter[Any]) -> None:
    one, other = columns.split(", ")
    db.conn.executemany(
        f"INSERT INTO {table} ({columns}, quotations) VALUES (?, ?, ?)"
        f" ON CONFLICT ({columns}) DO UPDATE SET quotations = quotations + excluded.quotations",
        [(*pair, count) for pair, count in sorted(counts.items())],
    )
    fewer = [pair for pair, count in counts.items() if count < 0]
    db.conn.executemany(f"DELETE FROM {table} WHERE {one} = ? AND {other} = ? AND quotations = 0", fewer)
