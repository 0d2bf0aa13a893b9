"""What a document as a whole means by its marks, decided from the evidence in it. Pure functions over a string."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .mark_tokens import (
    ANGLE,
    DOUBLE,
    GUILLEMET,
    LEFT,
    LIKELY,
    RIGHT,
    SINGLE,
    SOFT_BREAK,
    SPACE,
    STOP,
    Sense,
    Token,
    is_elided,
)

_WIDEST_WRAPPED = 120
"""Characters; longer lines are paragraphs."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document uses its marks.

    `single_first`: ‘…’ marks ordinary quotations, not only those inside others.
    `left_closes`, `right_opens`: “ is often printed at ends, ” at starts (Swedish style, wrong-way marks).
    `reversed_families`: the guillemets, double or single, that stand as »…« rather than «…».
    `wrapped`: a single newline is only a line's end.
    """

    single_first: bool = False
    left_closes: bool = False
    right_opens: bool = False
    reversed_families: frozenset[int] = frozenset()
    wrapped: bool = False


class _Count:
    """How often each mark stands where one opens, where one closes, and elsewhere."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.places: Counter[tuple[int, int, str]] = Counter()
        for sense, times in Counter(token.sense for token in tokens).items():
            if sense.family < SOFT_BREAK:
                self.places[sense.family, sense.shape, _place(sense)] += times

    def of(self, place: str, *families: int) -> int:
        return sum(times for (family, _, where), times in self.places.items() if where == place and family in families)

    def is_often(self, shape: int, place: str, usual: str) -> bool:
        """True for double marks at least three times there, and a third as often as in the usual place."""
        times = self.places[DOUBLE, shape, place]
        return times >= 3 and 3 * times >= self.places[DOUBLE, shape, usual]

    def is_reversed(self, family: int) -> bool:
        """True when more marks stand as »…« than as «…»."""
        places = self.places
        forwards = places[family, LEFT, "opens"] + places[family, RIGHT, "closes"]
        return places[family, RIGHT, "opens"] + places[family, LEFT, "closes"] > forwards


def _place(sense: Sense) -> str:
    """Where a mark stands; a single mark that may be an apostrophe stands elsewhere."""
    if sense.family == SINGLE and sense.elision == LIKELY:
        return "elsewhere"
    if sense.opens_by_place:
        return "opens"
    if sense.closes_by_place and (sense.family != SINGLE or sense.left == STOP):
        return "closes"
    return "elsewhere"


def read_habits(text: str, tokens: list[Token]) -> Habits:
    """What the document's own marks tell of its style, by counting where each shape stands."""
    count = _Count(tokens)
    singles = min(count.of("opens", SINGLE), count.of("closes", SINGLE))
    return Habits(
        single_first=0 < singles >= count.of("opens", DOUBLE, GUILLEMET),
        left_closes=count.is_often(LEFT, "closes", "opens"),
        right_opens=count.is_often(RIGHT, "opens", "closes"),
        reversed_families=frozenset(family for family in (GUILLEMET, ANGLE) if count.is_reversed(family)),
        wrapped=is_wrapped(text),
    )


def is_wrapped(text: str, sample: int = 200_000) -> bool:
    """True when most lines that another line follows end in mid-sentence, at about one width."""
    lines = [line.strip() for line in text[:sample].split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    if len(inner) < 2 or 2 * sum(line[-1] not in ".!?:\"”’'»" for line in inner) < len(inner):
        return False
    widest = max(map(len, inner))
    return widest <= _WIDEST_WRAPPED and 2 * sum(len(line) > 0.6 * widest for line in inner) > len(inner)


def pairs_are_marks(text: str, tokens: list[Token], habits: Habits) -> bool:
    """False when two single marks in a row are two marks in this document: ''Tis, or the ends of two quotations.

    They are one doubled mark where doubled marks also open quotations, or end what other double marks open.
    """
    pairs = [token for token in tokens if token.end - token.start == 2 and text[token.start] in "'’‘´"]
    if not pairs or any(token.sense.opens_by_place and not is_elided(text, token.start + 1) for token in pairs):
        return True
    if any(token.sense.closes_by_place for token in pairs):
        return not habits.single_first and (_any_opens(tokens, DOUBLE) or not _any_opens(tokens, SINGLE))
    return all(token.sense.right == SPACE for token in pairs)


def _any_opens(tokens: list[Token], family: int) -> bool:
    return any(token.sense.family == family and _place(token.sense) == "opens" for token in tokens)
