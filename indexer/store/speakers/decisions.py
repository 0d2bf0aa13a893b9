"""What people decided of speakers, applied after the rules of the registry: the authority file and single decisions.

Single decisions apply in the order they were made, each to the slug that those before it gave, so that a merge can be
split again. They speak of slugs and names, never of rows, so they hold when everything is indexed anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from indexer.store.speakers.identity import Evidence, Resolution, normal_name, slug_of
from indexer.store.speakers.resolving import Listed

_OF_ONE = re.compile(r"-[0-9a-f]{12}$")
"""How the slug of somebody ends who is one of several with a name."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One standing decision: `action` is merge (`slug` into `value`), split (to `value`), rename or link."""

    action: str
    slug: str
    value: str
    alias: str | None
    document: str | None
    who: str
    made: str

    def concerns(self, one: Evidence, slug: str, is_listed: bool) -> bool:
        """True for an appearance that stands under the decision's slug, or would under its own full name.

        `is_listed`: the authority file says whose the name is, so the name alone says nothing more.
        """
        has_name = one.type in ("person", "organization", "document") and not is_listed
        own = slug_of(one.normal, one.type) if has_name else slug
        is_same = slug == self.slug or (own == self.slug and not _OF_ONE.search(slug) and own != slug)
        return is_same and self.alias in (None, one.normal) and self.document in (None, one.document)


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided of a speaker's name and description; None: nothing."""

    name: str | None = None
    description: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True)
class Decisions:
    """All that stands."""

    listed: Mapping[str, Listed] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    moves: Sequence[Decision] = ()

    @classmethod
    def read(cls, db: Database) -> Decisions:
        """From the tables `authority` and `speaker_decisions`."""
        listed: dict[str, Listed] = {}
        told: dict[str, Told] = {}
        rows = db.execute("SELECT slug, name, type, aliases, description, wikidata FROM authority ORDER BY slug")
        for slug, name, kind, aliases, description, wikidata in rows:
            told[slug] = Told(name, description, wikidata)
            for each in [name, *aliases.split("\n")]:
                listed |= {normal_name(each, kind): Listed(slug, name, kind)} if each else {}
        moves = []
        for decision in _standing(db):
            known = told.get(decision.slug, Told())
            if decision.action == "rename":
                told[decision.slug] = Told(decision.value, known.description, known.wikidata)
            elif decision.action == "link":
                told[decision.slug] = Told(known.name, known.description, decision.value or None)
            else:
                moves.append(decision)
        return cls(listed, told, moves)

    def of(self, one: Evidence, found: Resolution) -> Resolution:
        """Who an appearance is after all decisions."""
        for decision in self.moves:
            if decision.concerns(one, found.slug, one.normal in self.listed):
                word = "merged" if decision.action == "merge" else "set apart"
                found = Resolution(decision.value, found.type, f"{word} by {decision.who} on {decision.made[:10]}")
        return found

    def told_of(self, slug: str) -> Told:
        """What was decided of a speaker's name and description."""
        return self.told.get(slug, Told())


def _standing(db: Database) -> list[Decision]:
    sql = (
        "SELECT action, slug, value, alias, document_key, who, made FROM speaker_decisions"
        " WHERE undone IS NULL ORDER BY id"
    )
    return [Decision(*row) for row in db.execute(sql)]
