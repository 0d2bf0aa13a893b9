"""Which mark opens and which closes: the cheapest reading of each paragraph.

Every mark can open, close, or be no quotation mark at all; what each choice costs is in `mark_costs`.
The readings are searched from left to right, keeping for each stack of open marks the cheapest way to
reach it (Viterbi's algorithm), and never more than `BEAM` stacks: linear time. A second pass from the end
collects what happens in the reading that was cheapest.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from . import mark_costs as cost
from .mark_costs import EARLIER, Costs, closing_cost, costs_of, missing_close, nesting_cost, open_cost
from .mark_habits import Habits
from .mark_tokens import DOUBLE, EITHER, GUILLEMET, HARD_BREAK, LOW, SINGLE, SOFT_BREAK, Sense, Token

BEAM = 4
"""Readings kept at any mark; at most 8, see `_pack`."""
MAX_BEHIND = 40
"""A reading this much dearer than the cheapest is given up: a missing mark and a bit."""
MAX_DEPTH = 3
"""Quotations inside quotations."""
MAX_KNOWN = 5_000
"""Steps remembered. A document that takes more of them is no ordinary text, and remembering them does not pay."""

OPEN, CLOSE, END_MISSING, END_RUNS_ON, START_MISSING, CARRY = range(6)
"""What a reading says: an opening mark, a closing mark, an end without one, an end whose quotation the next
paragraph opens again, a start without a mark, and a quotation carried over a paragraph's end."""


class Event(NamedTuple):
    """One step of the chosen reading: what happens at which token (its index)."""

    what: int
    token: int


_Stack = str
"""The open marks, outermost first: one character each, family and shape (see `_code`)."""
_Readings = tuple[tuple[_Stack, int], ...]
"""The stacks that are kept, cheapest first, each with its cost above the cheapest and its own number, packed."""
_Origins = tuple[int, ...]
"""For each of the readings after a step, packed: which reading it comes from and what happened."""
_Found = dict[_Stack, int]
"""For each stack the cheapest way to it, packed: its cost, what happens, and which reading it comes from."""

_Kind = int | tuple[int, ...]
"""What a token is for the search: the number of a mark's costs; a break, and the families opened right after it."""
_Move = tuple[_Stack, int, tuple[int, ...]]
"""A way to read a mark or a break: the stack after it, the cost, the events in order."""

_THE_END = -1
_COST_OF = itemgetter(1)
_NOTHING_OPEN: _Readings = (("", 0),)
_COST_BITS = 16
_ORIGIN_BITS = 3
_ORIGIN_MASK = (1 << _ORIGIN_BITS) - 1
_WAY_MASK = (1 << _COST_BITS) - 1
_DIRECTED = 1
"""The shape of a mark on a stack that is none of EITHER, LOW and EARLIER."""


def choose(tokens: list[Token], habits: Habits) -> list[Event]:
    """The events of the cheapest reading, in order; each `OPEN` or `START_MISSING` meets its end, in nested order."""
    return _Search(tokens, habits).run()


class _Search:
    """One pass over the tokens of a document, and one back."""

    def __init__(self, tokens: list[Token], habits: Habits) -> None:
        self.tokens = tokens
        self.habits = habits
        self.kinds: dict[Sense, _Kind] = {}
        self.costs: list[Costs] = []
        self.moves: dict[_Kind, dict[_Stack, list[tuple[_Stack, int]]]] = {}
        self.known: dict[tuple[_Readings, _Kind], tuple[_Readings, _Origins]] = {}
        self.steps = 0
        self.happenings: dict[tuple[int, ...], int] = {}

    def run(self) -> list[Event]:
        self._sort_out()
        kinds, known = self.kinds, self.known
        readings, path = _NOTHING_OPEN, []
        for index, token in enumerate(self.tokens):
            kind = kinds[token.sense]
            if isinstance(kind, tuple) and readings is not _NOTHING_OPEN:
                kind = (*kind, *self._reopened(index))
            step = (known and known.get((readings, kind))) or self._step(readings, kind)
            readings, origins = step
            path.append(origins)
        path.append(self._step(readings, (_THE_END,))[1])
        return self._events(path)

    def _sort_out(self) -> None:
        """Number the senses of the document, the same for marks of the same costs; a break has its own kind."""
        numbers: dict[Costs, int] = {}
        for sense in {id(token.sense): token.sense for token in self.tokens}.values():
            if sense.family >= SOFT_BREAK:
                self.kinds[sense] = (sense.family,)
            else:
                self.kinds[sense] = numbers.setdefault(costs_of(sense, self.habits), len(numbers))
        self.costs = list(numbers)

    def _step(self, readings: _Readings, kind: _Kind) -> tuple[_Readings, _Origins]:
        """What a mark or a break makes of the readings: all ways to read it, the cheapest for each stack.

        The first steps are remembered; ordinary text knows hardly any others.
        """
        self.steps += 1
        found: _Found = {}
        moves = self.moves.setdefault(kind, {})
        for stack, behind in readings:
            for after, more in moves.get(stack) or self._moves(stack, kind):
                way = behind + more
                if after not in found or way < found[after]:
                    found[after] = way
        step = _cheapest(found)
        if self.steps <= MAX_KNOWN:
            self.known[readings, kind] = step
        elif self.known:
            self.known.clear()
        return step

    def _moves(self, stack: _Stack, kind: _Kind) -> list[tuple[_Stack, int]]:
        """The ways to read a mark or a break, packed, without those that are too dear beside the cheapest."""
        if isinstance(kind, int):
            moves = list(_mark_moves(stack, self.costs[kind], self.habits))
        else:
            moves = list(_break_moves(stack, kind[0], kind[1:], self.habits))
        most = min(more for _, more, _ in moves) + MAX_BEHIND
        packed = [(after, self._pack(more, events)) for after, more, events in moves if more <= most]
        self.moves[kind][stack] = packed
        return packed

    def _pack(self, total: int, events: tuple[int, ...]) -> int:
        """A cost and events as one number, which is smaller for the smaller cost; room for an origin is left."""
        happening = self.happenings.setdefault(events, len(self.happenings))
        return (total << _COST_BITS) + (happening << _ORIGIN_BITS)

    def _reopened(self, index: int) -> tuple[int, ...]:
        """The families of the opening marks that the text after a break begins with."""
        families = []
        end = self.tokens[index].end + 3
        for start, mark_end, sense in self.tokens[index + 1 : index + 1 + MAX_DEPTH]:
            if sense.family >= SOFT_BREAK or start > end or open_cost(sense, self.habits) > cost.WRONG_SHAPE:
                break
            families.append(sense.family)
            end = mark_end + 1
        return tuple(families)

    def _events(self, path: list[_Origins]) -> list[Event]:
        """The events along a path, found from its end, where one reading is left."""
        happenings = list(self.happenings)
        events = []
        reading = 0
        for index in range(len(path) - 1, -1, -1):
            packed = path[index][reading]
            reading = packed & _ORIGIN_MASK
            if packed >> _ORIGIN_BITS:
                events.extend([Event(what, index) for what in reversed(happenings[packed >> _ORIGIN_BITS])])
        events.reverse()
        return events


def _cheapest(found: _Found) -> tuple[_Readings, _Origins]:
    """The cheapest of the stacks found, as readings, and where each comes from."""
    if len(found) == 1 and "" in found:
        return _NOTHING_OPEN, (found[""] & _WAY_MASK,)
    ways = sorted(found.items(), key=_COST_OF)[:BEAM]
    least = ways[0][1] & ~_WAY_MASK
    most = least + ((MAX_BEHIND + 1) << _COST_BITS)
    while ways[-1][1] >= most:
        ways.pop()
    readings = [(stack, (way & ~_WAY_MASK) - least + origin) for origin, (stack, way) in enumerate(ways)]
    return tuple(readings), tuple([way & _WAY_MASK for _, way in ways])


def _mark_moves(stack: _Stack, mark: Costs, habits: Habits) -> Iterator[_Move]:
    """Every way to read a mark with these marks open."""
    family = mark.family
    code = _code(family, mark.shape if mark.shape in (EITHER, LOW) else _DIRECTED)
    inside = any(_family(char) == family for char in stack)
    yield stack, mark.skipped_inside if inside else mark.skipped, ()
    if len(stack) < MAX_DEPTH:
        nesting = nesting_cost([(_family(char), _shape(char)) for char in stack], family, mark.shape, habits)
        yield stack + code, mark.opening + nesting, (OPEN,)
    if not stack:
        if family in (DOUBLE, GUILLEMET):
            yield "", cost.MISSING_OPEN + mark.closing, (START_MISSING, CLOSE)
        return
    more, ended = 0, tuple[int, ...]()
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth]
        missing = missing_close(_family(opened))
        if _family(opened) == family:
            yield stack[:depth], more + closing_cost(mark, _shape(opened)), (*ended, CLOSE)
            yield stack[:depth] + code, more + missing + mark.opening, (*ended, END_MISSING, OPEN)
            return
        more, ended = more + missing, (*ended, END_MISSING)
    if mark.crosses and {family, _family(stack[-1])} == {DOUBLE, SINGLE}:
        yield stack[:-1], cost.MIXED_FAMILIES + mark.closing, (CLOSE,)


def _break_moves(stack: _Stack, what: int, reopened: tuple[int, ...], habits: Habits) -> Iterator[_Move]:
    """A paragraph's end closes what is open, or carries it on; a line's end may close it."""
    yield "", *_ends(stack, reopened)
    if what == SOFT_BREAK and stack:
        yield stack, 0 if habits.wrapped else cost.OVER_LINE, ()
    elif what == HARD_BREAK and _is_carriable(stack):
        yield _code(_family(stack), EARLIER), cost.CARRIED, (CARRY,)


def _ends(stack: _Stack, reopened: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """What it costs to end every open quotation at a break, and the events: innermost first."""
    total, events = 0, []
    for depth in range(len(stack) - 1, -1, -1):
        families = tuple(_family(char) for char in stack[: depth + 1])
        runs_on = families == reopened[: depth + 1] and _shape(stack[depth]) != EARLIER
        total += cost.RUNS_ON if runs_on else missing_close(families[-1])
        events.append(END_RUNS_ON if runs_on else END_MISSING)
    return total, tuple(events)


def _is_carriable(stack: _Stack) -> bool:
    """True for one open double mark: apostrophes would close a single one at random."""
    return len(stack) == 1 and _family(stack) in (DOUBLE, GUILLEMET)


def _code(family: int, shape: int) -> str:
    return chr(8 * family + shape)


def _family(char: str) -> int:
    return ord(char) >> 3


def _shape(char: str) -> int:
    return ord(char) & 7
