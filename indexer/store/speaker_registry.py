"""Who is who across documents: for now the same name is the same speaker, and no other name is.

A speaker's slug is its identity. It comes from the name alone (and from the document, for somebody without a
name), so it does not depend on the order in which documents are indexed. Names, aliases and counts follow from
the quotations that are in the index; they are kept in step by adding what a document brings and taking away
what it brought before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from indexer.domain import UNKNOWN_AUTHOR, Attribution, SpeakerType
from indexer.store.keys import normal_form, one_line, short_hash, storable

_SUFFIX = {"organization": "-org", "document": "-doc"}
_LOOKS_SUFFIXED = re.compile(r"(^|-)(org|doc|person|[0-9a-f]{12})$")


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker across documents: its slug, the name as this document prints it, and its type."""

    slug: str
    name: str
    type: SpeakerType


def identify(name: str, speaker_type: SpeakerType | None, document_id: str) -> Identity:
    """Who a speaker is, given its name and type in one document.

    People, organisations and documents are the same everywhere under the same name (without case and accents);
    somebody unnamed, or the author where nobody says who that is, stays within the document.
    """
    printed = one_line(storable(name))
    normal = normal_form(printed) or short_hash(printed, 12)
    if speaker_type == "unnamed" or (speaker_type == "author" and printed == UNKNOWN_AUTHOR):
        return Identity(f"{normal}-{short_hash(document_id, 12)}", printed, speaker_type)
    if speaker_type in ("organization", "document"):
        return Identity(normal + _SUFFIX[speaker_type], printed, speaker_type)
    return Identity(normal + "-person" if _LOOKS_SUFFIXED.search(normal) else normal, printed, "person")


def identity_of(attribution: Attribution, document_id: str) -> Identity | None:
    """Who speaks in this attribution; None for a term and where the text names nobody."""
    if not attribution.is_attributed_quotation or attribution.speaker is None:
        return None
    return identify(attribution.speaker, attribution.speaker_type, document_id)


@dataclass
class Support:
    """What one document says of its speakers, by speaker id: how many quotations, and under which names."""

    quotations: Counter[int] = field(default_factory=Counter)
    names: Counter[tuple[int, str]] = field(default_factory=Counter)
    mentions: Counter[tuple[int, str]] = field(default_factory=Counter)


class SpeakerRegistry:
    """The tables speakers and speaker_aliases. Every method works inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ids(self, identities: Iterable[Identity]) -> dict[str, int]:
        """The row id of each speaker by slug; those that are new are entered, without quotations as yet."""
        found: dict[str, int] = {}
        for identity in identities:
            if identity.slug not in found:
                found[identity.slug] = self._id(identity)
        return found

    def support(self, document_row: int) -> Support:
        """What the quotations of the document with this row id say of speakers now."""
        support = Support()
        rows = self._db.execute(
            "SELECT speaker_id, speaker, CASE mention_kind WHEN 'name' THEN mention END"
            " FROM quotations WHERE document_id = ? AND speaker_id IS NOT NULL",
            [document_row],
        )
        for speaker, name, mention in rows:
            support.quotations[speaker] += 1
            support.names[speaker, one_line(name)] += 1
            if mention is not None and one_line(mention):
                support.mentions[speaker, one_line(mention)] += 1
        return support

    def replace(self, before: Support, after: Support) -> None:
        """Take away what a document said before and add what it says now; drop what is left without support."""
        self._count(before, -1)
        self._count(after, +1)
        for speaker in sorted(before.quotations.keys() | after.quotations.keys()):
            self._settle(speaker)

    def _id(self, identity: Identity) -> int:
        self._db.execute(
            "INSERT INTO speakers (slug, name, type) VALUES (?, ?, ?) ON CONFLICT (slug) DO NOTHING",
            [identity.slug, identity.name, identity.type],
        )
        row = self._db.execute("SELECT id FROM speakers WHERE slug = ?", [identity.slug]).fetchone()
        return int(row[0])

    def _count(self, support: Support, sign: int) -> None:
        for speaker, count in support.quotations.items():
            self._db.execute(
                "UPDATE speakers SET quotations = quotations + ?, documents = documents + ? WHERE id = ?",
                [sign * count, sign, speaker],
            )
        for alias in sorted(support.names.keys() | support.mentions.keys()):
            self._count_alias(alias, sign * support.names[alias], sign * support.mentions[alias])

    def _count_alias(self, alias: tuple[int, str], as_name: int, as_mention: int) -> None:
        speaker, name = alias
        self._db.execute(
            "INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (speaker_id, name) DO UPDATE"
            " SET as_name = as_name + excluded.as_name, as_mention = as_mention + excluded.as_mention",
            [speaker, name, normal_form(name), as_name, as_mention],
        )

    def _settle(self, speaker: int) -> None:
        """Drop what no quotation supports any more, and choose the name that the speaker goes by."""
        self._db.execute(
            "DELETE FROM speaker_aliases WHERE speaker_id = ? AND as_name = 0 AND as_mention = 0", [speaker]
        )
        names = self._db.execute(
            "SELECT as_name, name FROM speaker_aliases WHERE speaker_id = ? AND as_name > 0", [speaker]
        ).fetchall()
        if names:
            self._db.execute("UPDATE speakers SET name = ? WHERE id = ?", [_best_name(names), speaker])
        else:
            self._db.execute("DELETE FROM speakers WHERE id = ?", [speaker])


def _best_name(names: list[tuple[int, str]]) -> str:
    """The commonest printed form; of equally common ones that in mixed case, then the one with accents."""

    def rank(counted: tuple[int, str]) -> tuple[int, bool, bool, str]:
        count, name = counted
        return (-count, name.isupper() or name.islower(), name.isascii(), name)

    return min(names, key=rank)[1]
