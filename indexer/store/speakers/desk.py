"""What people decide of speakers: merge, split, rename, link, import; all of it logged, and all of it taken back.

A decision speaks of slugs and names, never of rows (see `decisions`), so it holds when everything is indexed anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from indexer.domain import SpeakerType
from indexer.errors import NotFound, UsageError
from indexer.store.keys import one_line, storable
from indexer.store.queries import rows_of
from indexer.store.speakers import lookup as speaker_lookup
from indexer.store.speakers.authority import Entry, wikidata_id
from indexer.store.speakers.identity import apart, normal_name, slug_of
from indexer.store.writer import Writer, now


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides, and why."""

    who: str
    note: str = ""


class SpeakerDesk(Writer):
    """A Writer for decisions about speakers; what is said of Writer holds. Each gives its number in the log.

    Speakers are given by slug, or by a name that one speaker bears. Raises NotFound for one that is not there, and
    UsageError for what makes no sense.
    """

    def merge(self, name: str, into: str, by: Deciding) -> int:
        """All that is said by the one is said by the other, which keeps its name and slug."""
        with self._transaction():
            one, other = self._slug(name), self._slug(into)
            if one == other:
                raise UsageError(f"{name!r} and {into!r} are one speaker already ({one})", "name two speakers")
            return self._decide("merge", one, other, by)

    def split(
        self, name: str, by: Deciding, *, alias: str | None = None, document: str | None = None, to: str | None = None
    ) -> int:
        """What stands under an alias, or in a document (its id or slug), is somebody else's: one who is called `to`."""
        with self._transaction():
            slug = self._slug(name)
            key = self._document_key(document) if document else None
            normal = self._alias(slug, name, alias, key)
            kind = self._type(slug)
            own = slug_of(normal_name(to, kind), kind) if to else ""
            target = own or apart(normal or slug, json.dumps([slug, normal, key]))
            if target == slug:
                raise UsageError(f"{to!r} is the name of {slug} itself", "give another name with --to, or none")
            number = self._decide("split", slug, target, by, alias=normal, document=key)
            if to and not self._is_called(target):
                self._decide("rename", target, one_line(storable(to)), by)
            return number

    def rename(self, name: str, to: str, by: Deciding) -> int:
        """The name that a speaker goes by; the slug, and so the address, stays."""
        called = one_line(storable(to))
        if not called:
            raise UsageError("an empty name", "say what the speaker is to be called")
        with self._transaction():
            return self._decide("rename", self._slug(name), called, by)

    def link(self, name: str, wikidata: str, by: Deciding) -> int:
        """Who a speaker is in Wikidata (Q…); an empty text takes the link away."""
        item = wikidata_id(wikidata, name) if wikidata.strip() else ""
        with self._transaction():
            return self._decide("link", self._slug(name), item, by)

    def import_authority(self, entries: Sequence[Entry], path: str, by: Deciding) -> int:
        """These entries in the place of all that were imported before."""
        with self._transaction():
            before = [dict(row) for row in rows_of(self._db.conn, "SELECT * FROM authority")]
            number = self._log("import", storable(path), json.dumps(before, ensure_ascii=False), by)
            self._put_authority(
                {**asdict(entry), "slug": entry.slug, "aliases": "\n".join(entry.aliases)} for entry in entries
            )
            self._registry.settle_again()
        return number

    def undo_decision(self, number: int, by: Deciding) -> None:
        """Take a decision back; it stays in the log. An import gives way to what was imported before it."""
        with self._transaction():
            sql = "SELECT action, slug, value, undone FROM speaker_decisions WHERE id = ?"
            row = self._db.execute(sql, [number]).fetchone()
            if row is None:
                raise NotFound(f"no decision {number}", _LOG_HINT)
            action, slug, value, undone = row
            if undone is not None:
                raise UsageError(f"decision {number} is undone already", _LOG_HINT)
            if action == "import":
                self._check_is_last_import(number)
                self._put_authority(json.loads(value))
            self._db.execute(
                "UPDATE speaker_decisions SET undone = ?, undone_by = ? WHERE id = ?", [now(), by.who, number]
            )
            self._registry.settle_again(None if action == "import" else [slug, value])

    def _decide(
        self, action: str, slug: str, value: str, by: Deciding, alias: str | None = None, document: str | None = None
    ) -> int:
        number = self._log(action, slug, value, by, alias, document)
        self._registry.settle_again([slug, value])
        return number

    def _log(
        self, action: str, slug: str, value: str, by: Deciding, alias: str | None = None, document: str | None = None
    ) -> int:
        cursor = self._db.execute(
            "INSERT INTO speaker_decisions (action, slug, value, alias, document_key, note, who, made)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [action, slug, value, alias, document, storable(by.note), storable(by.who), now()],
        )
        return int(cursor.lastrowid or 0)

    def _slug(self, name: str) -> str:
        """The slug of the speaker meant. Raises NotFound, and UsageError where several bear the name."""
        return the_slug(self._db.conn, name)

    def _type(self, slug: str) -> SpeakerType:
        kind: SpeakerType = self._db.execute("SELECT type FROM speakers WHERE slug = ?", [slug]).fetchone()[0]
        return kind

    def _document_key(self, document: str) -> str:
        sql = "SELECT key FROM documents WHERE key = ?1 OR slug = ?1"
        row = self._db.execute(sql, [storable(document)]).fetchone()
        if row is None:
            raise NotFound(f"no document {document!r}", "give its id as it was indexed, or its slug")
        return str(row[0])

    def _alias(self, slug: str, name: str, alias: str | None, document: str | None) -> str | None:
        """The alias's normal form, where the speaker appears under it and in the document."""
        sql = (
            "SELECT a.normal FROM appearances a JOIN speakers s ON s.id = a.speaker_id"
            " JOIN documents d ON d.id = a.document_id WHERE s.slug = ?1 AND (?2 IS NULL OR d.key = ?2)"
        )
        names = {row[0] for row in self._db.execute(sql, [slug, document])}
        normal = normal_name(alias, self._type(slug)) if alias else None
        if not names or (normal is not None and normal not in names):
            where = f" in {document}" if document else ""
            raise NotFound(
                f"{name!r} is not named {alias!r}{where}" if alias else f"{name!r} is not quoted{where}", _WHY
            )
        if normal is not None and document is None and names == {normal}:
            raise UsageError(f"{name!r} has no other name than {alias!r}", "nothing would be left: use `rename`")
        return normal

    def _is_called(self, slug: str) -> bool:
        sql = "SELECT 1 FROM speakers s JOIN speaker_aliases a ON a.speaker_id = s.id WHERE s.slug = ? AND a.normal = ?"
        return self._db.execute(sql, [slug, slug]).fetchone() is not None

    def _check_is_last_import(self, number: int) -> None:
        sql = "SELECT max(id) FROM speaker_decisions WHERE action = 'import' AND undone IS NULL"
        last = self._db.execute(sql).fetchone()[0]
        if last != number:
            raise UsageError(f"decision {number} is not the last import", f"undo decision {last} first")

    def _put_authority(self, rows: Iterable[dict[str, object]]) -> None:
        self._db.execute("DELETE FROM authority")
        self._db.conn.executemany(
            "INSERT INTO authority (slug, name, type, aliases, description, wikidata)"
            " VALUES (:slug, :name, :type, :aliases, :description, :wikidata)",
            list(rows),
        )


_LOG_HINT = "see `quotes speakers log` for the numbers"
_WHY = "see `quotes speakers why NAME` for the names, and where they stand"


def the_slug(connection: sqlite3.Connection, name: str) -> str:
    """The slug of the one speaker with this slug, name or alias.

    Raises NotFound with the nearest names, and UsageError where several bear the name.
    """
    found = speaker_lookup.exactly(connection, name)
    if not found:
        raise NotFound(f"no speaker {name!r}", speaker_lookup.hint(connection, name))
    if len(found) > 1:
        raise UsageError(f"several speakers are called {name!r}", f"give the slug of one: {', '.join(found[:5])}")
    return found[0]
