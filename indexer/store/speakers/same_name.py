"""Full names of people: which printings are one name. “Donald J. Trump” is “Donald Trump”, “Donald Trump Jr.” is not.

Joined are names whose first and last word agree while nothing between them contradicts: a middle name may be left out
or shortened. Where the index knows two middle names (George W. and George H. W. Bush), the name without one is neither.
Another given name joins where a document itself calls one person both (Robert and Bobby Scott). Two names that a
document keeps apart never join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from indexer.store.speakers.identity import Evidence
from indexer.store.speakers.person_names import PersonName, fit, parse
from indexer.store.speakers.unions import Unions

Key = tuple[str, str, str]
"""First word, last word and suffix of a name."""
ByName = Mapping[str, Sequence[Evidence]]
"""The evidence for each normal form of a name."""


def people(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """People with full names, each with all that may be said of it, by normal form of name."""
    by_name: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        by_name[one.normal].append(one)
    names = {normal: one[0].parts for normal, one in sorted(by_name.items())}
    kept_apart = _kept_apart(by_name)
    unions = Unions(names)
    for pair in [*_by_middle_names(names), *_called_both(by_name, names)]:
        _join(unions, *pair, kept_apart)
    return [[one for normal in group for one in by_name[normal]] for group in unions.groups()]


def _join(unions: Unions[str], one: str, other: str, kept_apart: set[frozenset[str]]) -> None:
    """Join two names with all that they are joined with, unless a document keeps any two of these apart."""
    left, right = unions.with_(one), unions.with_(other)
    if not any(frozenset((a, b)) in kept_apart for a in left for b in right):
        unions.join(one, other)


def _by_middle_names(names: Mapping[str, PersonName]) -> Iterable[tuple[str, str]]:
    """Pairs of names that differ in middle names at most, where these are all of one person."""
    by_key: dict[Key, list[str]] = defaultdict(list)
    for normal, name in names.items():
        by_key[name.first, name.last, name.suffix].append(normal)
    for group in by_key.values():
        told = [normal for normal in group if names[normal].middles]
        is_one = all(fit(names[a].middles, names[b].middles) for a, b in combinations(told, 2))
        pairs = combinations(group, 2) if is_one else combinations(told, 2)
        yield from ((a, b) for a, b in pairs if fit(names[a].middles, names[b].middles))


def _called_both(by_name: ByName, names: Mapping[str, PersonName]) -> Iterable[tuple[str, str]]:
    """Pairs of full names with one last word that a document, or the name itself, gives to one person."""
    for normal, group in by_name.items():
        own = names[normal]
        called = {name for one in group for name in one.also}
        if own.nickname:
            called.add("-".join((own.nickname, own.last)))
        for other in sorted(called & names.keys()):
            if parse(other.replace("-", " ")).last == own.last:
                yield normal, other


def _kept_apart(by_name: ByName) -> set[frozenset[str]]:
    """Pairs of names that one document has as two speakers."""
    by_document: dict[str, set[str]] = defaultdict(set)
    for normal, group in by_name.items():
        for one in group:
            by_document[one.document].add(normal)
    return {frozenset(pair) for names in by_document.values() for pair in combinations(sorted(names), 2)}
