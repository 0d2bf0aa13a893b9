"""Where words stand, told so that the place is found again after the text was edited.

An anchor is the exact words, up to CONTEXT code points on either side, and the offsets as a hint: the TextQuoteSelector
and the TextPositionSelector of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#selectors).
The words must be there character by character; only the amount and kind of white space and the style of quotation
marks may differ, since copying and typesetting change them and readers do not. Where it is not certain that a place
is the one that was meant, none is found: an orphan is better than a wrong quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

CONTEXT = 64
"""How many code points of the text are kept on either side of the words."""
ENOUGH = 0.35
"""The agreement of the surroundings from which they tell a place from any other."""
CLEARLY = 0.05
"""Agreements that differ by no more than this say nothing; the nearer place counts then."""
FADING = 0.9
"""Each word of the surroundings counts so much of the one before it, from the anchor outwards."""
LONG = 5
"""So many words, standing in one place only, need no surroundings to be known by."""
MANY = 1000
"""Words that stand in more places than this are no longer looked for."""

_WORD = re.compile(r"\w+")
_DOUBLE, _SINGLE = '"“”„‟«»＂', "‘’‚‛‹›`´"
_UNLIKE = re.compile(rf"\s{{2,}}|[^\S ]|[{_DOUBLE}{_SINGLE}]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text with what stood before and after them; `start` and `end` are where they stood (code points)."""

    start: int
    end: int
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in one style of white space and marks; `steps` are pairs of its offsets and the original's."""

    text: str
    steps: Sequence[tuple[int, int]]

    def origin(self, offset: int) -> int | None:
        """The offset in the original text; None in the middle of what was one character there."""
        after = bisect_right(self.steps, offset, key=lambda step: step[0])
        at, origin = self.steps[after - 1]
        origin += offset - at
        within = after < len(self.steps) and self.steps[after] == (offset + 1, origin)
        return None if within else origin


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of text[start:end]."""
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """The offsets of the anchor's words in this text (code points), or None where nobody can be sure.

    Of several places it is the one whose surroundings agree best, and among equals the nearest to where it was. Time
    is linear in the length of the text, for at most MANY places.
    """
    if _stands_unchanged(anchor, text):
        return anchor.start, anchor.end
    if not _WORD.search(anchor.words):
        return None
    stand = list(islice(places(anchor.words, text), MANY + 1))
    if len(stand) > MANY:
        return None
    stand = [place for place in stand if _is_whole(anchor, text, *place)]
    if len(stand) == 1 and len(_WORD.findall(anchor.words)) >= LONG:
        return stand[0]
    agreed = [(agreement(anchor, text, place), place) for place in stand]
    best = max((share for share, _ in agreed), default=0.0)
    if best < ENOUGH:
        return None
    return _nearest(anchor.start, [place for share, place in agreed if share >= best - CLEARLY])


def agreement(anchor: Anchor, text: str, place: tuple[int, int]) -> float:
    """How much of the words around the anchor stands around this place too, from 0 to 1; 0 where there were none.

    The nearer a word, the more it counts.
    """
    start, end = place
    before = text[max(0, start - len(anchor.before)) : start]
    after = text[end : end + len(anchor.after)]
    sides = (
        (_WORD.findall(anchor.before)[::-1], _WORD.findall(before)[::-1]),
        (_WORD.findall(anchor.after), _WORD.findall(after)),
    )
    total = sum(_weight(range(len(old))) for old, _ in sides)
    return sum(_in_common(old, new) for old, new in sides) / total if total else 0.0


def _stands_unchanged(anchor: Anchor, text: str) -> bool:
    around = text[anchor.start - len(anchor.before) : anchor.end + len(anchor.after)]
    return bool(anchor.words) and around == anchor.before + anchor.words + anchor.after


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, white space and the style of marks aside; places may overlap."""
    sought, folded = _fold(words).text, _fold(text)
    at = folded.text.find(sought) if sought else -1
    while at >= 0:
        start, end = folded.origin(at), folded.origin(at + len(sought))
        if start is not None and end is not None:
            yield start, end
        at = folded.text.find(sought, at + 1)


def _is_whole(anchor: Anchor, text: str, start: int, end: int) -> bool:
    """Not a part of longer words, unless the anchor's words were that too."""
    starts_within = _runs_on(text[max(0, start - 1) : start], text[start:end]) > _runs_on(anchor.before, anchor.words)
    ends_within = _runs_on(text[start:end], text[end : end + 1]) > _runs_on(anchor.words, anchor.after)
    return not starts_within and not ends_within


def _runs_on(one: str, other: str) -> bool:
    """Whether a word goes on from the end of one text to the start of the other."""
    return one[-1:].isalnum() and other[:1].isalnum()


def _fold(text: str) -> _Folded:
    """The text with every run of white space as one space, single marks as apostrophes, double ones as two."""
    parts, steps, length, last = list[str](), [(0, 0)], 0, 0
    for unlike in _UNLIKE.finditer(text):
        plain = " " if unlike[0].isspace() else "''" if unlike[0] in _DOUBLE else "'"
        parts += [text[last : unlike.start()], plain]
        length += unlike.start() - last + len(plain)
        last = unlike.end()
        steps.append((length, last))
    return _Folded("".join([*parts, text[last:]]), steps)


def _in_common(old: Sequence[str], new: Sequence[str]) -> float:
    """The weight of the old words, nearest first, that the new ones have in the same order."""
    if old == new:
        return _weight(range(len(old)))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return sum(_weight(range(block.a, block.a + block.size)) for block in blocks)


def _weight(words: Iterable[int]) -> float:
    """The weight of words, given how many stand between each and the anchor."""
    return sum(FADING**word for word in words)


def _nearest(start: int, places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The place nearest to an offset; None where two are equally near."""
    first, *others = sorted(places, key=lambda place: abs(place[0] - start))
    return None if others and abs(others[0][0] - start) == abs(first[0] - start) else first
