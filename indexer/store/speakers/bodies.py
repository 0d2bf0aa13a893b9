"""Organisations and documents: one name is one of them everywhere, and an acronym is its long form. Pure.

An acronym joins the one organisation that some document gives both names. Where documents give it to several (the Fed,
the federation), it stays by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indexer.store.speakers.identity import Evidence

_LONGEST_ACRONYM = 6


def bodies(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Organisations and documents, each with all that is said of it; the long form's evidence comes first."""
    by_name: dict[str, list[Evidence]] = defaultdict(list)
    for one in sorted(evidence, key=lambda one: (one.normal, one.place)):
        by_name[one.normal].append(one)
    joined = _long_forms(by_name)
    groups: dict[str, list[Evidence]] = {name: list(group) for name, group in by_name.items() if name not in joined}
    for acronym, full in joined.items():
        groups[full].extend(by_name[acronym])
    return list(groups.values())


def _long_forms(by_name: Mapping[str, Sequence[Evidence]]) -> dict[str, str]:
    """Acronyms that have evidence of their own, with the one long form that documents give them."""
    called: dict[str, set[str]] = defaultdict(set)
    for full, group in by_name.items():
        for one in group:
            for short in one.also:
                if short in by_name and short != full and is_acronym(short, full):
                    called[short].add(full)
    return {short: next(iter(full)) for short, full in called.items() if len(full) == 1 and not called.keys() & full}


def is_acronym(short: str, full: str) -> bool:
    """True where the short name is made of first letters of the long one, in order: ccp, chinese-communist-party."""
    letters, words = short.replace("-", ""), full.split("-")
    if not 2 <= len(letters) <= _LONGEST_ACRONYM or len(words) < 2:
        return False
    initials = iter("".join(word[0] for word in words))
    return letters[0] == words[0][0] and all(letter in initials for letter in letters)
