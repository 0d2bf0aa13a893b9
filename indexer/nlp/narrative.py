"""The writer's own words around each quotation: what stands before it and after it in its sentence.

A paragraph is read as a row of items, words and whole quotations; a quotation inside another is read
among the words of the outer one. Everything that decides who speaks looks at these rows.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from . import grammar
from .annotations import CUES, MENTIONS
from .marks import MarkedSpan, walk
from .paragraphs import paragraph_bounds

LONGEST_SENTENCE = 120
"""How many items are looked at on either side of a quotation: what is further away says nothing about it."""


@dataclass(slots=True)
class Place:
    """A marked span and where it stands: its paragraph, the span around it, its row and its place in the row."""

    index: int
    mark: MarkedSpan
    parent: Place | None
    paragraph: int
    row: list[Item] = field(default_factory=list)
    position: int = 0

    @property
    def start(self) -> int:
        """The first character of the quoted words, in code points."""
        return self.mark.start

    @property
    def end(self) -> int:
        """The end of the quoted words, in code points."""
        return self.mark.end


@dataclass(slots=True)
class Item:
    """One item of a row: a word (its token index) or a quotation (its place), and its text."""

    text: str
    token: int = -1
    place: Place | None = None

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()


class Narrative:
    """The rows of a document, with its cues and mentions by token; `inside`: the place that each quoted token is in."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.is_parsed = bool(doc.has_annotation("DEP"))
        self.text: str = doc._.metadata.text if doc._.metadata else doc.text
        self.paragraphs = _bridged(paragraph_bounds(self.text), doc._.marks or [])
        self._starts = [start for start, _ in self.paragraphs]
        self.cues: dict[int, Span] = {span.start: span for span in doc.spans[CUES] if not _is_noun(span)}
        self.mentions: list[Span] = list(doc.spans[MENTIONS])
        self.mention_at: dict[int, Span] = {i: span for span in self.mentions for i in range(span.start, span.end)}
        self.places: list[Place] = []
        self.rows: dict[int, list[Item]] = {}
        self._inner_rows: dict[int, list[Item]] = {}
        self.inside: dict[int, int] = {}
        self._read(doc)

    def paragraph_of(self, offset: int) -> int:
        """The number of the paragraph that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _read(self, doc: Doc) -> None:
        by_mark: dict[int, Place] = {}
        for index, (mark, parent) in enumerate(walk(doc._.marks or [])):
            place = Place(index, mark, by_mark.get(id(parent)), self.paragraph_of(mark.start))
            by_mark[id(mark)] = place
            self.places.append(place)
        inner_rows = self._inner_rows
        stack: list[Place] = []
        upcoming = iter(self.places)
        following = next(upcoming, None)
        for token in doc:
            while following is not None and following.mark.outer[0] <= token.idx:
                while stack and stack[-1].mark.outer[1] <= following.mark.outer[0]:
                    stack.pop()
                self._append(stack, following, inner_rows)
                stack.append(following)
                following = next(upcoming, None)
            while stack and stack[-1].mark.outer[1] <= token.idx:
                stack.pop()
            if token.is_space or (stack and not stack[-1].start <= token.idx < stack[-1].end):
                continue
            if stack:
                self.inside[token.i] = stack[-1].index
            row = self._row(stack, token.idx, inner_rows)
            row.append(Item(token.text, token=token.i))

    def _row(self, stack: list[Place], offset: int, inner_rows: dict[int, list[Item]]) -> list[Item]:
        if stack:
            return inner_rows.setdefault(stack[-1].index, [])
        return self.rows.setdefault(self.paragraph_of(offset), [])

    def _append(self, stack: list[Place], place: Place, inner_rows: dict[int, list[Item]]) -> None:
        row = self._row(stack, place.mark.start, inner_rows)
        place.row, place.position = row, len(row)
        row.append(Item("", place=place))

    def before(self, place: Place) -> list[Item]:
        """The items of the quotation's sentence that stand before it, at most `LONGEST_SENTENCE`."""
        row, begin = place.row, place.position
        first = max(0, begin - LONGEST_SENTENCE)
        while begin > first and not self._ends_sentence(row, begin - 1, place):
            begin -= 1
        return row[begin : place.position]

    def after(self, place: Place) -> list[Item]:
        """The items after the quotation, to the end of the sentence or the next quotation."""
        row, end = place.row, place.position + 1
        last = min(len(row), end + LONGEST_SENTENCE)
        while end < last and row[end].place is None and not self._is_stop(row, end):
            end += 1
        return row[place.position + 1 : end]

    def leads_to_quotation(self, place: Place, words: int) -> bool:
        """True when the `words` items after the quotation end at another one, not at a full stop."""
        following = place.row[place.position + words + 1 : place.position + words + 2]
        return bool(following) and following[0].place is not None

    def rest_of_sentence(self, place: Place) -> list[Item]:
        """The items after the quotation to the end of the sentence, past other quotations."""
        row, end = place.row, place.position + 1
        last = min(len(row), end + LONGEST_SENTENCE)
        while end < last and (row[end].place is not None or row[end].text not in (".", "!", "?", ";")):
            end += 1
        return row[place.position + 1 : end]

    def sentence_at_end(self, row: list[Item]) -> list[Item]:
        """The last sentence of a row, at most `LONGEST_SENTENCE` items."""
        first = max(0, len(row) - LONGEST_SENTENCE)
        begin = max(first, len(row) - 1)
        while begin > first and (row[begin - 1].place is not None or row[begin - 1].text not in (".", "!", "?")):
            begin -= 1
        return row[begin:]

    def _is_stop(self, row: list[Item], i: int) -> bool:
        return row[i].text in (".", "!", "?", ";", "...", "…") and (
            i + 1 >= len(row) or row[i + 1].place is not None or row[i + 1].text[:1].isupper() or row[i].text == ";"
        )

    def _ends_sentence(self, row: list[Item], i: int, target: Place) -> bool:
        """True when a sentence ends with item `i`: a full stop, or a quotation that ends in one."""
        item = row[i]
        if item.place is None:
            return self._is_stop(row, i)
        last = self.text[item.place.end - 1]
        if last not in ".!?":
            return False
        following = row[i + 1]
        if following.place is not None:
            return following.place is not target or last == "."
        return following.text[:1].isupper()

    def inner_row(self, place: Place) -> list[Item]:
        """The items inside a quotation."""
        return self._inner_rows.get(place.index, [])

    def span_text(self, span: Span) -> str:
        """The characters of a spaCy span."""
        return self.text[span.start_char : span.end_char]


def _is_noun(cue: Span) -> bool:
    """True for a reporting verb's form that the language model read as no verb: *state* leaders, the *ruling*."""
    if cue.label_ not in ("say", "call"):
        return False
    kind, relation = cue[0].tag_[:1], grammar.relation(cue[0])
    return (kind == "N" and relation != "root") or (kind == "J" and relation in ("adjective", "compound"))


def _bridged(paragraphs: list[tuple[int, int]], marks: list[MarkedSpan]) -> list[tuple[int, int]]:
    """The paragraphs, joined where one quotation stands in both: lines of verse, lines that are wrapped."""
    joined: list[tuple[int, int]] = []
    spans = iter(marks)
    span = next(spans, None)
    for start, end in paragraphs:
        while span is not None and span.end <= start:
            span = next(spans, None)
        if joined and span is not None and span.start < start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
