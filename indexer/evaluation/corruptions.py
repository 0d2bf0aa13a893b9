"""Gold documents spoiled as texts get spoiled on their way: marks lost or replaced, paragraphs lost, all in capitals.

Every offset of gold (quotations, mentions, the words that say when) is mapped to the spoiled text, to the character.
What the marks of a text are is taken from gold, and where gold decides nothing from `nlp.marks`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from indexer.evaluation.gold import GoldDocument, GoldQuotation, Span
from indexer.nlp.marks import read_marks, walk

DROPPED = 0.1
"""The share of the closing marks that the corruption `dropped` takes out."""
_DOUBLE = re.compile(r"''|``|´´|‘‘|’’|[\"“”„‟″＂«»]")
_SINGLE = re.compile(r"['‘’‚‛`´‹›]")
_BLANKS = " \u00a0\u2009\u202f"
_INNER_BLANKS = "\u00a0\u202f"
"""Blanks that French printers put between a mark and the words: they go with the mark."""
_BREAKS = re.compile(r"[ \t]*[\r\n\u2028\u2029][\s]*")


class Edit(NamedTuple):
    """The characters from `start` to `end` (code points) of a text are replaced by others."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark of a text: where it is, whether it is a double one, and whether it opens."""

    start: int
    end: int
    is_double: bool
    opens: bool


def corrupt(gold_documents: Iterable[GoldDocument], name: str, seed: int = 0) -> list[GoldDocument]:
    """The documents spoiled in one of the ways of `NAMES`. `seed` settles what chance decides.

    Raises KeyError for any other name.
    """
    edits = _CORRUPTIONS[name]
    random = Random(seed)
    return [_edited(gold, edits(gold, random)) for gold in gold_documents]


# --- what each of them does -----------------------------------------------------------------------------


def _straight(gold: GoldDocument, _: Random) -> Iterator[Edit]:
    """Every double mark becomes ", every single one and every apostrophe '."""
    text = gold.document.text
    doubles = {mark.start: mark.end for mark in _marks(gold) if mark.is_double}
    at = 0
    for match in re.finditer(f"{_DOUBLE.pattern}|{_SINGLE.pattern}", text):
        start, end = match.span()
        if start < at:
            continue
        end = at = doubles.get(start, start + 1 if text[start] in "'’`´‘" else end)
        is_double = start in doubles or _SINGLE.match(text, start) is None
        start, end = _with_blanks(text, start, end)
        yield Edit(start, end, '"' if is_double else "'")


def _dropped(gold: GoldDocument, random: Random) -> Iterator[Edit]:
    """A tenth of the closing marks, drawn by chance, is not there."""
    for mark in _marks(gold):
        if not mark.opens and random.random() < DROPPED:
            yield Edit(mark.start, mark.end, "")


def _single(gold: GoldDocument, _: Random) -> Iterator[Edit]:
    """‘House style’: single marks outside and “double” ones inside, curly, and so are the apostrophes."""
    marks = _marks(gold)
    swapped = 2 * sum(mark.is_double for mark in marks) >= len(marks)
    yield from _printed(gold, marks, lambda mark: ("‘", "’") if mark.is_double == swapped else ("“", "”"), "’")


def _doubled(gold: GoldDocument, _: Random) -> Iterator[Edit]:
    """Two apostrophes for each double mark, and straight single ones."""
    yield from _printed(gold, _marks(gold), lambda mark: ("''", "''") if mark.is_double else ("'", "'"), "'")


def _paragraphs(gold: GoldDocument, _: Random) -> Iterator[Edit]:
    """One space for every break between lines or paragraphs."""
    for match in _BREAKS.finditer(gold.document.text):
        yield Edit(*match.span(), " ")


def _capitals(gold: GoldDocument, _: Random) -> Iterator[Edit]:
    """Every letter a capital, but those that have no capital of one letter."""
    for at, char in enumerate(gold.document.text):
        if char.upper() != char and len(char.upper()) == 1:
            yield Edit(at, at + 1, char.upper())


_CORRUPTIONS: dict[str, Callable[[GoldDocument, Random], Iterator[Edit]]] = {
    "straight": _straight,
    "dropped": _dropped,
    "single": _single,
    "doubled": _doubled,
    "paragraphs": _paragraphs,
    "capitals": _capitals,
}
NAMES = tuple(_CORRUPTIONS)
"""straight marks; a tenth of the closing marks dropped; single marks outside; doubled apostrophes; paragraph breaks
lost; all in capitals."""
LIMITS = {"straight": 2.0, "dropped": 2.0, "single": 2.0, "doubled": 2.0, "paragraphs": 8.0, "capitals": 8.0}
"""How many points (hundredths) of end-to-end F1 each may cost against the text as it was."""


def _printed(
    gold: GoldDocument, marks: list[_Mark], style: Callable[[_Mark], tuple[str, str]], apostrophe: str
) -> Iterator[Edit]:
    """Every mark as its style has it (opening, closing), and every other single mark as an apostrophe."""
    text = gold.document.text
    at = 0
    for mark in marks:
        yield from _apostrophes(text, at, mark.start, apostrophe)
        opening, closing = style(mark)
        yield Edit(*_with_blanks(text, mark.start, mark.end), opening if mark.opens else closing)
        at = mark.end
    yield from _apostrophes(text, at, len(text), apostrophe)


def _apostrophes(text: str, start: int, end: int, apostrophe: str) -> Iterator[Edit]:
    for at in range(start, end):
        if text[at] in "'’‘" and text[at] != apostrophe:
            yield Edit(at, at + 1, apostrophe)


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """A mark with the blank that printers put inside « guillemets »."""
    if text[start] in "«»‹›":
        if text[end : end + 1] in _INNER_BLANKS and end < len(text):
            return start, end + 1
        if start > 0 and text[start - 1] in _INNER_BLANKS:
            return start - 1, end
    return start, end


# --- the marks of a text --------------------------------------------------------------------------------


def _marks(gold: GoldDocument) -> list[_Mark]:
    """The quotation marks of a text in order: those of gold, else as the clean text reads, else by their shape."""
    text = gold.document.text
    found: dict[int, _Mark] = {}
    taken: set[int] = set()
    for mark in (*_gold_marks(gold), *_read_marks(text), *_stray_marks(text)):
        if taken.isdisjoint(range(mark.start, mark.end)):
            taken.update(range(mark.start, mark.end))
            found[mark.start] = mark
    return [found[start] for start in sorted(found)]


def _gold_marks(gold: GoldDocument) -> Iterator[_Mark]:
    text = gold.document.text
    for item in gold.quotations:
        before, after = item.start, item.end
        while before > 0 and text[before - 1] in _BLANKS:
            before -= 1
        while after < len(text) and text[after] in _BLANKS:
            after += 1
        for pattern in (_DOUBLE, _SINGLE):
            if (opening := _ending_at(pattern, text, before)) and not _is_run(text, before - 3):
                yield _Mark(*opening, pattern is _DOUBLE, True)
                break
        for pattern in (_DOUBLE, _SINGLE):
            if (closing := pattern.match(text, after)) and not _is_run(text, after):
                yield _Mark(*closing.span(), pattern is _DOUBLE, False)
                break


def _ending_at(pattern: re.Pattern[str], text: str, end: int) -> Span | None:
    for start in (end - 2, end - 1):
        if start >= 0 and pattern.fullmatch(text, start, end):
            return start, end
    return None


def _is_run(text: str, start: int) -> bool:
    """True for three single marks in a row, which only the whole text tells apart."""
    return text[max(0, start) : start + 3] in ("'''", "’’’", "‘‘‘", "```")


def _read_marks(text: str) -> Iterator[_Mark]:
    for span, _ in walk(read_marks(text)):
        is_double = span.style in ("double", "guillemet")
        if span.opening is not None:
            yield _Mark(*span.opening, is_double, True)
        if span.closing is not None:
            yield _Mark(*span.closing, is_double, False)


def _stray_marks(text: str) -> Iterator[_Mark]:
    """Double marks that nothing pairs, but no inches."""
    for match in _DOUBLE.finditer(text):
        start, end = match.span()
        if text[start] in '"″' and text[start - 1 : start].isdigit():
            continue
        opens = text[start] in "“„«‟" if text[start] not in "\"″＂'`´" else text[start - 1 : start] in ("", " ", "\n")
        yield _Mark(start, end, True, opens)


# --- editing and mapping --------------------------------------------------------------------------------


def _edited(gold: GoldDocument, edits: Iterable[Edit]) -> GoldDocument:
    """The document with these edits, which come in order and do not overlap."""
    text, made = gold.document.text, list(edits)
    parts, at = list[str](), 0
    for start, end, new in made:
        parts += (text[at:start], new)
        at = end
    offsets = _Offsets(made)
    spoiled = replace(gold.document, text="".join([*parts, text[at:]]))
    return GoldDocument(spoiled, tuple(offsets.moved(item) for item in gold.quotations))


class _Offsets:
    """Where each offset of a text is after the edits."""

    def __init__(self, edits: list[Edit]) -> None:
        self.starts = [edit.start for edit in edits]
        self.edits = edits
        self.shifts = [0]
        for edit in edits:
            self.shifts.append(self.shifts[-1] + len(edit.new) - (edit.end - edit.start))

    def __call__(self, offset: int) -> int:
        """The new offset; inside replaced characters never beyond the new ones."""
        before = bisect_right(self.starts, offset)
        edit = self.edits[before - 1] if before else None
        if edit is None or offset >= edit.end:
            return offset + self.shifts[before]
        return edit.start + self.shifts[before - 1] + min(offset - edit.start, len(edit.new))

    def span(self, span: Span) -> Span:
        """The new offsets of a span."""
        return self(span[0]), self(span[1])

    def moved(self, item: GoldQuotation) -> GoldQuotation:
        """A decided quotation with its new offsets."""
        start, end = self.span((item.start, item.end))
        when = self.span(item.when) if item.when is not None else None
        return replace(item, start=start, end=end, mentions=tuple(map(self.span, item.mentions)), when=when)
