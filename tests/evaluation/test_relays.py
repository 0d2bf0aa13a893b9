"""Who relays the words: what is counted as given."""

from __future__ import annotations

import pytest

from indexer.evaluation.relays import Relays, is_same_relay, relays

LUND = {"speaker": "Lund", "confidence": 0.9}


def test_all_given(case):
    assert relays(case.scores()) == Relays(gold=2, given=2, another=0, extra=0)


def test_another_none_and_one_too_many(case):
    case.put("column", "rather smug", **LUND, via="Harbour Board")
    case.put("board", "We will build another.", "Harbour Board")
    case.put("board", "Pay by June.", "Tom Ash", via="the Courier")
    case.put("board", "over the radio", "Ada Brink", via="the Courier")
    assert relays(case.scores()) == Relays(gold=2, given=0, another=1, extra=1)


def test_a_relay_is_given_whoever_speaks_but_not_where_nothing_was_found(case):
    case.put("column", "rather smug", "Ida Crane", via="the Courier")
    del case.predictions["We will build another."]
    assert relays(case.scores()) == Relays(gold=2, given=1, another=0, extra=0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Courier", "The Courier’s", True),
        ("Courier", "Averley Courier", True),
        ("Averley Courier", "Courier", True),
        ("Averley Courier", "Tarn Courier", False),
        ("…", "Courier", False),
    ],
)
def test_names_of_relays_are_compared_loosely(one, other, same):
    assert is_same_relay(one, other) is same
