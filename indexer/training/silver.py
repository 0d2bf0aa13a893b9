"""What the teacher reads: plain text divided into paragraphs, and corpora completed where they lack a layer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from indexer.nlp.paragraphs import paragraph_bounds

from .record import Record, from_doc

SCHEME = "uner"
"""The scheme of name annotation that the pipeline learns."""
_WORDS = range(4, 221)
"""Shorter paragraphs teach nothing, longer ones are beyond the teacher's window."""


def paragraphs(texts: Iterable[str], nlp: Language) -> Iterator[Doc]:
    """The paragraphs of some texts as Docs of words, without the white space of their lines."""
    for text in texts:
        for start, end in paragraph_bounds(text):
            tokens = [token for token in nlp.make_doc(text[start:end]) if not token.is_space]
            if len(tokens) in _WORDS:
                spaces = [bool(token.whitespace_) for token in tokens]
                yield Doc(nlp.vocab, words=[token.text for token in tokens], spaces=spaces)


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a `.jsonl` corpus."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)["text"]


def completed(gold: Doc, read: Doc) -> Record:
    """What people annotated, and the teacher's reading where they annotated nothing, or names by another scheme."""
    record, other = from_doc(gold), from_doc(read)
    if record.heads is None:
        record.heads, record.deps, record.tags = other.heads, other.deps, other.tags
    if record.names is None or gold.user_data.get("scheme", SCHEME) != SCHEME:
        record.names, record.nameless = other.names, other.nameless
    return record
