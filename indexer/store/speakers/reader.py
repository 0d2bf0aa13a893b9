"""The reader for those who decide about speakers: under which names somebody stands and why, the log, the registry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from indexer.store.reader import Reader
from indexer.store.speakers.authority import Entry
from indexer.store.speakers.desk import the_slug
from indexer.store.speakers.identity import normal_name
from indexer.store.speakers.suggestions import Suggestion, suggestions


@dataclass(frozen=True, slots=True)
class Naming:
    """One name that documents give a speaker: in how many, their roles for it, why it is this one, the first."""

    name: str
    reason: str
    roles: tuple[str, ...]
    documents: int
    document: str


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision about a speaker: `action` is merge (`slug` into `value`), split, rename, link or import."""

    id: int
    action: str
    slug: str
    value: str
    alias: str | None
    document: str | None
    note: str
    who: str
    made: str
    undone: str | None
    undone_by: str | None


class SpeakerReader(Reader):
    """A Reader that knows the registry too; what is said of Reader holds."""

    def namings(self, name: str) -> list[Naming]:
        """Every name of a speaker with its reason, the commonest first. Raises NotFound, UsageError."""
        sql = (
            "SELECT a.name, a.reason, group_concat(DISTINCT a.role), count(DISTINCT a.document_id), min(d.key)"
            " FROM appearances a JOIN speakers s ON s.id = a.speaker_id JOIN documents d ON d.id = a.document_id"
            " WHERE s.slug = ? GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2"
        )
        with self._one_state():
            rows = self._rows(sql, [the_slug(self._connection, name)])
        return [Naming(row[0], row[1], tuple(filter(None, (row[2] or "").split(","))), row[3], row[4]) for row in rows]

    def decisions(self) -> list[LoggedDecision]:
        """All decisions about speakers, the oldest first."""
        sql = (
            "SELECT id, action, slug, CASE action WHEN 'import' THEN '' ELSE value END, alias, document_key, note, who,"
            " made, undone, undone_by FROM speaker_decisions ORDER BY id"
        )
        with self._one_state():
            return [LoggedDecision(*row) for row in self._rows(sql)]

    def suggestions(self, limit: int | None = None) -> list[Suggestion]:
        """Pairs of speakers that may be one, for a person to decide."""
        with self._one_state():
            return suggestions(self._connection, -1 if limit is None else limit)

    def registry(self) -> list[Entry]:
        """Everybody who has a name of their own, as an authority file lists them, by name.

        Aliases are the other full names that documents give; a name that two of them bear is nobody's alias.
        """
        sql = (
            "SELECT s.slug, s.name, s.type, s.description, s.wikidata, a.name FROM speakers s"
            " LEFT JOIN appearances a ON a.speaker_id = s.id WHERE s.type IN ('person', 'organization', 'document')"
            " ORDER BY s.name, s.slug, a.name"
        )
        with self._one_state():
            rows = self._rows(sql)
            listed = self._rows("SELECT slug, name, type, aliases, description, wikidata FROM authority ORDER BY slug")
        found: dict[str, Entry] = {}
        names: dict[str, dict[str, None]] = defaultdict(dict)
        for slug, name, kind, description, wikidata, alias in rows:
            found[slug] = Entry(name, (), kind, description, wikidata)
            names[slug] |= {alias: None} if alias and (" " in alias or kind != "person") else {}
        for slug, name, kind, aliases, description, wikidata in listed:
            found.setdefault(slug, Entry(name, (), kind, description, wikidata))
            names[slug] |= dict.fromkeys(filter(None, aliases.split("\n")))
        return _without_clashes([(entry, list(names[slug])) for slug, entry in found.items()])


def _without_clashes(entries: list[tuple[Entry, list[str]]]) -> list[Entry]:
    """The entries with the aliases that are theirs alone; of several with one name, the first."""
    claims: dict[str, int] = defaultdict(int)
    for entry, names in entries:
        for normal in {normal_name(name, entry.type) for name in (entry.name, *names)}:
            claims[normal] += 1
    kept: dict[str, Entry] = {}
    for entry, names in entries:
        own = normal_name(entry.name, entry.type)
        aliases = {normal_name(name, entry.type): name for name in reversed(names)}
        others = tuple(name for normal, name in reversed(aliases.items()) if normal != own and claims[normal] == 1)
        kept.setdefault(own, Entry(entry.name, others, entry.type, entry.description, entry.wikidata))
    return list(kept.values())
