"""One annotated paragraph as plain columns, which augmentation can edit; from and to spaCy Docs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab


@dataclass
class Record:
    """The columns of a Doc. `heads` holds token offsets; trees or names that a corpus does not give are None."""

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    heads: list[int] | None
    deps: list[str] | None
    names: list[tuple[int, int, str]] | None
    nameless: list[tuple[int, int]] = field(default_factory=list)
    """Token offsets of stretches in which names are missing."""

    def copy(self) -> Record:
        """A record whose lists may be edited."""
        return replace(
            self,
            words=list(self.words),
            spaces=list(self.spaces),
            tags=list(self.tags),
            heads=None if self.heads is None else list(self.heads),
            deps=None if self.deps is None else list(self.deps),
            names=None if self.names is None else list(self.names),
            nameless=list(self.nameless),
        )


def from_doc(doc: Doc) -> Record:
    """The columns of a Doc."""
    parsed = doc.has_annotation("DEP")
    named = doc.has_annotation("ENT_IOB")
    missing = [i for i, token in enumerate(doc) if token.ent_iob == 0] if named else []
    return Record(
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        heads=[token.head.i for token in doc] if parsed else None,
        deps=[token.dep_ for token in doc] if parsed else None,
        names=[(span.start, span.end, span.label_) for span in doc.ents] if named else None,
        nameless=[(i, i + 1) for i in missing],
    )


def has_whole_sentences(record: Record) -> bool:
    """True when the words under each root stand together: a parser that reads from left to right knows no others."""
    if record.heads is None:
        return True
    roots = [_root(record.heads, i) for i in range(len(record.heads))]
    return all(a == b or b not in roots[:i] for i, (a, b) in enumerate(pairwise(roots), start=1))


def _root(heads: list[int], i: int) -> int:
    while heads[i] != i:
        i = heads[i]
    return i


def to_doc(record: Record, vocab: Vocab) -> Doc:
    """The reference Doc of a record."""
    doc = Doc(
        vocab,
        words=record.words,
        spaces=record.spaces,
        tags=record.tags,
        heads=record.heads,
        deps=record.deps,
    )
    if record.names is not None:
        spans = [Span(doc, start, end, label=label) for start, end, label in record.names]
        doc.set_ents(spans, missing=[doc[start:end] for start, end in record.nameless], default="outside")
    return doc
