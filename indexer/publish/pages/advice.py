"""What to try instead of a search that finds nothing: other spellings, near names, fewer filters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.publish.pages.narrowing import Choice, dates_words
from indexer.publish.parameters import Query
from indexer.publish.words import speaker_words
from indexer.store.reader import Reader
from indexer.store.rows import Tally

_LOOKED_UP = 4
"""So many words are compared with those of the index."""
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w*])")
_OPERATORS = frozenset({"AND", "NEAR"})


@dataclass(frozen=True, slots=True)
class Advice:
    """`meant` are searches with other words or another speaker; `people` speakers who go by the words; `wider`
    searches that leave out what is to blame, with what they find."""

    meant: Sequence[Choice] = ()
    people: Sequence[Tally] = ()
    wider: Sequence[Choice] = ()


def advice(reader: Reader, query: Query) -> Advice:
    """What to try instead of this search, which finds nothing."""
    meant = [*dict.fromkeys(_other_words(reader, query)), *_other_speakers(reader, query)]
    people = reader.near_speakers(query.text) if query.text and not query.speaker else []
    return Advice(meant, people, list(_wider(reader, query)))


def _other_words(reader: Reader, query: Query) -> Iterator[Choice]:
    """The search with each word that no quotation holds as its nearest; then with the next nearest of the first one."""
    words = [word for word in dict.fromkeys(_WORD.findall(query.text)) if word not in _OPERATORS]
    near = {word: found for word in words[:_LOOKED_UP] if (found := reader.near_words(word))}
    for place in range(max(map(len, near.values()), default=0)):
        text = query.text
        for number, (word, found) in enumerate(near.items()):
            best = found[min(place, len(found) - 1) if number == 0 else 0]
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", best, text)
        yield Choice(text, query.changed(text=text))


def _other_speakers(reader: Reader, query: Query) -> Iterator[Choice]:
    if query.speaker and not reader.called(query.speaker):
        for near in reader.near_speakers(query.speaker):
            label = f"{query.text} by {speaker_words(near.value)}" if query.text else speaker_words(near.value)
            yield Choice(label, query.changed(speaker=near.slug or near.value))


def _wider(reader: Reader, query: Query) -> Iterator[Choice]:
    """The search without each of its parts in turn, and with any of its words, where that finds something."""
    for label, wider in _parts(query):
        total = reader.total(wider.text, **wider.filters)
        if total.count:
            yield Choice(label, wider, total.count)


def _parts(query: Query) -> Iterator[tuple[str, Query]]:
    words = query.text.split()
    if len(words) > 1 and all(re.fullmatch(r"\w+", word) for word in words) and "OR" not in words:
        yield "with any of the words", query.changed(text=" OR ".join(words))
    if len(query.chosen) + bool(query.text) < 2:
        return
    if query.text:
        yield "without the words", query.changed(text="")
    for name, label in (("speaker", "the speaker"), ("publisher", "the outlet"), ("kind", "the kind")):
        if query.chosen.get(name):
            yield f"without {label}", query.changed(**{name: ""})
    if query.tier:
        yield f"however certain it is who spoke, not only “{query.tier}”", query.changed(tier="")
    if query.since or query.until:
        yield f"of any date, not only {dates_words(query)}", query.changed(since="", until="")
