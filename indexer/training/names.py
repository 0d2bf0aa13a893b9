"""Name annotations of three corpora as one scheme: PERSON, ORG, PLACE; what a corpus does not label is missing.

Wikigold's MISC (nationalities, works, events) becomes “no name”: UNER labels nothing of the kind, and none of
it speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from .treebank import Sentence, Word, words_of

LABELS = ("PERSON", "ORG", "PLACE")
_FROM_IOB = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
_FROM_GUM = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
_OPENS_OR_CLOSES = re.compile(r"\((\d+)-([a-z]+)[^()]*?(\))?(?=\(|\d+\)|$)|(\d+)\)")
_INSIDE = frozenset("of de von van der la le el al bin and & the - 's '".split())
_TITLES = frozenset("mr mrs ms miss dr sir lady lord president professor prof senator sen judge justice".split())

Names = list[tuple[int, int, str]]
"""Token offsets (first, past the last) and label."""


def from_iob(tags: list[str]) -> Names:
    """The names of a sequence of IOB tags (`B-PER`, `I-PER`, `O`), whichever of IOB1 and IOB2 it is."""
    names: Names = []
    for i, tag in enumerate(tags):
        prefix, _, kind = tag.partition("-")
        label = _FROM_IOB.get(kind)
        if label is None:
            continue
        if prefix == "I" and names and names[-1][1] == i and names[-1][2] == label:
            names[-1] = (names[-1][0], i + 1, label)
        else:
            names.append((i, i + 1, label))
    return names


def read_iob(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of every sentence of a UNER (`.iob2`) or CoNLL (`.conll`) file."""
    separator, column = ("\t", 1) if path.suffix == ".iob2" else (" ", 0)
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif not line.startswith("# "):
            fields = line.split(separator)
            words.append(fields[column])
            tags.append(fields[column + 1])


def carried_over(names: Names, words: list[str], others: list[str]) -> Names:
    """Names on the same characters divided into other words; raises ValueError where the characters differ."""
    if "".join(words) != "".join(others):
        raise ValueError(f"{' '.join(words)!r} is not {' '.join(others)!r}")
    ends = list(accumulate(map(len, words)))
    starts = [0, *ends[:-1]]
    return [
        (bisect_right(starts, first) - 1, bisect_left(ends, last) + 1, label)
        for first, last, label in _characters(names, others)
    ]


def _characters(names: Names, words: list[str]) -> Names:
    ends = list(accumulate(map(len, words)))
    return [(ends[start - 1] if start else 0, ends[end - 1], label) for start, end, label in names]


def set_names(doc: Doc, names: Names, missing: Sequence[Span] = ()) -> None:
    """Write names on a Doc; every other token is marked as no name, but for those of spans that are not known."""
    spans = [Span(doc, start, end, label=label) for start, end, label in names]
    doc.set_ents(spans, missing=list(missing), default="outside")


def detokenized(vocab: Vocab, words: list[str]) -> Doc:
    """A Doc of words whose spaces are not known: none before closing punctuation nor after opening."""
    spaces = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        glued = following in {",", ".", ";", ":", "?", "!", ")", "]", "'s", "n't", "%", "”", "’"} or word in "([“‘$"
        spaces.append(not glued)
    return Doc(vocab, words=words, spaces=spaces)


def of_gum(sentences: list[Sentence]) -> Names:
    """The names of a GUM paragraph: mentions headed by a proper noun, cut to the proper nouns around their head.

    A people (Americans, in the plural) is no person; the United States are a place.
    """
    tokens = [token for sentence in sentences for token in words_of(sentence)]
    offsets = [i for i, token in enumerate(tokens) if token["id"] == 1] + [len(tokens)]
    names: Names = []
    for start, end, kind in sorted(_mentions(tokens), key=lambda m: (m[0], -m[1])):
        first = max(o for o in offsets if o <= start)
        label = _FROM_GUM.get(kind)
        head = next(
            i
            for i in range(start, end)
            if not start <= first + (tokens[i]["head"] or 0) - 1 < end or not tokens[i]["head"]
        )
        is_people = label == "PERSON" and tokens[head]["xpos"] == "NNPS"
        if label is None or is_people or not _is_proper(tokens[head]) or (names and start < names[-1][1]):
            continue
        names.append((*_proper(tokens, start, end, head), label))
    return names


def _mentions(tokens: list[Word]) -> list[tuple[int, int, str]]:
    """Token offsets and type of every mention in the `Entity` notes."""
    open_ones: dict[str, list[tuple[int, str]]] = {}
    found = []
    for i, token in enumerate(tokens):
        note = (token["misc"] or {}).get("Entity") or ""
        for match in _OPENS_OR_CLOSES.finditer(note):
            key, kind, single, closing = match.groups()
            if closing:
                if open_ones.get(closing):
                    start, kind = open_ones[closing].pop()
                    found.append((start, i + 1, kind))
            elif single:
                found.append((i, i + 1, kind))
            else:
                open_ones.setdefault(key, []).append((i, kind))
    return found


def _proper(tokens: list[Word], start: int, end: int, head: int) -> tuple[int, int]:
    """The stretch of proper nouns around the head of a mention, with “of” and hyphens inside, without titles."""
    first = last = head
    while last + 1 < end and (_is_proper(tokens[last + 1]) or _joins(tokens, last + 1, end)):
        last += 1
    while first > start and (_is_proper(tokens[first - 1]) or (first - 1 > start and _joins(tokens, first - 1, end))):
        first -= 1
    while not _is_proper(tokens[last]) and last > head:
        last -= 1
    while first < head and (not _is_proper(tokens[first]) or tokens[first]["form"].lower().rstrip(".") in _TITLES):
        first += 1
    return first, last + 1


def _is_proper(token: Word) -> bool:
    return token["xpos"] in ("NNP", "NNPS")


def _joins(tokens: list[Word], i: int, end: int) -> bool:
    """True for a small word inside a name: University *of* Durham, Bailey *-* Ross."""
    return tokens[i]["form"].lower() in _INSIDE and i + 1 < end and _is_proper(tokens[i + 1])
