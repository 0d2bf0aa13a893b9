"""A text cut down to what stands around its quotations, and where its passages are then. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AROUND = 300
"""How many code points of the text stay on either side of a quotation at most."""

ELLIPSIS = "[…]"
"""A paragraph of its own where text is left out."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
Place = tuple[int, int]
"""Start and end of a passage, in code points, half open."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that stays, and how many code points further on it stands in the excerpt."""

    start: int
    end: int
    shift: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is left of a text: `text[start + shift : end + shift]` of each piece is what was at start to end."""

    text: str
    pieces: Sequence[Piece]

    def place(self, start: int | None, end: int | None) -> Place | None:
        """Where the passage from `start` to `end` of the whole text stands now; None where it is not there whole."""
        if start is None or end is None:
            return None
        shifts = (piece.shift for piece in self.pieces if piece.start <= start and end <= piece.end)
        return next(((start + shift, end + shift) for shift in shifts), None)


def excerpt(text: str, quotations: Iterable[Place], others: Iterable[Place] = ()) -> Excerpt:
    """The quotations with at most AROUND code points on either side, whole words, and the passages `others` alone.

    What was left out shows as ELLIPSIS in a paragraph of its own; a text of which nothing is left is that alone.
    """
    kept = _joined(text, [*(_surroundings(text, *place) for place in quotations), *others])
    if kept == [(0, len(text))]:
        return Excerpt(text, [Piece(0, len(text), 0)])
    gap = "\n\n" if _BLANK_LINE.search(text) else "\n"
    parts, pieces, length = list[str](), list[Piece](), 0
    for start, end in kept:
        part = (ELLIPSIS + gap if start > 0 else "") if not parts else gap + ELLIPSIS + gap
        length += len(part)
        pieces.append(Piece(start, end, length - start))
        parts += [part, text[start:end]]
        length += end - start
    rest = "" if kept and kept[-1][1] == len(text) else (gap if kept else "") + ELLIPSIS
    return Excerpt("".join([*parts, rest]), pieces)


def _surroundings(text: str, start: int, end: int) -> Place:
    """The passage with what stands around it, without words that would be cut."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    if start > AROUND and not text[start - AROUND - 1].isspace():
        before = re.sub(r"^\S+", "", before)
    if end + AROUND < len(text) and not text[end + AROUND].isspace():
        after = re.sub(r"\S+$", "", after)
    return start - len(before.lstrip()), end + len(after.rstrip())


def _joined(text: str, places: Iterable[Place]) -> list[Place]:
    """The places in order, those that overlap or have but white space between them as one; to the ends of the text."""
    found: list[Place] = []
    for start, end in sorted(place for place in places if place[0] < place[1]):
        if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    if found and not text[: found[0][0]].strip():
        found[0] = (0, found[0][1])
    if found and not text[found[-1][1] :].strip():
        found[-1] = (found[-1][0], len(text))
    return found
