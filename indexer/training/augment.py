"""The same paragraph as other papers print it: other quotation marks, capitals, accents, a quotation masked."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from .record import Record

MASK = "QUOTATION"
"""The one token that stands for the words of a quotation where only the narrative around it is to be parsed."""

_OPENING = frozenset(("``", "“", '"', "''", "‘", "'", "«", "„"))
STYLES = (
    ("“", "”"),
    ("“", "”"),
    ('"', '"'),
    ('"', '"'),
    ("``", "''"),
    ("''", "''"),
    ("‘", "’"),
    ("«", "»"),
    ("„", "“"),
)
_APOSTROPHES = str.maketrans("'’", "’'")


@dataclass(frozen=True)
class Rates:
    """How often (0 to 1) each change is made to a paragraph."""

    mask: float = 0.5
    """Of the paragraphs that hold a quotation that can be masked."""
    marks: float = 0.4
    apostrophes: float = 0.3
    upper: float = 0.02
    title: float = 0.02
    lower: float = 0.02
    unaccented: float = 0.3
    unended: float = 0.03
    swapped: float = 0.0
    """Names by others of their kind and length, where there is a pool of names to draw from."""


Change = Callable[[Record, random.Random], Record]
Pool = dict[tuple[str, int], list[list[str]]]
"""Names by label and number of words."""


def augmented(record: Record, rates: Rates, rng: random.Random, pool: Pool | None = None) -> Record:
    """A record with every change made that chance picks; the same record where it picks none."""
    picked = [rate.name for rate in fields(rates) if rng.random() < getattr(rates, rate.name)]
    chosen = [CHANGES[name] for name in picked if name in CHANGES]
    if pool and "swapped" in picked:
        record = other_names(record.copy(), rng, pool)
    if chosen:
        record = record.copy()
        for change in chosen:
            record = change(record, rng)
    return record


def pool_of(records: Iterable[Record]) -> Pool:
    """All names of some records, each as often as it occurs."""
    pool: Pool = defaultdict(list)
    for record in records:
        for start, end, label in record.names or []:
            pool[label, end - start].append(record.words[start:end])
    return pool


def other_names(record: Record, rng: random.Random, pool: Pool) -> Record:
    """Every name replaced by another of its kind and length; the same name by the same other."""
    chosen: dict[str, list[str]] = {}
    for start, end, label in record.names or []:
        own = record.words[start:end]
        record.words[start:end] = chosen.setdefault(" ".join(own), rng.choice(pool.get((label, end - start)) or [own]))
    return record


def other_marks(record: Record, rng: random.Random) -> Record:
    """Every double quotation mark in another style."""
    opening, closing = rng.choice(STYLES)
    for i, tag in enumerate(record.tags):
        if tag == "``" and record.words[i] in _OPENING:
            record.words[i] = opening
        elif tag == "''" and record.words[i] not in ("'", "’"):
            record.words[i] = closing
    return record


def other_apostrophes(record: Record, rng: random.Random) -> Record:
    """Straight apostrophes curled, and curled ones straightened."""
    record.words = [word.translate(_APOSTROPHES) if len(word) > 1 and word != "''" else word for word in record.words]
    return record


def upper_case(record: Record, rng: random.Random) -> Record:
    """All in capitals, as a headline or a wire's first line."""
    record.words = [word.upper() for word in record.words]
    return record


def title_case(record: Record, rng: random.Random) -> Record:
    """Every longer word with a capital, as American headlines."""
    record.words = [word[:1].upper() + word[1:] if len(word) > 3 else word for word in record.words]
    return record


def lower_case(record: Record, rng: random.Random) -> Record:
    """No capitals at all, as in comments and messages."""
    record.words = [word.lower() for word in record.words]
    return record


def without_accents(record: Record, rng: random.Random) -> Record:
    """Letters without their diacritics, as wires print foreign names."""
    record.words = [_plain(word) for word in record.words]
    return record


def without_end(record: Record, rng: random.Random) -> Record:
    """The last full stop left out, as in captions."""
    last = len(record.words) - 1
    if last > 3 and record.words[last] == "." and (record.heads is None or last not in record.heads):
        return _kept(record, list(range(last)))
    return record


def masked(record: Record, rng: random.Random) -> Record:
    """The words of every quotation of four words or more as the one token MASK, where the tree allows it."""
    if record.heads is None:
        return record
    for start, end in reversed(_quoted(record)):
        top = _top(record, start, end)
        if top is not None:
            record = _replaced(record, start, end, top)
    return record


CHANGES: dict[str, Change] = {
    "mask": masked,
    "marks": other_marks,
    "apostrophes": other_apostrophes,
    "upper": upper_case,
    "title": title_case,
    "lower": lower_case,
    "unaccented": without_accents,
    "unended": without_end,
}


def _plain(word: str) -> str:
    if word.isascii():
        return word
    stripped = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", stripped) or word


def _quoted(record: Record) -> list[tuple[int, int]]:
    """Token offsets of the words between double marks, without the comma or stop before the closing one."""
    found, opened = [], None
    for i, tag in enumerate(record.tags):
        if tag == "``":
            opened = i + 1
        elif tag == "''" and record.words[i] not in ("'", "’") and opened is not None:
            end = i
            while end > opened and record.words[end - 1] in (",", ".", "?", "!", "…", "-", "–", "—"):
                end -= 1
            if end - opened >= 4:
                found.append((opened, end))
            opened = None
    return found


def _top(record: Record, start: int, end: int) -> int | None:
    """The word of a quotation that the narrative holds on to; None where it holds on to several.

    That is the one that hangs on a word outside, or, of a quotation that stands by itself, the one that
    words outside hang on, else its last root.
    """
    heads = record.heads or []
    tops = [i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end]
    hanging = [i for i in tops if heads[i] != i]
    if hanging:
        return hanging[0] if len(hanging) == 1 and not _comes_back(heads, hanging[0], start, end) else None
    held = {
        heads[i] for i in range(len(heads)) if not start <= i < end and record.tags[i] not in ("``", "''", ",", ".")
    }
    return next((i for i in tops if i in held), tops[-1])


def _comes_back(heads: list[int], top: int, start: int, end: int) -> bool:
    """True when what a word hangs on hangs, some steps on, on another word of the same quotation."""
    at = heads[top]
    while heads[at] != at and not start <= at < end:
        at = heads[at]
    return start <= at < end


def _replaced(record: Record, start: int, end: int, top: int) -> Record:
    assert record.heads is not None
    record.words[top] = MASK
    record.spaces[top] = record.spaces[end - 1]
    record.heads = [top if start <= head < end else head for head in record.heads]
    names = [name for name in record.names or [] if name[1] <= start or name[0] >= end]
    record.names = None if record.names is None else names
    return _kept(record, [i for i in range(len(record.words)) if i == top or not start <= i < end])


def _kept(record: Record, kept: list[int]) -> Record:
    """The record with only the tokens at these offsets; their heads must be among them."""
    place = {old: new for new, old in enumerate(kept)}
    names = record.names
    return Record(
        words=[record.words[i] for i in kept],
        spaces=[record.spaces[i] for i in kept],
        tags=[record.tags[i] for i in kept],
        heads=None if record.heads is None else [place[record.heads[i]] for i in kept],
        deps=None if record.deps is None else [record.deps[i] for i in kept],
        names=None
        if names is None
        else [(place[s], place[e - 1] + 1, label) for s, e, label in names if s in place and e - 1 in place],
        nameless=[(place[s], place[s] + 1) for s, _ in record.nameless if s in place],
    )
