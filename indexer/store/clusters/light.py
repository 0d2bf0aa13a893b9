"""Light words, which anybody may say: the same only where the same speaker said them in the same days.

"She knows where it is" alone says nothing of where it comes from; said by Ana Lund, three days after her speech that
holds these words, and by her only there in those days, it comes from that speech. Where several of her statements
hold them it may be of any, and stays apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.store.clusters.wording import weight

DAYS = 14
"""So many days at most lie between a statement and its repetition."""
LEAST_LIGHT = 700
"""What words weigh at least to be looked for at all, in hundredths of a bit."""
LEAST_ALONE = 1200
"""The same where no longer statement holds them."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One quotation: its words in normal form, its speaker, the day as a number; the family of a longer statement."""

    words: tuple[str, ...]
    speaker: str
    day: int
    family: int | None = None


def worth_it(words: Sequence[str]) -> bool:
    """True where light words are heavy enough, and more than one."""
    return len(words) > 1 and sum(map(weight, words)) >= LEAST_LIGHT


def statements(light: Sequence[Spoken], said: Iterable[Spoken]) -> Iterator[tuple[int, int]]:
    """For light words that one statement alone holds: their place in `light`, and the family of that statement.

    `said` are the statements that have a family.
    """
    families: dict[int, set[int]] = defaultdict(set)
    for place, statement in _holding(light, said):
        assert statement.family is not None
        families[place].add(statement.family)
    for place, found in families.items():
        if len(found) == 1:
            yield place, found.pop()


def repetitions(light: Sequence[Spoken]) -> list[list[int]]:
    """Places in `light` of the same words of one speaker, each within some days of the next: two or more together."""
    by_words: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for place, spoken in enumerate(light):
        if sum(map(weight, spoken.words)) >= LEAST_ALONE:
            by_words[spoken.speaker, spoken.words].append(place)
    runs: list[list[int]] = []
    for places in by_words.values():
        places.sort(key=lambda place: light[place].day)
        for before, place in zip([None, *places], places, strict=False):
            if before is None or light[place].day - light[before].day > DAYS:
                runs.append([])
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _holding(light: Sequence[Spoken], said: Iterable[Spoken]) -> Iterator[tuple[int, Spoken]]:
    """Each light quotation with each statement of its speaker, in its days, that holds its words in a row."""
    wanted = _by_rarest_word(light)
    for statement in said:
        mine = wanted.get(statement.speaker, {})
        for word in mine.keys() & set(statement.words):
            days = mine[word]
            start = bisect_left(days, (statement.day - DAYS, -1))
            for day, place in days[start:]:
                if day > statement.day + DAYS:
                    break
                if _holds(statement.words, light[place].words):
                    yield place, statement


def _by_rarest_word(light: Sequence[Spoken]) -> Mapping[str, Mapping[str, list[tuple[int, int]]]]:
    """Day and place of the light ones of each speaker, sorted, by the rarest word that each holds."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place, spoken in enumerate(light):
        rarest = max(spoken.words, key=lambda word: (weight(word), word))
        found[spoken.speaker][rarest].append((spoken.day, place))
    for days in (days for mine in found.values() for days in mine.values()):
        days.sort()
    return found


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(words)} "
