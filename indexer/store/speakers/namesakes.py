"""Two people of one name: kept apart where what the documents say of them disagrees and nothing joins them.

Documents are joined that use the same word for somebody's work or office, or that quote another same speaker beside it.
What is then left in two parts stays in two where their walks of life are others (a senator, a baker). Where nothing
disagrees, the same name is the same person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from indexer.store.keys import normal_form
from indexer.store.speakers.identity import Evidence, documents, earliest
from indexer.store.speakers.unions import Unions

_FILE = Path(__file__).with_name("lexicon") / "occupations.txt"
_OF_WHAT = re.compile(r"\s(?:of|for|at|in|from|with|to|on|who|whose|whom|that|which)\b|,")
"""Where a description goes on to tell of what, for whom, since when."""
_AND = re.compile(r"\s(?:and|&|turned)\s|/")


def told_apart(group: Sequence[Evidence]) -> list[list[Evidence]]:
    """One name's evidence, a list for each person; the one that most documents tell of comes first."""
    people: list[tuple[list[Evidence], set[str]]] = []
    for part in sorted(_joined(group), key=lambda part: (-documents(part), earliest(part).place)):
        walks = {walk for one in part for word in roles(one) for walk in _walks_of_life()[word]}
        fitting = next((person for person in people if not _disagree(person[1], walks)), None)
        if fitting is None:
            people.append((list(part), walks))
        else:
            fitting[0].extend(part)
            fitting[1].update(walks)
    return [person for person, _ in people]


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


def _disagree(walks: set[str], others: set[str]) -> bool:
    return bool(walks and others) and not walks & others


def roles(one: Evidence) -> frozenset[str]:
    """The words of a role that name somebody's work or office: president and editor in “president and editor of …”."""
    return _heads(one.role) if one.role else frozenset()


@lru_cache(maxsize=10_000)
def _heads(role: str) -> frozenset[str]:
    told = _OF_WHAT.split(role, maxsplit=1)[0]
    heads = (normal_form(part).rpartition("-")[2] for part in _AND.split(told))
    return frozenset(head for head in heads if head in _walks_of_life())


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
