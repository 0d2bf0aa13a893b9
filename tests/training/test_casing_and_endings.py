"""What is learned from ordinary text alone: how words are written, and where quotations end."""

from __future__ import annotations

import pytest

from indexer.nlp.casing import shapes, split
from indexer.nlp.endings import possible
from indexer.nlp.marks import read_marks
from indexer.training import casing, endings

TEXTS = [
    f"{start} {name} of Dover saw the {thing} and was there with {name}."
    for start in ("Then", "Later", "Soon", "Once")
    for name in ("Ada Brink", "Tom Roe", "Ines Lund")
    for thing in ("ferry", "bridge", "market")
]


def test_how_words_are_written_is_learned_from_text():
    weights = casing.fit(TEXTS)
    assert casing.right(TEXTS, weights) > 0.99
    words = split("soon the ferry of ada brink")
    assert shapes(words, weights) == [1, 0, 0, 0, 1, 1]


def test_the_same_texts_give_the_same_table():
    table = casing.as_table(casing.fit(TEXTS))
    assert table == casing.as_table(casing.fit(TEXTS))
    assert all(line.count("\t") == 2 for line in table.splitlines())


def test_text_in_capitals_teaches_nothing():
    assert casing.fit([text.upper() for text in TEXTS]) == {}


def test_small_words_are_those_of_two_texts():
    assert casing.small_words(["a quixotic ferry", "the Quixotic ferry", "one quixotic lune"]) == ["quixotic"]


ARTICLE = """“We will win,” said Ada Brink. She called it “a gift” to the town.

Nobody laughed.

“It is late.

“We go home,” said Tom Roe."""


def test_each_closing_mark_is_an_example_of_an_end():
    found = list(endings.examples([ARTICLE]))
    running_on = found[2 : 2 + endings.RUNNING_ON]
    assert len(found) == 3 + endings.RUNNING_ON
    assert all(example == running_on[0] for example in running_on)
    spoiled = ARTICLE.replace("win,”", "win,")
    (first, *_) = read_marks(spoiled)
    ends = possible(spoiled, first)
    assert spoiled[first.start : ends[found[0].right]] == "We will win,"


def test_without_a_closing_mark_there_is_nothing_to_learn():
    assert list(endings.examples(["“We will win, said Ada Brink."])) == []


def test_a_folder_without_the_corpora_is_refused(tmp_path):
    with pytest.raises(OSError, match="train"):
        endings.write(tmp_path, tmp_path)
