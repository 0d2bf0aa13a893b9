"""Which mark opens and which closes: the cheapest reading of each paragraph.

Every mark can open, close, or be no quotation mark at all; each choice has a cost that grows with how
badly the mark's shape and neighbours fit it, and a missing mark costs more than any ordinary pair. The
readings of a paragraph are searched from left to right, keeping for each stack of open marks the
cheapest way to reach it (Viterbi's algorithm), and never more than `BEAM` stacks: linear time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .mark_tokens import (
    APOSTROPHE,
    DASH,
    DOTS,
    DOUBLE,
    EITHER,
    GUILLEMET,
    HARD_BREAK,
    LEFT,
    LOW,
    RIGHT,
    SINGLE,
    SOFT_BREAK,
    SPACE,
    STOP,
    WORD,
    Habits,
    Token,
)

BEAM = 5
"""Readings kept at any mark."""
MAX_BEHIND = 7.0
"""A reading this much dearer than the cheapest is given up: two missing marks and a bit."""
MAX_DEPTH = 3
"""Quotations inside quotations."""
MAX_BARE_MARKS = 24
"""A paragraph with more marks than this, and fewer letters than marks, is not prose and has no quotations."""

NEVER = 99.0
MISSING_CLOSE = 3.0
MISSING_OPEN = 3.0
RUNS_ON = 0.1
"""Cost of a missing closing mark where the next paragraph opens again: the printers' convention."""
OVER_LINE = 1.0
"""Cost of an open quotation at a line's end, where lines are not merely wrapped."""
WRONG_SHAPE = 1.0
MIXED_SHAPES = 0.8
NOT_A_MARK = 4.0
SAME_FAMILY_INSIDE = 1.5

OPEN, CLOSE, END_MISSING, END_RUNS_ON, START_MISSING = range(5)
"""What a reading says: an opening mark, a closing mark, an end without one, a start without one."""


class Event(NamedTuple):
    """One step of the chosen reading: what happens at which token (its index)."""

    what: int
    token: int


_Stack = str
"""The open marks, outermost first: one character each, family and shape (see `_code`)."""
_Trail = tuple[Any, int, int] | None
"""The events of a reading as a linked list: (earlier events, what, token), newest first."""
_Readings = dict[_Stack, tuple[float, _Trail]]
_Sense = tuple[int, int, int, int, bool, bool]
"""All that matters of a token for its cost: its fields after the offsets."""
_Move = tuple[_Stack, float, tuple[int, ...]]
"""One way to read a mark: the stack after it, the cost, the events in order."""


def choose(tokens: list[Token], habits: Habits) -> list[Event]:
    """The events of the cheapest reading, in order; each `OPEN` or `START_MISSING` meets its end, in nested order."""
    return _Search(tokens, habits).run()


def open_cost(token: Token, habits: Habits) -> float:
    """What it costs to read a mark as opening, from its shape and its neighbours."""
    family, shape = token.family, token.shape
    if family >= GUILLEMET:
        return 0.0 if (shape == RIGHT) == (family in habits.reversed_families) else MISSING_CLOSE
    cost = _OPEN_LEFT[token.left] + _OPEN_RIGHT[token.right]
    if shape == RIGHT:
        cost += 0.1 if habits.right_opens else WRONG_SHAPE
    elif shape == APOSTROPHE:
        cost += 0.5 if habits.single_first and habits.right_opens else WRONG_SHAPE
    if family == SINGLE and token.is_elision:
        cost += 0.8
    return cost


def close_cost(token: Token, habits: Habits) -> float:
    """What it costs to read a mark as closing, from its shape and its neighbours."""
    family, shape = token.family, token.shape
    if family >= GUILLEMET:
        return 0.0 if (shape == LEFT) == (family in habits.reversed_families) else MISSING_CLOSE
    cost = _CLOSE_LEFT[token.left] + _CLOSE_RIGHT[token.right]
    if shape == LEFT:
        cost += 0.1 if habits.left_closes else WRONG_SHAPE
    elif shape == LOW:
        cost += MISSING_CLOSE
    if family == SINGLE and token.is_elision and token.right == SPACE:
        cost += 0.3
    return cost


def skip_cost(token: Token, habits: Habits, inside: bool) -> float:
    """What it costs to read a mark as none: an apostrophe, inches, a stray."""
    if token.family == SINGLE:
        return _single_skip_cost(token, habits)
    if token.is_measure and token.shape in (EITHER, RIGHT):
        return 0.9 if inside else 0.4
    return NOT_A_MARK


def _single_skip_cost(token: Token, habits: Habits) -> float:
    if token.is_elision or token.is_measure:
        return 0.3 if token.left == WORD else 0.1
    if token.shape in (LEFT, LOW):
        return 2.5
    if token.left in (STOP, DOTS) and token.right != WORD:
        return 2.0
    if token.left != WORD and token.right == WORD:
        return 0.4 if token.shape == APOSTROPHE else 1.2
    return 1.0


#                SPACE OPENER DASH STOP WORD DOTS
_OPEN_LEFT = (0.0, 0.0, 0.0, 1.0, 2.0, 0.6)
_OPEN_RIGHT = (1.5, 0.2, 0.5, 1.5, 0.0, 0.0)
_CLOSE_LEFT = (1.5, 2.0, 0.2, 0.0, 0.0, 0.0)
_CLOSE_RIGHT = (0.0, 1.0, 0.0, 0.0, 2.0, 0.0)


class _Search:
    """One pass over the tokens of a document."""

    def __init__(self, tokens: list[Token], habits: Habits) -> None:
        self.tokens = tokens
        self.habits = habits
        self.events: list[Event] = []
        self.known: dict[tuple[_Stack, _Sense], list[_Move]] = {}

    def run(self) -> list[Event]:
        readings: _Readings = {"": (0.0, None)}
        for index, token in enumerate(self.tokens):
            if token.family < SOFT_BREAK:
                readings = _plain(readings, index, token) or self._step(readings, index, token)
            elif token.family == HARD_BREAK or len(readings) > 1 or "" not in readings:
                readings = self._break(readings, index, token.family == HARD_BREAK)
        self._break(readings, len(self.tokens), True)
        return self.events

    def _step(self, readings: _Readings, index: int, token: Token) -> _Readings:
        """Every reading with every sense of one mark, the cheapest for each stack."""
        found: _Readings = {}
        sense = token[2:]
        for stack, (cost, trail) in readings.items():
            moves = self.known.get((stack, sense))
            if moves is None:
                moves = self.known[stack, sense] = list(_moves(stack, token, self.habits))
            for after, step, events in moves:
                total = cost + step
                best = found.get(after)
                if best is None or total < best[0]:
                    found[after] = (total, _extend(trail, events, index))
        return _cheapest(found)

    def _break(self, readings: _Readings, index: int, hard: bool) -> _Readings:
        """A paragraph's end (hard) closes whatever is open; a line's end may."""
        found: _Readings = {}
        for stack, (cost, trail) in readings.items():
            if not hard:
                over = OVER_LINE if stack and not self.habits.wrapped else 0.0
                _offer(found, stack, cost + over, trail)
            for char in reversed(stack):
                runs_on = self._opens_again(index, _family(char))
                cost += RUNS_ON if runs_on else _missing_close(_family(char))
                trail = (trail, END_RUNS_ON if runs_on else END_MISSING, index)
            _offer(found, "", cost, trail)
        if not hard:
            return _cheapest(found)
        self._settle(found[""][1])
        return {"": (0.0, None)}

    def _opens_again(self, index: int, family: int) -> bool:
        """True when the text after a break begins with an opening mark of this family."""
        if index + 1 >= len(self.tokens):
            return False
        following = self.tokens[index + 1]
        touching = following.start <= self.tokens[index].end + 3
        return touching and following.family == family and open_cost(following, self.habits) < 1.0

    def _settle(self, trail: _Trail) -> None:
        """Append a paragraph's events in order."""
        events = []
        while trail is not None:
            trail, what, token = trail
            events.append(Event(what, token))
        self.events.extend(reversed(events))


def _plain(readings: _Readings, index: int, token: Token) -> _Readings | None:
    """The only sensible step of an ordinary double mark, or None where there is a choice."""
    if len(readings) > 1 or token.family != DOUBLE or token.is_measure:
        return None
    ((stack, (cost, trail)),) = readings.items()
    shape = token.shape
    if not stack:
        if token.left <= DASH and token.right == WORD and shape in (EITHER, LEFT):
            return {_code(DOUBLE, shape): (cost, (trail, OPEN, index))}
    elif len(stack) == 1 and token.left >= STOP and token.right in (SPACE, STOP):
        opened = _shape(stack)
        if _family(stack) == DOUBLE and ((shape == RIGHT and opened == LEFT) or shape == opened == EITHER):
            return {"": (cost, (trail, CLOSE, index))}
    return None


def _moves(stack: _Stack, token: Token, habits: Habits) -> Iterator[_Move]:
    """Every way to read a mark with these marks open."""
    opening, closing = open_cost(token, habits), close_cost(token, habits)
    code = _code(token.family, token.shape)
    yield stack, skip_cost(token, habits, bool(stack)), ()
    if len(stack) < MAX_DEPTH:
        yield stack + code, opening + _nesting_cost(stack, token, habits), (OPEN,)
    if not stack:
        if token.family in (DOUBLE, GUILLEMET):
            yield "", MISSING_OPEN + closing, (START_MISSING, CLOSE)
        return
    if token.family == _family(stack[-1]):
        yield stack[:-1] + code, MISSING_CLOSE + opening, (END_MISSING, OPEN)
    unclosed: tuple[int, ...] = ()
    for depth in range(len(stack) - 1, -1, -1):
        if _family(stack[depth]) == token.family:
            yield stack[:depth], closing + _mismatch(_shape(stack[depth]), token.shape), (*unclosed, CLOSE)
            return
        closing += _missing_close(_family(stack[depth]))
        unclosed = (*unclosed, END_MISSING)


def _nesting_cost(stack: _Stack, token: Token, habits: Habits) -> float:
    if not stack:
        return 0.8 if token.family == SINGLE and not habits.single_first else 0.0
    if all(_family(char) != token.family for char in stack):
        return 0.0
    if _family(stack[-1]) == DOUBLE and (_shape(stack[-1]) == EITHER) != (token.shape == EITHER):
        return 0.5
    return SAME_FAMILY_INSIDE if token.shape != EITHER else SAME_FAMILY_INSIDE + 0.5


def _missing_close(family: int) -> float:
    return MISSING_CLOSE - 0.5 if family == SINGLE else MISSING_CLOSE


def _code(family: int, shape: int) -> str:
    return chr(8 * family + shape)


def _family(char: str) -> int:
    return ord(char) >> 3


def _shape(char: str) -> int:
    return ord(char) & 7


def _extend(trail: _Trail, events: tuple[int, ...], index: int) -> _Trail:
    for what in events:
        trail = (trail, what, index)
    return trail


def _mismatch(opened: int, closing: int) -> float:
    """The cost of closing a mark of one shape with one of another."""
    if opened == LOW:
        return -WRONG_SHAPE if closing == LEFT else 0.0
    return 0.0 if (opened == EITHER) == (closing == EITHER) else MIXED_SHAPES


def _offer(found: _Readings, stack: _Stack, cost: float, trail: _Trail) -> None:
    known = found.get(stack)
    if known is None or cost < known[0]:
        found[stack] = (cost, trail)


def _cheapest(found: _Readings) -> _Readings:
    if len(found) == 1:
        return found
    limit = min(cost for cost, _ in found.values()) + MAX_BEHIND
    kept = {stack: reading for stack, reading in found.items() if reading[0] <= limit}
    if len(kept) <= BEAM:
        return kept
    return dict(sorted(kept.items(), key=lambda item: item[1][0])[:BEAM])
