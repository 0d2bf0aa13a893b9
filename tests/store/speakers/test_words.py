"""Words that a speaker says more often than others."""

from __future__ import annotations

import math

import pytest

from indexer.store.reader import Reader
from indexer.store.speakers.words import surprise

FERRY = [
    "The ferry sails in every wind.",
    "We need ferries, not bridges.",
    "Ferry crossings are the town’s bread.",
    "A ferry’s timetable is a promise.",
    "Ferries make islands bearable.",
]
OTHERS = [f"The council counted {number} chairs, and would count them again." for number in range(40)]


@pytest.fixture
def words(fill, article):
    """The words of Ada Quill, who said these quotations, against the others of Bo Lund; how often she says each."""

    def words(*said: str, others: list[str] = OTHERS) -> dict[str, int]:
        ours = [article(f"a{n}.txt", f"Ada Quill | said | {text} | Ada Quill | person") for n, text in enumerate(said)]
        theirs = [article(f"b{n}.txt", f"Bo Lund | said | {text} | Bo Lund | person") for n, text in enumerate(others)]
        with Reader(fill(*ours, *theirs)) as reader:
            return {word.word: word.quotations for word in reader.profile("ada-quill").words}

    return words


def test_a_word_in_all_its_forms_is_counted_and_shown_as_printed_most(words):
    assert words(*FERRY)["ferry"] == 5


def test_words_that_everybody_says_and_small_words_are_left_out(words):
    found = words(*FERRY, *(f"The council would count {n} herons." for n in range(6)))
    assert "herons" in found
    assert not {"council", "the", "would", "count"} & found.keys()


def test_a_word_said_twice_only_is_none_of_the_speakers(words):
    assert "islands" not in words(*FERRY, "Islands are all we have.")


def test_the_same_words_in_many_documents_are_one_surprise(words):
    statement = "Whoever sold the lighthouse must now explain the darkness to the harbour pilots tonight."
    assert words(*[statement] * 8) == {}


def test_a_name_keeps_its_capital_and_the_first_word_of_a_sentence_does_not(words):
    said = [
        f"{start} Marram {end}"
        for start, end in zip(("Gulls leave", "Ask", "Then ask"), ("now.", "first.", "again."), strict=True)
    ]
    found = words(*said, "Gulls know it.", "Gulls do not vote.", "Gulls.")
    assert {"Marram", "gulls"} <= found.keys()


def test_an_index_of_one_speaker_has_nobody_to_compare_with(words):
    assert words(*FERRY, others=[]) == {}


@pytest.mark.parametrize(
    ("here", "of_these", "there", "of_those", "expected"),
    [
        (0, 0, 5, 10, 0),
        (5, 10, 0, 0, 0),
        (1, 10, 10, 100, 0),
        (1, 10, 20, 100, 0),
        (10, 10, 0, 10, 40 * math.log(2)),
        (10, 10, 10, 10, 0),
    ],
)
def test_surprise_is_the_log_likelihood_ratio_of_two_shares(here, of_these, there, of_those, expected):
    assert surprise(here, of_these, there, of_those) == pytest.approx(expected)


def test_surprise_as_counted_by_the_usual_formula():
    """2 * sum of observed * ln(observed / expected) over the four cells of the table."""
    here, of_these, there, of_those = 12, 80, 30, 900
    cells = [
        (here, of_these, True),
        (of_these - here, of_these, False),
        (there, of_those, True),
        (of_those - there, of_those, False),
    ]
    share = (here + there) / (of_these + of_those)
    expected = 2 * sum(n * math.log(n / (of * (share if hit else 1 - share))) for n, of, hit in cells)
    assert surprise(here, of_these, there, of_those) == pytest.approx(expected)
