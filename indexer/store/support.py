"""What the quotations of documents add to everything that is counted: speakers, names, months, outlets, totals.

Counts are never scanned for: they are kept by taking away what a document added before and adding what it adds now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from indexer.store.dated_ids import month_of
from indexer.store.keys import normal_form, one_line

_ROWS = """
SELECT q.document_id, q.id, q.kind, q.tier, q.speaker_id, q.speaker,
  CASE q.mention_kind WHEN 'name' THEN q.mention END, d.publisher
FROM quotations q JOIN documents d ON d.id = q.document_id
WHERE q.document_id IN (SELECT value FROM json_each(?)) AND q.kind <> 'term' ORDER BY q.document_id
"""


@dataclass
class Support:
    """Counts of documents; as a difference of two, they may be negative.

    By speaker's row id: `quotations`, `documents`, `names` and `mentions` (with the name as printed), `months`
    (with YYYY-MM or less) and `publishers`; `totals` by facet and value. `printed` are the keys of names and mentions
    in the order in which they are to be entered: document by document, sorted within each.
    """

    quotations: Counter[int] = field(default_factory=Counter)
    documents: Counter[int] = field(default_factory=Counter)
    names: Counter[tuple[int, str]] = field(default_factory=Counter)
    mentions: Counter[tuple[int, str]] = field(default_factory=Counter)
    months: Counter[tuple[int, str]] = field(default_factory=Counter)
    publishers: Counter[tuple[int, str]] = field(default_factory=Counter)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    printed: dict[tuple[int, str], None] = field(default_factory=dict)

    def count(self, rows: Iterable[Sequence[Any]]) -> None:
        """Count the quotations of one more document, rows of `_ROWS`."""
        heard, printed = set[int](), set[tuple[int, str]]()
        for _, row_id, kind, tier, speaker, name, mention, publisher in rows:
            month = month_of(row_id)
            self.totals["kind", kind] += 1
            self.totals["month", month] += 1
            if publisher:
                self.totals["publisher", publisher] += 1
            if speaker is None:
                continue
            self.totals["tier", tier] += 1
            heard.add(speaker)
            self.quotations[speaker] += 1
            self.months[speaker, month] += 1
            if publisher:
                self.publishers[speaker, publisher] += 1
            printed |= self._count_names(speaker, one_line(name), one_line(mention or ""))
        self.documents.update(heard)
        self.printed |= dict.fromkeys(sorted(printed))

    def _count_names(self, speaker: int, name: str, mention: str) -> set[tuple[int, str]]:
        self.names[speaker, name] += 1
        if not mention:
            return {(speaker, name)}
        self.mentions[speaker, mention] += 1
        return {(speaker, name), (speaker, mention)}

    def minus(self, other: Support) -> Support:
        """What this adds beyond the other, zeros left out."""
        if not other.totals:
            return self
        counts = {name: _difference(getattr(self, name), getattr(other, name)) for name in _COUNTERS}
        return Support(**counts, printed=dict.fromkeys(sorted(counts["names"].keys() | counts["mentions"].keys())))


_COUNTERS = [each.name for each in fields(Support) if each.name != "printed"]


def _difference(one: Counter[Any], other: Counter[Any]) -> Counter[Any]:
    counts = Counter(one)
    counts.subtract(other)
    return Counter({key: count for key, count in counts.items() if count})


def support(db: Database, documents: Sequence[int]) -> Support:
    """What the documents with these row ids add to the counts now."""
    found = Support()
    for _, rows in groupby(db.execute(_ROWS, [json.dumps(documents)]), key=itemgetter(0)):
        found.count(rows)
    return found


def add(db: Database, change: Support) -> None:
    """Add the changes to the counts; rows of months, outlets and totals that come to 0 go."""
    speakers = sorted(change.quotations.keys() | change.documents.keys())
    db.conn.executemany(_SPEAKER, [(change.quotations[one], change.documents[one], one) for one in speakers])
    counted = [(*one, normal_form(one[1]), change.names[one], change.mentions[one]) for one in change.printed]
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
