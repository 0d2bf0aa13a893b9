"""All the rules of who is who, in their order: the authority file, names, namesakes, single words. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.domain import SpeakerType
from indexer.store.speakers.bodies import bodies
from indexer.store.speakers.identity import (
    HERE,
    Evidence,
    Resolution,
    apart,
    documents,
    earliest,
    local,
    slug_of,
    stays_in_its_document,
)
from indexer.store.speakers.namesakes import told_apart
from indexer.store.speakers.same_name import people
from indexer.store.speakers.surnames import Person, single_words, words_for

_TYPES: tuple[SpeakerType, ...] = ("organization", "document", "person")
"""Which type wins where documents disagree on what a name is, and as many say the one as the other."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the authority file: the speaker's slug, name and type."""

    slug: str
    name: str
    type: SpeakerType


Authority = Mapping[str, Listed]
"""Entries by the normal form of the name and of each alias."""


def resolve(evidence: Iterable[Evidence], authority: Authority | None = None) -> dict[int, Resolution]:
    """Who each speaker of a document is, by the evidence's id.

    `evidence` must hold all that shares a block (see `identity.blocks`) with any of it, over any number of steps.
    """
    listed = authority or {}
    found: dict[int, Resolution] = {}
    named = []
    for one in sorted(evidence, key=lambda one: (one.place, one.name, one.type)):
        if stays_in_its_document(one.name, one.type):
            found[one.id] = in_its_document(one, listed)
        else:
            named.append(replace(one, type="person") if one.type == "author" else one)
    named = _of_one_type(named)
    known = [one for one in named if not (one.is_person and one.parts.is_bare)]
    bare = [one for one in named if one.is_person and one.parts.is_bare]
    persons = []
    for group in people(one for one in known if one.is_person):
        persons += list(_people_of(group, listed, found))
    for group in bodies(one for one in known if not one.is_person):
        _settle(group, slug_of(group[0].normal, group[0].type), listed, found)
    unlisted = [one for one in bare if one.normal not in listed]
    found |= {one.id: _as_listed(listed[one.normal]) for one in bare if one.normal in listed}
    return found | single_words(persons, unlisted)


def in_its_document(one: Evidence, listed: Authority) -> Resolution:
    """Who somebody without an own name is: of this document alone, unless the authority file lists the words."""
    entry = listed.get(one.normal)
    return _as_listed(entry) if entry else local(one.name, one.type, one.document)


def _of_one_type(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each name as what most documents take it for; of a word that is somebody's surname each document is believed."""
    by_name: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for one in evidence:
        by_name[one.normal][one.type] += 1
    lasts = {one.parts.last for one in evidence if one.is_person and not one.parts.is_bare}
    types = {name: _type_of(counts) for name, counts in by_name.items() if name not in lasts}
    return [replace(one, type=types.get(one.normal, one.type)) for one in evidence]


def _type_of(counts: Counter[SpeakerType]) -> SpeakerType:
    return max(_TYPES, key=lambda kind: (counts[kind], -_TYPES.index(kind)))


def _people_of(group: Sequence[Evidence], listed: Authority, found: dict[int, Resolution]) -> Iterable[Person]:
    """The people that bear the names of a group; enters who is who."""
    base = min((one.normal for one in group), key=lambda name: (name.count("-"), name))
    for number, person in enumerate(told_apart(group)):
        own = slug_of(base, "person") if number == 0 else apart(base, earliest(person).document)
        _settle(person, own, listed if number == 0 else {}, found)
        slug = found[person[0].id].slug
        yield Person(slug, person[0].name, person, words_for(person))


def _settle(group: Sequence[Evidence], slug: str, listed: Authority, found: dict[int, Resolution]) -> None:
    """Enter one speaker; where the authority file lists some of its names, that speaker."""
    reasons = _reasons(group)
    entries = {entry.slug: entry for one in group if (entry := listed.get(one.normal))}
    for one in group:
        entry = listed.get(one.normal) or (next(iter(entries.values())) if len(entries) == 1 else None)
        found[one.id] = _as_listed(entry) if entry else Resolution(slug, one.type, reasons[one.normal])


def _as_listed(entry: Listed) -> Resolution:
    return Resolution(entry.slug, entry.type, f"listed as {entry.name} in the authority file")


def _reasons(group: Sequence[Evidence]) -> dict[str, str]:
    """For each name in normal form why the speakers of documents that bear it are the one that others speak of."""
    by_name: dict[str, list[Evidence]] = defaultdict(list)
    for one in group:
        by_name[one.normal].append(one)
    return {name: _reason(name, by_name) for name in by_name}


def _reason(name: str, by_name: Mapping[str, Sequence[Evidence]]) -> str:
    if documents(by_name[name]) > 1:
        return "the same name"
    if len(by_name) == 1:
        return HERE
    other = min(one.name for normal, same in by_name.items() if normal != name for one in same)
    return f"one name with {other}"
