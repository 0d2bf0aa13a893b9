"""B-cubed on clusterings counted by hand."""

from __future__ import annotations

import pytest

from indexer.evaluation.bcubed import BCubed, bcubed


def clustering(text):
    """`ab c`: a and b in one cluster, c in another."""
    return {item: number for number, cluster in enumerate(text.split()) for item in cluster}


# Predicted, gold, precision, recall. In the third, a, b and c find one of their three each, d and e one of their two.
CASES = [
    ("abc de", "abc de", 1, 1),
    ("de abc", "abc de", 1, 1),
    ("a b c d e", "abc de", 1, (3 * 1 / 3 + 2 * 1 / 2) / 5),
    ("abcde", "abc de", (3 * 3 / 5 + 2 * 2 / 5) / 5, 1),
    ("ab cde", "abc de", (2 * 2 / 2 + 1 / 3 + 2 * 2 / 3) / 5, (2 * 2 / 3 + 1 / 3 + 2 * 2 / 2) / 5),
    ("ab cd", "ac bd", 1 / 2, 1 / 2),
    ("a", "a", 1, 1),
    ("", "", 0, 0),
]


@pytest.mark.parametrize(("predicted", "gold", "precision", "recall"), CASES)
def test_counted_by_hand(predicted, gold, precision, recall):
    result = bcubed(clustering(predicted), clustering(gold))
    assert (result.precision, result.recall) == pytest.approx((precision, recall))
    assert result.items == len(gold.replace(" ", ""))


@pytest.mark.parametrize(("predicted", "gold"), [case[:2] for case in CASES])
def test_the_other_way_round_precision_is_recall(predicted, gold):
    one, other = bcubed(clustering(predicted), clustering(gold)), bcubed(clustering(gold), clustering(predicted))
    assert (one.precision, one.recall) == pytest.approx((other.recall, other.precision))


def test_f1_is_the_harmonic_mean():
    assert BCubed(0.5, 1.0, 5).f1 == pytest.approx(2 / 3)
    assert BCubed(0.0, 0.0, 0).f1 == 0


def test_two_small_clusters_mixed_cost_less_than_two_large_ones():
    small = bcubed(clustering("ab cdef ghij"), clustering("a b cdef ghij"))
    large = bcubed(clustering("a b cdefghij"), clustering("a b cdef ghij"))
    assert (small.precision, large.precision) == (0.9, 0.6)


def test_items_of_one_clustering_only_are_refused():
    with pytest.raises(ValueError, match=r"^2 items are in one clustering only$"):
        bcubed(clustering("ab"), clustering("a c"))
