"""What each reading of a quotation mark costs, in tenths: how badly its shape and its neighbours fit.

A mark that stands as it should costs nothing; a missing mark costs more than any ordinary pair. The
numbers are settled by the tables of tests/nlp and by what newspapers print.
"""

from __future__ import annotations

from typing import NamedTuple

from .mark_habits import Habits
from .mark_tokens import (
    APOSTROPHE,
    DOTS,
    DOUBLE,
    EITHER,
    GUILLEMET,
    LEFT,
    LIKELY,
    LOW,
    MAYBE,
    RIGHT,
    SINGLE,
    SPACE,
    STOP,
    WORD,
    Sense,
)

MISSING_CLOSE = 30
MISSING_CLOSE_SINGLE = 25
MISSING_OPEN = 30
RUNS_ON = 1
"""A missing closing mark where the next paragraph opens again: the printers' convention."""
CARRIED = 20
"""A quotation that goes on in the next paragraph without a mark there."""
INCHES = 15
"""A quotation that was carried on ends in a mark that may mean inches."""
OVER_LINE = 10
"""An open quotation at a line's end, where lines are not merely wrapped."""
WRONG_SHAPE = 11
MIXED_SHAPES = 8
MIXED_FAMILIES = 22
"""A double mark closed by a single one, or the other way round: a slip of the finger."""
NOT_A_MARK = 40
SAME_FAMILY_INSIDE = 15
STRAIGHT_INSIDE_ITSELF = 5
SINGLE_AT_FIRST = 8
"""A quotation in single marks where the document quotes with double ones."""

#              SPACE OPENER DASH STOP WORD DOTS
_OPEN_LEFT = (0, 0, 0, 10, 20, 6)
_OPEN_RIGHT = (15, 2, 5, 15, 0, 0)
_OPEN_ELISION = (0, 2, 8)
_CLOSE_LEFT = (15, 20, 2, 0, 0, 0)
_CLOSE_RIGHT = (0, 10, 0, 0, 20, 0)
_CLOSE_APART = 45
"""More for closing where a mark clearly opens: a space before it, a word right after it."""


EARLIER = 7
"""The shape of a mark that stands in an earlier paragraph."""


class Costs(NamedTuple):
    """What it costs to read a mark as opening, as closing, and as none outside and inside such marks.

    `crosses`: it may close a quotation of the other family, double or single.
    """

    family: int
    shape: int
    opening: int
    closing: int
    skipped: int
    skipped_inside: int
    crosses: bool
    is_measure: bool


def costs_of(sense: Sense, habits: Habits) -> Costs:
    """The costs of a mark in a document with these habits."""
    return Costs(
        sense.family,
        sense.shape if sense.family < GUILLEMET else EITHER,
        open_cost(sense, habits),
        _close_cost(sense, habits),
        _skip_cost(sense, habits, False),
        _skip_cost(sense, habits, True),
        sense.family < GUILLEMET and sense.left in (STOP, DOTS) and sense.right <= STOP and sense.shape != LOW,
        sense.is_measure,
    )


def open_cost(sense: Sense, habits: Habits) -> int:
    """What it costs to read a mark as opening, from its shape and its neighbours."""
    family, shape = sense.family, sense.shape
    place = _OPEN_LEFT[sense.left] + _OPEN_RIGHT[sense.right]
    if family >= GUILLEMET:
        forwards = (shape == RIGHT) == (family in habits.reversed_families)
        return 0 if forwards else WRONG_SHAPE + place
    cost = place
    if shape == RIGHT:
        cost += 1 if habits.right_opens else WRONG_SHAPE
    elif shape == APOSTROPHE:
        cost += 5 if habits.single_first and habits.right_opens else WRONG_SHAPE
    return cost + _OPEN_ELISION[sense.elision]


def _close_cost(sense: Sense, habits: Habits) -> int:
    """What it costs to read a mark as closing, from its shape and its neighbours."""
    family, shape = sense.family, sense.shape
    place = _CLOSE_LEFT[sense.left] + _CLOSE_RIGHT[sense.right]
    if sense.left == SPACE and sense.right == WORD:
        place += _CLOSE_APART
    if family >= GUILLEMET:
        forwards = (shape == LEFT) == (family in habits.reversed_families)
        return 0 if forwards else WRONG_SHAPE + place
    cost = place
    if shape == LEFT:
        cost += 1 if habits.left_closes else WRONG_SHAPE
    elif shape == LOW:
        cost += MISSING_CLOSE
    return cost + (3 if sense.elision == LIKELY and sense.right == SPACE else 0)


def _skip_cost(sense: Sense, habits: Habits, inside: bool) -> int:
    """What it costs to read a mark as none: an apostrophe, inches, a stray."""
    if sense.family == SINGLE:
        return _skip_cost_single(sense, habits)
    if sense.is_measure and sense.shape in (EITHER, RIGHT):
        return 9 if inside else 4
    return NOT_A_MARK


def _skip_cost_single(sense: Sense, habits: Habits) -> int:
    if sense.elision == LIKELY or sense.is_measure:
        return 3 if sense.left == WORD else 1
    if sense.elision == MAYBE:
        return 5 if sense.left == WORD else 12
    if sense.shape in (LEFT, LOW):
        return NOT_A_MARK if habits.single_first else MISSING_CLOSE
    if sense.left in (STOP, DOTS) and sense.right != WORD:
        return 20
    if sense.left != WORD and sense.right == WORD:
        if sense.shape == APOSTROPHE:
            return 4
        return MISSING_CLOSE if habits.single_first else 12
    return 10


def missing_close(family: int) -> int:
    """What it costs that a quotation in marks of this family has no end."""
    return MISSING_CLOSE_SINGLE if family == SINGLE else MISSING_CLOSE


def closing_cost(mark: Costs, opened: int) -> int:
    """What it costs to close a mark of the shape `opened` with this one: “ is right after „."""
    if opened == EARLIER:
        return mark.closing + (INCHES if mark.is_measure else 0)
    if opened == LOW:
        return max(0, mark.closing - WRONG_SHAPE) if mark.shape == LEFT else mark.closing
    return mark.closing + (0 if (opened == EITHER) == (mark.shape == EITHER) else MIXED_SHAPES)


def nesting_cost(stack: list[tuple[int, int]], family: int, shape: int, habits: Habits) -> int:
    """What it costs to open a mark inside those of the stack, (family, shape) outermost first."""
    if not stack:
        return SINGLE_AT_FIRST if family == SINGLE and not habits.single_first else 0
    if all(outer != family for outer, _ in stack):
        return 0
    inner, inner_shape = stack[-1]
    if inner == DOUBLE and (inner_shape == EITHER) != (shape == EITHER):
        return 5
    return SAME_FAMILY_INSIDE + (STRAIGHT_INSIDE_ITSELF if shape == EITHER else 0)
