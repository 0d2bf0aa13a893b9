"""Who is who across documents, in the tables: speakers, their names, their appearances in single documents.

A document enters with what it says of its speakers; whom these are among all speakers is settled when the writer closes
(`settle`), for the names that the run touched and for all that these might be confused with. Until then each stands
under its own name. The rules themselves are in `resolving`; what people decided (`decisions`) comes after them.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from indexer.domain import SpeakerType
from indexer.store.entering import Entering
from indexer.store.keys import normal_form, speaker_row_id
from indexer.store.speakers.appearances import Appearance, Key, appearances, key_of
from indexer.store.speakers.decisions import Decisions
from indexer.store.speakers.identity import Evidence, Resolution, blocks, slug_of, stays_in_its_document
from indexer.store.speakers.resolving import in_its_document, resolve
from indexer.store.support import Support, add, support

Entered = tuple[int, int] | tuple[None, None]
"""Row ids of an appearance and of its speaker; nothing for a term and where nobody is named."""


class SpeakerRegistry:
    """The tables of speakers. Every method works inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._decisions: Decisions | None = None

    @property
    def decisions(self) -> Decisions:
        """What people decided of speakers, as it was when it was first asked for."""
        if self._decisions is None:
            self._decisions = Decisions.read(self._db)
        return self._decisions

    def enter(self, documents: Sequence[Entering]) -> list[list[Entered]]:
        """Enter the speakers of documents; for each document the row ids for each of its quotations."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM appearances").fetchone()
        kept = [row_id for each in documents for row_id in each.appearances.values()]
        free = itertools.count(max([last, *kept]) + 1)
        keys = [[key_of(entry.attribution) for entry in each.entries] for each in documents]
        arrivals = [self._arrivals(*each, free) for each in zip(documents, keys, strict=True)]
        self._insert([arrival for found in arrivals for arrival in found.values()])
        return [list(_entered(*each)) for each in zip(keys, arrivals, strict=True)]

    def leave(self, document_row: int) -> dict[Key, int]:
        """Take the speakers of a document out, its quotations being gone; the ids of their appearances."""
        rows = self._db.execute(f"{_EVIDENCE} WHERE a.document_id = ? ORDER BY a.id", [document_row]).fetchall()
        for row in rows:
            for block in sorted(blocks(_evidence(row))):
                self._db.execute("INSERT OR IGNORE INTO unsettled_blocks VALUES (?)", [block])
                self._db.execute("DELETE FROM appearance_blocks WHERE block = ? AND appearance_id = ?", [block, row[0]])
        self._db.execute("DELETE FROM appearances WHERE document_id = ?", [document_row])
        return {(one.normal, one.type): one.id for one in map(_evidence, rows)}

    def count(self, before: Support, after: Support) -> None:
        """Keep the counts in step with a document, and drop speakers and names that no quotation supports any more."""
        change = after.minus(before)
        add(self._db, change)
        gone = {key for key, count in [*change.names.items(), *change.mentions.items()] if count < 0}
        for speaker, name in sorted(gone):
            self._db.execute(
                "DELETE FROM speaker_aliases WHERE speaker_id = ? AND name = ? AND as_name = 0 AND as_mention = 0",
                [speaker, name],
            )
        self._name({speaker for speaker, _ in change.names})

    def settle(self) -> None:
        """Say of everybody whom the run touched who it is, moving their quotations where that has changed."""
        while (row := self._db.execute("SELECT block FROM unsettled_blocks LIMIT 1").fetchone()) is not None:
            family, members = self._family(row[0])
            self._resolve(members)
            self._db.conn.executemany("DELETE FROM unsettled_blocks WHERE block = ?", [(block,) for block in family])

    def settle_again(self, slugs: Iterable[str] | None = None) -> None:
        """Settle these speakers anew (None: all) after decisions about them: who they are, what they are called."""
        self._decisions = None
        known = [speaker_row_id(slug) for slug in slugs] if slugs is not None else self._all_speakers()
        for speaker in known:
            rows = self._db.execute(f"{_EVIDENCE} WHERE a.speaker_id = ? ORDER BY a.id", [speaker]).fetchall()
            self._enter_blocks(map(_evidence, rows))
            self._resolve([one for one in map(_evidence, rows) if not blocks(one)])
        self.settle()
        self._name(known)

    def _all_speakers(self) -> list[int]:
        return [int(row[0]) for row in self._db.execute("SELECT id FROM speakers ORDER BY id").fetchall()]

    # --- entering ------------------------------------------------------------------------------------

    def _arrivals(self, document: Entering, keys: Sequence[Key | None], free: Iterator[int]) -> dict[Key, _Arrival]:
        """The speakers of a document; `keys` say of each quotation who speaks."""
        kept = document.appearances
        found = appearances((entry.attribution for entry in document.entries), keys)
        return {key: self._arrival(document, each, kept.get(key) or next(free)) for key, each in found.items()}

    def _arrival(self, document: Entering, found: Appearance, row_id: int) -> _Arrival:
        one = Evidence(row_id, document.key, found.name, found.type, found.also)
        stays = stays_in_its_document(found.name, found.type)
        kind: SpeakerType = "person" if found.type == "author" and not stays else found.type
        now = Resolution(slug_of(found.normal, kind), kind, "")
        if stays:
            now = self.decisions.of(one, in_its_document(one, self.decisions.listed))
        return _Arrival(document.row_id, found, one, now, speaker_row_id(now.slug))

    def _insert(self, arrivals: Sequence[_Arrival]) -> None:
        """Enter the rows; a speaker that is not known yet is called as it is first."""
        speakers = {arrival.now.slug: arrival for arrival in reversed(arrivals)}
        self._insert_speakers((each.now, each.found.name) for _, each in sorted(speakers.items()))
        self._db.conn.executemany(
            "INSERT INTO appearances (id, document_id, speaker_id, reason, name, normal, type, role, pronoun, also)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [each.row() for each in arrivals],
        )
        self._enter_blocks(each.one for each in arrivals)

    def _enter_blocks(self, everybody: Iterable[Evidence]) -> None:
        pairs = sorted((block, one.id) for one in everybody for block in blocks(one))
        self._db.conn.executemany("INSERT OR IGNORE INTO appearance_blocks VALUES (?, ?)", pairs)
        unsettled = dict.fromkeys((block,) for block, _ in pairs)
        self._db.conn.executemany("INSERT OR IGNORE INTO unsettled_blocks VALUES (?)", unsettled)

    def _insert_speakers(self, speakers: Iterable[tuple[Resolution, str]]) -> None:
        self._db.conn.executemany(
            "INSERT INTO speakers (id, slug, name, normal, type) VALUES (?, ?, ?, ?, ?) ON CONFLICT (slug) DO NOTHING",
            [(speaker_row_id(to.slug), to.slug, name, normal_form(name), to.type) for to, name in speakers],
        )

    # --- settling ------------------------------------------------------------------------------------

    def _family(self, block: str) -> tuple[set[str], list[Evidence]]:
        """All blocks that hang together with one, over whatever shares two of them, and everybody in them."""
        family, waiting, members = {block}, [block], dict[int, Evidence]()
        while waiting:
            for row in self._db.execute(f"{_EVIDENCE} {_IN_BLOCK} ORDER BY a.id", [waiting.pop()]).fetchall():
                if row[0] in members:
                    continue
                members[row[0]] = _evidence(row)
                new = blocks(members[row[0]]) - family
                family |= new
                waiting += sorted(new)
        return family, list(members.values())

    def _resolve(self, members: Sequence[Evidence]) -> None:
        found = resolve(members, self.decisions.listed)
        moved: dict[str, list[tuple[Evidence, Resolution]]] = {}
        for one in members:
            decided = self.decisions.of(one, found[one.id])
            moved.setdefault(one.document, []).append((one, decided))
        for document, pairs in sorted(moved.items()):
            self._move(document, pairs)

    def _move(self, document: str, pairs: Iterable[tuple[Evidence, Resolution]]) -> None:
        """Give the appearances in a document the speakers that they are."""
        changed = [(one, to) for one, to in pairs if self._enter_reason(one, to)]
        if not changed:
            return
        (row,) = self._db.execute("SELECT id FROM documents WHERE key = ?", [document]).fetchone()
        before = support(self._db, [row])
        for one, to in changed:
            self._insert_speakers([(to, one.name)])
            speaker = speaker_row_id(to.slug)
            self._db.execute("UPDATE appearances SET speaker_id = ? WHERE id = ?", [speaker, one.id])
            self._db.execute(
                "UPDATE quotations SET speaker_id = ? WHERE document_id = ? AND appearance_id = ?",
                [speaker, row, one.id],
            )
        self.count(before, support(self._db, [row]))

    def _enter_reason(self, one: Evidence, to: Resolution) -> bool:
        """Keep the reason, and the speaker's type; True where the speaker is another than so far."""
        speaker, reason = self._db.execute(
            "SELECT speaker_id, reason FROM appearances WHERE id = ?", [one.id]
        ).fetchone()
        if reason != to.reason:
            self._db.execute("UPDATE appearances SET reason = ? WHERE id = ?", [to.reason, one.id])
        return bool(speaker != speaker_row_id(to.slug))

    def _name(self, speakers: Collection[int]) -> None:
        """Choose the names that speakers go by; drop those that have none left."""
        some = json.dumps(sorted(speakers))
        names: dict[int, list[tuple[int, str]]] = {}
        for speaker, *counted in self._db.execute(_NAMES, [some]):
            names.setdefault(speaker, []).append(tuple(counted))
        gone = [(speaker,) for speaker in sorted(speakers) if speaker not in names]
        self._db.conn.executemany("DELETE FROM speakers WHERE id = ?", gone)
        for row_id, slug, *is_called in self._db.execute(_CALLED, [some]).fetchall():
            told = self.decisions.told_of(slug)
            name = told.name or best_name(names[row_id])
            if (called := [name, normal_form(name), told.description, told.wikidata]) != is_called:
                self._db.execute(_CALL, [*called, row_id])


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An appearance to be entered, and its speaker as long as nothing is settled."""

    document_row: int
    found: Appearance
    one: Evidence
    now: Resolution
    speaker: int

    def row(self) -> tuple[object, ...]:
        """Row id, document, speaker and reason, then what the document says."""
        found = self.found
        said = (found.name, found.normal, found.type, found.role, found.pronoun, " ".join(found.also))
        return (self.one.id, self.document_row, self.speaker, self.now.reason, *said)


def _entered(keys: Iterable[Key | None], arrivals: Mapping[Key, _Arrival]) -> Iterator[Entered]:
    for key in keys:
        yield (None, None) if key is None else (arrivals[key].one.id, arrivals[key].speaker)


_NAMES = """
SELECT speaker_id, as_name, name FROM speaker_aliases
WHERE speaker_id IN (SELECT value FROM json_each(?)) AND as_name > 0
"""
_CALLED = """
SELECT id, slug, name, normal, description, wikidata FROM speakers WHERE id IN (SELECT value FROM json_each(?))
"""
_CALL = "UPDATE speakers SET name = ?, normal = ?, description = ?, wikidata = ? WHERE id = ?"
_EVIDENCE = """
SELECT a.id, d.key, a.name, a.type, a.also, a.role, a.pronoun, d.publisher, d.published,
  (SELECT group_concat(b.normal, ' ') FROM appearances b
   WHERE b.document_id = a.document_id AND b.id <> a.id AND b.type <> 'unnamed')
FROM appearances a JOIN documents d ON d.id = a.document_id
"""
_IN_BLOCK = "JOIN appearance_blocks k ON k.appearance_id = a.id WHERE k.block = ?"


def _evidence(row: Sequence[Any]) -> Evidence:
    row_id, document, name, kind, also, role, pronoun, publisher, published, companions = row
    others = frozenset((companions or "").split())
    return Evidence(row_id, document, name, kind, tuple(also.split()), role, pronoun, publisher, published, others)


def best_name(names: Sequence[tuple[int, str]]) -> str:
    """The commonest name of more than one word, else of one; of equally common ones that in mixed case first."""

    def rank(counted: tuple[int, str]) -> tuple[bool, int, bool, bool, str]:
        count, name = counted
        return (" " not in name, -count, name.isupper() or name.islower(), name.isascii(), name)

    return min(names, key=rank)[1]
