"""A long text in parts, a page each. Pure.

Part number k begins at the first break between paragraphs at or after k * PART, so where a part begins can be told
from the text just there. An article of a usual length is one part.
"""

from __future__ import annotations

import re

PART = 100_000
"""How many characters a part has, up to the next break between paragraphs."""
_BREAKS = tuple(map(re.compile, (r"\n[ \t\r]*\n\s*", r"\n\s*", r"\s+")))


def begin(text: str, number: int) -> int:
    """Where part `number` (from 0) begins: behind a blank line, else a line break, else a space; at most the end."""
    at = number * PART
    if number <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    found = (pattern.search(text, at, at + PART // 2) for pattern in _BREAKS)
    return next((match.end() for match in found if match), at)


def count(text: str) -> int:
    """How many parts a text has, at least one."""
    number = max(1, -(-len(text) // PART))
    return number - 1 if number > 1 and begin(text, number - 1) >= len(text) else number


def part_of(text: str, place: int) -> int:
    """The number (from 0) of the part that the character at `place` is in."""
    number = min(max(place, 0) // PART, count(text) - 1)
    return number if begin(text, number) <= place else max(number - 1, 0)


def bounds(text: str, number: int) -> tuple[int, int]:
    """Start and end of part `number` (from 0); the last part for a number that is too high."""
    last = count(text) - 1
    number = min(max(number, 0), last)
    return begin(text, number), len(text) if number == last else begin(text, number + 1)


def may_be_later(place: int) -> bool:
    """True where the character at `place` of some text may not be in its first part."""
    return place >= PART
