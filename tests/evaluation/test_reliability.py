"""The calibration of confidence, on examples counted by hand."""

from __future__ import annotations

from random import Random

import pytest

from indexer.evaluation.reliability import Bin, Reliability, reliability

TEN = (*[(0.95, True)] * 8, (0.95, False), (0.55, False))
"""Of nine with 0.95 eight are right; the one with 0.55 is not."""


def test_errors_by_hand():
    measured = Reliability(TEN)
    assert measured.bins == {5: Bin(1, 0.55, 0.55, 0.55, 0.0), 9: Bin(9, 0.95, pytest.approx(0.95), 0.95, 8 / 9)}
    assert measured.ece == pytest.approx(0.1 * 0.55 + 0.9 * (0.95 - 8 / 9))
    assert measured.brier == pytest.approx((8 * 0.05**2 + 0.95**2 + 0.55**2) / 10)


def test_tiers_are_those_of_the_output():
    assert {tier: (each.n, each.right) for tier, each in Reliability(TEN).tiers.items()} == {
        "certain": (9, 8 / 9),
        "uncertain": (1, 0.0),
    }


def test_what_is_always_right_and_certain_has_no_error():
    measured = Reliability(((1.0, True), (0.0, False)))
    assert (measured.ece, measured.adaptive_ece, measured.brier) == (0.0, 0.0, 0.0)
    assert list(measured.bins) == [0, 9]


@pytest.mark.parametrize(("confidence", "number"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.8999, 8), (1.0, 9)])
def test_a_bin_begins_with_its_lower_bound(confidence, number):
    assert list(Reliability(((confidence, True),)).bins) == [number]


def test_twenty_different_confidences_fill_ten_bins_of_two():
    measured = Reliability(tuple((i / 20, i % 2 == 0) for i in range(20)))
    assert [each.n for each in measured.equal_counts] == [2] * 10
    assert measured.adaptive_ece == pytest.approx(sum(abs((2 * i + 0.5) / 20 - 0.5) for i in range(10)) / 10)


def test_equal_confidences_stay_in_one_bin_whatever_their_order():
    outcomes = [(0.9, i % 3 > 0) for i in range(30)] + [(i / 100, False) for i in range(10)]
    shuffled = outcomes.copy()
    Random(1).shuffle(shuffled)
    one, other = Reliability(tuple(outcomes)), Reliability(tuple(shuffled))
    assert [each.n for each in one.equal_counts] == [4, 4, 32]
    assert one.equal_counts == other.equal_counts
    assert one.adaptive_ece == other.adaptive_ece


def test_nothing_has_no_error():
    measured = Reliability(())
    assert (measured.ece, measured.adaptive_ece, measured.brier) == (0.0, 0.0, 0.0)
    assert (measured.bins, measured.tiers, measured.equal_counts) == ({}, {}, [])


def test_right_is_span_and_speaker_and_what_is_excused_is_left_out(case):
    case.put("pier", "a long argument", "Tom Ash", confidence=0.5)
    case.put("pier", "Tides and Tempers", "Jane Roe", confidence=0.4)
    case.put("board", "over the radio", "Jane Roe", confidence=0.3)
    case.put("pier", "old", "Jane Roe", confidence=0.2)
    case.withhold("beyond repair", kind="term")
    outcomes = reliability(case.scores().judged).outcomes
    assert sorted(outcomes) == [(0.3, False), (0.4, False), (0.5, False), *[(0.95, True)] * 9]
