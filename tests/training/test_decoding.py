"""Decoding: names in one piece, trees without cycles."""

from __future__ import annotations

import numpy
import pytest

from indexer.training.decoding import sequence, tree

TAGS = ("O", "B-ORG", "I-ORG", "B-PLACE", "I-PLACE")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[9, 0, 0, 0, 0], [0, 9, 0, 0, 0], [0, 0, 9, 0, 0]], ["O", "B-ORG", "I-ORG"]),
        ([[0, 5, 0, 4, 0], [0, 0, 1, 0, 5]], ["B-PLACE", "I-PLACE"]),  # word by word: half an ORG, half a PLACE
        ([[0, 9, 0, 4, 0], [0, 0, 4, 0, 5]], ["B-ORG", "I-ORG"]),
        ([[5, 0, 9, 0, 0], [9, 0, 0, 0, 0]], ["O", "O"]),  # no name begins inside
        ([[0, 9, 0, 0, 0], [0, 0, 0, 9, 0]], ["B-ORG", "B-PLACE"]),
    ],
)
def test_names_in_one_piece(scores: list[list[float]], expected: list[str]) -> None:
    assert sequence(numpy.array(scores, dtype=numpy.float32), TAGS) == expected


def test_the_best_head_of_every_word_where_they_make_a_tree() -> None:
    assert tree(numpy.array([[0, 0, 9], [9, 0, 0]], dtype=numpy.float32)) == [2, 0]


def test_a_cycle_is_broken_where_that_costs_least() -> None:
    scores = numpy.array([[5, 0, 9, 0], [1, 9, 0, 0], [0, 0, 9, 0]], dtype=numpy.float32)
    assert tree(scores) == [0, 1, 2]


@pytest.mark.parametrize("seed", range(20))
def test_every_word_hangs_on_the_root(seed: int) -> None:
    size = 9
    heads = tree(numpy.random.default_rng(seed).normal(size=(size, size + 1)).astype(numpy.float32))
    for word in range(1, size + 1):
        seen = set()
        while word:
            assert word not in seen
            seen.add(word)
            word = heads[word - 1]
