"""The plain baseline: every pair of marks, the nearest name."""

from __future__ import annotations

import pytest

from indexer.domain import Document
from indexer.evaluation import baseline
from indexer.nlp import analysis


@pytest.fixture(scope="module")
def read():
    """The words and the speaker that the baseline gives for each pair of marks in a text."""
    analyser = analysis.load("none")

    def predictions(text):
        found = baseline.predict(analyser.annotated(Document("a", text)))
        return [(text[each.start : each.end], each.speaker) for each in found]

    return predictions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rained,” said Piotr Nowak.", [("It rained,", "Piotr Nowak")]),
        ("Eva Holm and then the rain: “It rained.”", [("It rained.", "Eva Holm")]),
        ("Eva Holm heard it. “It rained,” said Piotr Nowak.", [("It rained,", "Piotr Nowak")]),
        ("Eva Holm: “It rained,” a boy told Piotr Nowak.", [("It rained,", "Eva Holm")]),
        ("The “warm” rain fell on Piotr Nowak.", [("warm", "Piotr Nowak")]),
        ("“Ask Eva Holm,” said the boy, and left Piotr Nowak.", [("Ask Eva Holm,", "Piotr Nowak")]),
        ("“It rained,” said the boy.", [("It rained,", None)]),
        ("It rained on Piotr Nowak.", []),
        ("", []),
    ],
)
def test_the_nearest_name_outside_the_marks_speaks(read, text, expected):
    assert read(text) == expected


def test_a_quotation_inside_another_is_one_more(read):
    text = "“He said ‘never’ to Eva Holm,” said Piotr Nowak."
    assert read(text) == [("He said ‘never’ to Eva Holm,", "Piotr Nowak"), ("never", "Eva Holm")]


def test_the_name_is_as_printed(read):
    assert read("Piotr Nowak rose. “It rained,” said Mayor Nowak.") == [("It rained,", "Mayor Nowak")]
