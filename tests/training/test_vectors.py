"""Static vectors: a word has one whatever its capitals, also in a pipeline that was written and read back."""

from __future__ import annotations

from pathlib import Path

import numpy
import spacy

from indexer.training import checkpoints, packing, vectors

WORDS = ["ferry", "oslo"]
ROWS = numpy.arange(8, dtype=numpy.float32).reshape(2, 4)


def found(path: Path) -> list[int]:
    nlp = spacy.load(path)
    doc = nlp.make_doc("Ferry FERRY ferry Oslo tram")
    keys = doc.to_array([nlp.vocab.vectors.attr]).ravel()
    return [int(row) for row in nlp.vocab.vectors.find(keys=keys)]


def test_capitals_make_no_difference_in_a_release(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    vectors.add_vectors(nlp, WORDS, ROWS)
    packing.pack(nlp, tmp_path / "out")
    assert found(tmp_path / "out") == [0, 0, 0, 1, -1]


def test_capitals_make_no_difference_in_a_checkpoint(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    vectors.add_vectors(nlp, WORDS, ROWS)
    checkpoints.save(nlp, tmp_path / "best", 1, 0.5)
    assert found(tmp_path / "best") == [0, 0, 0, 1, -1]
    again = spacy.blank("en")
    checkpoints.restore(again, tmp_path / "best")
    assert again.vocab.vectors.attr == nlp.vocab.vectors.attr


def test_frequent_words_are_in_lower_case_and_in_order() -> None:
    nlp = spacy.blank("en")
    docs = [nlp.make_doc("Oslo ferry Ferry, ferry!"), nlp.make_doc("oslo 12 12")]
    assert vectors.frequent_words(docs, least=2) == ["ferry", "oslo"]


def test_reduced_rows_keep_what_tells_them_apart() -> None:
    rows = numpy.array([[0, 5, 0], [0, 5, 1], [9, 5, 0], [9, 5, 1]], dtype=numpy.float32)
    short = vectors.reduced(rows, 1)
    assert short.shape == (4, 1)
    assert abs(short[0] - short[1]).item() < 0.2 < 1 < abs(short[0] - short[2]).item()
