"""The table of corrections: a log to which decisions are added, and in which they are marked as undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indexer.errors import NotFound
from indexer.store.corrections.anchors import Anchor
from indexer.store.corrections.applying import Correction, Decision
from indexer.store.keys import storable
from indexer.store.queries import rows_of

State = Literal["standing", "orphaned", "undone"]
"""standing: it counts; orphaned: its words are not to be found; undone: somebody took it back."""

HINT = "see `quotes corrections list` for the numbers"
_GONE = "NOT EXISTS (SELECT 1 FROM quotations q WHERE q.key = c.quotation_key)"
_STATE = f"CASE WHEN c.undone IS NOT NULL THEN 'undone' WHEN {_GONE} THEN 'orphaned' ELSE 'standing' END"


@dataclass(frozen=True, slots=True)
class Logged:
    """A correction with its state, and the quotation as the index has it now: words and speaker, None if it is gone."""

    correction: Correction
    state: State
    text: str | None
    speaker: str | None


def standing(connection: sqlite3.Connection, document: str) -> list[Correction]:
    """The decisions about quotations of the document with this key that stand, oldest first."""
    return standing_in(connection, [storable(document)]).get(storable(document), [])


def standing_in(connection: sqlite3.Connection, documents: Sequence[str]) -> dict[str, list[Correction]]:
    """The same for several thousand documents at most, by their keys as they are stored."""
    slots = ", ".join("?" * len(documents))
    sql = f"SELECT * FROM corrections WHERE document_key IN ({slots}) AND undone IS NULL ORDER BY id"
    found: dict[str, list[Correction]] = {}
    for row in rows_of(connection, sql, documents):
        found.setdefault(row["document_key"], []).append(_correction(row))
    return found


def logged(
    connection: sqlite3.Connection, *, state: State | None = None, id: int | None = None, document: str | None = None
) -> list[Logged]:
    """The log, oldest first: all of it, or what has this state, this number, this document (id or slug)."""
    where = (
        f"WHERE (?1 IS NULL OR {_STATE} = ?1) AND (?2 IS NULL OR c.id = ?2) AND (?3 IS NULL OR c.document_key = ?3"
        " OR c.document_key = (SELECT key FROM documents WHERE slug = ?3)) ORDER BY c.id"
    )
    return _logged(connection, where, [state, id, None if document is None else storable(document)])


def newest(
    connection: sqlite3.Connection, *, limit: int, before: int | None = None, who: str | None = None
) -> list[Logged]:
    """The log, newest first: so many, of those made before this one, by this person; None for any."""
    where = "WHERE (?1 IS NULL OR c.id < ?1) AND (?2 IS NULL OR c.who = ?2) ORDER BY c.id DESC LIMIT ?3"
    return _logged(connection, where, [before, None if who is None else storable(who), limit])


def of_quotation(connection: sqlite3.Connection, key: str) -> list[Logged]:
    """All decisions about the quotation with this key, newest first."""
    return _logged(connection, "WHERE c.quotation_key = ? ORDER BY c.id DESC", [key])


def one(connection: sqlite3.Connection, id: int) -> Logged:
    """The correction with this number. Raises NotFound."""
    found = logged(connection, id=id)
    if not found:
        raise NotFound(f"no correction {id}", HINT)
    return found[0]


def orphaned(connection: sqlite3.Connection) -> int:
    """How many corrections that stand do not find their words."""
    sql = f"SELECT count(*) FROM corrections c WHERE undone IS NULL AND {_GONE}"
    return int(connection.execute(sql).fetchone()[0])


def of_lost(connection: sqlite3.Connection, key: str) -> Correction | None:
    """The newest standing decision about a quotation that is no longer there."""
    sql = "SELECT * FROM corrections WHERE quotation_key = ? AND undone IS NULL ORDER BY id DESC LIMIT 1"
    return next((_correction(row) for row in rows_of(connection, sql, [key])), None)


def add(connection: sqlite3.Connection, correction: Correction) -> int:
    """Enter a decision, whatever `id` it has; its number in the log."""
    values = _values(correction)
    names, slots = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO corrections ({names}) VALUES ({slots})", list(values.values()))
    return int(cursor.lastrowid or 0)


def undo(connection: sqlite3.Connection, ids: Iterable[int], *, who: str, when: str) -> None:
    """Mark decisions as taken back."""
    for id in ids:
        connection.execute("UPDATE corrections SET undone = ?, undone_by = ? WHERE id = ?", [when, storable(who), id])


def _logged(connection: sqlite3.Connection, where: str, parameters: Sequence[Any]) -> list[Logged]:
    sql = (
        f"SELECT c.*, {_STATE} AS state, q.text AS now_text, s.name AS now_speaker FROM corrections c"
        f" LEFT JOIN quotations q ON q.key = c.quotation_key LEFT JOIN speakers s ON s.id = q.speaker_id {where}"
    )
    rows = rows_of(connection, sql, parameters)
    return [Logged(_correction(row), row["state"], row["now_text"], row["now_speaker"]) for row in rows]


def _values(correction: Correction) -> dict[str, Any]:
    decision = correction.decision
    return {
        "quotation_key": correction.key,
        "document_key": storable(correction.document),
        **_anchor_values("", correction.anchor),
        "kind": decision.kind,
        "speaker": None if decision.speaker is None else storable(decision.speaker),
        "speaker_type": decision.speaker_type,
        "nobody": int(decision.nobody),
        **(_anchor_values("span_", decision.span) if decision.span is not None else {}),
        "confirmed": int(decision.confirmed),
        "was": storable(json.dumps(dict(correction.was), ensure_ascii=False)),
        "note": storable(correction.note),
        "who": storable(correction.who),
        "made": correction.made,
    }


def _anchor_values(prefix: str, anchor: Anchor) -> dict[str, Any]:
    texts = {name: storable(getattr(anchor, name)) for name in ("words", "before", "after")}
    return {f"{prefix}{name}": value for name, value in {"start": anchor.start, "end": anchor.end, **texts}.items()}


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        id=row["id"],
        key=row["quotation_key"],
        document=row["document_key"],
        anchor=_anchor(row, ""),
        decision=Decision(
            kind=row["kind"],
            speaker=row["speaker"],
            speaker_type=row["speaker_type"],
            nobody=bool(row["nobody"]),
            span=None if row["span_start"] is None else _anchor(row, "span_"),
            confirmed=bool(row["confirmed"]),
        ),
        was=json.loads(row["was"]),
        note=row["note"],
        who=row["who"],
        made=row["made"],
        undone=row["undone"] or "",
        undone_by=row["undone_by"] or "",
    )


def _anchor(row: sqlite3.Row, prefix: str) -> Anchor:
    names: Sequence[str] = ("start", "end", "words", "before", "after")
    return Anchor(*(row[prefix + name] for name in names))
