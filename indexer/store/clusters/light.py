"""Light words, which anybody may say: the same only where evidence beside the words says so.

"She knows where it is" alone says nothing of where it comes from; said by Ana Lund, three days after her speech that
holds these words, and printed beside the same names, it comes from that speech. What weighs how much: `evidence`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from indexer.store.clusters.evidence import (
    ENOUGH,
    HUNDRED_TO_ONE,
    Evidence,
    Spoken,
    may_be_one,
    place_of,
    weight_of,
)
from indexer.store.clusters.wording import NEGATIONS, is_value, weight

DAYS = 31
"""So many days at most lie between a statement and light words of it."""
LEAST_LIGHT = 300
"""What words weigh at least to be looked for at all, in hundredths of a bit."""
_BEFORE = 5
"""With so many that have the same words one is compared, those before it in time."""
Statement = tuple[Spoken, int]
"""A longer statement, and its family."""
Days = list[tuple[int, int]]
"""Day and place of light words, sorted."""


def worth_it(words: Sequence[str]) -> bool:
    """True where light words are heavy enough, and more than one."""
    return len(words) > 1 and weight_of(words) >= LEAST_LIGHT


def kin_of_light(light: Sequence[Spoken], said: Iterable[Statement], evidence: Evidence) -> list[int]:
    """For each of the light words the family of the statement that they come from, else a negative number: who have
    the same number are the same.

    `said` are the statements that have a family. Where several families may be meant, none is, unless the evidence
    for one is far better.
    """
    kin = _repeated(light, evidence)
    comes_from = _origins(_around(light, kin, chain(said, zip(light, kin, strict=True)), evidence), light)
    return [_origin(comes_from, family) for family in kin]


def _origin(comes_from: Mapping[int, int], family: int) -> int:
    while family in comes_from:
        family = comes_from[family]
    return family


def _around(
    light: Sequence[Spoken], kin: Sequence[int], said: Iterable[Statement], evidence: Evidence
) -> dict[int, dict[int, float]]:
    """For each family of light words the families of what is longer and holds them, and the evidence for each."""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for place, statement, family in _holding(light, said):
        families = found[kin[place]]
        bits = weight_of(light[place].words) + evidence.of(light[place], statement)
        families[family] = max(bits, families.get(family, bits))
    return found


def _origins(around: Mapping[int, Mapping[int, float]], light: Sequence[Spoken]) -> dict[int, int]:
    """Of each family of light words the family of longer ones that it comes from, if that can be said.

    The longest first: what comes from one statement is one with it.
    """
    comes_from: dict[int, int] = {}
    for family in sorted(around, key=lambda family: -len(light[~family].words)):
        found: dict[int, float] = {}
        for longer, bits in around[family].items():
            origin = _origin(comes_from, longer)
            found[origin] = max(bits, found.get(origin, bits))
        best, *others = sorted(found.items(), key=lambda item: -item[1])
        if best[1] >= ENOUGH and all(best[1] - bits >= HUNDRED_TO_ONE for _, bits in others):
            comes_from[family] = best[0]
    return comes_from


def _repeated(light: Sequence[Spoken], evidence: Evidence) -> list[int]:
    """A negative number for each of the light ones, the same where the same words come again."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, spoken in enumerate(light):
        by_words[spoken.words].append(place)
    same = _Same(len(light))
    for places in by_words.values():
        places.sort(key=lambda place: place_of(light[place]))
        for at, place in enumerate(places):
            for before in places[max(0, at - _BEFORE) : at]:
                if _again(light[before], light[place], evidence):
                    same.join(before, place)
    return [~same.first(place) for place in range(len(light))]


class _Same:
    """Places that are the same, each known by the first of them."""

    def __init__(self, count: int) -> None:
        self._before = list(range(count))

    def first(self, place: int) -> int:
        while self._before[place] != place:
            self._before[place] = place = self._before[self._before[place]]
        return place

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.first(one), self.first(other)))
        self._before[other] = one


def _again(before: Spoken, after: Spoken, evidence: Evidence) -> bool:
    if before.document == after.document or not may_be_one(before, after):
        return False
    return weight_of(after.words) + evidence.of(before, after) >= ENOUGH


def _holding(light: Sequence[Spoken], said: Iterable[Statement]) -> Iterator[tuple[int, Spoken, int]]:
    """Each light quotation with each statement of those days that holds its words, of the same speaker or where one
    of the two is of nobody known."""
    wanted = _by_rarest_word(light)
    for statement, family in said:
        for word in set(statement.words) & wanted.keys():
            by_speaker = wanted[word]
            for speaker in {statement.speaker, ""} if statement.speaker else by_speaker:
                for place in _of_days(by_speaker.get(speaker, []), statement.day):
                    if light[place].document != statement.document and is_part(light[place].words, statement.words):
                        yield place, statement, family


def _of_days(days: Days, day: int) -> Iterator[int]:
    for when, place in days[bisect_left(days, (day - DAYS, -1)) :]:
        if when > day + DAYS:
            return
        yield place


def _by_rarest_word(light: Sequence[Spoken]) -> dict[str, dict[str, Days]]:
    """The light ones by the rarest word that each holds, and by speaker."""
    found: dict[str, dict[str, Days]] = defaultdict(lambda: defaultdict(list))
    for place, spoken in enumerate(light):
        rarest = max(spoken.words, key=lambda word: (weight(word), word))
        found[rarest][spoken.speaker].append((spoken.day, place))
    for days in (days for by_speaker in found.values() for days in by_speaker.values()):
        days.sort()
    return found


def is_part(words: Sequence[str], longer: Sequence[str]) -> bool:
    """True where words stand in longer ones in a row; one word more, no number and no "not", may be among them."""
    if len(words) >= len(longer):
        return False
    if f" {' '.join(words)} " in f" {' '.join(longer)} ":
        return True
    starts = (at for at, word in enumerate(longer) if word == words[0])
    return len(words) > 2 and any(_with_one_more(words, longer[at : at + len(words) + 1]) for at in starts)


def _with_one_more(words: Sequence[str], row: Sequence[str]) -> bool:
    """True where a row is the words with one more."""
    at = next((at for at, (one, other) in enumerate(zip(words, row, strict=False)) if one != other), len(words))
    more = row[at : at + 1]
    return (
        tuple(words[at:]) == tuple(row[at + 1 :]) and bool(more) and not is_value(more[0]) and more[0] not in NEGATIONS
    )
