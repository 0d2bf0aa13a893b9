"""A single word for a person, mostly a surname: whom it means, if that can be told. Pure.

A document that gives the full name somewhere has settled it already. Else the word means the one person with that name
that the same source names in full at about the same time, if there is but one, or one that nearly all its documents
mean. Somebody whom the same document quotes under the full name is not meant: the text keeps them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.store.speakers.identity import HERE, Evidence, Resolution, apart, local, slug_of

PERIOD = 1
"""Years before and after a document in which its source may have named a person in full."""
DOMINANT = 0.9
"""The share of the source's documents from which one person of a surname is meant."""
ENOUGH = 3
"""So many documents must tell of a dominant one, where others of the name are known."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a full name: the slug, the evidence, and the single words that documents use for it."""

    slug: str
    name: str
    evidence: Sequence[Evidence]
    words: frozenset[str]


def single_words(people: Iterable[Person], bare: Iterable[Evidence]) -> dict[int, Resolution]:
    """Whom each single word means."""
    by_word: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for word in person.words:
            by_word[word].append(person)
    return {one.id: _resolve(one, by_word.get(one.normal, ())) for one in bare}


def words_for(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The words that mean a person: the last of the name; the first too where documents rather use it (Xi Jinping)."""
    counts: Counter[str] = Counter()
    for one in evidence:
        counts[one.parts.last] += one.parts.last in one.also
        counts[one.parts.first] += one.parts.first in one.also
    firsts = {one.parts.first for one in evidence}
    lasts = {one.parts.last for one in evidence}
    rather_first = sum(counts[word] for word in firsts) > sum(counts[word] for word in lasts)
    return frozenset(lasts | firsts if rather_first else lasts)


def _resolve(one: Evidence, known: Sequence[Person]) -> Resolution:
    fitting = [person for person in known if _may_be(one, person)]
    if not known:
        return _of_its_source(one)
    meant = _dominant(one, fitting)
    if meant is None:
        return local(one.name, "person", one.document)
    return Resolution(meant.slug, "person", f"the one {one.name} whom this source names in full then: {meant.name}")


def _may_be(one: Evidence, person: Person) -> bool:
    """False for somebody whom the document has as another speaker, and where the pronouns differ."""
    if any(other.document == one.document for other in person.evidence):
        return False
    told = {other.pronoun for other in person.evidence if other.pronoun}
    return one.pronoun is None or not told or one.pronoun in told


def _dominant(one: Evidence, known: Sequence[Person]) -> Person | None:
    """The person that the source means by the word at the time."""
    counts = {person.slug: _documents_near(one, person) for person in known}
    total = sum(counts.values())
    best = max(known, key=lambda person: (counts[person.slug], person.slug), default=None)
    if best is None or not counts[best.slug]:
        return None
    if len(known) == 1:
        return best
    share = counts[best.slug] / total
    return best if share >= DOMINANT and counts[best.slug] >= ENOUGH else None


def _documents_near(one: Evidence, person: Person) -> int:
    """In how many documents of the source the person is named in full, at about that time."""
    return len({other.document for other in person.evidence if _is_near(one, other)})


def _is_near(one: Evidence, other: Evidence) -> bool:
    same_period = one.year is None or other.year is None or abs(one.year - other.year) <= PERIOD
    return one.publisher == other.publisher and same_period


def _of_its_source(one: Evidence) -> Resolution:
    """The same word, with nobody of that name known: one speaker for each source and year."""
    if one.publisher is None and one.year is None:
        return Resolution(slug_of(one.normal, "person"), "person", HERE)
    mark = f"{one.publisher or ''} {one.year or ''}"
    return Resolution(apart(one.normal, mark), "person", "the same single name in the same source and year")
