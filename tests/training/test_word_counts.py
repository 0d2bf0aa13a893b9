"""The counts of words that the store weighs shared words by."""

from __future__ import annotations

from indexer.training import word_counts


def test_the_commonest_words_come_first_with_their_counts_in_a_million():
    lines = word_counts.as_table(["The ferry and the ferries.", "The Ferry left; 12 stayed."]).splitlines()
    assert lines[0] == "# The 6 commonest words and how often each occurs in a million words."
    rows = [line for line in lines if not line.startswith("#")]
    assert rows[:3] == ["the\t333333", "ferry\t222222", "and\t111111"]
