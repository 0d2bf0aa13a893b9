"""A static vector for every frequent word, out of the teacher: what a small model knows of words it never saw."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Vectors

Matrix = NDArray[numpy.float32]


def add_vectors(nlp: Language, words: list[str], data: Matrix) -> None:
    """Give a pipeline one vector (a row) for each lower-case word; looked up whatever the capitals."""
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=numpy.ascontiguousarray(data), keys=keys, attr="LOWER", name="quotes_words"
    )


def save(nlp: Language, where: Path) -> None:
    """Write a pipeline to a folder, and with its vectors what they are looked up by.

    spaCy 3.8 reads that attribute but writes it for floret vectors only: without it, a pipeline read back would look
    up words as they are spelled and find no vector for any that has a capital.
    """
    nlp.to_disk(where)
    written = where / "vocab" / "vectors.cfg"
    told = json.loads(written.read_text("utf-8"))
    written.write_text(json.dumps({**told, "attr": nlp.vocab.vectors.attr}), "utf-8")


def frequent_words(docs: Iterable[Doc], least: int) -> list[str]:
    """The lower-case words that occur at least so often, the most frequent first."""
    counts = Counter(token.lower_ for doc in docs for token in doc if any(char.isalpha() for char in token.lower_))
    return [word for word, count in counts.most_common() if count >= least]


def reduced(data: Matrix, width: int) -> Matrix:
    """The first principal components of the rows, scaled to unit variance overall."""
    centred = data - data.mean(axis=0)
    _, _, axes = numpy.linalg.svd(centred[:: max(1, len(centred) // 20000)], full_matrices=False)
    projected = centred @ axes[:width].T
    return numpy.asarray(projected / projected.std(), dtype=numpy.float32)
