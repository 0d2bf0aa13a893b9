"""The parts of a person's name, by which two printings of it are told to be one name or two. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.store.keys import normal_form

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DEGREES = frozenset({"phd", "md", "esq", "qc", "kc", "mp", "obe", "mbe", "cbe"})
_PARTICLES = frozenset(
    "al ap bin bint da dal de del della den der des di do dos du el ibn la las le los".split()
    + "mac mc san st ten ter van von y zu".split()
)
_NICKNAME = re.compile(r"[\"“”'‘’«»(]\s*([^\W\d_][^\"“”«»()]*?)\s*[\"“”'‘’«»)](?=\s|$)")
"""What stands in marks or brackets inside a name: Robert "Bobby" Scott."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in normal form: `first` is "" for a single word; `last` keeps its particles (de-blasio)."""

    first: str
    middles: tuple[str, ...]
    last: str
    suffix: str
    nickname: str = ""

    @property
    def is_bare(self) -> bool:
        """True for a single word, mostly a surname."""
        return not self.first


@lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """The parts of a name as printed, titles already gone."""
    nickname = next((normal_form(match[1]) for match in _NICKNAME.finditer(name)), "")
    words = [word for word in normal_form(_NICKNAME.sub(" ", name)).split("-") if word]
    words = words or [word for word in normal_form(name).split("-") if word]
    while len(words) > 1 and words[-1] in _DEGREES:
        words.pop()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    if len(words) < 2 or (words[0] in _PARTICLES and name.lstrip()[0].islower()):
        return PersonName("", (), "-".join(words), suffix, nickname)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return PersonName(words[0], tuple(words[1:start]), "-".join(words[start:]), suffix, nickname)


def fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where one person may bear both runs of middle names: one is left out or shortened, none contradicts."""
    if not one or not other:
        return True
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=False))
