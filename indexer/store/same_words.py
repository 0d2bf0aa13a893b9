"""Which quotations are the same words: identical, cut, contained in one another, or slightly reworded.

Wordings that share a seed are candidates (`seeds`), and each two of these are compared word by word (`alignment`).
Twins make a family. What is surely a part of a longer one joins it, so two parts of one speech come together through
the speech. A light fragment ("make it great again") joins only where all that have it are one family, or the nearest
of a few by its own speaker: what stands in many that have nothing else in common is a formula, and keeps to itself. So
does what stands in two that contradict each other.

MinHash (datasketch, 128 permutations over pairs of words) was measured for the candidates: at a threshold of 0.3 it
brings more pairs to compare than the suffix array and three in eight of the fragments, of which seeds bring 97 in 100;
what it finds are sets that are alike as a whole, and newspapers cut ten words out of sixty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from indexer.store.alignment import How, Likeness, likeness, tells
from indexer.store.keys import normal_form
from indexer.store.seeds import candidates
from indexer.store.wording import Wording, wording

LEAST_FRAGMENT = 2000
"""What a fragment weighs at least, in hundredths of a bit, unless its speaker is the same."""
FEW = 3
"""A fragment that more families of one speaker have is a formula."""
Tie = Literal["sure", "speaker", "words"]
Names = frozenset[str]
_Member = tuple[int, int | str, str]
"""Of a quotation: its id, its document, its speaker's surname, "" where nobody is named."""
Heaviness = tuple[int, tuple[str, ...]]
"""What orders wordings: the weight, and the words where that is equal."""


class Item(NamedTuple):
    """A quotation: its id, its text, its document and, where it is known, the name of its speaker."""

    id: int
    text: str
    document: int | str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Quotations that are the same words: their ids, sorted, and the heaviest wording among them, in normal form."""

    ids: tuple[int, ...]
    words: tuple[str, ...]


class Edge(NamedTuple):
    """Two places in a list of wordings, and how alike these are."""

    one: int
    other: int
    likeness: Likeness


def groups(items: Iterable[Item]) -> list[Group]:
    """The groups of quotations that are the same words, by their first id.

    Only groups of two documents or more; two quotations of one document may be in one group. The result depends on
    the texts, documents and speakers alone, not on the order of the items.
    """
    members: dict[Wording, list[_Member]] = defaultdict(list)
    for item in items:
        words = wording(item.text)
        if tells(words):
            members[words].append((item.id, item.document, surname(item.speaker or "")))
    wordings = list(members)
    speakers = [frozenset(name for _, _, name in members[words] if name) for words in wordings]
    together: dict[int, list[_Member]] = defaultdict(list)
    for words, family in zip(wordings, families(wordings, speakers, edges(wordings)), strict=True):
        together[family] += members[words]
    several = ((family, found) for family, found in together.items() if len({document for _, document, _ in found}) > 1)
    made = (Group(tuple(sorted(number for number, _, _ in found)), wordings[family].words) for family, found in several)
    return sorted(made, key=lambda group: group.ids)


def surname(name: str) -> str:
    """The last word of a name in normal form: what its shorter and its longer form have in common."""
    return normal_form(name).rpartition("-")[2]


def edges(wordings: Sequence[Wording]) -> Iterator[Edge]:
    """Each two wordings that are alike."""
    for one, other in candidates(wordings).tolist():
        found = likeness(wordings[one], wordings[other])
        if found.how != "different":
            yield Edge(one, other, found)


def families(wordings: Sequence[Wording], speakers: Sequence[Names], found: Iterable[Edge]) -> list[int]:
    """For each wording the number of its family: what is the same words has the same number.

    `speakers` are the surnames of those who are said to have spoken each.
    """
    kin = _Kin(wordings)
    by_kind: dict[How, list[Edge]] = defaultdict(list)
    for edge in found:
        by_kind[edge.likeness.how].append(edge)
    for edge in by_kind["contrary"]:
        kin.part(edge.one, edge.other)
    for edge in sorted(by_kind["twin"], key=kin.nearest_first):
        kin.join({kin.family(edge.one), kin.family(edge.other)})
    _join_parts(kin, speakers, [*by_kind["part"], *by_kind["fragment"]])
    return [kin.family(place) for place in range(len(wordings))]


def _join_parts(kin: _Kin, speakers: Sequence[Names], found: Iterable[Edge]) -> None:
    """Join each family, from the heaviest on, with those that it is a part of.

    What is surely a part joins all that have it, and so joins them, unless two of them are contrary: then nobody can
    tell which of them it was cut from. A fragment joins where one family has it, or that of a few by its own speaker
    that has most of it.
    """
    around: dict[int, list[tuple[Tie, int, int]]] = defaultdict(list)
    for edge in found:
        light, heavy = sorted((kin.family(edge.one), kin.family(edge.other)), key=kin.heaviness)
        if light != heavy and (tie := _tie(edge, speakers)):
            around[light].append((tie, edge.likeness.common, heavy))
    for light in sorted(around, key=kin.heaviness, reverse=True):
        kin.join({kin.family(light), *_joined(around[light], kin)})


def _tie(edge: Edge, speakers: Sequence[Names]) -> Tie | None:
    """What ties a part to the longer one; None where it is light and the speakers differ or are not known."""
    if edge.likeness.how == "part":
        return "sure"
    one, other = speakers[edge.one], speakers[edge.other]
    if one & other:
        return "speaker"
    return "words" if edge.likeness.common >= LEAST_FRAGMENT and not (one and other) else None


def _joined(around: Sequence[tuple[Tie, int, int]], kin: _Kin) -> set[int]:
    """Those of the families around it that a family joins."""
    if sure := {kin.family(heavy) for tie, _, heavy in around if tie == "sure"}:
        return sure
    having = {kin.family(heavy) for _, _, heavy in around}
    if len(having) == 1:
        return having
    own = sorted(
        (-common, kin.heaviness(kin.family(heavy)), heavy) for tie, common, heavy in around if tie == "speaker"
    )
    few = len({kin.family(heavy) for _, _, heavy in own}) <= FEW
    return {kin.family(own[0][2])} if own and few else set()


class _Kin:
    """Families of wordings, each known by its heaviest member; which of them are contrary and never join."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._family = list(range(len(wordings)))
        self._members: dict[int, list[int]] = {}
        self._contrary: dict[int, set[int]] = {}
        first: dict[tuple[str, ...], int] = {}
        for place, one in enumerate(wordings):
            self.join({first.setdefault(one.words, place), place})

    def family(self, place: int) -> int:
        """The family of a wording, or of what was a family."""
        return self._family[place]

    def heaviness(self, place: int) -> Heaviness:
        """What orders families."""
        return self._wordings[place].weight, self._wordings[place].words

    def nearest_first(self, edge: Edge) -> tuple[float, Heaviness, Heaviness]:
        """What orders twins: those that have most in common first."""
        heavy, light = sorted((self.heaviness(edge.one), self.heaviness(edge.other)), reverse=True)
        return -edge.likeness.common / heavy[0], heavy, light

    def part(self, one: int, other: int) -> None:
        """Keep the families of two contrary wordings apart."""
        one, other = self.family(one), self.family(other)
        if one != other:
            self._contrary.setdefault(one, set()).add(other)
            self._contrary.setdefault(other, set()).add(one)

    def join(self, together: set[int]) -> None:
        """Make these families one, unless two of them are contrary."""
        if len(together) < 2 or any(self._contrary.get(one, set()) & together for one in together):
            return
        target = max(together, key=self.heaviness)
        for gone in together - {target}:
            for place in self._members.pop(gone, [gone]):
                self._family[place] = target
                self._members.setdefault(target, [target]).append(place)
            for other in self._contrary.pop(gone, set()):
                self._contrary[other].remove(gone)
                self.part(target, other)
