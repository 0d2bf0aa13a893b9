"""Candidates: wordings that share rare words, and not more of them than there have to be."""

from __future__ import annotations

from indexer.store.clusters.seeds import COMMON, candidates
from indexer.store.clusters.wording import wording


def pairs(*texts: str) -> list[list[int]]:
    found: list[list[int]] = candidates([wording(text) for text in texts]).tolist()
    return found


def test_what_shares_a_run_of_rare_words_is_a_candidate() -> None:
    texts = ("the heron stood on the pontoon", "I like cheese", "that heron stands on pontoons of ours")
    assert pairs(*texts) == [[0, 2]]


def test_common_words_and_gaps_share_nothing() -> None:
    assert pairs("I think that we will", "I think that we will", "our local … business", "our local business") == []


def test_nothing_has_no_candidates() -> None:
    assert pairs() == pairs("") == pairs("", "") == []


def test_what_everybody_says_brings_nobody_together() -> None:
    crowd = [f"the heron stood on the pontoon and saw pirate{number} dance" for number in range(COMMON + 5)]
    assert pairs(*crowd) == []
    assert [len(crowd), len(crowd) + 1] in pairs(*crowd, *["heron on the pontoon, oysters under the veranda"] * 2)


def test_the_order_of_the_wordings_makes_no_difference() -> None:
    texts = [f"heron{number % 7} stood on pontoon{number % 7} with oyster{number % 3}" for number in range(30)]
    there = {frozenset((texts[one], texts[other])) for one, other in pairs(*texts)}
    back = {frozenset((texts[::-1][one], texts[::-1][other])) for one, other in pairs(*texts[::-1])}
    assert there == back
