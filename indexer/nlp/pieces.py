"""What of a document the language model is to read, cut into pieces: paragraphs, without white space.

A parser trained on treebanks has never seen a newline as a word, and a paragraph can be as long as a book.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from operator import itemgetter

from spacy.tokens import Doc
from spacy.vocab import Vocab

from .masking import masked_spans
from .paragraphs import paragraph_bounds

_STOPS = frozenset({".", "!", "?", "…", "...", ";"})
_CLOSING = frozenset({"”", '"', "''", "'", "’", "»", ")", "]"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is read.

    `before` and `after`: so many paragraphs beside one with marks are parsed with it. `names_elsewhere`: the other
    paragraphs are searched for names. `mask_words`: quotations of at least so many words are masked. `longest`: the
    most words a piece has. `batch_words`: about so many words are read at once, which bounds the memory.
    """

    before: int = 1
    after: int = 1
    names_elsewhere: bool = True
    mask_words: int = 4
    longest: int = 400
    batch_words: int = 8_000


@dataclass(slots=True)
class Piece:
    """The words of a paragraph, or of a part of a long one, by their tokens.

    `masks` are places in `tokens`: there stands the first of several masked words, and one word for them all.
    """

    tokens: list[int]
    masks: list[int] = field(default_factory=list)

    def as_doc(self, doc: Doc, vocab: Vocab, mask: str) -> Doc:
        """A Doc of these words alone, `mask` for the masked ones."""
        tokens = [doc[i] for i in self.tokens]
        words = [token.text for token in tokens]
        for place in self.masks:
            words[place] = mask
        last = len(doc) - 1
        spaces = [bool(token.whitespace_) or (token.i < last and doc[token.i + 1].is_space) for token in tokens]
        found = Doc(vocab, words=words, spaces=spaces)
        for place, token in enumerate(tokens):
            if token.norm != token.lex.norm and place not in self.masks:
                found[place].norm_ = token.norm_
        return found


@dataclass(slots=True)
class Plan:
    """The pieces to parse, those to search for names only, and what is left out.

    `first_tokens` begin the paragraphs; `masked` are the token ranges (start, end) of masked words.
    """

    parsed: list[Piece] = field(default_factory=list)
    named: list[Piece] = field(default_factory=list)
    skipped: list[Piece] = field(default_factory=list)
    first_tokens: list[int] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: tuple[int, int, int] = (0, 0, 0)
    """How many paragraphs are parsed, named, skipped."""


@dataclass(slots=True)
class Coverage:
    """How much was parsed, searched for names only, and skipped: paragraphs, and words (no white space).

    `parsed_words` has one word for each masked quotation, `masked_words` all words that these stand for.
    """

    parsed_paragraphs: int = 0
    named_paragraphs: int = 0
    skipped_paragraphs: int = 0
    parsed_words: int = 0
    named_words: int = 0
    skipped_words: int = 0
    masked_words: int = 0

    def add(self, other: Coverage) -> None:
        """Count another's paragraphs and words too."""
        for count in fields(self):
            setattr(self, count.name, getattr(self, count.name) + getattr(other, count.name))


def plan(doc: Doc, settings: Settings, masks: bool, names: bool) -> Plan:
    """Which paragraphs of a doc to read how. `masks`: mask quotations; `names`: the model knows names."""
    text, offsets, made = doc.text, [token.idx for token in doc], Plan()
    bounds = paragraph_bounds(text)
    near = _near_marks(bounds, [mark.outer for mark in doc._.marks], settings)
    hidden = masked_spans(text, doc._.marks, settings.mask_words) if masks else []
    made.masked = [(bisect_left(offsets, start), bisect_left(offsets, end)) for start, end in hidden]
    counts = [0, 0, 0]
    for number, (start, end) in enumerate(bounds):
        tokens = [i for i in range(bisect_left(offsets, start), bisect_left(offsets, end)) if not doc[i].is_space]
        if not tokens:
            continue
        kind = 0 if number in near else 1 if names and settings.names_elsewhere else 2
        counts[kind] += 1
        made.first_tokens.append(tokens[0])
        into = (made.parsed, made.named, made.skipped)[kind]
        into += _pieces(doc, tokens, made.masked if kind == 0 else [], settings.longest)
    made.paragraphs = (counts[0], counts[1], counts[2])
    return made


def batches(pieces: Iterable[Piece], words: int) -> Iterator[list[Piece]]:
    """The pieces in groups of about so many words."""
    batch: list[Piece] = []
    count = 0
    for piece in pieces:
        if batch and count + len(piece.tokens) > words:
            yield batch
            batch, count = [], 0
        batch.append(piece)
        count += len(piece.tokens)
    if batch:
        yield batch


def _near_marks(bounds: list[tuple[int, int]], marks: list[tuple[int, int]], settings: Settings) -> set[int]:
    """The numbers of the paragraphs with marks, and of those beside them."""
    starts = [start for start, _ in bounds]
    near: set[int] = set()
    for start, end in marks:
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        near.update(range(first - settings.before, last + settings.after + 1))
    return near


def _pieces(doc: Doc, tokens: list[int], masked: list[tuple[int, int]], longest: int) -> Iterator[Piece]:
    """The words of a paragraph, those of a masked quotation as one, cut where they are more than `longest`."""
    kept, firsts = _without_masked(tokens, masked)
    half = max(longest // 2, 1)
    begin = 0
    while begin < len(kept):
        end = len(kept) if len(kept) - begin <= longest else _sentence_end(doc, kept, begin + half, half)
        part = kept[begin:end]
        yield Piece(part, [place for place, token in enumerate(part) if token in firsts])
        begin = end


def _without_masked(tokens: list[int], masked: list[tuple[int, int]]) -> tuple[list[int], set[int]]:
    """The tokens without the masked ones, but with the first of each quotation, and which these first ones are."""
    firsts: set[int] = set()
    kept: list[int] = []
    done = 0
    at = max(0, bisect_right(masked, tokens[0], key=itemgetter(0)) - 1)
    while at < len(masked) and masked[at][0] <= tokens[-1]:
        low, high = (bisect_left(tokens, edge) for edge in masked[at])
        if low < high:
            kept += tokens[done : low + 1]
            firsts.add(tokens[low])
            done = high
        at += 1
    return kept + tokens[done:], firsts


def _sentence_end(doc: Doc, tokens: list[int], begin: int, reach: int) -> int:
    """The place after the last full stop (and what closes after it) of `reach` words from `begin`; else their end."""
    for place in range(begin + reach - 1, begin, -1):
        if doc[tokens[place - 1]].text in _STOPS and doc[tokens[place]].text not in _CLOSING | _STOPS:
            return place
        if doc[tokens[place - 1]].text in _CLOSING and doc[tokens[place - 2]].text in _STOPS:
            return place
    return begin + reach
