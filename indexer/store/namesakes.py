"""Two people of one name: kept apart where what the documents say of them disagrees and nothing joins them.

Documents are joined that use the same word for somebody's work or office, or that quote another same speaker beside it.
What is then left in two parts stays in two where they disagree: the walks of life are others (a senator, a baker), or
one is “he” and the other “she”. Where nothing disagrees, the same name is the same person.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from indexer.store.identity import Evidence, documents, earliest
from indexer.store.keys import normal_form
from indexer.store.unions import Unions

_FILE = Path(__file__).with_name("lexicon") / "occupations.txt"
_VAGUE = frozenset(
    {"former", "senior", "chief", "deputy", "vice", "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"}
)
"""Words of titles that many people bear."""


def told_apart(group: Sequence[Evidence]) -> list[list[Evidence]]:
    """One name's evidence, a list for each person; the one that most documents tell of comes first."""
    people: list[list[Evidence]] = []
    for part in sorted(_joined(group), key=lambda part: (-documents(part), earliest(part).place)):
        fitting = next((person for person in people if not _disagree(person, part)), None)
        if fitting is None:
            people.append(list(part))
        else:
            fitting.extend(part)
    return people


def _joined(group: Sequence[Evidence]) -> list[list[Evidence]]:
    """Parts whose documents are joined by a word for the office, by other speakers, or by the document."""
    unions: Unions[tuple[str, str]] = Unions()
    by_key: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in group:
        own = ("document", one.document)
        by_key[own].append(one)
        unions.with_(own)
        for word in roles(one):
            unions.join(own, ("role", word))
        for companion in one.companions:
            unions.join(own, ("companion", companion))
    parts = ([one for key in keys for one in by_key.get(key, ())] for keys in unions.groups())
    return [part for part in parts if part]


def _disagree(one: Iterable[Evidence], other: Iterable[Evidence]) -> bool:
    walks, others = _walks(one), _walks(other)
    if walks and others:
        return not walks & others
    return _pronouns(one) | _pronouns(other) == {"he", "she"} and not _pronouns(one) & _pronouns(other)


def roles(one: Evidence) -> set[str]:
    """The words of the role that tell somebody's work or office."""
    words = {_singular(word) for word in re.split("-+", normal_form(one.role or ""))} | _pairs(one.role or "")
    return (words & _walks_of_life().keys()) - _VAGUE


def _pairs(role: str) -> set[str]:
    """Words that a hyphen joins in the list: vice president as vice-president."""
    words = normal_form(role).split("-")
    return {"-".join(pair) for pair in itertools.pairwise(words)}


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1] in _walks_of_life() else word


def _walks(group: Iterable[Evidence]) -> set[str]:
    return {walk for one in group for word in roles(one) for walk in _walks_of_life()[word]}


def _pronouns(group: Iterable[Evidence]) -> set[str]:
    return {one.pronoun for one in group if one.pronoun}


@cache
def _walks_of_life() -> dict[str, set[str]]:
    """Each word for somebody's work or office with the walks of life that it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        walk, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            for word in words.split():
                found[word].add(walk)
    return dict(found)
