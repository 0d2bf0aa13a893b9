"""Reading clusters: the largest ones, and one with all its wordings, outlets and attributions."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from indexer.errors import NotFound
from indexer.store.clusters.wording import wording
from indexer.store.rows import Hit

SegmentKind = Literal["same", "added", "removed"]
_COLUMNS = "id, key, quotations, documents, publishers, first, last"
_ORDER = "ORDER BY coalesce(q.said_on, d.published, '9'), d.key, q.\"start\""
NAMED = frozenset({"person", "organization"})
"""The types of speakers that two documents can name differently: “a senior aide” contradicts nobody."""
_HINT = "give the id of a quotation, or of a cluster, as `quotes same` prints it"


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster: `text` is its fullest wording as printed.

    It counts quotations, documents and publishers; `first` and `last` are the earliest and latest date of its
    quotations (when said, else when published).
    """

    key: str
    text: str
    quotations: int
    documents: int
    publishers: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words, as printed: in both wordings, only in this one (added), or only in the fullest (removed)."""

    kind: SegmentKind
    text: str


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One wording as printed, how it differs from the fullest one, and the quotations that have it, earliest first."""

    text: str
    segments: tuple[Segment, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """A cluster, its wordings (the fullest first), its earliest quotation, and who is said to have spoken.

    `speakers` are the persons and organisations that are named for these words, the commonest first. More than one is
    a difference between the documents; a document that names nobody makes none. `publishers` are by name.
    """

    cluster: ClusterRow
    earliest: Hit
    wordings: tuple[WordingRow, ...]
    speakers: tuple[str, ...]
    publishers: tuple[str, ...]

    @property
    def attributions_differ(self) -> bool:
        """True where the documents name different speakers."""
        return len(self.speakers) > 1


Hits = Callable[[Sequence[int]], list[Hit]]
"""How to get quotations by their row ids."""


def largest(connection: sqlite3.Connection, limit: int) -> list[ClusterRow]:
    """The clusters of most documents, at most `limit` of them; -1 for all."""
    sql = f"SELECT {_COLUMNS} FROM clusters ORDER BY documents DESC, key LIMIT ?"
    return [_row(connection, *found) for found in connection.execute(sql, [limit]).fetchall()]


def page(connection: sqlite3.Connection, key: str, hits: Hits) -> ClusterPage:
    """The cluster with this key, or that of the quotation whose key begins so. Raises NotFound."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM clusters WHERE id = ?", [_find(connection, key)]).fetchone()
    cluster = _row(connection, *row)
    sql = f"SELECT q.id FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.cluster_id = ? {_ORDER}"
    found = hits([int(number) for (number,) in connection.execute(sql, [row[0]])])
    names = _counted(hit.speaker for hit in found if hit.speaker and hit.speaker_type in NAMED)
    publishers = tuple(sorted({hit.publisher for hit in found if hit.publisher}))
    return ClusterPage(cluster, found[0], _wordings(cluster.text, found), names, publishers)


def differences(text: str, fullest: str) -> tuple[Segment, ...]:
    """How a wording differs from the fullest one, word by word; case and punctuation at a word's ends do not count."""
    ours, theirs = text.split(), fullest.split()
    matcher = SequenceMatcher(None, [*map(_bare, theirs)], [*map(_bare, ours)], autojunk=False)
    segments: list[Segment] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", " ".join(ours[k:m])))
            continue
        if j > i:
            segments.append(Segment("removed", " ".join(theirs[i:j])))
        if m > k:
            segments.append(Segment("added", " ".join(ours[k:m])))
    return tuple(segments)


def _row(connection: sqlite3.Connection, row_id: int, key: str, *counts: object) -> ClusterRow:
    texts = [text for (text,) in connection.execute("SELECT text FROM quotations WHERE cluster_id = ?", [row_id])]
    return ClusterRow(key, max(set(texts), key=_fullness), *counts)  # type: ignore[arg-type]


def _fullness(text: str) -> tuple[int, int, str]:
    return wording(text).weight, len(text), text


def _find(connection: sqlite3.Connection, key: str) -> int:
    key = key.strip().lower()
    if found := connection.execute("SELECT id FROM clusters WHERE key = ?", [key]).fetchone():
        return int(found[0])
    if not re.fullmatch("[0-9a-f]+", key):
        raise NotFound(f"no cluster or quotation {key!r}", _HINT)
    sql = "SELECT key, cluster_id FROM quotations WHERE key >= ? AND key < ? || 'g' ORDER BY key LIMIT 2"
    rows = connection.execute(sql, [key, key]).fetchall()
    if not rows:
        raise NotFound(f"no cluster or quotation {key!r}", _HINT)
    if len(rows) > 1 and rows[0][0] != key:
        raise NotFound(f"several quotations begin with {key!r}", "give more of the id")
    if rows[0][1] is None:
        raise NotFound(f"the words of {rows[0][0]} stand in no other document", "`quotes same` lists those that do")
    return int(rows[0][1])


def _wordings(fullest: str, found: Sequence[Hit]) -> tuple[WordingRow, ...]:
    by_text: dict[str, list[Hit]] = defaultdict(list)
    for hit in found:
        by_text[hit.text].append(hit)
    order = sorted(by_text, key=lambda text: (text != fullest, *(-part for part in _fullness(text)[:2]), text))
    return tuple(WordingRow(text, differences(text, fullest), tuple(by_text[text])) for text in order)


def _counted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word.casefold().replace("’", "'")) or word
