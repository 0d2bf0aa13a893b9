"""How well it is told when something was said: the figures, on texts of our own."""

from __future__ import annotations

import json

import pytest

from indexer.errors import GoldError
from indexer.evaluation.gold import read_gold
from indexer.evaluation.when import measure, read, when_table
from indexer.nlp.analysis import load

TEXT = """\
“The ferry is late,” Ada Brink said on Tuesday. “It was late all week.”

“It came in the end,” said Tom Ash in 2019.

“Nobody asked the boats,” Jane Roe said."""
WHENS = ["on Tuesday", "Tuesday", None, None]
"""What gold marks for each quotation; it has forgotten Tom Ash's."""


def gold_file(folder, whens):
    words = ["The ferry is late,", "It was late all week.", "It came in the end,", "Nobody asked the boats,"]
    quotations = []
    for quoted, when in zip(words, whens, strict=True):
        start = TEXT.index(quoted)
        item = {"start": start, "end": start + len(quoted), "decision": "quotation", "kind": "direct", "speaker": "A"}
        if when is not None:
            item["when"] = [TEXT.index(when), TEXT.index(when) + len(when)]
        quotations.append(item)
    path = folder / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2024-05-08", "quotations": quotations}))
    return path


@pytest.fixture
def figures(tmp_path):
    analyser = load(None)
    return measure(read(gold, analyser) for gold in read_gold(gold_file(tmp_path, WHENS)))


def test_words_that_overlap_are_right(figures):
    words = figures.words
    assert (words.right, words.spurious, words.missed) == (2, 1, 0)


def test_exact_words_are_counted_apart(figures):
    assert (figures.exact.right, figures.exact.spurious, figures.exact.missed) == (1, 2, 1)


def test_a_date_is_right_where_the_words_of_gold_come_to_it(figures):
    assert (figures.dates.right, figures.dates.spurious, figures.dates.missed) == (2, 1, 0)


def test_quotations_are_counted_by_where_gold_says_when(figures):
    assert figures.at("same sentence") == (1, 1)
    assert figures.at("same paragraph") == (1, 1)
    assert figures.at("further before") == (0, 0)


def test_the_table_tells_the_figures(tmp_path):
    table = when_table(gold_file(tmp_path, WHENS)).splitlines()
    assert table[0] == "words   P 0.667  R 1.000  F1 0.800  (tp 2 fp 1 fn 0)"
    assert "nowhere               2      1" in table
    assert "YYYY-MM-DD            2      2" in table
    assert "YYYY                  1      0" in table


def test_words_outside_the_text_are_refused(tmp_path):
    path = gold_file(tmp_path, WHENS)
    record = json.loads(path.read_text())
    record["quotations"][0]["when"] = [3, 9999]
    path.write_text(json.dumps(record))
    with pytest.raises(GoldError, match=r"the offsets \[3, 9999\] lie outside the text"):
        read_gold(path)
